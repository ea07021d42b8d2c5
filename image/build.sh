#!/usr/bin/env bash
# Builds the image where there is no Docker: with buildah, which needs root but no daemon.
#
#   image/build.sh              over a Debian made here (image/base.sh)
#   BASE=IMAGE image/build.sh   over an image that buildah can pull
#
# IMAGE_DIR (default .image) holds everything and may be removed; IMAGE is the name of the result.
# pip is told in the build what it is told here: its settings go in as a secret, the files that
# they name as read-only mounts, and neither ends up in the image.
set -euo pipefail
cd "$(dirname "$0")/.."
. image/storage.sh
mkdir -p "$IMAGE_DIR"

pull=true
if [[ -z ${BASE:-} ]]; then
    pull=false
    BASE=localhost/onrecord-base:latest
    buildah images --quiet "$BASE" >/dev/null 2>&1 || image/base.sh
fi

secret=$IMAGE_DIR/pip.conf
trap 'rm -f "$secret"' EXIT
python3 image/pip_conf.py >"$secret"
mounts=()
while read -r path; do mounts+=(--volume "$path:$path:ro"); done < <(python3 image/pip_conf.py --paths)

# The docker format, because the OCI one has no HEALTHCHECK.
buildah build --format docker --pull=$pull --tag "$IMAGE" \
    --build-arg BASE="$BASE" \
    --build-arg VERSION="$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)" \
    --build-arg REVISION="$(git rev-parse HEAD 2>/dev/null || echo unknown)" \
    --secret id=pip,src="$secret" "${mounts[@]}" .

# What an earlier build left without a name.
buildah rmi --prune >/dev/null
