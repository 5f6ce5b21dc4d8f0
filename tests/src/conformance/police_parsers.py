"""Reads a JSON report with the open police parsers below a folder: FOLDER REPORT. Prints what they found as JSON.

koebbe14/CyberTip-Analyzer-Tool-Report-Generator: its parser module, without its window.
itslily88/cybertipParser: its script, without its look-up at ARIN and its questions at the prompt.
"""

import contextlib
import glob
import importlib
import io
import json
import os
import shutil
import sys
import tempfile

folder, report = sys.argv[1:3]
said = {}


def koebbe14(checkout):
    sys.path.insert(0, checkout)
    parser = importlib.import_module("catrg.core.parser")
    validators = importlib.import_module("catrg.utils.validators")
    data = parser.load_json(report)
    valid, reason = validators.validate_cybertip_json(data)
    tip = parser.parse_cybertip(data)
    return {
        "valid": valid,
        "reportId": tip.report_id,
        "esp": tip.esp_name,
        "incidentType": tip.incident_type,
        "incidentAt": tip.incident_datetime,
        "received": tip.date_received,
        "persons": [[person.screen_name, [email["value"] for email in person.emails]] for person in tip.persons],
        "files": [[file.filename, file.verification_hash, file.viewed_by_esp, file.ip_addresses] for file in tip.evidence_files],
        "pages": [page.url for page in tip.webpages],
        "addresses": {ip: [[seen.datetime, seen.port, seen.event] for seen in times] for ip, times in tip.all_ip_data.items()},
    }


def itslily88(checkout):
    sys.path.insert(0, checkout)
    script = importlib.import_module("cybertipParser")
    script.queryIP = lambda addresses, key: {address: "not asked" for address in addresses}
    openpyxl = importlib.import_module("openpyxl")
    with tempfile.TemporaryDirectory() as place:
        tip = shutil.copy(report, os.path.join(place, "tip.json"))
        with contextlib.redirect_stdout(io.StringIO()):
            script.ipFile(tip, place, "")
            script.mediaFile(tip, place)
        sheets = {}
        for name in sorted(glob.glob(os.path.join(place, "*.xlsx"))):
            rows = openpyxl.load_workbook(name).active.iter_rows(values_only=True)
            sheets[os.path.basename(name)] = [list(row) for row in rows]
    return sheets


for name, read, marker in [
    ("koebbe14", koebbe14, "catrg/core/parser.py"),
    ("itslily88", itslily88, "cybertipParser.py"),
]:
    found = glob.glob(os.path.join(folder, "**", marker), recursive=True)
    if found:
        said[name] = read(found[0][: -len(marker)])
print(json.dumps(said))
