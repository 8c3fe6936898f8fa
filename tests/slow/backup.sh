#!/bin/sh
# The drill of docs/operations.md with the built program: a bank that is written to is backed up and restored elsewhere, the
# numbers are the same, the log is whole, and the service starts on it. A changed archive and a bank in use are refused.
. "$(dirname "$0")/common.sh"

postgres=$(./dev postgres)
if [ ! -x "$postgres/pg_dump" ] && ! command -v pg_dump >/dev/null; then
    echo "no pg_dump here: the drill is not done"
    exit 0
fi

# Runs a command that has to fail, and shows what it says.
refused() {
    code=0
    said=$("$@" 2>&1) || code=$?
    [ "$code" != 0 ] || fail "it was not refused: $*: $said"
    printf 'refused with %s: %s\n' "$code" "$(printf '%s' "$said" | head -n 1)"
}

# Numbers of the rows that a backup says it has.
counts() { tar -xOf "$1" manifest.json | tr -d ' \n' | sed 's/.*"tables":{\(.*\)},"files".*/\1/'; }

start_server
requirements 1000 300 > "$work/first.jsonl"
import "$work/first.jsonl" > /dev/null
# Somebody writes all the while.
(i=0; while [ $i -lt 20 ]; do i=$((i + 1)); requirements $((2000 + i * 50)) 50 > "$work/next-$i.jsonl"; import "$work/next-$i.jsonl" > /dev/null 2>&1 || exit 0; done) &
importer=$!
sleep 1
"$program" backup "$work/bank.tar"
wait "$importer"
importer=
[ "$(stat -c %a "$work/bank.tar" 2>/dev/null || stat -f %Lp "$work/bank.tar")" = 600 ] || fail "others may read the backup"

# The same bank is in use, and afterwards not empty.
refused "$program" restore "$work/bank.tar" --force
stop_server
refused "$program" restore "$work/bank.tar"

# A new bank, elsewhere.
KRAVBANK_DATA_DIR=$work/other
export KRAVBANK_DATA_DIR
cp "$work/bank.tar" "$work/changed.tar"
size=$(wc -c < "$work/changed.tar")
printf 'x' | dd of="$work/changed.tar" bs=1 seek=$((size / 2)) conv=notrunc 2>/dev/null
refused "$program" restore "$work/changed.tar"
head -c $((size / 2)) "$work/bank.tar" > "$work/cut.tar"
refused "$program" restore "$work/cut.tar"
"$program" restore "$work/bank.tar"
"$program" verify-log
start_server
stop_server

# Taken again, it has the same rows, but for what restoring and starting has written: letters that waited were tried.
"$program" backup "$work/again.tar"
counts "$work/bank.tar" | tr '}' '\n' | grep -v -e '_private_' -e 'audit' -e '"public.session"' -e 'bank_fact' -e '"public.mail"' > "$work/one"
counts "$work/again.tar" | tr '}' '\n' | grep -v -e '_private_' -e 'audit' -e '"public.session"' -e 'bank_fact' -e '"public.mail"' > "$work/other.txt"
cmp "$work/one" "$work/other.txt" || fail "what was restored is not what was taken"

# A folder, and how many are kept in it.
mkdir "$work/kept"
for _ in 1 2 3; do "$program" backup --keep 2 "$work/kept" > /dev/null; sleep 1; done
[ "$(ls "$work/kept" | wc -l)" -eq 2 ] || fail "two backups are kept: $(ls "$work/kept")"
echo "backed up while it was written to, restored, compared, started"
