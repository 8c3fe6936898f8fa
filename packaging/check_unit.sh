#!/bin/sh
# Checks kravbank.service as systemd reads it, and how much it leaves open. Says so and passes where there is no systemd
# (macOS, small containers).
set -eu
cd "$(dirname "$0")"
if ! command -v systemd-analyze >/dev/null; then
    echo "no systemd here: kravbank.service is not checked"
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The program is not installed here, and without it systemd would look no further.
sed 's|^ExecStart=/usr/bin/kravbank|ExecStart=/bin/true|' kravbank.service > "$folder/kravbank.service"
grep -q '^ExecStart=/bin/true serve$' "$folder/kravbank.service"
# What is unknown or misspelt is a warning only, so the words are looked at as well.
told=$(systemd-analyze verify "$folder/kravbank.service" 2>&1) || { echo "$told" >&2; exit 1; }
if echo "$told" | grep -F kravbank.service; then exit 1; fi
# At most 1.5 of 10 exposed. Older systemd cannot tell from a file.
if systemd-analyze security --help 2>/dev/null | grep -q -- --offline; then
    told=$(systemd-analyze security --offline=true --threshold=15 --no-pager "$folder/kravbank.service") || {
        echo "$told" >&2
        exit 1
    }
    echo "$told" | tail -1
fi
