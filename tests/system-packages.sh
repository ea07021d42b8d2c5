#!/usr/bin/env bash
# Chromium for the browser test: installs Debian's where it may, else says what to do.
set -euo pipefail
command -v chromium >/dev/null && exit 0
if [[ $(id -u) -eq 0 ]] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
    echo "The browser test needs Chromium: install your system's package 'chromium'." >&2
fi
