#!/usr/bin/env python3
"""Checks an evidence package (docs/package-format.md) with the Python standard library and the openssl command.

Written from the document, not from the TypeScript: a second opinion. It checks manifests, contents, the case's events and
openings, the tree, the log's signature, cosignatures and quorum, time stamps, and approvals by personal keys; not passkeys,
not the safety of names beyond links and climbing, not canonical form where no digest depends on it.

    python3 verify_package.py FOLDER        ends with 0 when nothing is wrong, with 1 and a line for each fault otherwise
"""

import base64
import bisect
import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
import tempfile

ALGORITHMS = ("sha512", "sha256")
SPKI_ED25519 = bytes.fromhex("302a300506032b6570032100")
faults = []


def fault(text):
    faults.append(text)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def files_below(root):
    for folder, folders, names in os.walk(root):
        for name in folders + names:
            path = os.path.join(folder, name)
            if os.path.islink(path):
                fault(f"link: {os.path.relpath(path, root)}")
        for name in names:
            if not os.path.islink(os.path.join(folder, name)):
                yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")


def digest_of(algorithm, path):
    digest = hashlib.new(algorithm)
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def check_manifests(root, present):
    """Each manifest names just the files it has to, in order, with their digests."""
    for prefix in ("", "tag"):
        for algorithm in ALGORITHMS:
            name = f"{prefix}manifest-{algorithm}.txt"
            if name not in present:
                fault(f"missing: {name}")
                continue
            listed = []
            for line in read(os.path.join(root, name)).decode().split("\n")[:-1]:
                match = re.fullmatch(r"([0-9a-f]+)  (.+)", line)
                if match is None or match[2].startswith("/") or ".." in match[2].split("/"):
                    fault(f"{name}: malformed or unsafe line")
                    continue
                listed.append(match[2])
                path = os.path.join(root, match[2])
                if match[2] not in present:
                    fault(f"missing: {match[2]}")
                elif digest_of(algorithm, path) != match[1]:
                    fault(f"changed ({algorithm}): {match[2]}")
            if listed != sorted(set(listed), key=lambda path: path.encode()):
                fault(f"{name}: not sorted, or a path twice")
            wanted = {p for p in present if p.startswith("data/") != bool(prefix) and not p.startswith("tagmanifest-")}
            for path in wanted - set(listed):
                fault(f"{name} does not name {path}")


def named_by_contents(path):
    return not (
        re.fullmatch(r"data/ledger/(policy|checkpoint|events\.jsonl|nodes\.json|timestamps/[^/]+\.(tsr|roots\.pem))", path)
        or path in ("data/contents.json", "bagit.txt", "bag-info.txt")
        or re.fullmatch(r"(tag)?manifest-sha(256|512)\.txt", path)
    )


def check_contents(root, present):
    text = read(os.path.join(root, "data/contents.json"))
    contents = json.loads(text)
    request_text = read(os.path.join(root, "data/request.json"))
    request = json.loads(request_text)
    named = {file["path"]: file for file in contents["files"]}
    for path, file in named.items():
        if path not in present:
            fault(f"contents.json names {path}, which is not there")
        elif digest_of("sha256", os.path.join(root, path)) != file["sha256"]:
            fault(f"contents.json has another digest for {path}")
        elif os.path.getsize(os.path.join(root, path)) != int(file["bytes"]):
            fault(f"contents.json has another size for {path}")
    for path in sorted(p for p in present if named_by_contents(p) and p not in named):
        fault(f"contents.json does not name {path}")
    asked = {(i["as"], i["id"]): (i["sha256"], i["bytes"]) for i in request["content"]["items"]}
    packed = {}
    for file in contents["files"]:
        if "item" in file:
            held = file.get("plain", file)
            packed[(file["role"], file["item"])] = (held["sha256"], held["bytes"])
    if asked != packed:
        fault("the items of the request and of contents.json differ")
    digest = hashlib.sha256(request_text[:-1]).hexdigest()
    if contents["request"] != digest or contents["package"] != request["content"]["package"]:
        fault("contents.json is for another request")
    payload = [p for p in present if p.startswith("data/")]
    total = sum(os.path.getsize(os.path.join(root, p)) for p in payload)
    software = contents["software"]
    info = (
        f"Bag-Software-Agent: {software['name']} {software['version']}\n"
        f"Bagging-Date: {contents['createdAt'][:10]}\nExternal-Identifier: {contents['package']}\n"
        f"Internal-Sender-Identifier: {contents['case']}\nTutela-Package-Format: 1\n"
        f"Payload-Oxum: {total}.{len(payload)}\n"
    )
    if read(os.path.join(root, "bag-info.txt")).decode() != info:
        fault("bag-info.txt says something else than contents.json and the files")
    exported = {"package": contents["package"], "contents": hashlib.sha256(text[:-1]).hexdigest(), "request": digest}
    return contents["case"], exported, request, digest


