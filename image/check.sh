#!/usr/bin/env bash
# Builds the image and uses it: starts it, indexes, checks a claim, stops it, starts it again.
# Needs root, buildah and debootstrap; image/build.sh has the settings. The last line says `ok`.
# The list of what is in the image comes to lie beside it, as onrecord.cdx.json.
#
# The network is one of the check's own with nothing but loopback in it: port 8000 is always free,
# and a service that wanted anything from outside would not start.
set -euo pipefail
cd "$(dirname "$0")/.."
image/build.sh
. image/storage.sh

container=$(buildah from --pull=false "$IMAGE")
work=$(mktemp --directory "$IMAGE_DIR/check.XXXXXX")
trap 'buildah rm "$container" >/dev/null; rm -rf "$work"' EXIT
buildah inspect --type image "$IMAGE" >"$work/inspected.json"
root=$(buildah mount "$container")
cp "$root/opt/onrecord/onrecord.cdx.json" "$IMAGE_DIR/"
unshare --net -- sh -c 'ip link set lo up && exec python3 -m image.check "$@"' sh \
    "$root" "$work/inspected.json" "$work"
