"""A page for each group: what it said and where that went, and nothing that its readers may not know."""

from collections import Counter

import msgspec
from hypothesis import given, strategies
from msgspec.structs import replace

from sessions.domain import asks
from sessions.domain.asks import Voice, Why
from sessions.domain.musts import ENOUGH
from sessions.domain.plans import Shows
from sessions.domain.replies import crowds, few, open_sources, unnamed
from sessions.domain.report import Reply, Report
from sessions.domain.reporting import reporting
from tests.domain.histories import ANN, BOB, CAT, DAN, HAL, PLAN, SAM, VIEWERS, History, made, workshops
from tests.domain.recount import Recount
from tests.domain.test_report import known

ONE, TWO = made("one"), made("two")
ANNS, BOBS, CATS, DANS = (made(f"matrix.social {person.id}") for person in (ANN, BOB, CAT, DAN))
EVERY = frozenset(group.id for group in PLAN.groups)


def paper(
    history: History, viewer: str = "wall", few: frozenset[str] = frozenset(), to: frozenset[str] = EVERY
) -> Report:
    host = viewer == "host"
    sources = {} if host else open_sources(history.board, few)
    facts = msgspec.structs.replace(
        known(history, host_copy=host, here=frozenset({"red", "blue"})),
        replies_to=to,
        few=few,
        sources=sources,
    )
    return reporting(history.board.rows.seen_by(VIEWERS[viewer]), PLAN, facts)


def went(reply: Reply) -> dict[tuple[str, str], list[str]]:
    return {
        (fate.why, fate.letter or fate.title): [words.text for words in fate.words] for fate in reply.went
    }


def test_a_group_reads_where_each_of_its_notes_went_and_why_some_did_not_go_in(afternoon: History) -> None:
    text = {id: afternoon.board.notes[id].text for id in (ANNS, BOBS, CATS, DANS)}
    group = {
        person: afternoon.board.notes[id].group for person, id in zip("abc", (ANNS, BOBS, CATS), strict=True)
    }
    assert group["a"] == group["b"] == "red" != group["c"]
    afternoon.ask(ANN, asks.AddNote(made("later"), "matrix.later", "Parking"))
    afternoon.ask(BOB, asks.AddNote(made("rude"), "matrix.social", "Something rude"))
    afternoon.ask(HAL, asks.HideNote(made("rude"), Why.RUDE))
    afternoon.ask(HAL, asks.PlaceNotes((ANNS, CATS), ONE))
    afternoon.ask(HAL, asks.PlaceNotes((BOBS,), TWO, Voice.AGAINST))
    afternoon.ask(HAL, asks.MakeItem(made("line"), "Buy cake", ONE))
    for stage in ("sort", "list"):
        afternoon.ask(HAL, asks.OpenStage(stage))

    red, blue = paper(afternoon).replies
    assert (red.group, red.letters, red.few) == ("The red table", ("A",), False)
    told = went(red)
    assert told["line", "A"] == [text[ANNS]]
    assert told["pile", "pile-two"] == [text[BOBS]]
    assert told["later", ""] == ["Parking"]
    assert red.held == 0
    assert [words.voice for fate in red.went for words in fate.words if fate.why == "pile"] == ["against"]
    assert went(blue)["line", "A"] == [text[CATS]]

    red, blue = paper(afternoon, "host").replies
    notes = [note for note in afternoon.board.notes.values() if not afternoon.board.is_shown(note)]
    assert "Something rude" in {note.text for note in notes}
    for reply, table in ((red, "red"), (blue, "blue")):
        assert reply.held == sum(note.group == table for note in notes) > 0
        assert "Something rude" not in str(reply)


def test_of_a_group_of_few_the_room_s_paper_says_only_what_everybody_reads(afternoon: History) -> None:
    afternoon.ask(HAL, asks.PlaceNotes((ANNS, CATS), ONE))
    afternoon.ask(HAL, asks.MakeItem(made("line"), "Buy cake", ONE))
    afternoon.ask(HAL, asks.OpenStage("list"))
    crowds = {"red": 4, "blue": 5, None: 1}
    alone = few(crowds)
    assert alone == frozenset({"red"})
    assert unnamed(crowds) == frozenset({"red", "blue"})
    open_to_all = paper(afternoon, few=alone)
    red, blue = open_to_all.replies
    # Nor which line was heard there: of one note it would say whose it is.
    assert (red.letters, red.went, red.few) == ((), (), True)
    (line,) = open_to_all.lines
    assert (line.groups, line.heard_at) == (("The blue table",), 2)
    assert blue.went
    assert not blue.few
    red, _ = paper(afternoon, "host", alone).replies
    assert red.letters == ("A",)
    assert paper(afternoon, "host", alone).lines[0].groups == ("The blue table", "The red table")
    assert red.went
    assert red.few


