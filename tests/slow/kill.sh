#!/bin/sh
# kill -9 of the importer, of Postgres and of the server while an import runs, at ten moments each: nothing is half saved,
# the server answers again by itself or when it is started again, and the same import then succeeds.
. "$(dirname "$0")/common.sh"

COUNT=1500
first=100000

start_server
requirements $first $COUNT >"$work/file.jsonl"
begin=$(now)
import "$work/file.jsonl" >/dev/null
whole=$(($(now) - begin))
[ "$(saved "$work/file.jsonl" $COUNT)" = all ] || fail "an import that succeeded saved nothing"
echo "an import of $COUNT takes $whole ms"

for victim in importer postgres server; do
    none=0
    all=0
    for moment in 1 2 3 4 5 6 7 8 9 10; do
        first=$((first + COUNT))
        requirements $first $COUNT >"$work/file.jsonl"
        # Not through the function: the number would be that of a shell.
        "$program" import --as current --reference prov "$work/file.jsonl" >"$work/import.log" 2>&1 &
        importer=$!
        sleep "$(awk -v whole="$whole" -v moment=$moment 'BEGIN { print whole * moment / 9500 }')"
        case $victim in
        importer) kill -9 $importer 2>/dev/null || true ;;
        postgres) kill -9 "$(head -n 1 "$work/data/postgres/data/postmaster.pid")" ;;
        server) kill -9 "$server" ;;
        esac
        code=0
        wait $importer 2>/dev/null || code=$?
        importer=
        if [ $victim = server ]; then
            wait "$server" 2>/dev/null || true
            start_server
        fi
        wait_ready
        state=$(saved "$work/file.jsonl" $COUNT)
        if [ $code = 0 ] && [ "$state" = none ]; then fail "$victim, moment $moment: the importer reported success, but nothing is saved"; fi
        if [ "$state" = all ]; then all=$((all + 1)); else none=$((none + 1)); fi
    done
    echo "kill -9 of the $victim: $none times nothing, $all times everything saved, never a part"
    import "$work/file.jsonl" >/dev/null
    [ "$(saved "$work/file.jsonl" $COUNT)" = all ] || fail "the import did not succeed afterwards"
done

stop_server
start_server
[ "$(saved "$work/file.jsonl" $COUNT)" = all ] || fail "what was saved is gone after a restart"
stop_server
