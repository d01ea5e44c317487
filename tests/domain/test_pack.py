"""What a paper pack holds follows from the plan: a card for each group, each board, slips for everybody."""

from typing import Any

from hypothesis import given, strategies as st
from msgspec.structs import replace

from sessions.domain.pack import Pack, Part, Wifi
from sessions.domain.packing import SLIPS_A_PAGE, SLIPS_MOST, Invitation, packing, slips
from sessions.domain.plans import Group, Where
from sessions.shelf import Shelf

PLAN = replace(Shelf.read().plan("gp-surgery-45"), expected=31, aim="Patients walk more")
OAK, ELM = Group("g1", "Oak"), Group("g2", "Elm")


def invitation(**more: Any) -> Invitation:
    known = {
        "title": "Lower Valley",
        "host": "Active Valley",
        "contact": "hello@activevalley.example",
        "address": "10.0.0.5:8000/j",
        "code": "KXR MTP WGD",
        "link": lambda group: f"http://10.0.0.5:8000/j/KXRMTPWGD{'?t=' * bool(group)}{group}",
        "at": 1_792_504_800_000,
    }
    return Invitation(**{**known, **more})


def packed(parts: frozenset[Part] = frozenset(Part), wifi: Wifi | None = None, **plan: Any) -> Pack:
    return packing(replace(PLAN, **plan), invitation(), parts, wifi)


@given(st.integers(0, 10_000))
def test_slips_are_whole_pages_and_enough_for_four_each(expected: int) -> None:
    assert slips(expected) % SLIPS_A_PAGE == 0
    assert slips(expected) >= min(SLIPS_MOST, max(40, 4 * expected))
    assert slips(expected) < max(40, min(SLIPS_MOST, 4 * expected)) + SLIPS_A_PAGE


def test_each_group_has_a_card_that_leads_to_its_own_place() -> None:
    cards = [(place.name, place.link) for place in packed(groups=(OAK, ELM)).places]
    way = "http://10.0.0.5:8000/j/KXRMTPWGD"
    assert cards == [("Oak", f"{way}?t=g1"), ("Elm", f"{way}?t=g2")]


def test_without_groups_there_is_one_card_for_everybody() -> None:
    pack = packed(groups=())
    assert [(place.name, place.link) for place in pack.places] == [("", pack.link)]
    assert pack.one == ""


def test_the_boards_are_those_of_the_plan_and_what_is_for_another_day_stands_last() -> None:
    pack = packed()
    assert [sheet.title for sheet in pack.sheets] == [board.title for board in PLAN.boards]
    for sheet, board in zip(pack.sheets, PLAN.boards, strict=True):
        assert {field.title for field in sheet.fields} == {zone.title for zone in board.zones}
        asides = [zone for zone in board.zones if zone.where is Where.ASIDE]
        assert [field.where for field in sheet.fields].count(Where.ASIDE) == len(asides)
        assert not asides or sheet.fields[-1].where == Where.ASIDE


@given(st.sets(st.sampled_from(Part), min_size=1))
def test_parts_come_in_the_same_order_however_they_were_asked_for(parts: set[Part]) -> None:
    assert packed(frozenset(parts)).parts == tuple(part for part in Part if part in parts)


def test_a_plan_s_scripts_and_must_haves_are_in_no_pack() -> None:
    said = str(packed(groups=(OAK,)))
    for words in (*(stage.script for stage in PLAN.stages), *(must.text for must in PLAN.essentials)):
        assert not words or words not in said
