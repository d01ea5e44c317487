"""Whoever kept a log can open it in any later version: old logs replay to the rows they once led to."""

from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from sessions.domain.evolve import replay
from sessions.domain.facts import AnyFact
from sessions.domain.reach import Viewer
from tests.golden.pins import HERE, pins, read

LOGS = sorted(HERE.glob("*.jsonl"))


def pinned(log: Path) -> Any:
    return msgspec.json.decode(log.with_suffix(".rows.json").read_bytes())


def cut_to(old: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """Rows may gain fields; what an old one said is what it says."""
    return {name: value for name, value in row.items() if name in old}


def as_now(row: dict[str, Any]) -> dict[str, Any]:
    """At which groups a line was heard is sent no more, only at how many: of one note it told whose table."""
    kept = {name: value for name, value in row.items() if name != "groups"}
    return kept if "groups" in row else row


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_an_old_log_leads_to_the_rows_it_always_led_to(log: Path) -> None:
    heading, entries = read(log)
    expected = pinned(log)
    viewers = msgspec.convert(expected["viewers"], type=dict[str, Viewer])
    found = pins(replay(heading.plan, entries), viewers)
    rows = {each["row"]["id"]: each for each in found["rows"]}
    # Rows may gain kinds too, and those alone.
    kinds = {each["row"]["kind"] for each in expected["rows"]}
    assert {id for id, each in rows.items() if each["row"]["kind"] in kinds} == {
        each["row"]["id"] for each in expected["rows"]
    }
    for each in expected["rows"]:
        now, row = rows[each["row"]["id"]], as_now(each["row"])
        assert cut_to(row, now["row"]) == row
        assert now["readers"] == each["readers"], each["row"]["id"]
    for name, ids in expected["dropped"].items():
        assert set(found["dropped"][name]) >= set(ids), name


def test_there_is_an_old_log_for_every_kind_of_fact() -> None:
    kinds = {type(entry.fact) for log in LOGS for entry in read(log)[1]}
    assert kinds == set(get_args(AnyFact))


def test_what_was_blanked_in_an_old_log_has_no_words() -> None:
    written = b"".join(log.read_bytes() for log in LOGS)
    assert b"should not have said" not in written
    assert b"nor this" not in written
