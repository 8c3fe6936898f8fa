#!/bin/sh
# Builds the Debian package and the list of what is in it:
#
#   packaging/deb.sh      writes target/package/kravbank_VERSION_ARCHITECTURE.deb and kravbank.cdx.json
#
# Needs cargo-deb and cargo-cyclonedx, which ./dev package installs, python3 and dpkg. The package is maintained by whoever
# builds it: DEBFULLNAME and DEBEMAIL, else what git knows.
set -eu
cd "$(dirname "$0")/.."
for program in cargo-deb cargo-cyclonedx python3 dpkg-deb; do
    command -v "$program" >/dev/null || { echo "$program is missing; see the top of packaging/deb.sh" >&2; exit 1; }
done
TARGET=${CARGO_TARGET_DIR:-target}
OUT=$TARGET/package
mkdir -p "$OUT" target
export SQLX_OFFLINE=true

cargo build --release --locked
packaging/third-party.py > target/third-party-licences.txt

# One component for each library that is compiled in; cargo-cyclonedx writes beside each Cargo.toml.
cargo cyclonedx --format json --spec-version 1.5 --override-filename kravbank.cdx --quiet
mv kravbank.cdx.json "$OUT/kravbank.cdx.json"
find crates bench -name kravbank.cdx.json -exec rm {} +
python3 packaging/check_sbom.py "$OUT/kravbank.cdx.json"
cp "$OUT/kravbank.cdx.json" target/kravbank.cdx.json

# What Debian wants beside it: who maintains it, a changelog of the package, where Debian keeps a licence that is named.
name=${DEBFULLNAME:-$(git config user.name || id -un)}
address=${DEBEMAIL:-$(git config user.email || echo "$(id -un)@$(uname -n)")}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
date=$(LC_ALL=C date -uR -d "@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}")
cat > target/changelog <<EOF
kravbank ($version-1) unstable; urgency=medium

  * Version $version. What changed stands in CHANGELOG.md beside this file.

 -- $name <$address>  $date
EOF
{
    cat NOTICE
    echo
    echo "On Debian the text of the Apache License, version 2.0, is in /usr/share/common-licenses/Apache-2.0."
} > target/copyright

rm -f "$OUT"/*.deb
cargo deb --no-build --locked --maintainer "$name <$address>" --output "$OUT/"

# The package is complete, and what is in it runs.
package=$(ls "$OUT"/*.deb)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
dpkg-deb -x "$package" "$root"
dpkg-deb -I "$package"
for file in usr/bin/kravbank usr/lib/systemd/system/kravbank.service etc/kravbank/kravbank.env \
    usr/lib/systemd/system/kravbank-backup.service usr/lib/systemd/system/kravbank-backup.timer \
    usr/share/doc/kravbank/operations.md usr/share/doc/kravbank/third-party-licences.txt usr/share/doc/kravbank/copyright \
    usr/share/doc/kravbank/changelog.Debian.gz; do
    [ -s "$root/$file" ] || { echo "the package lacks $file" >&2; exit 1; }
done
env -i "$root/usr/bin/kravbank" version
env -i HOME="$root" KRAVBANK_EXAMPLE_DATA=off "$root/usr/bin/kravbank" check-config
if command -v lintian >/dev/null; then lintian --fail-on error "$package"; fi
echo "$package"
