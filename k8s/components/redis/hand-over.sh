#!/bin/sh
# Before the pod stops: if its server is a primary, its replica takes over first. Without this its
# shards would answer nothing until the others have noticed. REDISCLI_AUTH has the password.
#
# An attempt is given up by Redis after 5 s, and none can succeed within two node timeouts of
# another failover of the same shard; so it is tried again.
ask() { redis-cli -h "$POD_IP" -p "${PORT:-6379}" "$@"; }

id=$(ask CLUSTER MYID)
for _ in 1 2 3 4; do
    replica=$(ask CLUSTER REPLICAS "$id" | grep slave | grep -v fail | head -n 1 | cut -d ' ' -f 2)
    [ -n "$replica" ] || exit 0 # a replica has none
    address=${replica%%@*}
    redis-cli -h "${address%:*}" -p "${address##*:}" CLUSTER FAILOVER
    for _ in 1 2 3 4 5 6; do
        sleep 1
        ask ROLE | head -n 1 | grep -q slave && exit 0
    done
done
