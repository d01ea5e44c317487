"""What a viewer may not see is in nothing they are sent.

The rules are said here a second time, in other words than the domain's, and the bytes are looked at.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import msgspec
from hypothesis import given, strategies as st
from msgspec.structs import replace

from sessions.domain import asks, facts
from sessions.domain.asks import Feel, Manner, Why
from sessions.domain.board import Board
from sessions.domain.evolve import evolve, opening, replay
from sessions.domain.facts import Entry, Filed, Worded
from sessions.domain.plans import Stage
from sessions.domain.reach import Standing, Viewer
from sessions.domain.rights import Role
from sessions.domain.rows import (
    ItemRow,
    LinkRow,
    MeaningRow,
    MineRow,
    NoteRow,
    PartRow,
    PlaceRow,
    Sees,
    ThemeRow,
)
from tests.domain.devices import Device, Frame, frame, look
from tests.domain.histories import (
    ANN,
    BOB,
    CAT,
    DAN,
    HAL,
    HEA,
    HOSTS,
    PEOPLE,
    PHONES,
    PLAN,
    SAM,
    VIEWERS,
    WALL,
    History,
    made,
    workshops,
)

FOR_ALL = {
    *("focus", "stage", "clock", "zone", "note", "part", "owner", "meaning", "theme", "item", "essential"),
    *("link", "said", "votes", "tally", "consent", "felt", "offer"),
}
REVEALED = {
    *(
        "note",
        "part",
        "owner",
        "meaning",
        "place",
        "twin",
        "quote",
        "theme",
        "item",
        "essential",
        "link",
        "said",
    ),
    *("answers", "felt"),
}
OWN_ROWS = {"mine", "filing", "muted", "pick", "answer", "ballot", "feeling", "helping"}
FOR_PHONES = {*FOR_ALL, *OWN_ROWS}
OF_SCREENS = {"screen", "count", "place", "agenda", "twin", "quote", "door", "public", "answers", "turnout"}
FOR_WALLS = FOR_ALL | OF_SCREENS
THEIRS = ("note", "part", "meaning", "owner")
"""What people said, and is read wherever the note is."""
WIDER = (Sees.AUTHOR, Sees.GROUP, Sees.ROOM)


class Said:
    """Every wording of a history, and who may read it now: told from the facts alone."""

    def __init__(self) -> None:
        self.sees = dict.fromkeys(opening(PLAN).zones, Sees.AUTHOR)
        self.notes: dict[str, dict[str, Any]] = {}
        self.asides: dict[str, dict[str, Any]] = {}
        """Reasons and names: whose, of which line, and who may read them beside their owner."""
        self.lines: dict[str, bool] = {}
        self.words: dict[str, str] = {}
        """Wording -> the note, the part or the answer it was written in."""
        self.reasons: dict[tuple[str, str], str] = {}
        """Why, by the must-have and who said it: in the words that stand."""

    def take(self, entry: Entry) -> None:
        match entry.fact:
            case facts.NoteAdded(id, zone, text, group):
                self.notes[id] = {"zone": zone, "text": text, "by": entry.actor, "group": group}
                self.words[text] = id
                self.notes[id]["waits"] = _is_hinted(text)
            case facts.NoteEdited(id, text):
                note = self.notes[id]
                note["text"] = text
                self.words[text] = id
                note["waits"] = _is_hinted(text) or _is_hinted(note.get("meaning", ""))
            case facts.NoteMeant(id, text):
                note = self.notes[id]
                note["meaning"] = text
                self.words |= {text: id} if text else {}
                if entry.actor not in {host.id for host in HOSTS}:
                    stays = (note.get("held") or note["waits"]) and _is_hinted(note["text"])
                    note["waits"] = stays or _is_hinted(text)
            case facts.NoteMoved(id, zone):
                self.notes[id]["zone"] = zone
            case facts.NoteTakenBack(id) | facts.NotePutBack(id) as fact:
                self.notes[id]["gone"] = isinstance(fact, facts.NoteTakenBack)
            case facts.NoteHidden(id) | facts.NoteShown(id) as fact:
                self.notes[id]["held"] = isinstance(fact, facts.NoteHidden)
                self.notes[id]["waits"] = False
            case facts.ParkingOwned(note, owner):
                self.notes[note]["owner"] = owner
                if owner:
                    self.words[owner] = note
            case facts.ZoneRevealed(zone):
                self.sees[zone] = Sees.ROOM
            case facts.StageOpened(stage):
                opened = next(each for each in PLAN.stages if each.id == stage)
                for zone, sees in self.sees.items():
                    if zone.split(".")[0] in opened.boards:
                        self.sees[zone] = max(sees, opened.sees, key=WIDER.index)
            case facts.EssentialAnswered(id, because=str(because)):
                self.words[because] = id
            case facts.LineFelt(id, why=words, instead=before) | facts.LineHelped(
                id, name=words, instead=before
            ):
                self.asides[id] = {"by": entry.actor, "item": entry.fact.item, "text": words}
                said = entry.fact
                self.asides[id]["open"] = isinstance(said, facts.LineHelped) and said.agree
                self.asides[id]["host"] = not (isinstance(said, facts.LineFelt) and said.feel is Feel.LIVE)
                self.asides.pop(before or "", None)
                if words is not None:
                    self.words[words] = id
            case facts.HelpTakenBack(id):
                self.asides.pop(id, None)
            case facts.Sorted(changes):
                for change in changes:
                    self._take_part(change)
                    if (change.of, change.field) == ("note", "zone"):
                        self.notes[change.id]["zone"] = change.now
                    if (change.of, change.field) == ("item", "text"):
                        self.lines[change.id] = change.now is not None
        if isinstance(entry.fact, facts.EssentialAnswered):
            self.reasons[entry.fact.essential, entry.actor] = entry.fact.because or ""

    def _take_part(self, change: Filed | Worded) -> None:
        """A part has words of its own as long as it is not undone, and all else from its note."""
        if change.of == "part" and change.field == "of" and change.now is not None:
            self.notes.setdefault(change.id, {"of": change.now})
        if change.of == "part" and change.field == "text":
            self.notes[change.id]["text"] = change.now
            if change.now is not None:
                self.words[change.now] = change.id

    def may_read(self, viewer: Viewer, text: str) -> bool:
        if self.words[text] not in self.notes:
            whose = {person for (_, person), because in self.reasons.items() if because == text}
            if whose:
                return viewer.role is Role.FACILITATOR or viewer.person in whose
            return self._may_read_aside(viewer, self.asides.get(self.words[text]))
        said = self.notes[self.words[text]]
        note = self.notes[said.get("of", self.words[text])]
        is_owner = said.get("owner") == text and note["zone"] == "matrix.later"
        is_said = text in (said["text"], said.get("meaning"))
        if not (is_owner or is_said) or note.get("gone"):
            return False
        if viewer.role is Role.FACILITATOR or viewer.person == note["by"]:
            return True
        sees = self.sees[note["zone"]]
        if note.get("held") or note.get("waits") or sees is Sees.AUTHOR:
            return False
        return sees is Sees.ROOM or (viewer.group is not None and viewer.group == note["group"])

    def _may_read_aside(self, viewer: Viewer, aside: dict[str, Any] | None) -> bool:
        if aside is None or not self.lines[aside["item"]]:
            return False
        mine = viewer.person == aside["by"]
        return bool(mine or (viewer.role is Role.FACILITATOR and aside["host"]) or aside["open"])


def told(history: History) -> Iterator[tuple[int, Board, dict[str, Frame]]]:
    """After each fact: what the fact tells each viewer who was there all the time."""
    for seq, board in enumerate(history.boards()):
        yield seq, board, {name: frame(board, viewer, max(0, seq - 1)) for name, viewer in VIEWERS.items()}


def test_there_is_something_that_could_leak(workshop: History) -> None:
    """One note of each kind of hidden: the host's bytes or an earlier board do hold them all."""
    notes = [made(f"note {n}") for n in range(5)]
    for person, note, words in zip((ANN, ANN, ANN, CAT, DAN), notes, CANARIES, strict=True):
        workshop.ask(person, asks.AddNote(note, "matrix.social", words))
    workshop.ask(HAL, asks.HideNote(notes[1], Why.NAMES))
    assert all(words.encode() in frame(workshop.board, VIEWERS["host"], 0).bytes for words in CANARIES)
    workshop.ask(ANN, asks.TakeBackNote(notes[2]))
    workshop.ask(DAN, asks.EditNote(notes[4], "said in other words"))
    workshop.ask(HAL, asks.OpenStage("tables"))

    canaries = {
        "ann": {CANARIES[0], CANARIES[1]},
        "bob": {CANARIES[0]},
        "cat": {CANARIES[3]},
        "dan": set(),
        "guest": set(),
        "host": {CANARIES[0], CANARIES[1], CANARIES[3]},
        "wall": set(),
        "seen": set(),
    }
    for name, viewer in VIEWERS.items():
        for start in (0, 1, 5):
            sent = frame(workshop.board, viewer, start).bytes
            assert {words for words in CANARIES if words.encode() in sent} <= canaries[name], name
        sent = frame(workshop.board, viewer, 0).bytes
        assert {words for words in CANARIES if words.encode() in sent} == canaries[name], name


