"""Fetches a list with python-threatexchange's own NCMEC client, unmodified; answers in JSON.

The environment is an object with a value, since the client's enumeration knows NCMEC's hosts alone.
"""

import dataclasses
import json
import os
import sys
import types

from threatexchange.exchanges.clients.ncmec import hash_api as api
from threatexchange.exchanges.impl import ncmec_api as impl
from threatexchange.signal_type.pdq.signal import PdqSignal

root, user, password, command = sys.argv[1:5]
environment = types.SimpleNamespace(value=root)
client = api.NCMECHashAPI(user, password, environment)


def say(answer):
    json.dump(answer, sys.stdout)


if command == "fetch":
    state = json.loads(sys.argv[5])
    checkpoint = None if state["checkpoint"] is None else impl.NCMECCheckpoint(state["checkpoint"])
    collab = impl.NCMECCollabConfig(name="ours", environment=environment)
    exchange = impl.NCMECSignalExchangeAPI(collab, user, password)
    held, deleted, deltas = {}, [], 0
    for delta in exchange.fetch_iter([PdqSignal], checkpoint):
        deltas += 1
        checkpoint = delta.checkpoint
        for key, update in delta.updates.items():
            merged = exchange.fetch_value_merge(held.get(key), update)
            if merged is None:
                deleted.append(update.id)
                held.pop(key, None)
            else:
                held[key] = merged
    signals = exchange.naive_convert_to_signal_type([PdqSignal], collab, held)
    say({
        "ids": [update.id for update in held.values()],
        "deleted": deleted,
        "deltas": deltas,
        "pdq": len(signals.get(PdqSignal, {})),
        "checkpoint": checkpoint.get_progress_timestamp(),
    })
elif command == "feedback":
    member, entry, reason = sys.argv[5:8]
    client.submit_upvote(int(member), entry, api.FingerprintType.md5)
    client.submit_feedback(
        int(member), entry, api.FingerprintType.pdq, api.FeedbackType.downvote, negative_reason_guid=reason
    )
    say({})
elif command == "status":
    say({"status": dataclasses.asdict(client.status()), "members": [m.esp_id for m in client.members()]})
