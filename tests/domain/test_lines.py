"""What organisers know of a line, the order that lines stand in, and must-haves that the room said too."""

from typing import Any

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from sessions.domain import asks, facts
from sessions.domain.asks import ItemField
from sessions.domain.decide import decide
from sessions.domain.evolve import opening
from sessions.domain.refused import Refused
from sessions.domain.rows import ItemRow, LinkRow
from tests.domain.histories import (
    ANN,
    BOB,
    CAT,
    HAL,
    HEA,
    PEOPLE,
    PLAN,
    WALL,
    History,
    listed_histories,
    made,
    workshops,
)
from tests.domain.recount import Recount, rows

ONE, TWO, THREE = made("one"), made("two"), made("three")
A, B, C, D = (made(f"line {letter}") for letter in "abcd")
NOTES = tuple(made(f"matrix.social {person.id}") for person in PEOPLE)


def line(history: History, id: str = A) -> Any:
    return rows(history.board, ItemRow)[id]


def order(history: History) -> list[str]:
    """The lines as they stand, which is what their letters follow."""
    items = rows(history.board, ItemRow).values()
    return [item.id for item in sorted(items, key=lambda item: (item.order, item.id))]


def listed(history: History, *ids: str) -> History:
    for id in ids:
        history.ask(HAL, asks.MakeItem(id, "A line"))
    return history


# Details

COLOURS = {f"{board.id}.{zone.id}": zone.colour for board in PLAN.boards for zone in board.zones}
KEYS = {
    "levels": ["individual", "social", "infrastructural"],
    "senses": ["see", "hear", "feel"],
    "audiences": ["staff", "patients", "community"],
}


@given(workshops)
def test_a_line_says_what_was_set_and_else_what_was_heard(history: History) -> None:
    recount = Recount(history)
    lines = {item: pile for pile, item in recount.lines().items()}
    for id, item in rows(history.board, ItemRow).items():
        said = {field: recount.now.get(("item", id, field)) for field in ItemField}
        heard = {COLOURS[history.board.notes[note].zone] for note in recount.heard(lines.get(id))}
        for field, keys in KEYS.items():
            chosen = said[ItemField(field)]
            here = heard if field != "audiences" and chosen is None else set((chosen or "").split())
            assert getattr(item, field) == tuple(key for key in keys if key in here), field
        for field in ("area", "route", "owner", "first_step", "review", "help"):
            assert getattr(item, field) == (said[ItemField(field)] or ""), field
        for field in ("essential", "quick"):
            assert getattr(item, field) == (said[ItemField(field)] is not None), field
        assert item.order == recount.order(id)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("levels", "social individual", ("individual", "social")),
        ("levels", " social\n social ", ("social",)),
        ("levels", "", ()),
        ("senses", "feel see hear", ("see", "hear", "feel")),
        ("audiences", "community staff", ("staff", "community")),
        ("audiences", "", ()),
        ("area", "place", "place"),
        ("area", " ", ""),
        ("route", "policy", "policy"),
        ("essential", "yes", True),
        ("essential", "", False),
        ("quick", "of course", True),
        ("quick", " ", False),
        ("owner", " Dr Khan ", "Dr Khan"),
        ("first_step", "Ask\r\nher", "Ask\nher"),
        ("review", "May 2027", "May 2027"),
        ("help", "", ""),
    ],
)
def test_a_line_is_told_one_thing_more(afternoon: History, field: str, value: str, shown: Any) -> None:
    listed(afternoon, A)
    before = line(afternoon)
    step = afternoon.ask(HAL, asks.SetItem(A, ItemField(field), value))
    assert line(afternoon) == replace(before, **{field: shown})
    afternoon.ask(HEA, asks.Undo(step.seq))
    assert line(afternoon) == before


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("levels", "see", "item.no_such_key"),
        ("levels", "social,individual", "item.no_such_key"),
        ("senses", "social", "item.no_such_key"),
        ("audiences", "doctors", "item.no_such_key"),
        ("audiences", "Staff", "item.no_such_key"),
        ("area", "weather", "item.no_such_key"),
        ("area", "people place", "item.one_key"),
        ("route", "people", "item.no_such_key"),
        ("route", "policy practice", "item.one_key"),
        ("owner", "a\0b", "text.nul"),
        ("owner", "\u200b", "text.empty"),
        ("first_step", "x" * 501, "text.too_long"),
        ("help", "\n".join("x" * 31), "text.too_many_lines"),
    ],
)
def test_a_line_refuses_what_is_not_on_its_lists(
    afternoon: History, field: str, value: str, code: str
) -> None:
    listed(afternoon, A)
    with pytest.raises(Refused) as refused:
        afternoon.ask(HAL, asks.SetItem(A, ItemField(field), value))
    assert refused.value.code == code