def raw(line, start):
    """The JSON value that begins at a place in a line: itself and its own text."""
    value, end = json.JSONDecoder().raw_decode(line, start)
    return value, line[start:end], end


def check_events(root, case, exported):
    """The leaves, from the text of each entry as it stands: it is canonical, or its digest is another one."""
    leaves, indices, before, last = {}, [], None, None
    text = read(os.path.join(root, "data/ledger/events.jsonl")).decode()
    if not text.endswith("\n"):
        fault("events.jsonl does not end in a line feed")
    for number, line in enumerate(text.split("\n")[:-1], 1):
        if not line.startswith('{"entry":'):
            fault(f"events.jsonl: line {number} is malformed")
            continue
        entry, entry_text, end = raw(line, len('{"entry":'))
        rest = re.fullmatch(r',"index":"(0|[1-9][0-9]{0,18})",(.*)\}', line[end:])
        if rest is None or entry.get("v") != 1:
            fault(f"events.jsonl: line {number} is malformed")
            continue
        index = int(rest[1])
        if entry.get("caseRef") != case or entry.get("caseSeq") != number:
            fault(f"event {entry.get('caseSeq')}: not event {number} of the case")
        if entry.get("casePrev") != before:
            fault(f"event {number}: does not follow the event before it")
        if indices and index <= indices[-1]:
            fault(f"event {number}: its place in the log is not after that of the event before it")
        leaf = hashlib.sha256(b"\x00" + entry_text.encode()).digest()
        before, last = leaf.hex(), None
        leaves[index] = leaf
        indices.append(index)
        opening = re.match(r'"opening":\{"key":"([0-9a-f]{64})","payload":', rest[2])
        if opening is not None:
            last, payload_text, payload_end = raw(rest[2], opening.end())
            mac = hmac.new(bytes.fromhex(opening[1]), payload_text.encode(), hashlib.sha256).hexdigest()
            if mac != entry["commitment"] or rest[2][payload_end:] != "}":
                fault(f"event {number}: the opening does not open its commitment")
        elif re.fullmatch(r'"withheld":"([^"\\]|\\.)+"', rest[2]) is None:
            fault(f"event {number}: neither opened nor withheld")
    if last is None or entry.get("type") != "package.exported" or last.get("payload") != exported:
        fault("the last event is not the export of this package")
    return leaves, indices


def check_tree(root, leaves, indices, size, expected):
    """RFC 6962 section 2.1 from the top down: a subtree is either given, or split."""
    document = json.loads(read(os.path.join(root, "data/ledger/nodes.json")))
    nodes = {(n["level"], int(n["index"])): bytes.fromhex(n["hash"]) for n in document["nodes"]}
    if list(nodes) != sorted(nodes) or len(nodes) != len(document["nodes"]) or document["size"] != str(size):
        fault("nodes.json: another order or size")
    used = set()

    def subtree(start, end):
        width = end - start
        holds_leaf = bisect.bisect_left(indices, start) < bisect.bisect_left(indices, end)
        if width & (width - 1) == 0 and not holds_leaf:
            place = (width.bit_length() - 1, start // width)
            used.add(place)
            return nodes[place]
        if width == 1:
            return leaves[start]
        middle = start + (1 << ((width - 1).bit_length() - 1))
        return hashlib.sha256(b"\x01" + subtree(start, middle) + subtree(middle, end)).digest()

    try:
        if not indices or indices[-1] >= size or subtree(0, size) != expected:
            fault("events and nodes do not give the root of the checkpoint")
        elif used != set(nodes):
            fault("nodes.json holds more than is needed")
    except KeyError as missing:
        fault(f"nodes.json lacks {missing}")


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], capture_output=True).returncode == 0


def ed25519_holds(work, spki, message, signature):
    paths = {name: os.path.join(work, name) for name in ("key", "message", "signature")}
    for name, content in (("key", spki), ("message", message), ("signature", signature)):
        with open(paths[name], "wb") as file:
            file.write(content)
    command = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths["key"], "-rawin"]
    return openssl(*command, "-in", paths["message"], "-sigfile", paths["signature"])


def verifier_key(text, kind):
    name, key_id, encoded = text.split("+", 2)
    typed = base64.b64decode(encoded, validate=True)
    wanted = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4].hex()
    if typed[0] != kind or len(typed) != 33 or wanted != key_id:
        raise ValueError(f"{text} is not a key of type {kind}")
    return name, bytes.fromhex(key_id), SPKI_ED25519 + typed[1:]


