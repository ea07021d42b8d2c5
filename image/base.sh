#!/usr/bin/env bash
# Makes localhost/onrecord-base: the smallest Debian with python3 and its venv module, for places
# that reach Debian's packages but no image registry. Needs root and debootstrap.
#
#   image/base.sh [SUITE]       default: bookworm
set -euo pipefail
cd "$(dirname "$0")/.."
. image/storage.sh
suite=${1:-bookworm}
archive=$IMAGE_DIR/$suite.tar

if [[ ! -f $archive ]]; then
    folder=$IMAGE_DIR/$suite
    rm -rf "$folder"
    mkdir -p "$folder"
    mirror=$(apt-get indextargets --no-release-info --format '$(COMPONENT) $(REPO_URI)' |
        awk '$1 == "main" && /\/debian\/?$/ {print $2; exit}')
    debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates \
        "$suite" "$folder" ${mirror:+"$mirror"}
    rm -rf "$folder"/var/cache/* "$folder"/var/lib/apt/lists/* "$folder"/var/log/*
    # As the slim images do: no manuals, no translations, the licences stay.
    rm -rf "$folder"/usr/share/{man,info,locale}/*
    find "$folder"/usr/share/doc -not -name copyright -not -type d -delete
    tar --numeric-owner --directory "$folder" --create --file "$archive.part" .
    mv "$archive.part" "$archive"
    rm -rf "$folder"
fi

container=$(buildah from scratch)
trap 'buildah rm "$container" >/dev/null' EXIT
buildah add --quiet "$container" "$archive" / >/dev/null
buildah commit --quiet "$container" localhost/onrecord-base:latest >/dev/null