def test_a_plan_without_areas_has_none_to_choose_from(afternoon: History) -> None:
    afternoon.board.plan = replace(PLAN, areas=())
    listed(afternoon, A)
    with pytest.raises(Refused, match=r"item\.no_such_key"):
        afternoon.ask(HAL, asks.SetItem(A, ItemField.AREA, "people"))


def test_levels_and_senses_follow_the_notes_until_they_are_set(afternoon: History) -> None:
    afternoon.ask(HAL, asks.MakeItem(A, "A line", ONE))
    assert (line(afternoon).levels, line(afternoon).senses) == ((), ())
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[:2], ONE))
    assert (line(afternoon).levels, line(afternoon).senses) == (("social",), ())
    afternoon.ask(HAL, asks.RevealZone("utopia.see"))
    afternoon.ask(BOB, asks.MoveNote(NOTES[1], "utopia.see"))
    assert (line(afternoon).levels, line(afternoon).senses) == (("social",), ("see",))
    afternoon.ask(HAL, asks.SetItem(A, ItemField.LEVELS, "infrastructural"))
    afternoon.ask(HAL, asks.PlaceNotes((made(f"matrix.individual {ANN.id}"),), ONE))
    assert line(afternoon).levels == ("infrastructural",)


def test_levels_set_to_none_stay_none_and_undo_lets_them_follow_again(afternoon: History) -> None:
    afternoon.ask(HAL, asks.MakeItem(A, "A line", ONE))
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[:1], ONE))
    none = afternoon.ask(HAL, asks.SetItem(A, ItemField.LEVELS, ""))
    assert line(afternoon).levels == ()
    afternoon.ask(HAL, asks.PlaceNotes(NOTES, ONE))
    assert line(afternoon).levels == ()
    afternoon.ask(HAL, asks.Undo(none.seq))
    assert line(afternoon).levels == ("social",)


def test_a_held_or_private_note_gives_a_line_no_level(afternoon: History) -> None:
    afternoon.ask(HAL, asks.MakeItem(A, "A line", ONE))
    afternoon.ask(HAL, asks.PlaceNotes((NOTES[0], made(f"utopia.see {ANN.id}")), ONE))
    assert (line(afternoon).levels, line(afternoon).senses) == (("social",), ())
    afternoon.ask(HAL, asks.HideNote(NOTES[0]))
    assert line(afternoon).levels == ()


# Order


@given(listed_histories(), st.integers(0, 20), st.integers(0, 20))
def test_a_line_moved_stands_before_the_other_and_the_rest_keep_their_order(
    history: History, which: int, where: int
) -> None:
    lines = order(history)
    if not lines:
        return
    id, before = lines[which % len(lines)], [*lines, None][where % (len(lines) + 1)]
    items = rows(history.board, ItemRow)
    moved = history.ask(HAL, asks.MoveItem(id, before))
    expected = [each for each in lines if each != id]
    if before != id:
        expected.insert(len(expected) if before is None else expected.index(before), id)
        assert order(history) == expected
        places = [item.order for item in rows(history.board, ItemRow).values()]
        assert len(places) == len(set(places))
        assert max(places) == max(item.order for item in items.values())
    history.ask(HAL, asks.Undo(moved.seq))
    assert rows(history.board, ItemRow) == items


@given(listed_histories())
def test_a_line_made_later_comes_last_whatever_was_moved(history: History) -> None:
    history.ask(HAL, asks.MakeItem(made("the latest"), "Last"))
    assert order(history)[-1] == made("the latest")


