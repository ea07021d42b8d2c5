#!/bin/sh
# Before the pod stops: if its server is a primary, its replica takes over first. Without this its
# shards would answer nothing until the others have noticed. REDISCLI_AUTH has the password.
ask() { redis-cli -h "$POD_IP" "$@"; }

id=$(ask CLUSTER MYID)
replica=$(ask CLUSTER REPLICAS "$id" | grep -v fail | head -n 1 | cut -d ' ' -f 2)
[ -n "$replica" ] || exit 0
address=${replica%%@*}
redis-cli -h "${address%:*}" -p "${address##*:}" CLUSTER FAILOVER
for _ in 1 2 3 4 5 6 7 8 9 10; do
    ask ROLE | head -n 1 | grep -q slave && exit 0
    sleep 1
done
