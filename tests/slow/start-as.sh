#!/bin/sh
# A first and a second start, as an ordinary user and as root. Nothing is configured but, for root, the data folder.
. "$(dirname "$0")/common.sh"

check() {
    begin=$(now)
    start_server
    first=$(($(now) - begin))
    owner=$(ps -o user= -p "$(head -n 1 "$2/postgres/data/postmaster.pid")" | tr -d ' ')
    [ "$owner" != root ] || fail "Postgres runs as root"
    stop_server
    begin=$(now)
    start_server
    second=$(($(now) - begin))
    stop_server
    echo "$1: first start $first ms, second $second ms, Postgres runs as $owner"
}

if [ "$(id -u)" = 0 ]; then
    check root "$work/data"
    home=$work/home
    mkdir "$home"
    chown 65534:65534 "$home"
    as="setpriv --reuid=65534 --regid=65534 --clear-groups env -i PATH=$PATH HOME=$home KRAVBANK_BIND=$KRAVBANK_BIND"
    check "ordinary user" "$home/.local/share/kravbank"
else
    check "ordinary user" "$work/data"
fi