@given(workshops)
def test_moving_changes_nothing_of_a_line_but_its_place(history: History) -> None:
    before: dict[str, Any] = {}
    for seq, board in enumerate(history.boards()):
        after = rows(board, ItemRow)
        if seq and isinstance(history.entries[seq - 1].fact, facts.ItemMoved):
            assert {id: replace(item, order=0) for id, item in after.items()} == {
                id: replace(item, order=0) for id, item in before.items()
            }
        before = after


def test_moved_lines_change_places_and_nothing_else_is_written(afternoon: History) -> None:
    listed(afternoon, A, B, C, D)
    places = sorted(item.order for item in afternoon.board.items.values())
    moved = afternoon.ask(HAL, asks.MoveItem(C, B)).fact
    assert order(afternoon) == [A, C, B, D]
    assert isinstance(moved, facts.ItemMoved)
    assert {change.id for change in moved.changes} == {B, C}
    afternoon.ask(HAL, asks.MoveItem(A, None))
    assert order(afternoon) == [C, B, D, A]
    assert sorted(item.order for item in afternoon.board.items.values()) == places
    unmoved = afternoon.ask(HAL, asks.MoveItem(B, B)).fact
    assert isinstance(unmoved, facts.ItemMoved)
    assert unmoved.changes == ()


def test_two_lines_that_undo_left_in_one_place_can_be_moved_apart(afternoon: History) -> None:
    """Move, move again, undo the first: what was moved since stays, where what came back stands too."""
    listed(afternoon, A, B, C)
    first = afternoon.ask(HAL, asks.MoveItem(C, A)).seq
    afternoon.ask(HAL, asks.MoveItem(B, A))
    undone = afternoon.ask(HAL, asks.Undo(first)).fact
    assert isinstance(undone, facts.Undone)
    assert undone.left == 2
    assert len({item.order for item in afternoon.board.items.values()}) == 2
    for id, before in ((A, B), (B, None), (C, A), (C, B), (A, None), (B, C)):
        afternoon.ask(HAL, asks.MoveItem(id, before))
        lines = order(afternoon)
        assert lines.index(id) == (lines.index(before) - 1 if before is not None else 2)
        assert len({item.order for item in afternoon.board.items.values()}) == 3
    listed(afternoon, D)
    assert order(afternoon)[-1] == D


def test_a_dropped_line_comes_back_where_it_was(afternoon: History) -> None:
    listed(afternoon, A, B, C)
    drop = afternoon.ask(HAL, asks.DropItem(B)).seq
    afternoon.ask(HAL, asks.MoveItem(C, A))
    assert order(afternoon) == [C, A]
    afternoon.ask(HAL, asks.Undo(drop))
    assert order(afternoon) == [C, B, A]


def test_where_two_lines_meet_in_a_pile_moving_them_moves_no_notes(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes(NOTES, ONE))
    afternoon.ask(HAL, asks.MakeItem(A, "The older", ONE))
    afternoon.ask(HAL, asks.MakeItem(B, "The younger", TWO))
    afternoon.ask(HAL, asks.MergeTheme(ONE, TWO))
    afternoon.ask(HAL, asks.MoveItem(B, A))
    assert order(afternoon) == [B, A]
    assert (line(afternoon, A).notes, line(afternoon, B).notes) == (4, 0)
    # Nor does it when piles are looked at anew.
    afternoon.ask(HAL, asks.NameTheme(TWO, "Another name"))
    assert (line(afternoon, A).notes, line(afternoon, B).notes) == (4, 0)


@pytest.mark.parametrize(
    "ask",
    [
        asks.MoveItem(made("nobody"), None),
        asks.MoveItem(B, None),
        asks.MoveItem(A, B),
        asks.MoveItem(A, made("nobody")),
        asks.MoveItem(A, ONE),
        asks.SetItem(B, ItemField.OWNER, "Hal"),
        asks.SetItem(NOTES[0], ItemField.OWNER, "Hal"),
    ],
)
def test_a_line_that_is_not_there_is_not_moved_or_set(afternoon: History, ask: asks.Ask) -> None:
    listed(afternoon, A, B)
    afternoon.ask(HAL, asks.DropItem(B))
    with pytest.raises(Refused, match=r"item\.gone"):
        afternoon.ask(HAL, ask)