def test_only_those_whom_the_room_has_read_make_their_group_larger_and_a_slip_by_one(
    afternoon: History,
) -> None:
    assert crowds(afternoon.board) == {"red": 2, "blue": 1, None: 1}
    scribe = replace(SAM, people=20)

    def slip(number: int, group: str) -> str:
        id = made(f"slip {number}")
        afternoon.ask(scribe, asks.AddNote(id, "matrix.social", f"slip {number}", group, number))
        return id

    first = slip(1, "red")
    assert crowds(afternoon.board) == {"red": 3, "blue": 1, None: 1}
    afternoon.ask(HAL, asks.SplitNote(first, (asks.Part(made("a"), "slip"), asks.Part(made("b"), "one"))))
    assert crowds(afternoon.board)["red"] == 3, "parts are of one note"
    slip(2, "blue")
    assert crowds(afternoon.board)["blue"] == 2
    # Who writes what nobody has read hides nobody.
    for id in [id for id, note in afternoon.board.notes.items() if note.author == CAT.id]:
        afternoon.ask(HAL, asks.HideNote(id))
    assert crowds(afternoon.board)["blue"] == 1
    afternoon.ask(replace(DAN, group="red", people=4), asks.AddNote(made("table"), "matrix.social", "We all"))
    assert crowds(afternoon.board)["red"] == 7, "a table that writes together is as many as it said"


def test_before_there_is_a_list_to_see_no_note_is_told_to_be_of_a_group(afternoon: History) -> None:
    assert paper(afternoon, "host").replies == ()
    afternoon.ask(HAL, asks.MakeItem(made("line"), "Buy cake"))
    assert Shows.ITEMS not in afternoon.board.public
    assert paper(afternoon).replies == ()
    assert not open_sources(afternoon.board, frozenset())
    assert any(reply.went for reply in paper(afternoon, "host").replies)


def test_whoever_was_there_reads_the_page_of_their_own_group(afternoon: History) -> None:
    afternoon.ask(HAL, asks.MakeItem(made("line"), "Buy cake"))
    afternoon.ask(HAL, asks.OpenStage("list"))
    assert [reply.group for reply in paper(afternoon, to=frozenset({"blue"})).replies] == ["The blue table"]
    assert paper(afternoon, to=frozenset()).replies == ()


ROOMS = strategies.dictionaries(
    strategies.sampled_from((None, *"abcdef")), strategies.integers(1, 12), max_size=7
)


@given(ROOMS)
def test_as_long_as_there_are_few_anywhere_no_group_is_told_from_another(
    crowds: dict[str | None, int],
) -> None:
    groups = crowds.keys() - {None}
    # All or none: of two copies, one made later, neither tells what the other leaves out.
    assert unnamed(crowds) == (set() if min(crowds.values(), default=ENOUGH) >= ENOUGH else groups)
    assert few(crowds) <= unnamed(crowds)


@given(workshops)
def test_each_shown_note_is_on_the_page_of_its_group_and_on_no_other(history: History) -> None:
    board, recount = history.board, Recount(history)
    names = {group.id: group.name for group in PLAN.groups}
    for viewer in ("wall", "host"):
        expected = Counter(
            (names[note.group], board.notes[piece].text)
            for id, note in board.notes.items()
            if note.part_of is None and note.group in names and note.taken is None
            if recount.is_shown(id) and (viewer == "host" or Shows.ITEMS in board.public)
            for piece in recount.pieces(id)
        )
        replies = paper(history, viewer).replies
        told = Counter(
            (reply.group, words.text) for reply in replies for fate in reply.went for words in fate.words
        )
        here = {reply.group for reply in replies}
        assert told == Counter({key: n for key, n in expected.items() if key[0] in here})
        assert not any(words.held for reply in replies for fate in reply.went for words in fate.words)
        private = Counter(
            names[note.group]
            for id, note in board.notes.items()
            if note.part_of is None
            and note.group in names
            and note.taken is None
            and not recount.is_shown(id)
            if not board.reflects(note)
        )
        for reply in replies:
            assert reply.held == (private[reply.group] if viewer == "host" else 0)


@given(workshops)
def test_a_page_names_the_lines_in_which_its_group_was_heard(history: History) -> None:
    told = paper(history)
    for reply in told.replies:
        assert reply.letters == tuple(line.letter for line in told.lines if reply.group in line.groups)
