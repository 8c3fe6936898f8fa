#!/usr/bin/env python3
"""Checks the hash of every decided version that the API gives.

    python3 check_hash.py https://kravbanken.example.se

For each version: SHA-256 of `canonical` is `sha256`, and `canonical` can be made again from id, version and the decided core.
Needs nothing but Python 3.8. Ends with 0 when everything fits, otherwise with 1.
"""

import hashlib
import json
import sys
import urllib.parse
import urllib.request

CORE = """title text type level rationale proportionality legal_floor evidence answer award follow_up applies_to
          parameters exemptions definitions appendices references""".split()
EVERY_STATUS = "status=current&status=coming&status=superseded&status=repealed"


def versions(base):
    """Every version in the list, page by page."""
    path = f"/api/v1/requirements?limit=100&{EVERY_STATUS}"
    while path:
        with urllib.request.urlopen(base + path) as answer:
            page = json.load(answer)
        yield from page["items"]
        following = urllib.parse.urlsplit(page["next"] or "")
        path = following.path and f"{following.path}?{following.query}"


def plain(value):
    """Whole numbers as JSON Canonicalization (RFC 8785) writes them: 5.0 is 5."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def canonical(version):
    """The decided core as RFC 8785 JSON. What is empty is left out. English texts are no part of it, nor what holds of a
    reference now."""
    core = {key: version[key] for key in CORE if version[key] not in (None, "", [])}
    if "evidence" in core:
        core["evidence"] = [{key: inner for key, inner in piece.items() if key != "text_en"} for piece in core["evidence"]]
    if "references" in core:
        core["references"] = [
            {key: inner for key, inner in cited.items() if key not in ("status", "replaced_by")} for cited in core["references"]
        ]
    core.update(id=version["id"], version=version["version"])
    return json.dumps(plain(core), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def faults(version):
    """What does not fit."""
    if version["hash_scheme"] != 1:
        yield f"hash scheme {version['hash_scheme']} is unknown to this program"
    if hashlib.sha256(version["canonical"].encode()).hexdigest() != version["sha256"]:
        yield "sha256 is not that of canonical"
    if canonical(version) != version["canonical"]:
        yield "canonical does not say what the version says"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    checked = wrong = 0
    for version in versions(sys.argv[1].rstrip("/")):
        checked += 1
        for fault in faults(version):
            wrong += 1
            print(f"{version['id']}:{version['version']}: {fault}")
    print(f"{checked} versions checked, {wrong} faults")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
