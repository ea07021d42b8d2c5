#!/usr/bin/env bash
# Prints the path of a redis-server that is new enough (8, for vector sets). Where the system has
# none, Debian 13's is got once: its packages, libc included, are unpacked into a cache and run
# through the libc of their own, so that it works on Debian 12 as well, and without root.
set -euo pipefail

system=$(command -v redis-server || true)
if [[ -n $system && $("$system" --version) =~ v=([0-9]+) && ${BASH_REMATCH[1]} -ge 8 ]]; then
    echo "$system"
    exit
fi

cache=${XDG_CACHE_HOME:-$HOME/.cache}/onrecord
folder=$cache/redis-8
if [[ -x $folder/redis-server ]]; then
    echo "$folder/redis-server"
    exit
fi
if ! command -v apt-get >/dev/null || [[ $(. /etc/os-release && echo "$ID") != debian ]]; then
    echo "Redis 8 or newer is needed: install redis-server, or run this on Debian." >&2
    exit 1
fi

mkdir -p "$cache"
work=$(mktemp -d "$cache/redis-8.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/apt/{lists,archives}/partial "$work/root"
: >"$work/apt/status" # nothing counts as installed, so libc comes too

# The same mirrors that this machine installs from, but for the newer release.
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
apt-get indextargets --no-release-info --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' |
    awk -v codename="$codename" -v keyring="$keyring" \
        '($1 == codename || $1 == "stable") && $2 == "main" && !seen[$3]++ {
             print "deb [signed-by=" keyring "] " $3 " trixie main" }' >"$work/apt/sources.list"
apt=(apt-get -qq
    -o "Dir::State=$work/apt" -o "Dir::State::lists=lists" -o "Dir::State::status=$work/apt/status"
    -o "Dir::Cache=$work/apt" -o "Dir::Cache::archives=archives"
    -o "Dir::Etc::SourceList=$work/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o Dir::Etc::PreferencesParts=/dev/null
    -o "APT::Sandbox::User=$(id -un)") # the user of its own that apt has cannot read this folder
{
    # A mirror of another's packages may stand in the list: that its index fails is no harm.
    "${apt[@]}" update || true
    "${apt[@]}" install --download-only --no-install-recommends --yes redis-server
} >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    echo "Redis 8 or newer is needed, and Debian's packages could not be had." >&2
    exit 1
}
for package in "$work"/apt/archives/*.deb; do
    dpkg-deb -x "$package" "$work/root"
done
rm -rf "$work/apt"

for name in redis-server redis-cli; do
    cat >"$work/$name" <<'WRAPPER'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
for loader in "$here"/root/usr/lib/*/ld-linux-*.so.*; do
    exec "$loader" --library-path "$(dirname "$loader")" "$here/root/usr/bin/$(basename "$0")" "$@"
done
WRAPPER
    chmod +x "$work/$name"
done
"$work/redis-server" --version >&2
# Another that ran at the same time may have been first, and its copy is as good.
chmod 755 "$work"
mv --no-target-directory "$work" "$folder" 2>/dev/null || [[ -x $folder/redis-server ]]
echo "$folder/redis-server"
