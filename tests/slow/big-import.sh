#!/bin/sh
# Bigger files go in whole, twice is once, and the server answers meanwhile. Ten times as many take ten times as long, or
# so, to write and to read again: more than twenty times as long is something that grows with the square.
. "$(dirname "$0")/common.sh"

start_server
limit=600000
again_limit=600000
for count in 2000 20000; do
    requirements $((count * 10)) $count >"$work/file.jsonl"
    size=$(wc -c <"$work/file.jsonl")
    begin=$(now)
    "$program" import --as current --reference prov "$work/file.jsonl" >"$work/import.log" 2>&1 &
    importer=$!
    slowest=0
    while kill -0 $importer 2>/dev/null; do
        asked=$(now)
        "$program" healthcheck >/dev/null || fail "the server does not answer during an import"
        took=$(($(now) - asked))
        [ $took -le $slowest ] || slowest=$took
        [ $((asked - begin)) -le $limit ] || fail "$count requirements take longer than $limit ms"
        sleep 0.3
    done
    wait $importer || fail "the import failed: $(cat "$work/import.log")"
    importer=
    took=$(($(now) - begin))
    limit=$((took * 20))
    begin=$(now)
    [ "$(saved "$work/file.jsonl" "$count")" = all ] || fail "not all was saved"
    again=$(($(now) - begin))
    [ $again -le $again_limit ] || fail "$count requirements take $again ms to read again, longer than $again_limit"
    again_limit=$((again * 20))
    echo "$count requirements ($((size / 1024)) KiB): $took ms, read again $again ms, slowest health check meanwhile $slowest ms"
done

# A file of which one line is wrong saves nothing.
{ requirements 900000 2000 && echo '{"title":"Utan text"}'; } >"$work/wrong.jsonl"
code=0
import "$work/wrong.jsonl" >/dev/null 2>&1 || code=$?
[ $code = 65 ] || fail "a file with a wrong line ends with $code, not 65"
requirements 900000 2000 >"$work/right.jsonl"
[ "$(saved "$work/right.jsonl" 2000)" = none ] || fail "a file with a wrong line left something behind"
stop_server
