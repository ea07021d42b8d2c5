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
mkdir -p "$cache"
work=$(mktemp -d "$cache/redis-8.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/root"
"$(dirname "$0")/../debian-13.sh" redis-server "$work/root"

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
