"""The room as one would explain it to a newcomer: a list of what was accepted, read anew for every question.

Slow and obvious on purpose. It shares the words of asks and of the plan with the real room, and no rule.
"""

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from sessions.domain import asks
from sessions.domain.asks import Ask
from sessions.domain.plans import Plan
from tests.simulation.reference_votes import OF_HOSTS, OF_PEOPLE as OF_VOTERS, ReferenceVotes

AUTHOR, TABLE, EVERYBODY = range(3)
WIDTH = {"author": AUTHOR, "group": TABLE, "room": EVERYBODY}
PUT_BACK_MS = 30_000
RETURN_MS = 10_000
ANSWERS = ("do", "could", "not_here")

OF_PEOPLE = (
    *(asks.AddNote, asks.EditNote, asks.MoveNote, asks.MeanNote, asks.TakeBackNote, asks.PutBackNote),
    *(asks.FileNote, asks.DisputeNote),
    asks.PickNote,
    asks.AnswerEssential,
    *OF_VOTERS,
)
OF_WRITERS = (asks.AddNote, asks.EditNote, asks.MoveNote)
BESIDE = ("text", "wish", "word", "because", "why", "name")
OF_SCREENS = (asks.BlankWall, asks.ShowWall)

SAID = (("chose", "chose"), ("wish", "wish"), ("word", "dispute"))

Json = dict[str, Any]
NO_FOCUS: Json = {"look_up": False, "of": None, "lit": None}
Register = tuple[str, str, str]


class Person(NamedTuple):
    role: str
    id: str
    group: str | None


class Accepted(NamedTuple):
    seq: int
    at: int
    by: Person
    ask: Ask