def _is_hinted(text: str) -> bool:
    """As the plan of these histories has it, told in another way."""
    number = text.partition("words-")[2].partition("-said")[0]
    return number.endswith("7") and number.isdecimal()


CANARIES = ("canary-private", "canary-held", "canary-taken", "canary-blue", "canary-edited")


@given(workshops)
def test_everybody_is_told_what_they_may_read_and_no_word_more(history: History) -> None:
    said, devices = Said(), {name: Device(viewer) for name, viewer in VIEWERS.items()}
    for seq, board in enumerate(history.boards()):
        if seq:
            said.take(history.entries[seq - 1])
        for name, device in devices.items():
            sent = device.hear(board).bytes
            held = b"\n".join(device.rows.values())
            for text in said.words:
                assert (text.encode() in held) == said.may_read(device.viewer, text), (name, text)
                assert said.may_read(device.viewer, text) or text.encode() not in sent, (name, text)


@given(workshops)
def test_what_hosts_alone_see_reaches_no_phone_and_no_wall(history: History) -> None:
    for _, _, frames in told(history):
        for name, sent in frames.items():
            kinds = {look(raw)["kind"] for _, raw in sent.put}
            ids = {id.partition(":")[0] for id in sent.drop}
            if name in PHONES:
                assert kinds <= FOR_PHONES
                screens = {"count", "place", "twin", "quote", "door", "public", "answers", "turnout"}
                assert not ids & {"origin", "step", "match", "reason", *screens}
            if name in ("wall", "seen"):
                assert kinds <= FOR_WALLS
                assert not ids & {"origin", "step", "match", "reason", *OWN_ROWS}


