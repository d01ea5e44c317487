"""Who may ask what is a list with nothing missing."""

import re
from typing import get_args

import pytest

from sessions.domain import asks, facts, rows
from sessions.domain.refused import Refused
from sessions.domain.rights import RIGHTS, Role, check


def kinds(base: type) -> set[type]:
    """Every class under `base`, at any depth, that none comes under."""
    under: list[type] = base.__subclasses__()
    return {each for kind in under for each in kinds(kind)} if under else {base}


def tag(kind: type) -> str:
    return str(kind.__struct_config__.tag)  # type: ignore[attr-defined]


def some(kind: type[asks.Ask]) -> asks.Ask:
    """Any ask of the kind: who may ask is settled by the kind alone."""
    return kind(*[None] * len(kind.__struct_fields__))


@pytest.mark.parametrize(
    ("base", "union"),
    [(asks.Ask, asks.AnyAsk), (facts.Fact, facts.AnyFact), (rows.Row, rows.AnyRow)],
    ids=["asks", "facts", "rows"],
)
def test_each_union_lists_every_kind_once(base: type, union: object) -> None:
    listed = get_args(union)
    assert set(listed) == kinds(base)
    assert len({tag(kind) for kind in listed}) == len(listed)


def test_every_ask_is_sorted_by_role_and_nobody_has_it_by_default() -> None:
    assert RIGHTS.keys() == set(get_args(asks.AnyAsk))
    assert all(RIGHTS.values())


def test_every_role_that_may_is_let_and_every_other_is_refused() -> None:
    for kind, allowed in RIGHTS.items():
        ask = some(kind)
        for role in Role:
            if role in allowed:
                check(role, ask)
            else:
                with pytest.raises(Refused, match=r"role\.cannot"):
                    check(role, ask)


def test_words_are_for_people_stages_for_hosts_and_pages_for_walls_too() -> None:
    of = {role: {tag(kind) for kind, allowed in RIGHTS.items() if role in allowed} for role in Role}
    assert of[Role.PARTICIPANT] == {
        "note.add",
        "note.edit",
        "note.move",
        "note.mean",
        "note.take_back",
        "note.put_back",
        "note.pick",
    } | {
        "note.file",
        "note.dispute",
        "essential.answer",
        "vote.cast",
        "line.feel",
        "line.help",
        "help.take_back",
    }
    assert of[Role.WALL] == {"wall.blank", "wall.show"}
    assert of[Role.FACILITATOR] & of[Role.PARTICIPANT] == {"note.mean"}
    assert of[Role.FACILITATOR] | of[Role.PARTICIPANT] == {tag(kind) for kind in RIGHTS}


def test_asks_are_noun_verb_and_facts_noun_past() -> None:
    for kind in get_args(asks.AnyAsk):
        assert re.fullmatch(r"[a-z]+\.[a-z_]+|undo", tag(kind)), kind
    for kind in get_args(facts.AnyFact):
        assert re.fullmatch(
            r"[a-z]+\.(\w+ed|made|taken_back|put_back|shown|hidden|set|split|undone|lit|meant|cast|felt)",
            tag(kind),
        ), kind
