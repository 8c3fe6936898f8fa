#!/usr/bin/env python3
"""Writes the licence texts of every library that is compiled into the program, as their licences ask for.

Usage: packaging/third-party.py > third-party-licences.txt

Reads `cargo metadata`: what the program depends on when it runs, for the platform it is built on. Libraries with the same
text share it. Those that bring none are named at the end.
"""

import json
import pathlib
import re
import subprocess
import sys

NAMES = re.compile(r"^(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)


def cargo(*arguments):
    return subprocess.run(["cargo", *arguments], check=True, capture_output=True, text=True).stdout


host = re.search(r"host: (\S+)", subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout)[1]
metadata = json.loads(cargo("metadata", "--format-version", "1", "--locked", "--filter-platform", host))
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}

wanted, waiting = set(), [metadata["resolve"]["root"]]
while waiting:
    identity = waiting.pop()
    if identity not in wanted:
        wanted.add(identity)
        for dependency in nodes[identity]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])

texts, without = {}, []
for package in sorted((packages[i] for i in wanted), key=lambda p: (p["name"], p["version"])):
    if package["source"] is None:
        continue
    label = f"{package['name']} {package['version']} ({package['license']})"
    folder = pathlib.Path(package["manifest_path"]).parent
    found = [file for file in sorted(folder.iterdir()) if file.is_file() and NAMES.match(file.name)]
    if not found:
        without.append(f"{label}, by {', '.join(package['authors']) or 'its authors'}: {package['repository']}")
    for file in found:
        texts.setdefault(file.read_text(errors="replace").strip(), []).append(label)

print("Libraries that are compiled into Kravbanken, with the texts of their licences.")
for text, labels in sorted(texts.items(), key=lambda item: item[1]):
    print("\n" + "=" * 100, *dict.fromkeys(labels), "-" * 100, text, sep="\n")
if without:
    print("\n" + "=" * 100, "Without a text of their own; their packages name the licence:", *without, sep="\n")
if len(texts) < 20:
    sys.exit("too few texts: are the sources of the libraries there?")
