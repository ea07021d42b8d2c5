#!/usr/bin/env bash
# What tests need beside Python: Chromium for the browser test, kubectl to render the manifests,
# Redis 8, buildah and debootstrap to build the image. Installs Debian's where it may, else says what
# is missing.
set -euo pipefail
"$(dirname "$0")"/redis/get.sh >/dev/null || echo "Tests of the Redis store need it." >&2
"$(dirname "$0")"/deploy/kustomize.sh >/dev/null || echo "Tests of the manifests need it." >&2
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v curl >/dev/null || missing+=(curl)
command -v buildah >/dev/null || missing+=(buildah)
command -v debootstrap >/dev/null || missing+=(debootstrap)
[[ ${#missing[@]} -eq 0 ]] && exit 0
if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
    echo "Some tests need what is not here; install: ${missing[*]}" >&2
fi
