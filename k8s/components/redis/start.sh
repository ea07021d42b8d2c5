#!/bin/sh
# Starts the pod's server. The password goes in where no list of processes shows it. `keeper.py`
# reads off the human name on which machine the pod runs.
set -eu
exec redis-server "$@" - <<CONFIG
include ${CONFIG_DIR:-/etc/redis}/redis.conf
requirepass "$REDIS_PASSWORD"
masterauth "$REDIS_PASSWORD"
cluster-announce-ip $POD_IP
cluster-announce-human-nodename $NODE_NAME
CONFIG
