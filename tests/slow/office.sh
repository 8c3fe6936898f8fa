#!/bin/sh
# LibreOffice opens what office-files writes: the document becomes a PDF for everybody (a tree of headings, tables with
# their headings, language and title), with every paragraph in it; the workbook is locked but for its answers, and neither it
# nor delimited text has a formula.
. "$(dirname "$0")/common.sh"

have_all() {
    command -v pdfinfo >/dev/null && command -v python3 >/dev/null && command -v soffice >/dev/null || return 1
    programs=$(dirname "$(readlink -f "$(command -v soffice)")")
    [ -e "$programs/libswlo.so" ] && [ -e "$programs/libsclo.so" ]
}
if ! have_all && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "apt-get install -y --no-install-recommends libreoffice-writer libreoffice-calc poppler-utils"
    { apt-get update && apt-get install -y --no-install-recommends libreoffice-writer libreoffice-calc poppler-utils; } \
        >"$work/apt.log" 2>&1 </dev/null || true
fi
if ! have_all; then
    echo "skipped: takes LibreOffice Writer and Calc (soffice), poppler-utils and python3"
    exit 0
fi

cargo run --quiet --package office-files --example samples -- "$work"

convert() { # file, format, folder, options
    soffice "-env:UserInstallation=file://$work/office" --headless ${4:+"$4"} --convert-to "$2" --outdir "$work/$3" "$work/$1" \
        >"$work/soffice.log" 2>&1 || fail "LibreOffice: $(cat "$work/soffice.log")"
    [ -n "$(ls "$work/$3" 2>/dev/null)" ] || fail "LibreOffice does not open $1: $(cat "$work/soffice.log")"
}

# The document.
set='"type":"boolean","value":"true"'
convert krav.docx "pdf:writer_pdf_Export:{\"UseTaggedPDF\":{$set},\"PDFUACompliance\":{$set}}" pdf
pdf=$work/pdf/krav.pdf
pdfinfo "$pdf" >"$work/info.txt"
grep -q '^Title: *Miljökrav på undersökningshandskar$' "$work/info.txt" || fail "the PDF has no title"
grep -q '^Tagged: *yes$' "$work/info.txt" || fail "the PDF has no tags"
grep -q '^Page size:.*A4' "$work/info.txt" || fail "the PDF is not A4"
grep -aq '/Lang(sv-SE)' "$pdf" || fail "the PDF has no language"
grep -aq 'pdfuaid' "$pdf" || fail "the PDF does not claim PDF/UA"
pdfinfo -struct-text "$pdf" >"$work/structure.txt"
python3 - "$work/structure.txt" "$work/krav.txt" <<'PYTHON' || fail "the PDF does not say what the document says"
import re, sys, unicodedata

structure = open(sys.argv[1], encoding="utf-8").read().splitlines()
names = [match.group(1) for line in structure if (match := re.match(r" *([A-Z][A-Za-z0-9]*)\b[^/\"]*$", line))]
count = {name: names.count(name) for name in names}
print("  ", count)
for name, least in {"H1": 2, "H2": 2, "H3": 3, "H4": 2, "Table": 3, "TR": 80, "TH": 11, "TD": 150, "L": 2, "LI": 5, "Link": 2}.items():
    assert count.get(name, 0) >= least, f"{name}: {count.get(name, 0)}"
# One row of headings a table, each heading above its column.
assert sum("/Scope /Column" in line for line in structure) >= 6

squeezed = lambda text: "".join(c for c in text if not c.isspace() and c not in "\u00ad\u2068\u2069•")
said = squeezed("".join(re.findall(r'^ *"(.*)"$', "\n".join(structure), re.M)))
place, checked = 0, 0
for line in open(sys.argv[2], encoding="utf-8"):
    # Letters from right to left come out in the order in which they are seen.
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in line):
        continue
    found = said.find(squeezed(line), place)
    assert found >= 0, f"not there, or not in order: {line[:80]}"
    place, checked = found + len(squeezed(line)), checked + 1
assert checked > 200, checked
print(f"   {checked} paragraphs in order")
PYTHON

# The workbook, as LibreOffice has understood it.
convert krav.xlsx fods sheets
fods=$work/sheets/krav.fods
python3 - "$fods" <<'PYTHON' || fail "the workbook is not what it should be"
import sys, xml.etree.ElementTree as ET

ns = {p: f"urn:oasis:names:tc:opendocument:xmlns:{u}" for p, u in
      {"office": "office:1.0", "table": "table:1.0", "text": "text:1.0", "style": "style:1.0"}.items()}
tree = ET.parse(sys.argv[1])
attribute = lambda node, name: node.get("{%s}%s" % (ns[name.split(":")[0]], name.split(":")[1]))
tables = {attribute(table, "table:name"): table for table in tree.iterfind(".//table:table", ns)}
assert list(tables)[:2] == ["Krav", "Om filen"], list(tables)
cells = list(tree.iterfind(".//table:table-cell", ns))
assert not [cell for cell in cells if attribute(cell, "table:formula")], "a formula"
assert all(attribute(table, "table:protected") == "true" for table in tables.values()), "not locked"
krav = tables["Krav"]
assert krav.find("table:table-header-rows", ns) is not None, "the headings do not come again on each page"
conditions = [attribute(rule, "table:condition") or "" for rule in tree.iterfind(".//table:content-validation", ns)]
for wanted in ['is-in-list("Ja";"Nej")', "is-between(0,12.5)", "length()<=500", "length()<=2000", "$lists.$A$1", ">=1"]:
    assert any(wanted in condition for condition in conditions), (wanted, conditions)
texts = ["".join(cell.itertext()).strip() for cell in krav.iterfind(".//table:table-cell", ns)]
for wanted in ["KB-0042:3", "=1+1", "+46 8 123", "-5 °C", "@handskar", "'citat'"]:
    assert any(text == wanted for text in texts), wanted
validated = [cell for cell in krav.iterfind(".//table:table-cell", ns) if attribute(cell, "table:content-validation-name")]
assert len(validated) >= 24, len(validated)
names = [attribute(name, "table:name") for name in tree.iterfind(".//table:named-range", ns)]
assert "column_answer" in names, names
print(f"   {len(cells)} cells, {len(conditions)} rules")
PYTHON

# Delimited text, opened by a program that is told to compute what looks like a formula; and that it would.
printf 'A;B\n=1+1;x\n' >"$work/formula.csv"
for file in formula krav krav-ren; do
    separator=59
    [ "$file" != krav-ren ] || separator=44
    convert "$file.csv" fods "$file" "--infilter=Text - txt - csv (StarCalc):$separator,34,76,1,,0,false,true,false,false,false,-1,true"
    if grep -q 'table:formula' "$work/$file/$file.fods"; then computed=yes; else computed=no; fi
    case $file,$computed in
    formula,yes | krav,no | krav-ren,no) ;;
    formula,no) fail "LibreOffice computes nothing: the check checks nothing" ;;
    *) fail "$file.csv has a formula" ;;
    esac
done
grep -qE "('|&apos;)=1\+1" "$work/krav/krav.fods" || fail "krav.csv has lost its guarded text"
echo "krav.docx, krav.xlsx, krav.csv, krav-ren.csv: open, say what they should, and do nothing"