def check_head(root, work):
    note = read(os.path.join(root, "data/ledger/checkpoint")).decode()
    body, _, signatures = note.rpartition("\n\n")
    body += "\n"
    origin, size, encoded_root = body.split("\n")[:3]
    signed = []
    for line in signatures.split("\n")[:-1]:
        name, encoded = re.fullmatch("\u2014 ([^ ]+) ([^ ]+)", line).groups()
        signed.append((name, base64.b64decode(encoded, validate=True)))
    logs, saw, quorum = [], set(), None
    for words in (line.split() for line in read(os.path.join(root, "data/ledger/policy")).decode().split("\n")):
        if words[:1] == ["log"]:
            logs.append(verifier_key(words[1], 1))
        elif words[:1] == ["witness"]:
            name, key_id, spki = verifier_key(words[2], 4)
            for signer, blob in signed:
                if signer == name and blob[:4] == key_id:
                    message = f"cosignature/v1\ntime {int.from_bytes(blob[4:12], 'big')}\n{body}".encode()
                    if ed25519_holds(work, spki, message, blob[12:]):
                        saw.add(words[1])
                    else:
                        fault(f"the cosignature of {name} does not hold")
        elif words[:1] == ["group"]:
            needed = {"all": len(words) - 3, "any": 1}.get(words[2]) or int(words[2])
            if len(saw.intersection(words[3:])) >= needed:
                saw.add(words[1])
        elif words[:1] == ["quorum"]:
            quorum = words[1]
        elif words:
            fault("policy: a line that nobody knows")
    if quorum != "none" and quorum not in saw:
        fault("the quorum is not reached")
    own = [(spki, blob) for name, key_id, spki in logs for signer, blob in signed if (name, key_id) == (signer, blob[:4])]
    good = [ed25519_holds(work, spki, body.encode(), blob[4:]) for spki, blob in own]
    if len(logs) != 1 or logs[0][0] != origin or not good or not all(good):
        fault("the signature of the log does not hold")
    return body.encode(), int(size), base64.b64decode(encoded_root, validate=True)


def check_times(root, present, work, body):
    stamped = os.path.join(work, "body")
    with open(stamped, "wb") as file:
        file.write(body)
    tokens = [path for path in present if re.fullmatch(r"data/ledger/timestamps/[^/]+\.tsr", path)]
    if not tokens:
        fault("no authority of time stamped it")
    for path in tokens:
        token, roots = os.path.join(root, path), os.path.join(root, path[:-4] + ".roots.pem")
        if not openssl("ts", "-verify", "-data", stamped, "-in", token, "-CAfile", roots):
            fault(f"{path} does not verify")


def check_approvals(root, present, work, request, digest):
    people = json.loads(read(os.path.join(root, "data/people.json")))
    keys = {c["id"]: (p["id"], c["publicKey"]) for p in people["people"] for c in p["credentials"]}
    approved = set()
    for path in sorted(p for p in present if p.startswith("data/approvals/")):
        approval = json.loads(read(os.path.join(root, path)))
        person, encoded = keys.get(approval["credentialId"], (None, ""))
        if approval["method"] != "ed25519":
            continue
        message = f"tutela.policy/approval/v1\n{person}\napproves\nsha-256 {digest}\n".encode()
        decode = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        counts = approval["person"] == person != request["requestedBy"] and approval["request"] == digest
        if not counts or person in approved:
            fault(f"{path} does not count")
        elif not ed25519_holds(work, decode(encoded), message, decode(approval["signature"])):
            fault(f"the signature of {path} does not hold")
        else:
            approved.add(person)
    passkeys = any('"webauthn"' in read(os.path.join(root, p)).decode() for p in present if p.startswith("data/approvals/"))
    if len(approved) < 2 and not passkeys:
        fault("fewer than two people approved")


def attempt(what, act):
    try:
        return act()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, UnboundLocalError) as error:
        fault(f"{what}: {type(error).__name__} {error}")
        return None


def main(root):
    present = set(files_below(root))
    if attempt("bagit.txt", lambda: read(os.path.join(root, "bagit.txt"))) != (
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    ):
        fault("bagit.txt does not declare BagIt 1.0")
    attempt("manifests", lambda: check_manifests(root, present))
    said = attempt("contents", lambda: check_contents(root, present))
    with tempfile.TemporaryDirectory() as work:
        head = attempt("checkpoint", lambda: check_head(root, work))
        events = attempt("events", lambda: check_events(root, *said[:2])) if said else None
        if head and events:
            attempt("tree", lambda: check_tree(root, *events, head[1], head[2]))
        if head:
            attempt("time stamps", lambda: check_times(root, present, work, head[0]))
        if said:
            attempt("approvals", lambda: check_approvals(root, present, work, *said[2:]))
    for text in faults:
        print(text.encode("unicode_escape").decode())
    print(f"{len(faults)} faults" if faults else "nothing is wrong")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
