#!/usr/bin/env bash
# Unpacks a package of Debian 13 and all that it needs, libc included, into an empty folder: for tests
# that want a newer program than Debian 12 has. Needs no root; nothing is installed.
#
#   tests/debian-13.sh PACKAGE FOLDER
set -euo pipefail
package=$1 folder=$2
if ! command -v apt-get >/dev/null || [[ $(. /etc/os-release && echo "$ID") != debian ]]; then
    echo "$package is needed, newer than what is here: install it, or run this on Debian." >&2
    exit 1
fi
work=$(mktemp -d "$folder/apt.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists,archives}/partial
: >"$work/status" # nothing counts as installed, so libc comes too

# The same mirrors that this machine installs from, but for the newer release.
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
apt-get indextargets --no-release-info --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' |
    awk -v codename="$codename" -v keyring="$keyring" \
        '($1 == codename || $1 == "stable") && $2 == "main" && !seen[$3]++ {
             print "deb [signed-by=" keyring "] " $3 " trixie main" }' >"$work/sources.list"
apt=(apt-get -qq
    -o "Dir::State=$work" -o "Dir::State::lists=lists" -o "Dir::State::status=$work/status"
    -o "Dir::Cache=$work" -o "Dir::Cache::archives=archives"
    -o "Dir::Etc::SourceList=$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o Dir::Etc::PreferencesParts=/dev/null
    -o "APT::Sandbox::User=$(id -un)") # the user of its own that apt has cannot read this folder
{
    # A mirror of another's packages may stand in the list: that its index fails is no harm.
    "${apt[@]}" update || true
    "${apt[@]}" install --download-only --no-install-recommends --yes "$package"
} >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    echo "$package is needed, newer than what is here, and Debian's could not be had." >&2
    exit 1
}
for archive in "$work"/archives/*.deb; do
    dpkg-deb -x "$archive" "$folder"
done
