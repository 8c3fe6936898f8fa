#!/bin/sh
# Builds the Debian package and the list of what is in it:
#
#   packaging/deb.sh      writes target/package/kravbank_VERSION_ARCHITECTURE.deb and kravbank.cdx.json
#
# Needs cargo-deb and cargo-cyclonedx, which ./dev package installs, python3 and dpkg.
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
find crates -name kravbank.cdx.json -exec rm {} +
python3 packaging/check_sbom.py "$OUT/kravbank.cdx.json"
cp "$OUT/kravbank.cdx.json" target/kravbank.cdx.json

rm -f "$OUT"/*.deb
cargo deb --no-build --locked --output "$OUT/"

# The package is complete, and what is in it runs.
package=$(ls "$OUT"/*.deb)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
dpkg-deb -x "$package" "$root"
dpkg-deb -I "$package"
for file in usr/bin/kravbank usr/lib/systemd/system/kravbank.service etc/kravbank/kravbank.env \
    usr/share/doc/kravbank/operations.md usr/share/doc/kravbank/third-party-licences.txt usr/share/doc/kravbank/copyright; do
    [ -s "$root/$file" ] || { echo "the package lacks $file" >&2; exit 1; }
done
env -i "$root/usr/bin/kravbank" version
env -i HOME="$root" KRAVBANK_EXAMPLE_DATA=off "$root/usr/bin/kravbank" check-config
if command -v lintian >/dev/null; then lintian --fail-on error "$package"; fi
echo "$package"