@given(workshops)
def test_piles_lines_and_must_haves_wait_for_their_stage(history: History) -> None:
    shown: set[str] = set()
    needs = {
        "theme": {"themes"},
        "item": {"items"},
        "essential": {"essentials"},
        "link": {"themes", "essentials"},
        "said": {"essentials"},
        "answer": {"essentials"},
        "answers": {"essentials"},
    }
    for seq, board, frames in told(history):
        fact = history.entries[seq - 1].fact if seq else None
        if isinstance(fact, facts.StageOpened):
            shown.update(next(stage for stage in PLAN.stages if stage.id == fact.stage).shows)
        if isinstance(fact, facts.MadeShown):
            shown.add(fact.what)
        assert {str(what) for what in board.public} == shown
        for name in (*PHONES, "wall", "seen"):
            rows = [look(raw) for _, raw in frames[name].put]
            assert all(shown >= needs.get(row["kind"], set()) for row in rows)
            assert shown >= needs["link"] or not [id for id in frames[name].drop if id.startswith("link:")]
            for row in rows:
                if row["kind"] == "mine":
                    assert row["pile"] is None or "themes" in shown
                    assert row["line"] is None or "items" in shown


@given(workshops)
def test_a_place_is_on_the_wall_only_for_a_note_and_a_pile_or_line_that_are(history: History) -> None:
    for board in history.boards():
        rows = board.rows.seen_by(VIEWERS["wall"])
        notes = {row.id for row in rows if isinstance(row, NoteRow | PartRow)}
        piles = {row.id for row in rows if isinstance(row, ThemeRow)}
        piles |= {row.theme for row in rows if isinstance(row, ItemRow) and row.theme is not None}
        places = [row for row in rows if isinstance(row, PlaceRow)]
        assert notes.issuperset(place.note for place in places)
        assert piles.issuperset(place.theme for place in places)


