"""Reading a log as something that may be damaged: every number, mark and fact has to follow."""

import msgspec

from sessions.domain.facts import AnyFact
from sessions.domain.marks import follows
from sessions.store.log import Record

DAMAGED_RETRY_MS = 30_000
"""Words that a damaged session cannot take wait on their devices: a backup may be put back."""


class Damage(Exception):
    """What stands in the log here cannot have been written by us. Its text names numbers, and no words."""


def following(record: Record, seq: int, chain: str) -> AnyFact:
    """The fact of the record that comes after `seq`, whose mark is `chain`. Raises Damage."""
    if record.seq != seq + 1:
        raise Damage(f"{record.seq} comes after {seq}")
    if not follows(record.mark, chain, record.seq, record.at, record.key):
        raise Damage(f"the mark of {record.seq} does not follow from {seq}")
    try:
        fact: AnyFact = msgspec.json.decode(record.fact, type=AnyFact)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Damage(f"fact {record.seq} cannot be read") from error
    return fact
