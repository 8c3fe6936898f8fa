# What the slow checks have in common: sourced by the others, by POSIX sh. KRAVBANK_PROGRAM names the program.

set -eu
: "${KRAVBANK_PROGRAM:=$PWD/target/release/kravbank}"
unset DATABASE_URL

work=$(mktemp -d "${TMPDIR:-/tmp}/kravbank-slow-XXXXXX")
chmod 755 "$work" # started by root, Postgres runs as another user
program=$work/kravbank
cp "$KRAVBANK_PROGRAM" "$program" # the checkout may be closed to other users
KRAVBANK_DATA_DIR=$work/data
KRAVBANK_BIND=127.0.0.1:$((20000 + $$ % 20000))
export KRAVBANK_DATA_DIR KRAVBANK_BIND
server=
importer=

clean_up() {
    code=$?
    trap - EXIT
    for process in $importer $server; do kill -9 "$process" 2>/dev/null || true; done
    if [ "$code" != 0 ]; then
        echo "kept for a look: $work" >&2
        exit "$code"
    fi
    # The kernel ends Postgres with its owner, but not at once.
    for _ in 1 2 3 4 5 6 7 8 9 10; do rm -rf "$work" 2>/dev/null && break || sleep 0.5; done
}
trap clean_up EXIT
trap 'exit 130' INT TERM

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# Milliseconds; GNU date alone knows them, elsewhere whole seconds do.
now() { case $(date +%N) in *N*) echo $(($(date +%s) * 1000)) ;; *) date +%s%3N ;; esac; }

# Runs a command with these words before it, as another user for example.
as=
start_server() {
    $as "$program" serve >>"$work/server.log" 2>&1 &
    server=$!
    wait_ready
}

wait_ready() {
    tries=0
    until "$program" healthcheck >/dev/null 2>&1; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || fail "not ready after 60 seconds; see $work/server.log"
        sleep 0.2
    done
}

stop_server() {
    kill -TERM "$server"
    code=0
    wait "$server" || code=$?
    server=
    [ "$code" = 0 ] || fail "ended with $code on SIGTERM"
}

# Writes an import file: so many requirements, numbered from after the first.
requirements() {
    awk -v first="$1" -v count="$2" 'BEGIN { for (i = first + 1; i <= first + count; i++) {
        printf "{\"id\":\"KB-%d\",\"title\":\"Provkrav %d\",\"type\":\"technical_specification\",\"level\":\"basic\",", i, i
        printf "\"product_group\":\"handskar\",\"rationale\":\"Skälen till provkrav %d.\",\"text\":[", i
        for (c = 1; c <= 4; c++) printf "%s\"Stycke %d i provkrav %d ska klaras vid leverans och under avtalstiden.\"", (c > 1 ? "," : ""), c, i
        print "]}" } }'
}

import() { "$program" import --as current --reference prov "$@"; }

# Says how much of a file is saved: "none" or "all"; anything between is the fault that is looked for.
saved() {
    report=$(import --dry-run "$1") || fail "the dry run failed: $report"
    # "2 000 nya, 0 ändrade, 0 oförändrade, …"; the blanks in numbers are of several kinds.
    counts=$(printf '%s\n' "$report" | sed -n '/ nya, /{s/[^0-9,]//g;p;q;}')
    new=${counts%%,*}
    rest=${counts#*,}
    changed=${rest%%,*}
    rest=${rest#*,}
    unchanged=${rest%%,*}
    case $new,$changed,$unchanged in
    "$2",0,0) echo none ;;
    0,0,"$2") echo all ;;
    *) fail "half saved: $report" ;;
    esac
}