@given(workshops)
def test_a_part_is_read_by_whoever_may_read_its_note_and_by_nobody_else(history: History) -> None:
    for board in history.boards():
        made_of = {id: [p for p in parts if not board.notes[p].unmade] for id, parts in board.parts.items()}
        for name, viewer in VIEWERS.items():
            rows = board.rows.seen_by(viewer)
            notes = [row.id for row in rows if isinstance(row, NoteRow)]
            parts = {row.id: row.note for row in rows if isinstance(row, PartRow)}
            assert parts == {part: note for note in notes for part in made_of.get(note, ())}, name


@given(workshops)
def test_a_must_have_is_linked_to_nothing_that_its_reader_does_not_see(history: History) -> None:
    for board in history.boards():
        for name, viewer in VIEWERS.items():
            rows = board.rows.seen_by(viewer)
            ids = {row.id for row in rows}
            links = [row for row in rows if isinstance(row, LinkRow)]
            assert ids.issuperset(link.theme for link in links), name
            assert ids.issuperset(f"essential:{link.essential}" for link in links), name


@given(workshops)
def test_nobody_but_a_host_is_told_who_wrote(history: History) -> None:
    ids = [actor.id.encode() for actor in (*PEOPLE, SAM, HAL, HEA, WALL)]
    for _, _, frames in told(history):
        for name in (*PHONES, "wall"):
            assert not any(id in frames[name].bytes for id in ids), name


def strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            yield from chain.from_iterable(map(strings, value))
        case dict():
            yield from chain.from_iterable(map(strings, value.values()))


@given(workshops)
def test_nobody_but_a_host_is_told_which_other_group_anything_is_from(history: History) -> None:
    groups = {group.id for group in PLAN.groups}
    for board in history.boards():
        for name, viewer in VIEWERS.items():
            # Who types slips for others has said themselves whose each is.
            rows = [row for row in board.rows.seen_by(viewer) if not isinstance(row, MineRow)]
            told = set(strings(msgspec.to_builtins(rows)))
            assert name == "host" or not told & (groups - {viewer.group}), name


@given(workshops)
def test_mine_is_for_its_author_alone(history: History) -> None:
    for board in history.boards():
        for name, viewer in VIEWERS.items():
            for row in board.rows.seen_by(viewer):
                assert not isinstance(row, MineRow) or board.notes[row.note].author == viewer.person, name


@given(workshops)
def test_a_row_that_nothing_changed_keeps_its_seq(history: History) -> None:
    board = opening(history.plan)
    before: dict[str, Standing] = {}
    for entry in [None, *history.entries]:
        if entry is not None:
            evolve(board, entry)
        after = {standing.id: standing for standing in board.rows.newer(0)}
        for id, standing in after.items():
            past = before.get(id)
            if past is None or (past.row, past.reach) != (standing.row, standing.reach):
                assert standing.seq == board.seq
            else:
                assert standing is past
        before = after


@given(workshops)
def test_no_frame_speaks_only_of_what_its_reader_cannot_see(history: History) -> None:
    """A fact touches a row only where every reader may see the change: there is always something new."""
    devices = {name: Device(viewer) for name, viewer in VIEWERS.items()}
    for board in history.boards():
        for name, device in devices.items():
            past = device.copy()
            heard = device.hear(board)
            if heard and past.at:
                looks = [
                    id for id, raw in heard.put if id not in past.rows or look(raw) != look(past.rows[id])
                ]
                assert looks or heard.drop, name


