#!/bin/sh
# Checks the units as systemd reads them, and how much the services leave open. Says so and passes where there is no systemd
# (macOS, small containers).
set -eu
cd "$(dirname "$0")"
if ! command -v systemd-analyze >/dev/null; then
    echo "no systemd here: the units are not checked"
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The program is not installed here, and without it systemd would look no further.
for service in kravbank.service kravbank-backup.service; do
    sed 's|^ExecStart=/usr/bin/kravbank|ExecStart=/bin/true|' "$service" > "$folder/$service"
done
cp kravbank-backup.timer "$folder/"
grep -q '^ExecStart=/bin/true serve$' "$folder/kravbank.service"
grep -q '^ExecStart=/bin/true backup ' "$folder/kravbank-backup.service"
for unit in kravbank.service kravbank-backup.service kravbank-backup.timer; do
    # What is unknown or misspelt is a warning only, so the words are looked at as well.
    told=$(systemd-analyze verify "$folder/$unit" 2>&1) || { echo "$told" >&2; exit 1; }
    if echo "$told" | grep -F "$unit"; then exit 1; fi
done
systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' kravbank-backup.timer)" >/dev/null
# At most 1.5 of 10 exposed. Older systemd cannot tell from a file.
if systemd-analyze security --help 2>/dev/null | grep -q -- --offline; then
    for service in kravbank.service kravbank-backup.service; do
        told=$(systemd-analyze security --offline=true --threshold=15 --no-pager "$folder/$service") || {
            echo "$told" >&2
            exit 1
        }
        echo "$told" | tail -1
    done
fi
