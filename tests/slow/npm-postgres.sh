#!/bin/sh
# On a machine without Postgres, ./dev fetches it with npm, and the program finds it. Only root can hide the one that is
# there, in a view of the file system of its own.
. "$(dirname "$0")/common.sh"

if [ "${1:-}" != hidden ]; then
    trap - EXIT
    rm -rf "$work"
    if [ "$(id -u)" != 0 ] || ! command -v unshare >/dev/null || ! command -v npm >/dev/null; then
        echo "skipped: takes root, unshare and npm"
        exit 0
    fi
    exec unshare --mount sh "$0" hidden
fi

mkdir "$work/checkout" "$work/nothing"
for folder in /usr/lib/postgresql /usr/pgsql-*; do
    [ ! -d "$folder" ] || mount --bind "$work/nothing" "$folder"
done
for name in initdb postgres pg_config apt-get; do
    while file=$(command -v $name); do mount --bind /dev/null "$file"; done
done
! pg_config --version 2>/dev/null || fail "Postgres could not be hidden"

cp dev "$work/checkout/"
cd "$work/checkout"
unset KRAVBANK_PG_BIN
folder=$(./dev postgres)
case $folder in "$work"/checkout/.dev/node_modules/*) ;; *) fail "Postgres is in $folder" ;; esac
[ "$(./dev postgres)" = "$folder" ] || fail "the second run finds another one"
start_server
requirements 10000 50 >file.jsonl
import file.jsonl >/dev/null
[ "$(saved file.jsonl 50)" = all ] || fail "nothing was saved"
version=$(sed -n 1p "$work/data/postgres/data/PG_VERSION")
stop_server
echo "ran with PostgreSQL $version from npm"
