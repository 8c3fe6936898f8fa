#!/bin/sh
# The API against its own OpenAPI document: schemathesis sends what the document allows and what it does not, with every
# check in every phase, to the example bank. Installed into .dev/ from PyPI.
. "$(dirname "$0")/common.sh"

version=4.32.5
tools=$PWD/.dev/schemathesis-$version
if [ ! -x "$tools/bin/schemathesis" ]; then
    rm -rf "$tools"
    python3 -m venv "$tools" && "$tools/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version" || {
        rm -rf "$tools"
        fail "schemathesis could not be installed: takes python3 with venv, and PyPI"
    }
fi

settings=$PWD/tests/slow/schemathesis.toml
# The tool keeps what it learnt beside it: in the scratch folder.
cd "$work"
start_server
"$tools/bin/schemathesis" --config-file "$settings" run "http://$KRAVBANK_BIND/api/v1/openapi.json" \
    --checks all --max-examples "${SCHEMATHESIS_EXAMPLES:-100}" --seed "${SCHEMATHESIS_SEED:-1}" >"$work/report.txt" 2>&1 || {
    cat "$work/report.txt"
    fail "the API is not what its document says"
}
stop_server
sed -n '/^Test cases:/,$p' "$work/report.txt"