class ReferenceRoom:
    """`erased`: notes whose words are gone for good."""

    def __init__(self, plan: Plan, accepted: list[Accepted], erased: frozenset[str] = frozenset()) -> None:
        self.plan, self.erased = plan, erased
        self.colours = {f"{board.id}.{z.id}": z.colour for board in plan.boards for z in board.zones}
        self.sees = dict.fromkeys(self.colours, AUTHOR)
        self.locked: set[str] = set()
        self.public: set[str] = set()
        self.stage: Json = {"stage": None, "opened": None, "closed": False}
        self.ends: int | None = None
        self.screen: Json = {"blank": False, "manner": "whole", "of": None, "page": 0}
        self.called: list[str] = []
        self.focus: Json = NO_FOCUS
        self.began: int | None = None
        self.before: tuple[Json, int | None, Json, list[str], Json] | None = None
        self.door: Json = {}
        self.muted: dict[str, str] = {}
        self.notes: dict[str, Json] = {}
        self.picked: dict[tuple[str, str], list[str]] = {}
        self.called_up: dict[str, int] = {}
        self.owners: dict[str, str] = {}
        self.parts: dict[str, str] = {}
        self.voices: dict[str, str | None] = {}
        self.written: dict[Register, list[tuple[int, str | None]]] = {}
        self.first: dict[tuple[str, str], int] = {}
        self.steps: dict[int, Json] = {}
        self.is_away: dict[int, bool] = {}
        self.answers: dict[tuple[str, str], Json] = {}
        self.reasons: dict[str, Json] = {}
        self.replaced: dict[str, int] = {}
        self.votes = ReferenceVotes(lambda line: self.value(("item", line, "text")) is not None)
        for each in accepted:
            self.take(*each)

    def take(self, seq: int, at: int, by: Person, ask: Ask) -> None:
        match ask:
            case asks.AddNote(id, zone, text):
                mine = {"author": by.id, "group": by.group}
                said = {"zone": zone, "text": text, "meaning": None, "taken": None}
                self.notes[id] = said | mine | waits(text)
                self.notes[id] |= {"changed": False, "outside": waits("")}
                self.set(seq, {"zone": zone}, id)
            case asks.EditNote(id, text):
                note = self.notes[id]
                other, note["text"] = note["text"] != text, text
                outside = note["outside"] if note["why"] == "bin" else note
                if outside["hinted"] or outside["why"] is None:
                    outside |= waits(text, note["meaning"])
                if note["why"] is not None and not note["hinted"]:
                    note["changed"] = note["changed"] or other
            case asks.MeanNote(id, text):
                note = self.notes[id]
                note["meaning"] = text
                outside = note["outside"] if note["why"] == "bin" else note
                if by.role == "participant" and (outside["hinted"] or outside["why"] is None):
                    outside |= waits(note["text"] if note["why"] else "", text)
            case asks.MoveNote(id, zone):
                self.set(seq, {"zone": zone}, id)
            case asks.TakeBackNote(id):
                self.notes[id]["taken"] = at
            case asks.PutBackNote(id):
                self.notes[id]["taken"] = None
            case asks.HideNote(id, why):
                note = self.notes[id]
                if why == "bin" and note["why"] != "bin":
                    note["outside"] = {"why": note["why"], "hinted": note["hinted"]}
                note |= {"why": why, "hinted": False, "changed": False}
            case asks.ShowNote(id):
                note = self.notes[id]
                stands = note["outside"] if note["why"] == "bin" else {"why": None, "hinted": False}
                note |= stands | {"changed": False}
            case asks.MuteAuthor(id):
                self.muted[id] = self.notes[id]["author"]
            case asks.UnmuteAuthor(id):
                del self.muted[id]
            case asks.LockRoom(on):
                self.door = {"codes": 0} | self.door | {"locked": on}
            case asks.RenewCode():
                self.door = {"locked": False} | self.door | {"codes": self.door.get("codes", 0) + 1}
            case asks.CallPicks(most):
                self.called_up.pop(self.stage["stage"], None)
                if most:
                    self.called_up[self.stage["stage"]] = most
            case asks.PickNote(id, on):
                group = self.notes[id]["group"]
                had = [other for other in self.picked.get((self.stage["stage"], group), []) if other != id]
                if on:
                    had = [*(each for each in had if self.is_here(each)), id][-self.picks_now() :]
                self.picked[self.stage["stage"], group] = had
            case asks.OwnParking(id, owner):
                self.owners[id] = owner
            case asks.OpenStage(name):
                (stage,) = (each for each in self.plan.stages if each.id == name)
                self.before = (dict(self.stage), self.ends, dict(self.screen), self.called, self.focus)
                self.stage |= {"stage": name, "opened": at}
                self.screen = {"blank": self.screen["blank"], "manner": "whole", "of": None, "page": 0}
                self.ends, self.focus, self.called = None, NO_FOCUS, []
                self.began = at if self.began is None else self.began
                self.public |= set(stage.shows)
                for zone, now in self.sees.items():
                    if zone.split(".")[0] in stage.boards:
                        self.sees[zone] = max(now, WIDTH[stage.sees])
            case asks.ShowMade(what):
                self.public.add(what)
            case asks.ReturnStage():
                assert self.before is not None
                was, self.ends, self.screen, self.called, self.focus = self.before
                self.stage |= {"stage": was["stage"], "opened": was["opened"]}
                self.began, self.before = self.began if was["stage"] else None, None
            case asks.LookUp(on):
                self.focus = self.focus | {"look_up": on}
            case asks.LightZone(zone):
                self.focus = self.focus | {"lit": zone}
            case asks.SetSpotlight(of):
                self.focus = self.focus | {"of": of}
            case asks.RevealZone(zone):
                self.sees[zone] = EVERYBODY
            case asks.LockZone(zone):
                self.locked.add(zone)
            case asks.UnlockZone(zone):
                self.locked.discard(zone)
            case asks.SetTimer(seconds):
                self.ends = at + 1000 * seconds if seconds else None
            case asks.BlankWall(on):
                self.screen["blank"] = on
            case asks.ShowWall(manner, of, page):
                self.screen = {"blank": False, "manner": manner, "of": of, "page": page}
                self.focus = self.focus | {"of": None}
                pieces = sorted((*self.notes, *self.parts), key=self.place_of)
                stand = [id for id in self.called if self.is_left(id)]
                kept = self.called if stand else []
                fresh = [id for id in pieces if id not in kept and self.is_left(id)]
                self.called = [*kept, *fresh[: max(0, 20 - len(stand))]] if manner == "left" else []
            case asks.CloseSession():
                self.stage["closed"], self.ends, self.focus = True, None, NO_FOCUS
            case asks.ReopenSession():
                self.stage["closed"] = False
            case asks.AnswerEssential():
                self.hear(ask, by, at)
            case _ if isinstance(ask, (*OF_HOSTS, *OF_VOTERS)):
                self.votes.take(ask, by.id)
                if isinstance(ask, asks.RevealVotes):
                    self.screen = {"blank": False, "manner": "votes", "of": None, "page": 0}
                    self.focus, self.called = self.focus | {"of": None}, []
                if isinstance(ask, asks.OpenVotes) and self.screen["manner"] == "votes":
                    self.screen = {"blank": self.screen["blank"], "manner": "whole", "of": None, "page": 0}
            case asks.Undo(step):
                self.undo(seq, by, step)
            case asks.FileNote(id, theme, voice, wish):
                said = {"wish": wish if theme is None and wish else None, "dispute": None}
                headline = self.headline(id)
                stays = headline is None or self.pile("note", headline) == (theme and self.root(theme))
                apart = {} if stays else {"under": None}
                self.set(seq, {"theme": theme, "voice": voice, "chose": theme or "none"} | said | apart, id)
            case asks.DisputeNote(id, word):
                self.set(seq, {"dispute": word or None}, id)
            case _:
                if isinstance(ask, asks.SplitNote):
                    self.parts |= {part.id: ask.id for part in ask.parts}
                    of_whole = self.value(("note", ask.id, "voice"))
                    self.voices |= {part.id: of_whole for part in ask.parts}
                self.sort(seq, by, *self.sorting(ask))
        for id, note in self.notes.items():
            note["zone"] = self.value(("note", id, "zone"))
        if self.focus["of"] in self.notes and not self.is_shown(self.focus["of"]):
            self.focus = self.focus | {"of": None}

    def picked_of(self, group: str | None) -> list[str]:
        return self.picked.get((self.stage["stage"], group or ""), [])

    def picks_now(self) -> int:
        planned = {each.id: each.picks for each in self.plan.stages}
        return (planned | self.called_up).get(self.stage["stage"], 0)

    def hear(self, ask: asks.AnswerEssential, by: Person, at: int) -> None:
        """One person, one answer to a must-have; what was said before it goes."""
        past = self.answers.pop((ask.essential, by.id), {"row": f"answer:{ask.id}", "id": None})
        if past["id"] in self.reasons:
            self.reasons[past["id"]]["gone"] = True
            self.replaced[past["id"]] = at
        says = {"do": 0, "could": 0, "not_here": 0}
        if ask.hands is not None:
            says = {"do": ask.hands.do, "could": ask.hands.could, "not_here": ask.hands.not_here}
        elif ask.answer is not None:
            says[ask.answer] = 1
        told = {"essential": ask.essential, "answer": ask.answer, "because": ask.because}
        self.answers[ask.essential, by.id] = {"row": past["row"], "id": ask.id, "says": says, "told": told}
        if ask.because:
            self.reasons[ask.id] = told | {"why": waits(ask.because)["why"], "gone": False}

    def sorting(self, ask: Ask) -> tuple[str, list[tuple[Register, str | None]]]:
        """The registers that a sorting ask sets."""
        match ask:
            case asks.MakeTheme(id, title, notes, voice):
                return "theme.made", [(("theme", id, "title"), title), *self.placed(notes, id, voice)]
            case asks.NameTheme(id, title):
                return "theme.named", [(("theme", id, "title"), title)]
            case asks.DropTheme(id):
                return "theme.dropped", [(("theme", id, "title"), None)]
            case asks.MergeTheme(id, into):
                return "theme.merged", [(("theme", id, "into"), into)]
            case asks.MakeItem(id, text, theme):
                under = [(("item", id, "theme"), theme)] if theme else []
                return "item.made", [(("item", id, "text"), text), *under]
            case asks.WordItem(id, text):
                return "item.worded", [(("item", id, "text"), text)]
            case asks.DropItem(id):
                return "item.dropped", [(("item", id, "text"), None)]
            case asks.SetItem(id, field, value):
                return "item.set", [(("item", id, str(field)), value or None)]
            case asks.QuoteNotes(id, notes):
                return "item.quoted", [(("item", id, "quotes"), " ".join(dict.fromkeys(notes)) or None)]
            case asks.LinkEssential(id, theme):
                return "essential.linked", [(("essential", id, "theme"), theme)]
            case asks.MatchEssential(essential, notes, on):
                here = [id for id in map(self.whole, notes) if self.is_here(id)]
                return "essential.matched", [(("match", id, essential), "yes" if on else None) for id in here]
            case asks.SplitNote(id, parts):
                made: list[tuple[Register, str | None]] = [(("part", part.id, "of"), id) for part in parts]
                return "note.split", [*made, *((("part", part.id, "text"), part.text) for part in parts)]
            case asks.StandApart(id):
                return "note.parted", [(("note", id, "under"), None)]
            case asks.SameIdea(notes, headline):
                headline, twins = self.same(headline, notes)
                piles = [pile for id in (headline, *twins) if (pile := self.pile("note", id))]
                matched: list[tuple[Register, str | None]] = [
                    (("note", id, "under"), headline) for id in twins
                ]
                if self.value(("note", headline, "under")):
                    matched.append((("note", headline, "under"), None))
                for id in {headline, *twins, *self.under(headline)} if piles else ():
                    matched.append((("note", id, "theme"), piles[0]))
                return "notes.matched", matched
            case asks.PlaceNotes(notes, theme, voice):
                return "notes.placed", self.placed(notes, theme, voice)
            case asks.ParkNotes(notes):
                parked = self.parked(notes)
                kept: list[tuple[Register, str | None]] = [(("note", id, "theme"), None) for id in parked]
                kept += [(("note", id, "zone"), "matrix.later") for id in parked]
                # Together with nothing that has not gone with it.
                over = {id: self.value(("note", id, "under")) for id in (*self.notes, *self.parts)}
                apart = [id for id, head in over.items() if head and (id in parked) != (head in parked)]
                kept += [(("note", id, "under"), None) for id in apart]
                spoken = [id for id in parked if self.has_spoken(id)]
                return "notes.parked", kept + [
                    (("note", i, s), None) for i in spoken for s in ("wish", "dispute")
                ]
        raise AssertionError(ask)

    def placed(
        self, notes: tuple[str, ...], theme: str | None, voice: str
    ) -> list[tuple[Register, str | None]]:
        named = self.standing(notes)
        moved = self.with_twins(named)
        placed: list[tuple[Register, str | None]] = [(("note", id, "theme"), theme) for id in moved]
        placed += [(("note", id, "voice"), voice) for id in named]
        spoken = [id for id in moved if self.has_spoken(id)]
        return placed + [(("note", id, said), None) for id in spoken for said in ("wish", "dispute")]

    def sort(self, seq: int, by: Person, did: str, sets: list[tuple[Register, str | None]]) -> None:
        self.remember(seq, by, did, [what for what, _ in sets], about=seq, away=False)
        for what, now in sets:
            self.written.setdefault(what, []).append((seq, now))
            self.first.setdefault(what[:2], seq)

    def undo(self, seq: int, by: Person, step: int) -> None:
        about, away = self.steps[step]["about"], self.steps[step]["away"]
        sets = [what for what in self.steps[about]["sets"] if not self.since(what, about)]
        self.remember(seq, by, "step.undone", sets, about, not away)

    def remember(self, seq: int, by: Person, did: str, sets: list[Register], about: int, away: bool) -> None:
        """`about`: the step that is taken `away`, or done; an undoing is about the step that it ends in."""
        self.steps[seq] = {"did": did, "by": by.id, "sets": sets, "about": about, "away": away}
        self.is_away[about] = away

    def since(self, what: Register, step: int) -> bool:
        """Whether something that stands has set it after this step."""
        return any(seq > step and not self.is_undone(seq) for seq, _ in self.written[what])

    def is_undone(self, seq: int) -> bool:
        """What was last said of a step holds, and whatever said otherwise is undone with it."""
        step = self.steps.get(seq)
        return step is not None and bool(step["away"] != self.is_away[step["about"]])

    def set(self, seq: int, fields: Mapping[str, str | None], id: str) -> None:
        """What an author says of a note is no step."""
        for field, now in fields.items():
            self.written.setdefault(("note", id, field), []).append((seq, now))

    def has_spoken(self, id: str) -> bool:
        """Whether its author ever said where it belongs, or does not."""
        said = [self.written.get(("note", id, field), []) for _, field in SAID]
        return any(now for each in said for _, now in each)

    def value(self, what: Register) -> str | None:
        """What the last to set it said, but for what is undone."""
        said = (now for seq, now in reversed(self.written.get(what, [])) if not self.is_undone(seq))
        return next(said, self.voices.get(what[1], "for") if what[2] == "voice" else None)

    def whole(self, id: str) -> str:
        return self.parts.get(id, id)

    def pieces(self, note: str) -> list[str]:
        """What is sorted of it: its parts, if it has any now, in the order they were made."""
        parts = [part for part, of in self.parts.items() if of == note and self.is_made(part)]
        return parts or [note]

    def is_made(self, part: str) -> bool:
        return self.value(("part", part, "text")) is not None

    def is_split(self, id: str) -> bool:
        return id in self.notes and self.pieces(id) != [id]

    def standing(self, ids: Iterable[str]) -> list[str]:
        return [id for id in dict.fromkeys(ids) if self.is_here(id) and not self.is_split(id)]

    def under(self, headline: str) -> list[str]:
        """Whoever says the same, also those that are gone."""
        known = sorted([*self.notes, *self.parts])
        return [id for id in known if self.value(("note", id, "under")) == headline]

    def with_twins(self, ids: list[str]) -> list[str]:
        twins = [twin for id in ids for twin in self.under(id) if self.headline(twin) == id]
        return list(dict.fromkeys([*ids, *self.standing(twins)]))

    def parked(self, notes: Iterable[str]) -> list[str]:
        """Those of them that can be kept for another day, with whoever says the same and can too."""
        return list(
            filter(self.is_parkable, self.with_twins(list(filter(self.is_parkable, self.standing(notes)))))
        )

    def is_parkable(self, id: str) -> bool:
        """Whole, and moved from where everybody sees it to where everybody does."""
        stands = None if id in self.parts else self.notes[id]["zone"]
        both = stands and self.sees[stands] == self.sees["matrix.later"] == EVERYBODY
        return bool(both or stands == "matrix.later")

    def same(self, headline: str, notes: tuple[str, ...]) -> tuple[str, list[str]]:
        """The headline, and whoever comes under it."""
        headline = self.headline(headline) or headline
        return headline, [id for id in self.with_twins(self.standing(notes)) if id != headline]

    def headline(self, id: str) -> str | None:
        """The note that stands for this one too: here, in one piece, and under no other."""
        headline = self.value(("note", id, "under"))
        apart = headline and self.standing([headline]) and not self.value(("note", headline, "under"))
        return headline if apart else None

    def is_here(self, id: str) -> bool:
        if id in self.parts:
            return self.is_made(id) and self.is_here(self.parts[id])
        return id in self.notes and self.notes[id]["taken"] is None

    def is_shown(self, id: str) -> bool:
        note = self.notes[id]
        return self.is_here(id) and note["why"] is None and self.sees[note["zone"]] == EVERYBODY

    def is_left(self, id: str) -> bool:
        """Waits for a pile, and everybody may read it."""
        whole = self.whole(id)
        read = self.is_shown(whole) and self.notes[whole]["zone"] != "matrix.later"
        return bool(read and self.standing([id]) and not self.pile("note", id) and not self.headline(id))

    def place_of(self, id: str) -> tuple[int, str]:
        return (list(self.sees).index(self.notes[self.whole(id)]["zone"]), id)

    def is_open(self, id: str) -> bool:
        """All of its table may read it."""
        note = self.notes[id]
        return self.is_here(id) and note["why"] is None and self.sees[note["zone"]] != AUTHOR

    def is_public(self, id: str) -> bool:
        if id in self.notes:
            return self.is_shown(id)
        return "items" in self.public and self.value(("item", id, "text")) is not None

    def all(self, of: str) -> list[str]:
        """Piles or lines, the oldest first, with those that are no more."""
        return sorted((id for kind, id in self.first if kind == of), key=lambda id: self.first[of, id])

    def root(self, theme: str) -> str:
        """The pile that all merging ends in; a ring of merges counts as its first by name."""
        been: list[str] = []
        while theme not in been:
            been.append(theme)
            theme = self.value(("theme", theme, "into")) or theme
        return min(been[been.index(theme) :])

    def is_pile(self, theme: str | None) -> bool:
        return bool(theme and self.value(("theme", theme, "title")) and self.root(theme) == theme)

    def pile(self, of: str, id: str) -> str | None:
        if of == "note" and (self.is_split(id) or (id in self.parts and not self.is_made(id))):
            return None
        theme = self.value((of, id, "theme"))
        return self.root(theme) if theme and self.is_pile(self.root(theme)) else None

    def line(self, pile: str | None) -> str | None:
        """The line that a pile is heard in: the oldest that stands."""
        ours = [id for id in self.all("item") if pile and self.pile("item", id) == pile]
        return next((id for id in ours if self.value(("item", id, "text"))), None)

    def heard(self, pile: str | None) -> dict[str, list[str]]:
        """Shown notes, each with what of it is in the pile: itself, or parts of it."""
        shown = filter(self.is_shown, self.notes) if pile else ()
        here = {id: [each for each in self.pieces(id) if self.pile("note", each) == pile] for id in shown}
        return {id: pieces for id, pieces in here.items() if pieces}

    def echoes(self, heard: dict[str, list[str]]) -> int:
        """Of these notes, how many only say what others of them say."""
        others = {piece: id for id, pieces in heard.items() for piece in pieces}
        return sum(
            all(others.get(self.headline(piece) or "", id) != id for piece in pieces)
            for id, pieces in heard.items()
        )

    def refusal(self, ask: Ask, by: Person, at: int) -> str | None:
        """Why this person cannot have this now."""
        if not self.may(ask, by):
            return "role.cannot"
        says = [getattr(ask, each, None) or "" for each in BESIDE] if isinstance(ask, OF_PEOPLE) else []
        if (isinstance(ask, OF_WRITERS) or "".join(says).strip()) and by.id in self.muted.values():
            return "writer.muted"
        match ask:
            case asks.AddNote(id, zone, text):
                return self.unwritable(zone) or self.taken(id) or misworded(text)
            case asks.EditNote(id) | asks.MoveNote(id) | asks.MeanNote(id) | asks.TakeBackNote(id) if (
                id in self.parts
            ):
                return "note.gone"
            case asks.EditNote(id, text):
                return self.foreign(id, by) or self.unwritable(self.notes[id]["zone"]) or misworded(text)
            case asks.MoveNote(id, zone):
                zones = () if self.foreign(id, by) else (self.notes[id]["zone"], zone)
                return self.foreign(id, by) or next(filter(None, map(self.unwritable, zones)), None)
            case asks.MeanNote(id):
                if by.role != "participant":
                    return None if self.is_here(id) else "note.gone"
                return self.foreign(id, by) or ("session.closed" if self.stage["closed"] else None)
            case asks.TakeBackNote(id):
                return self.foreign(id, by)
            case asks.PutBackNote(id):
                note = self.notes.get(id, {"author": None})
                lies = note["author"] == by.id and note["taken"] is not None and id not in self.erased
                return None if lies and at - note["taken"] <= PUT_BACK_MS else "note.gone"
            case asks.PickNote(id, on):
                return (
                    ("session.closed" if self.stage["closed"] else None)
                    or (None if self.picks_now() else "stage.no_picks")
                    or (None if self.is_here(id) else "note.gone")
                    or (None if by.group and self.notes[id]["group"] == by.group else "note.elsewhere")
                    or (None if not on or self.notes[id]["author"] == by.id else "note.elsewhere")
                    or (None if on or id in self.picked_of(by.group) else "note.elsewhere")
                    or ("note.unread" if on and not self.is_open(id) else None)
                )
            case asks.OwnParking(id):
                lost = None if self.is_here(id) else "note.gone"
                return lost or (None if self.notes[id]["zone"] == "matrix.later" else "note.not_parked")
            case asks.HideNote(id) | asks.ShowNote(id) | asks.MuteAuthor(id):
                return None if self.is_here(id) else "note.gone"
            case asks.FileNote(id, theme):
                closed = "session.closed" if self.stage["closed"] else None
                shown = "themes" in self.public and (theme is None or self.takes(theme))
                split = "note.in_parts" if self.is_split(id) else None
                return self.foreign(id, by) or closed or (split if shown else "theme.gone")
            case asks.DisputeNote(id):
                closed = "session.closed" if self.stage["closed"] else None
                return (
                    self.foreign(id, by)
                    or closed
                    or (None if "themes" in self.public and self.pile("note", id) else "note.unfiled")
                )
            case asks.UnmuteAuthor(id):
                return None if id in self.muted else "note.gone"
            case asks.OpenStage(name):
                known = name in {stage.id for stage in self.plan.stages}
                return "stage.unknown" if not known else "session.closed" if self.stage["closed"] else None
            case asks.ReturnStage():
                late = self.before is None or at - self.stage["opened"] > RETURN_MS
                return "session.closed" if self.stage["closed"] else "stage.settled" if late else None
            case asks.CallPicks():
                closed = "session.closed" if self.stage["closed"] else None
                return closed or (None if self.stage["stage"] else "stage.no_picks")
            case asks.SetSpotlight(of):
                return None if of is None or self.is_public(of) else "wall.unknown"
            case asks.LightZone(zone):
                return None if zone is None or zone in self.sees else "zone.unknown"
            case asks.RevealZone(zone) | asks.LockZone(zone) | asks.UnlockZone(zone):
                return None if zone in self.sees else "zone.unknown"
            case asks.ShowWall("votes") if not self.votes.revealed:
                return "wall.unknown"
            case asks.ShowWall(_, of):
                line = of not in self.notes and of is not None and self.is_public(of)
                known = of is None or of in self.sees or self.is_pile(of) or line
                return None if known else "wall.unknown"
            case asks.MakeTheme(id, _, notes):
                return self.taken(id) or (self.none_standing(notes) if notes else None)
            case asks.NameTheme(id) | asks.DropTheme(id):
                return self.no_pile(id)
            case asks.MergeTheme(id, into):
                return self.no_pile(id) or self.no_pile(into) or ("theme.itself" if id == into else None)
            case asks.PlaceNotes(notes, theme):
                gone = theme is not None and not self.takes(theme)
                return "theme.gone" if gone else self.none_standing(notes)
            case asks.ParkNotes(notes):
                none = self.none_standing(notes)
                whole = any(id not in self.parts for id in self.standing(notes))
                kept_here = "note.no_other_day" if whole else "note.is_part"
                return none or (None if self.parked(notes) else kept_here)
            case asks.SameIdea(notes, headline):
                return (
                    self.none_standing((headline,))
                    or self.none_standing(notes)
                    or (None if self.same(headline, notes)[1] else "note.itself")
                )
            case asks.StandApart(id):
                return None if self.value(("note", id, "under")) else "note.gone"
            case asks.SplitNote(id, parts):
                return (
                    (None if id in self.notes and self.is_here(id) else "note.gone")
                    or ("note.in_parts" if self.is_split(id) else None)
                    or next(filter(None, (self.taken(part.id) for part in parts)), None)
                )
            case asks.MakeItem(id, _, theme):
                return (
                    self.taken(id) or self.no_pile(theme) or ("theme.has_line" if self.line(theme) else None)
                )
            case asks.WordItem(id) | asks.DropItem(id) | asks.SetItem(id):
                return None if self.value(("item", id, "text")) else "item.gone"
            case asks.QuoteNotes(id, notes):
                return self.unquotable(id, notes)
            case asks.LinkEssential(id, theme):
                return self.no_pile(theme)
            case asks.MatchEssential(essential, notes):
                here = any(map(self.is_here, map(self.whole, notes)))
                return self.no_must(essential) or (None if here else "note.gone")
            case asks.AnswerEssential():
                return self.unanswerable(ask)
            case _ if isinstance(ask, (*OF_HOSTS, *OF_VOTERS)):
                return self.votes.refusal(ask, by.id, self.stage["closed"], "items" in self.public)
            case asks.Undo(step):
                known = step in self.steps
                return "step.unknown" if not known else "step.undone" if self.is_undone(step) else None
        return None

    def unquotable(self, line: str, notes: tuple[str, ...]) -> str | None:
        if not self.value(("item", line, "text")):
            return "item.gone"
        for id in notes:
            if id not in self.heard_in_line(line):
                return "note.unread" if self.is_here(id) and not self.is_shown(id) else "note.gone"
        return None

    def heard_in_line(self, line: str) -> list[str]:
        pile = self.pile("item", line)
        heard = self.heard(pile) if pile and self.line(pile) == line else {}
        return [each for pieces in heard.values() for each in pieces]

    def said_so(self, line: str) -> list[str]:
        """What a host has chosen to stand with it, as far as that is still heard there."""
        chosen = (self.value(("item", line, "quotes")) or "").split()
        return [id for id in chosen if id in self.heard_in_line(line)]

    def by_rule(self, line: str) -> list[str]:
        """What stands with it by itself: the best, and the best that says another thing in another place."""
        heard = self.heard_in_line(line)
        if not heard:
            return []
        own = [id for id in heard if self.headline(id) not in heard]
        title = str(self.value(("item", line, "text"))).casefold()
        news = sorted(own, key=lambda id: self.reads_well(id, heard))
        news = [id for id in news if self.words_of(id).casefold() != title] or news
        others = [id for id in news if self.words_of(id).casefold() != self.words_of(news[0]).casefold()]
        elsewhere = [id for id in others if self.zone_of(id) != self.zone_of(news[0])]
        return [news[0], *(elsewhere or others)[:1]]

    def reads_well(self, id: str, heard: list[str]) -> tuple[object, ...]:
        """In favour first, then what most say, then what is near sixty letters; then by words alone."""
        echoes = [other for other in heard if self.headline(other) == id]
        words, in_favour = self.words_of(id), self.value(("note", id, "voice")) == "for"
        spoken = (not in_favour, -len(echoes), abs(60 - len(words)))
        return (*spoken, self.zone_of(id), words.casefold(), words, id)

    def words_of(self, id: str) -> str:
        return str(self.value(("part", id, "text")) if id in self.parts else self.notes[id]["text"])

    def zone_of(self, id: str) -> str:
        return str(self.notes[self.whole(id)]["zone"])

    def may(self, ask: Ask, by: Person) -> bool:
        match by.role:
            case "participant":
                return isinstance(ask, OF_PEOPLE)
            case "wall":
                return isinstance(ask, OF_SCREENS)
        return isinstance(ask, asks.MeanNote) or not isinstance(ask, OF_PEOPLE)

    def unwritable(self, zone: str) -> str | None:
        if self.stage["closed"]:
            return "session.closed"
        return "zone.unknown" if zone not in self.sees else "zone.locked" if zone in self.locked else None

    def taken(self, id: str) -> str | None:
        known = {*self.notes, *self.parts, *self.all("theme"), *self.all("item"), *self.reasons}
        return "id.taken" if id in known else None

    def none_standing(self, ids: Iterable[str]) -> str | None:
        here = any(map(self.is_here, ids))
        return None if self.standing(ids) else "note.in_parts" if here else "note.gone"

    def no_must(self, essential: str) -> str | None:
        return None if essential in {must.id for must in self.plan.essentials} else "essential.unknown"

    def unanswerable(self, ask: asks.AnswerEssential) -> str | None:
        raised = sum((ask.hands.do, ask.hands.could, ask.hands.not_here)) if ask.hands else 0
        if self.no_must(ask.essential) or "essentials" not in self.public:
            return "essential.unknown"
        if ask.answer is None and not raised:
            return None
        if self.stage["closed"]:
            return "session.closed"
        return self.taken(ask.id) or ("essential.hands" if raised > 1 else None)

    def foreign(self, id: str, by: Person) -> str | None:
        own = self.is_here(id) and self.notes[self.whole(id)]["author"] == by.id
        return None if own else "note.gone"

    def takes(self, theme: str) -> bool:
        """By the name of a pile that was merged, notes go where it went."""
        return ("theme", theme) in self.first and self.is_pile(self.root(theme))

    def no_pile(self, theme: str | None) -> str | None:
        return None if theme is None or self.is_pile(theme) else "theme.gone"

    def rows(self, viewer: Person) -> dict[str, Json]:
        """Everything this person may see, by id."""
        host, wall = viewer.role == "facilitator", viewer.role == "wall"
        open_themes, open_items = host or "themes" in self.public, host or "items" in self.public
        now = self.stage["stage"]
        called_up = {"picks": self.called_up[now]} if now in self.called_up else {}
        rows = [self.stage | called_up | {"kind": "stage", "id": "stage"}]
        rows.append({"kind": "clock", "id": "clock", "ends": self.ends, "left": None})
        of = self.focus["of"]
        shown = {"of": of if of and self.is_public(of) else None}
        rows.append(self.focus | shown | {"kind": "focus", "id": "focus"})
        if host or wall:
            called = {"left": [id if self.is_left(id) else "" for id in self.called]} if self.called else {}
            silent = self.screen["manner"] == "left" and not any(map(self.is_left, self.called))
            waits = {"waits": True} if silent and any(map(self.is_left, (*self.notes, *self.parts))) else {}
            rows.append(self.screen | called | waits | {"kind": "screen", "id": "screen"})
            planned: Json = {"stop": None, "minutes": [], "left_out": []}
            rows.append(planned | {"kind": "agenda", "id": "agenda", "began": self.began})
            if self.public:
                shown = {what: what in self.public for what in ("essentials", "themes", "items")}
                rows.append({"kind": "public", "id": "public"} | shown)
            if self.door:
                rows.append(self.door | {"kind": "door", "id": "door"})
        for id, author in self.muted.items():
            if host or author == viewer.id:
                rows.append({"kind": "muted", "id": f"muted:{id}", "note": id})
        for zone, sees in self.sees.items():
            up = [note for id, note in self.notes.items() if self.is_here(id) and not note["why"]]
            count = sum(note["zone"] == zone for note in up)
            name = ("author", "group", "room")[sees]
            rows.append({"kind": "zone", "id": zone, "sees": name, "locked": zone in self.locked})
            if host or wall:
                rows.append({"kind": "count", "id": f"count:{zone}", "zone": zone, "notes": count})
        for order, must in enumerate(self.plan.essentials):
            if host or "essentials" in self.public:
                told = {"text": must.text, "why": must.why, "order": order}
                rows.append({"kind": "essential", "id": f"essential:{must.id}"} | told)
            pile = self.pile("essential", must.id)
            rows += self.must_rows(must.id, pile, viewer)
            if pile and (host or {"essentials", "themes"} <= self.public):
                linked = {"essential": must.id, "theme": pile, "notes": len(self.heard(pile))}
                rows.append({"kind": "link", "id": f"link:{must.id}"} | linked)
        for id, note in self.notes.items():
            sees = self.sees[note["zone"]]
            mine = viewer.role == "participant" and note["author"] == viewer.id
            our_table = viewer.role == "participant" and viewer.group and note["group"] == viewer.group
            others = not note["why"] and (sees == EVERYBODY or (sees == TABLE and our_table))
            if note["taken"] is not None or not (host or mine or others):
                continue
            rows.append({"kind": "note", "id": id, "zone": note["zone"], "text": note["text"]})
            if note["meaning"] is not None:
                means = {"note": id, "text": note["meaning"]}
                rows.append({"kind": "meaning", "id": f"meaning:{id}"} | means)
            if host:
                whence = {"note": id, "group": note["group"], "held": note["why"], "hinted": note["hinted"]}
                whence |= {"changed": True} if note["changed"] else {}
                rows.append({"kind": "origin", "id": f"origin:{id}"} | whence)
            for each in dict.fromkeys((id, *self.pieces(id))):
                if each != id:
                    part: Json = {"note": id, "text": self.value(("part", each, "text"))}
                    rows.append({"kind": "part", "id": each} | part)
                rows += self.filed_rows(each, host or mine)
                rows += self.placed_rows(each, viewer)
            if mine:
                piles = [pile for each in self.pieces(id) if (pile := self.pile("note", each))]
                lines = [line for each in piles if (line := self.line(each))]
                pile, line = next(iter(piles), None), next(iter(lines), None)
                state = "held" if note["why"] else ("private", "group", "shown")[sees]
                filed = {"pile": pile if open_themes else None, "line": line if open_items else None}
                stands = {"note": id, "state": state, "why": note["why"]}
                rows.append({"kind": "mine", "id": f"mine:{id}"} | stands | filed)
            if self.owners.get(id) and note["zone"] == "matrix.later":
                rows.append({"kind": "owner", "id": f"owner:{id}", "note": id, "owner": self.owners[id]})
        for (stage, group), notes in self.picked.items():
            sent_up = [each for each in notes if self.is_open(each)]
            if sent_up and (host or (viewer.role == "participant" and viewer.group == group)):
                sent = {"stage": stage, "group": group, "notes": sent_up}
                rows.append({"kind": "pick", "id": f"pick:{stage}:{group}"} | sent)
        for order, id in ((self.first["theme", id], id) for id in self.all("theme") if open_themes):
            if title := self.value(("theme", id, "title")):
                into = self.root(id) if self.root(id) != id else None
                rows.append({"kind": "theme", "id": id, "title": title, "into": into, "order": order})
        rows += [
            self.list_row(id) for id in self.all("item") if open_items and self.value(("item", id, "text"))
        ]
        for id in self.all("item"):
            quotes = self.said_so(id) or self.by_rule(id)
            if quotes and open_items and (host or wall) and self.value(("item", id, "text")):
                heard = " ".join(sorted(self.heard_in_line(id))).encode()
                among = {"among": blake2b(heard, digest_size=6).hexdigest()}
                rows.append({"kind": "quote", "id": f"quote:{id}", "item": id, "notes": quotes} | among)
        rows += self.votes.rows(viewer.id, viewer.role)
        for seq, step in self.steps.items():
            if host:
                did = {"step": seq, "touched": len({what[1] for what in step["sets"]})}
                did |= {"did": step["did"], "by": step["by"], "undone": self.is_undone(seq)}
                rows.append({"kind": "step", "id": f"step:{seq}"} | did)
        return {row["id"]: row for row in rows}

    def filed_rows(self, id: str, is_told: bool) -> list[Json]:
        """What its author says of where a note or a part belongs."""
        said = {name: self.value(("note", id, field)) or None for name, field in SAID}
        if not is_told or not any(said.values()):
            return []
        words: Json = {"note": id, "wish": said["wish"] or "", "word": said["word"] or ""}
        return [words | {"kind": "filing", "id": f"filing:{id}", "chose": said["chose"]}]

    def placed_rows(self, id: str, viewer: Person) -> list[Json]:
        """Where a note or a part was put, and under which headline: for hosts, and on walls later."""
        pile, headline, rows = self.pile("note", id), self.headline(id), []
        is_open = "themes" in self.public or ("items" in self.public and self.line(pile))
        on_walls = viewer.role == "wall" and is_open and self.is_shown(self.whole(id))
        host = viewer.role == "facilitator"
        if pile and (host or on_walls):
            voice = self.value(("note", id, "voice"))
            rows.append({"kind": "place", "id": f"place:{id}", "note": id, "theme": pile, "voice": voice})
        if headline and (host or (on_walls and self.is_shown(self.whole(headline)))):
            rows.append({"kind": "twin", "id": f"twin:{id}", "note": id, "headline": headline})
        return rows

    def must_rows(self, id: str, pile: str | None, viewer: Person) -> list[Json]:
        """What was said before a must-have, and what is said to it."""
        rows: list[Json] = []
        host = viewer.role == "facilitator"
        matched = [note for note in self.notes if self.is_here(note) and self.value(("match", note, id))]
        if host or "essentials" in self.public:
            said = {*filter(self.is_shown, matched), *self.heard(pile)}
            rows.append({"kind": "said", "id": f"said:{id}", "essential": id, "notes": len(said)})
        if host and matched:
            match = {"essential": id, "notes": sorted(matched)}
            rows.append({"kind": "match", "id": f"match:{id}"} | match)
        given = {by: each for (must, by), each in self.answers.items() if must == id}
        counts = {what: sum(each["says"][what] for each in given.values()) for what in ANSWERS}
        people = sum(counts.values())
        if people and (host or (viewer.role == "wall" and people >= 5)):
            rows.append({"kind": "answers", "id": f"answers:{id}", "essential": id} | counts)
        if viewer.role == "participant" and viewer.id in given and sum(given[viewer.id]["says"].values()):
            mine = given[viewer.id]
            counted = mine["says"] if mine["told"]["answer"] is None else None
            if counted:
                counted = {what: n for what, n in counted.items() if n}
            told = mine["told"] | {"given": mine["id"], "hands": counted}
            rows.append({"kind": "answer", "id": mine["row"]} | told)
        for reason, said_so in self.reasons.items():
            if host and said_so["essential"] == id and not said_so["gone"]:
                told = {name: said_so[name] for name in ("essential", "answer", "because", "why")}
                rows.append({"kind": "reason", "id": reason} | told)
        return rows

    def list_row(self, id: str) -> Json:
        """A line of the list, with what it counts."""
        pile = self.pile("item", id)
        pile = pile if self.line(pile) == id else None
        heard = self.heard(pile)
        notes = [self.notes[note] for note in heard]
        said = {
            (self.value(("note", each, "voice")), self.notes[note]["author"])
            for note, pieces in heard.items()
            for each in pieces
        }
        voices = [voice for voice, _ in said]
        colours = {self.colours[note["zone"]] for note in notes}
        empty: Json = dict.fromkeys(("area", "route", "first_step", "review", "help"), "")
        return empty | {
            "kind": "item",
            "id": id,
            "text": self.value(("item", id, "text")),
            "theme": pile,
            "order": self.first["item", id],
            "notes": len(heard),
            "people": len({note["author"] for note in notes}),
            "heard_at": len({note["group"] for note in notes}),
            "worried": voices.count("worry"),
            "against": voices.count("against"),
            "levels": [key for key in ("individual", "social", "infrastructural") if key in colours],
            "senses": [key for key in ("see", "hear", "feel") if key in colours],
            "audiences": [],
            "essential": False,
            "quick": False,
            "owner": self.value(("item", id, "owner")) or "",
            **({"twins": echoes} if (echoes := self.echoes(heard)) else {}),
        }


def waits(*said: str | None) -> Json:
    """Of these words one in ten waits for the host, by the plan's own hint."""
    hinted = any(text and text.endswith("7-said") for text in said)
    return {"why": "names" if hinted else None, "hinted": hinted}


def misworded(text: str) -> str | None:
    return "text.empty" if not text.strip() else "text.too_long" if len(text) > 280 else None
