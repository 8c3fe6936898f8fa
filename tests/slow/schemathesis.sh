#!/bin/sh
# The API against its own OpenAPI document: schemathesis sends what the document allows and what it does not, with every
# check in every phase, to the example bank. Installed into .dev/ from PyPI.
. "$(dirname "$0")/common.sh"

version=4.32.5
tools=$PWD/.dev/schemathesis-$version
if [ ! -x "$tools/bin/schemathesis" ]; then
    if ! command -v python3 >/dev/null || ! python3 -m venv "$tools" 2>/dev/null ||
        ! "$tools/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version" 2>"$work/pip.log"; then
        rm -rf "$tools"
        echo "skipped: schemathesis could not be installed (python3 with venv, and PyPI, are needed)"
        exit 0
    fi
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
