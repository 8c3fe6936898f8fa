"""Writes requirements of the exchange format as a flat OpenDocument sheet, for LibreOffice to turn into other formats.

python3 spreadsheets.py requirements.jsonl krav.fods
"""

import json
import sys
from xml.sax.saxutils import escape

TYPES = {
    "qualification_requirement": "Kvalificeringskrav",
    "technical_specification": "Teknisk specifikation",
    "award_criterion": "Tilldelningskriterium",
    "contract_performance_condition": "Särskilt kontraktsvillkor",
}
LEVELS = {"basic": "Bas", "advanced": "Avancerad", "spearhead": "Spjutspets"}


def evidence(items):
    return "; ".join(item["text"] if item["kind"] == "other" else f"{item['kind']}: {item['text']}" for item in items)


COLUMNS = {
    "ID": lambda r: r["id"],
    "Rubrik": lambda r: r["title"],
    "Kravtext": lambda r: "\n\n".join(r["text"]),
    "Kravtyp": lambda r: TYPES[r["type"]],
    "Nivå": lambda r: LEVELS[r["level"]],
    "Motiv": lambda r: r["rationale"],
    "Bevis": lambda r: evidence(r["evidence"]),
    "Produktområde": lambda r: r["product_area"],
    "Produktgrupp": lambda r: r["product_group"],
    "CPV": lambda r: "; ".join(r["cpv"]),
}
KNOWN = {"id", "title", "text", "type", "level", "rationale", "evidence", "product_area", "product_group", "cpv"}


def cell(text):
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def main(source, target):
    with open(source, encoding="utf-8") as file:
        requirements = [json.loads(line) for line in file]
    for requirement in requirements:
        left = set(requirement) - KNOWN
        assert not left, f"{requirement['id']}: no column for {left}"
    rows = [list(COLUMNS)] + [[value(r) for value in COLUMNS.values()] for r in requirements]
    with open(target, "w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?><office:document'
            ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"'
            ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
            '<office:body><office:spreadsheet><table:table table:name="Krav">\n'
        )
        for row in rows:
            file.write("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>\n")
        file.write("</table:table></office:spreadsheet></office:body></office:document>\n")


main(*sys.argv[1:])
