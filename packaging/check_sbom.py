#!/usr/bin/env python3
"""Checks a CycloneDX list against Cargo.lock: usage packaging/check_sbom.py kravbank.cdx.json"""

import json
import pathlib
import sys
import tomllib

bom = json.loads(pathlib.Path(sys.argv[1]).read_text())
lock = tomllib.loads((pathlib.Path(__file__).parent.parent / "Cargo.lock").read_text())
locked = {(package["name"], package["version"]): package.get("checksum") for package in lock["package"]}
faults = []

if bom.get("bomFormat") != "CycloneDX" or bom.get("specVersion") != "1.5":
    faults.append("it is no CycloneDX 1.5")
if bom["metadata"]["component"]["name"] != "kravbank":
    faults.append("it is of something else")
components = bom["components"]
references = {component["bom-ref"] for component in components} | {bom["metadata"]["component"]["bom-ref"]}
if len(references) != len(components) + 1:
    faults.append("two components share a reference")
for component in components:
    name, version = component["name"], component["version"]
    if (name, version) not in locked:
        faults.append(f"{name} {version} is not in Cargo.lock")
    hashes = [h["content"] for h in component.get("hashes", []) if h["alg"] == "SHA-256"]
    if locked.get((name, version)) and hashes and hashes != [locked[name, version]]:
        faults.append(f"{name} {version} has another hash than in Cargo.lock")
    if not component.get("licenses"):
        faults.append(f"{name} {version} has no licence")
for dependency in bom["dependencies"]:
    for reference in [dependency["ref"], *dependency.get("dependsOn", [])]:
        if reference not in references:
            faults.append(f"{reference} is no component")
for wanted in ("axum", "sqlx", "rustls", "tokio", "askama"):
    if not any(component["name"] == wanted for component in components):
        faults.append(f"{wanted} is missing")
if faults:
    sys.exit("\n".join(faults))
print(f"{len(components)} components, each in Cargo.lock")
