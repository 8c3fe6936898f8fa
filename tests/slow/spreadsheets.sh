#!/bin/sh
# The requirements of the tests as XLSX and as CSV, made anew by LibreOffice, give the same bank as the lines of JSON: what
# the API says of each, and a second import finds nothing changed.
. "$(dirname "$0")/common.sh"

here=$(dirname "$0")
lines=$here/../data/requirements.jsonl
# ./dev check-slow installs them.
for needed in soffice python3; do command -v $needed >/dev/null || fail "takes LibreOffice Calc (soffice) and python3"; done

convert() { # format, folder
    mkdir "$work/$2"
    soffice "-env:UserInstallation=file://$work/office" --headless --convert-to "$1" --outdir "$work/$2" "$work/krav.fods" \
        >"$work/soffice.log" 2>&1 || fail "LibreOffice: $(cat "$work/soffice.log")"
}
python3 "$here/spreadsheets.py" "$lines" "$work/krav.fods"
convert xlsx workbook
convert 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' utf-8
convert 'csv:Text - txt - csv (StarCalc):59,34,1,1,,0,false,true,false' windows-1252

# What the API says of every requirement, without the moment at which it was read in and the random names of its clauses:
# nothing else differs between two banks.
cat >"$work/bank.py" <<'PYTHON'
import json, sys, urllib.request
def strip(requirement):
    for key in ("updated_at", "valid_from"):
        del requirement[key]
    del requirement["decision"]["decided_at"]
    for clause in requirement["clauses"]:
        del clause["id"]
    return requirement
base = sys.argv[1]
get = lambda path: json.load(urllib.request.urlopen(base + path))
for line in open(sys.argv[2], encoding="utf-8"):
    print(json.dumps(strip(get("/api/v1/requirements/" + json.loads(line)["id"])), sort_keys=True, ensure_ascii=False))
PYTHON

count=$(wc -l <"$lines")
for file in "$lines" "$work/workbook/krav.xlsx" "$work/utf-8/krav.csv" "$work/windows-1252/krav.csv"; do
    KRAVBANK_EXAMPLE_DATA=off
    KRAVBANK_DATA_DIR=$work/data-$(basename "$(dirname "$file")")
    export KRAVBANK_EXAMPLE_DATA KRAVBANK_DATA_DIR
    start_server
    import "$file" >"$work/import.log" 2>&1 || fail "$file: $(cat "$work/import.log")"
    [ "$(saved "$file" "$count")" = all ] || fail "$file: not all was saved"
    [ "$(saved "$lines" "$count")" = all ] || fail "$file: the bank differs from the lines of JSON"
    python3 "$work/bank.py" "http://$KRAVBANK_BIND" "$lines" >"$KRAVBANK_DATA_DIR.txt"
    [ "$(wc -l <"$KRAVBANK_DATA_DIR.txt")" -eq "$count" ] || fail "$file: the API does not show all"
    stop_server
    diff "$work/data-data.txt" "$KRAVBANK_DATA_DIR.txt" >"$work/diff.txt" || fail "$file: $(head -n 5 "$work/diff.txt")"
    echo "$(basename "$file") ($(($(wc -c <"$file") / 1024)) KiB): $count requirements, the same bank"
done