@given(workshops)
def test_a_row_put_again_as_it_was_is_one_whose_reader_knows_why(history: History) -> None:
    """A row that looks as before is sent again only to those who also see its reach change."""
    devices = {name: Device(viewer) for name, viewer in VIEWERS.items()}
    for board in history.boards():
        for name, device in devices.items():
            past = device.copy()
            heard = device.hear(board)
            news = {id for id, raw in heard.put if id not in past.rows or look(raw) != look(past.rows[id])}
            for id, raw in heard.put:
                if past.at and id not in news:
                    row = look(raw)
                    kind = row["kind"]
                    assert kind in {*REVEALED, "origin"}
                    if kind in THEIRS:
                        # A host sees it in its origin or its zone, an author in `mine`, a group in the zone.
                        whole = row.get("note", id)
                        zone = board.notes[whole].zone
                        assert news & {whole, f"mine:{whole}", f"origin:{whole}", zone, f"count:{zone}"}, name
                    else:
                        assert name == "host"


@given(workshops)
def test_a_reveal_touches_each_row_once_and_hides_the_order_of_writing(history: History) -> None:
    for seq, board, frames in told(history):
        if seq > 1 and isinstance(history.entries[seq - 1].fact, facts.ZoneRevealed | facts.StageOpened):
            for sent in frames.values():
                ids = [id for id, _ in sent.put]
                assert ids == sorted(set(ids))
                assert all(raw.endswith(b'"seq":%d}' % board.seq) for _, raw in sent.put)


