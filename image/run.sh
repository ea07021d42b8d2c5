#!/usr/bin/env bash
# Runs a command in an unpacked image as a hardened pod does: its own processes, as PID 1; a
# read-only root; /tmp in memory; one volume at /data; a plain user without capabilities, now or
# later. Needs root. The network is the caller's. The exit code is the command's.
#
#   image/run.sh ROOT DATA UID:GID COMMAND...     ROOT and DATA are folders
#
# `buildah run` is not enough: it kills where it should forward SIGTERM, and its root is writable.
set -euo pipefail

if [[ ${1:-} != --inside ]]; then
    exec unshare --mount --pid --fork --kill-child -- "$0" --inside "$@"
fi
shift
root=$1 data=$2 user=$3
shift 3

mount --bind "$root" "$root"
mount --options remount,bind,ro "$root"
mount --rbind /dev "$root/dev"
mount --types proc proc "$root/proc"
mount --types tmpfs --options size=64m,mode=1777 tmpfs "$root/tmp"
mount --bind "$data" "$root/data"
exec setpriv --no-new-privs chroot --userspec="$user" --groups= "$root" "$@"