# Must-haves that the room said too


def link(history: History, viewer: str = "host") -> LinkRow | None:
    links = rows(history.board, LinkRow, viewer)
    return links.get("link:open-late")


@given(workshops)
def test_a_link_names_the_pile_that_stands_and_counts_its_shown_notes(history: History) -> None:
    recount = Recount(history)
    links = {row.essential: (row.theme, row.notes) for row in rows(history.board, LinkRow).values()}
    linked = {id: recount.pile("essential", id) for id in recount.all("essential")}
    assert links == {id: (pile, len(recount.heard(pile))) for id, pile in linked.items() if pile is not None}


def test_a_must_have_is_linked_to_a_pile_and_follows_it(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[:3], ONE))
    step = afternoon.ask(HAL, asks.LinkEssential("open-late", ONE)).seq
    assert link(afternoon) == LinkRow("link:open-late", "open-late", ONE, 3)
    afternoon.ask(HAL, asks.HideNote(NOTES[0]))
    assert link(afternoon) == LinkRow("link:open-late", "open-late", ONE, 2)
    afternoon.ask(HAL, asks.MergeTheme(ONE, TWO))
    assert link(afternoon) == LinkRow("link:open-late", "open-late", TWO, 2)
    drop = afternoon.ask(HAL, asks.DropTheme(TWO)).seq
    assert link(afternoon) is None
    afternoon.ask(HAL, asks.Undo(drop))
    afternoon.ask(HAL, asks.LinkEssential("open-late", THREE))
    assert link(afternoon) == LinkRow("link:open-late", "open-late", THREE, 0)
    undone = afternoon.ask(HAL, asks.Undo(step)).fact
    assert isinstance(undone, facts.Undone)
    assert undone.left == 1
    afternoon.ask(HAL, asks.LinkEssential("open-late", None))
    assert link(afternoon) is None


def test_a_must_have_that_is_linked_changes_no_count_of_a_line(afternoon: History) -> None:
    afternoon.ask(HAL, asks.MakeItem(A, "A line", ONE))
    afternoon.ask(HAL, asks.PlaceNotes(NOTES[:3], ONE))
    before = line(afternoon)
    afternoon.ask(HAL, asks.LinkEssential("open-late", ONE))
    assert line(afternoon) == before


@pytest.mark.parametrize("stages", [("musts", "sort"), ("sort", "musts")])
def test_a_link_is_for_hosts_until_piles_and_must_haves_are_both_in_the_open(
    afternoon: History, stages: tuple[str, str]
) -> None:
    afternoon.ask(HAL, asks.LinkEssential("open-late", ONE))
    for stage in ("list", *stages):
        assert [bool(link(afternoon, name)) for name in ("host", "wall", "ann")] == [True, False, False]
        afternoon.ask(HAL, asks.OpenStage(stage))
    assert link(afternoon) == link(afternoon, "wall") == link(afternoon, "ann")


@pytest.mark.parametrize(
    ("essential", "theme", "code"),
    [
        ("nowhere", ONE, "essential.unknown"),
        ("nowhere", None, "essential.unknown"),
        ("open-late", made("nobody"), "theme.gone"),
        ("open-late", TWO, "theme.gone"),
        ("open-late", NOTES[0], "theme.gone"),
    ],
)
def test_linking_refuses(afternoon: History, essential: str, theme: str | None, code: str) -> None:
    afternoon.ask(HAL, asks.DropTheme(TWO))
    with pytest.raises(Refused) as refused:
        afternoon.ask(HAL, asks.LinkEssential(essential, theme))
    assert refused.value.code == code


def test_the_list_is_for_hosts() -> None:
    for ask in (
        asks.SetItem(A, ItemField.OWNER, "x"),
        asks.MoveItem(A, None),
        asks.LinkEssential("open-late", None),
    ):
        for actor in (ANN, CAT, WALL):
            with pytest.raises(Refused, match=r"role\.cannot"):
                decide(opening(PLAN), ask, actor, 0)