@given(workshops, st.sampled_from(PLAN.stages))
def test_opening_a_stage_widens_and_never_narrows(history: History, stage: Stage) -> None:
    """Whatever stage comes next, forwards or back, nobody loses a row by it."""
    for past in (history.board, replay(PLAN, history.entries[: len(history.entries) // 2])):
        board = past.draft()
        evolve(board, Entry(board.seq + 1, history.at + 1, HAL.id, facts.StageOpened(stage.id)))
        for name, viewer in VIEWERS.items():
            before = {row.id for row in past.rows.seen_by(viewer)}
            assert before <= {row.id for row in board.rows.seen_by(viewer)}, name
            assert not frame(board, viewer, past.seq).drop, name
        for zone, state in past.zones.items():
            assert WIDER.index(board.zones[zone].sees) >= WIDER.index(state.sees)


# Equal frames: what differs only in what a viewer may not see gives that viewer the same bytes.


def frames_of(entries: list[Entry], viewer: Viewer) -> tuple[list[Any], Any]:
    board, all = opening(PLAN), []
    for entry in entries:
        evolve(board, entry)
        heard = frame(board, viewer, entry.seq - 1)
        all.append((heard.put, heard.drop))
    late = [frame(board, viewer, start) for start in range(0, len(entries), 3)]
    return all, [(heard.put, heard.drop) for heard in late]


def never_read(history: History, viewer: Viewer) -> set[str]:
    """Notes and parts that this viewer could read at no moment."""
    device = Device(viewer)
    read: set[str] = set()
    for board in history.boards():
        device.hear(board)
        read.update(device.rows)
    return history.board.notes.keys() - read


def twin(history: History, viewer: Viewer, alter: Callable[[Entry], Entry]) -> None:
    entries = [alter(entry) for entry in history.entries]
    assert frames_of(entries, viewer) == frames_of(history.entries, viewer)


@given(workshops, st.sampled_from(sorted(VIEWERS)))
def test_other_words_writer_and_group_of_a_note_never_read_change_no_frame(
    history: History, name: str
) -> None:
    viewer = VIEWERS[name]
    unread = never_read(history, viewer)

    def alter(entry: Entry) -> Entry:
        match entry.fact:
            case facts.NoteAdded(id) as fact if id in unread:
                other = replace(fact, text="canary", group="a third table")
                return replace(entry, fact=other, actor="somebody else")
            case facts.NoteEdited(id) as fact if id in unread:
                return replace(entry, fact=replace(fact, text="canary"))
            case facts.ParkingOwned(id) as fact if id in unread:
                return replace(entry, fact=replace(fact, owner="canary"))
            case facts.Sorted(changes) as fact:
                other_words = tuple(
                    replace(change, now=change.now and "canary", was=change.was and "canary")
                    if change.id in unread and isinstance(change, Worded)
                    else change
                    for change in changes
                )
                return replace(entry, fact=replace(fact, changes=other_words))
        return entry

    twin(history, viewer, alter)


@given(workshops, st.sampled_from(["ann", "bob", "cat", "dan", "guest", "wall"]))
def test_why_a_note_is_kept_off_changes_no_frame_but_its_author_s(history: History, name: str) -> None:
    viewer = VIEWERS[name]
    own = {id for id, note in history.board.notes.items() if note.author == viewer.person}

    def alter(entry: Entry) -> Entry:
        match entry.fact:
            case facts.NoteHidden(id, why) as fact if id not in own:
                other = Why.RUDE if why is not Why.RUDE else Why.NAMES
                return replace(entry, fact=replace(fact, why=other))
        return entry

    twin(history, viewer, alter)


@given(workshops, st.sampled_from(["ann", "bob", "cat", "dan", "guest", "wall"]))
def test_sorting_that_hosts_alone_see_changes_no_frame(history: History, name: str) -> None:
    """Where must-haves are in the open, how often the room said them is told, and is not the hosts' alone."""
    before = next(
        (
            place
            for place, entry in enumerate(history.entries)
            if isinstance(entry.fact, facts.MadeShown)
            or (isinstance(entry.fact, facts.StageOpened) and entry.fact.stage in ("musts", "sort", "list"))
        ),
        len(history.entries),
    )
    history.entries = history.entries[:before]
    pile = made("a pile that only hosts see")

    def alter(entry: Entry) -> Entry:
        if isinstance(entry.fact, facts.Sorted):
            # A note in parts is so for whoever may read it: only where it was sorted is the hosts' own.
            # And what is kept for another day has moved on the board, as when its author moves it.
            parts = [c for c in entry.fact.changes if c.of == "part" or c.field == "zone"]
            notes = [Filed("note", id, "theme", pile, None) for id in history.board.notes]
            title, link = (
                Worded("theme", pile, "title", "canary", None),
                Filed("essential", "open-late", "theme", pile, None),
            )
            matches = [Filed("match", id, "go-first", "yes", None) for id in history.board.notes]
            return replace(entry, fact=facts.NotesPlaced((*parts, title, link, *notes, *matches)))
        return entry

    twin(history, VIEWERS[name], alter)


@given(workshops, st.sampled_from(["ann", "bob", "cat", "dan", "guest", "wall"]))
def test_what_is_matched_with_a_must_have_changes_no_frame_but_its_number(
    history: History, name: str
) -> None:
    viewer, altered = VIEWERS[name], opening(PLAN)
    board = opening(PLAN)
    for entry in history.entries:
        evolve(board, entry)
        fact = entry.fact
        if isinstance(fact, facts.EssentialMatched):
            fact = facts.EssentialMatched(tuple(replace(each, field="open-late") for each in fact.changes))
        evolve(altered, replace(entry, fact=fact))
        for start in (entry.seq - 1, entry.seq // 2):
            one, other = frame(board, viewer, start), frame(altered, viewer, start)
            assert [put for put in one.put if not put[0].startswith("said:")] == [
                put for put in other.put if not put[0].startswith("said:")
            ]
            assert one.drop == other.drop


@given(workshops, st.sampled_from(["ann", "bob", "cat", "dan", "guest", "wall", "seen"]))
def test_what_others_gave_as_a_reason_changes_no_frame(history: History, name: str) -> None:
    viewer = VIEWERS[name]

    def alter(entry: Entry) -> Entry:
        match entry.fact:
            case facts.EssentialAnswered(because=str()) as fact if entry.actor != viewer.person:
                return replace(entry, fact=replace(fact, because="canary", why=Why.RUDE))
        return entry

    twin(history, viewer, alter)


@given(workshops, st.sampled_from(["ann", "bob", "cat", "dan", "guest"]))
def test_what_others_answered_changes_no_frame_of_a_phone(history: History, name: str) -> None:
    viewer = VIEWERS[name]

    def alter(entry: Entry) -> Entry:
        if isinstance(entry.fact, facts.EssentialAnswered) and entry.actor != viewer.person:
            return replace(entry, fact=facts.WallBlanked(True))
        return entry

    twin(history, viewer, alter)


@given(workshops, st.sampled_from(["ann", "bob", "cat", "dan", "guest", "wall"]))
def test_placing_a_note_never_read_changes_no_frame(history: History, name: str) -> None:
    """Piles and lines may long be in the open: a note that is not moves no count of theirs."""
    viewer = VIEWERS[name]
    unread = never_read(history, viewer)

    def alter(entry: Entry) -> Entry:
        if isinstance(entry.fact, facts.Sorted):
            rest = tuple(change for change in entry.fact.changes if change.id not in unread)
            return replace(entry, fact=replace(entry.fact, changes=rest))
        return entry

    twin(history, viewer, alter)


@given(workshops, st.sampled_from(sorted(PHONES)))
def test_what_the_wall_is_turned_to_changes_no_frame_of_a_phone(history: History, name: str) -> None:
    def alter(entry: Entry) -> Entry:
        if isinstance(entry.fact, facts.WallShown | facts.WallBlanked):
            cleared = isinstance(entry.fact, facts.WallShown) and entry.fact.cleared
            return replace(entry, fact=facts.WallShown(Manner.READ, "matrix.later", 7, cleared))
        return entry

    twin(history, VIEWERS[name], alter)


@given(workshops, st.sampled_from(["bob", "cat", "dan", "guest"]))
def test_a_private_note_that_was_never_written_changes_no_frame_of_another_phone(
    history: History, name: str
) -> None:
    """Even that there is such a note: another phone is told the same if it is a wall that was blanked."""
    viewer = VIEWERS[name]
    unread = never_read(history, viewer)

    def alter(entry: Entry) -> Entry:
        id = getattr(entry.fact, "id", getattr(entry.fact, "note", None))
        if id in unread and not isinstance(entry.fact, facts.Sorted):
            return replace(entry, fact=facts.WallBlanked(True))
        return entry

    twin(history, viewer, alter)


def test_a_note_moved_to_a_private_zone_is_taken_from_the_room(afternoon: History) -> None:
    note = made(f"matrix.social {BOB.id}")
    assert note in {row.id for row in afternoon.board.rows.seen_by(VIEWERS["wall"])}
    afternoon.ask(BOB, asks.MoveNote(note, "utopia.hear"))
    seq = afternoon.board.seq
    for name in ("ann", "cat", "dan", "guest", "wall"):
        assert frame(afternoon.board, VIEWERS[name], seq - 1).drop == [note], name
    assert not frame(afternoon.board, VIEWERS["bob"], seq - 1).drop


def test_a_part_of_a_private_note_reaches_its_author_and_hosts_alone(workshop: History) -> None:
    note, part = made("a note"), made("a part")
    workshop.ask(ANN, asks.AddNote(note, "matrix.social", "Tea and cake"))
    parts = (asks.Part(part, "canary-part"), asks.Part(made("another part"), "Cake"))
    split = workshop.ask(HAL, asks.SplitNote(note, parts))

    def readers() -> set[str]:
        held = {name: frame(workshop.board, viewer, 0).bytes for name, viewer in VIEWERS.items()}
        return {name for name, sent in held.items() if b"canary-part" in sent}

    assert readers() == {"ann", "host"}
    workshop.ask(HAL, asks.OpenStage("tables"))
    assert readers() == {"ann", "bob", "host"}
    workshop.ask(HAL, asks.OpenStage("together"))
    assert readers() == VIEWERS.keys()
    workshop.ask(HAL, asks.HideNote(note))
    assert readers() == {"ann", "host"}
    undo = workshop.ask(HAL, asks.Undo(split.seq))
    assert readers() == set()
    workshop.ask(HAL, asks.Undo(undo.seq))
    workshop.ask(ANN, asks.TakeBackNote(note))
    assert readers() == set()


@given(workshops)
def test_a_meaning_is_read_by_whoever_may_read_its_note_and_by_nobody_else(history: History) -> None:
    for board in history.boards():
        meant = {id for id, note in board.notes.items() if note.meaning is not None}
        for name, viewer in VIEWERS.items():
            rows = board.rows.seen_by(viewer)
            notes = {row.id for row in rows if isinstance(row, NoteRow)}
            assert {row.note for row in rows if isinstance(row, MeaningRow)} == notes & meant, name
