#!/bin/sh
# The requirements of the tests as XLSX and as CSV, made anew by LibreOffice, give the same bank as the lines of JSON: what
# the API says of each, and a second import finds nothing changed.
. "$(dirname "$0")/common.sh"

here=$(dirname "$0")
lines=$here/../data/requirements.jsonl
if ! command -v soffice >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "apt-get install -y --no-install-recommends libreoffice-calc"
    { apt-get update && apt-get install -y --no-install-recommends libreoffice-calc; } >"$work/apt.log" 2>&1 </dev/null || true
fi
if ! command -v soffice >/dev/null || ! command -v python3 >/dev/null; then
    echo "skipped: takes LibreOffice Calc (soffice) and python3"
    exit 0
fi

convert() { # format, folder
    mkdir "$work/$2"
    soffice "-env:UserInstallation=file://$work/office" --headless --convert-to "$1" --outdir "$work/$2" "$work/krav.fods" \
        >"$work/soffice.log" 2>&1 || fail "LibreOffice: $(cat "$work/soffice.log")"
}
python3 "$here/spreadsheets.py" "$lines" "$work/krav.fods"
convert xlsx workbook
convert 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false' utf-8
convert 'csv:Text - txt - csv (StarCalc):59,34,1,1,,0,false,true,false' windows-1252

# What the API says of every requirement, without what tells when and from which file it came.
cat >"$work/bank.py" <<'PYTHON'
import json, sys, urllib.request
DIFFERENT = {"decision", "decided_at", "updated_at", "valid_from"}
def strip(value):
    if isinstance(value, dict):
        return {k: strip(v) for k, v in value.items() if k not in DIFFERENT and not (k == "id" and len(str(v)) == 36)}
    if isinstance(value, list):
        return [strip(v) for v in value]
    return value
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
