"""All that is suggested to a room, from what one reader may know of it: pure, in whatever order they come."""

from collections import Counter
from collections.abc import Sequence
from heapq import nlargest
from operator import itemgetter

from msgspec import Struct

from sessions.suggest.likeness import NEAREST, Likeness, together, usual
from sessions.suggest.outline import groups
from sessions.suggest.piles import Piles
from sessions.suggest.reading import Reader, Reading, Side, house_reader

TWINS_MOST = 5
TWIN_CUT = 0.1
"""Notes less alike than this are not offered as the same idea."""

SAID_CUT = 0.4
"""Notes less like a must-have than this do not say it: "nobody has said this yet" has to be believed too."""

OUTLINE_MOST = 12
OUTLINE_LEAST = 3
"""Notes that a pile of an outline has at least."""

SHORT = 60
"""Characters of a note that may lend a pile its name."""


class Known(Struct, frozen=True):
    """What suggestions are made from. All ids are opaque.

    `notes`: the words of each. `asking`: notes whose piles are asked for, and which teach nothing.
    `meanings`: what notes mean in English, where somebody typed it. `same`: notes that people put together
    as the same idea. `piles`: what each is called; `placed`: note -> pile. `essentials`: the must-haves.
    `aside`: notes that no outline is made of, since nobody would file them.
    """

    notes: dict[str, str] = {}
    asking: dict[str, str] = {}
    meanings: dict[str, str] = {}
    same: tuple[tuple[str, ...], ...] = ()
    piles: dict[str, str] = {}
    placed: dict[str, str] = {}
    essentials: dict[str, str] = {}
    aside: frozenset[str] = frozenset()


class Near(Struct, frozen=True):
    """A note that may say the same. `alike`: 0 to 1."""

    note: str
    alike: float


class Proposed(Struct, frozen=True):
    """A pile that could be made of these notes. `named_by`: the note whose words say it best;
    `words`: what they have in common, as somebody wrote it."""

    named_by: str
    words: tuple[str, ...]
    notes: tuple[str, ...]


class Suggestions(Struct, frozen=True):
    """`twins`: for each note the nearest others, the best first. `piles`: the best three for each note that
    is in none, and for each that asked. `outline`: of notes in no pile, the largest group first. `said`:
    the notes that say a must-have, the best first."""

    twins: dict[str, tuple[Near, ...]] = {}
    piles: dict[str, tuple[str, ...]] = {}
    outline: tuple[Proposed, ...] = ()
    said: dict[str, tuple[str, ...]] = {}


def suggest(known: Known, reader: Reader | None = None) -> Suggestions:
    """Everything at once: a room of 1,000 notes takes well under a second."""
    return _Room(known, reader or house_reader()).suggestions()


def suggest_piles(known: Known) -> dict[str, tuple[str, ...]]:
    """The best piles alone, as phones ask for them: half the work."""
    return _Room(known, house_reader()).piles()


class _Room:
    """Texts stand in the order of their ids, so that nothing depends on how they came: first the notes, then
    what piles are called and the must-haves, which are compared and weigh nothing."""

    def __init__(self, known: Known, reader: Reader) -> None:
        self._known, self._reader = known, reader
        self._ids = sorted(known.notes)
        self._at = {id: i for i, id in enumerate(self._ids)}
        self._notes = [self._read(id, known.notes[id]) for id in self._ids]
        named = known.piles | known.essentials
        self._named_at = {id: len(self._ids) + i for i, id in enumerate(sorted(named))}
        self._likeness = Likeness(
            self._notes + [reader.read(named[id]) for id in self._named_at], weighing=self._notes
        )
        self._saying = Counter(stem for note in self._notes for stem in note.sides[Side.STEMS])
        self._members: dict[str, list[int]] = {}
        self._free = set(self._ids)
        for id in self._ids:
            pile = known.placed.get(id)
            if pile in known.piles:
                self._members.setdefault(pile, []).append(self._at[id])
                self._free.discard(id)

    def suggestions(self) -> Suggestions:
        return Suggestions(self._twins(), self.piles(), self._outline(), self._said())

    def _read(self, id: str, text: str) -> Reading:
        return self._reader.read(f"{text}\n{self._known.meanings.get(id, '')}")

    def _twins(self) -> dict[str, tuple[Near, ...]]:
        """Notes of one idea are looked at as one, and not offered to each other. Of two that are as like a
        note, the one that is like fewer others is the nearer."""
        ideas = [[self._at[id] for id in idea if id in self._at] for idea in self._known.same]
        idea_of: dict[int, set[int]] = {}
        for idea in ideas:
            for i in idea:
                idea_of.setdefault(i, set()).update(idea)
        many = len(self._ids)
        close = together([row[:many] for row in self._likeness.close[:many]], ideas)
        near, less = [], []
        for i, row in enumerate(close):
            own = idea_of.get(i, {i})
            nearest = nlargest(NEAREST + len(own), row)
            least = max(TWIN_CUT, nearest[-1])
            near.append([j for j, alike in enumerate(row) if alike >= least and j not in own])
            less.append(usual(nearest))
        twins = {}
        for i, id in enumerate(self._ids):
            apart = sorted((less[i] + less[j] - close[i][j], j) for j in near[i])
            best = [Near(self._ids[j], round(-x, 3)) for x, j in apart[:TWINS_MOST] if x <= -TWIN_CUT]
            if best:
                twins[id] = tuple(best)
        return twins

    def piles(self) -> dict[str, tuple[str, ...]]:
        wide = self._likeness.wide
        free = [self._at[id] for id in sorted(self._free)]
        names = {pile: self._named_at[pile] for pile in self._known.piles}
        piles = Piles(wide, self._members, names, free)
        best = {self._ids[i]: tuple(piles.best_for(i)) for i in free}
        for id, text in self._known.asking.items():
            best[id] = tuple(piles.best(self._likeness.to(self._read(id, text))[1]))
        return best

    def _outline(self) -> tuple[Proposed, ...]:
        free = [self._at[id] for id in sorted(self._free - self._known.aside)]
        if len(free) < OUTLINE_LEAST:
            return ()
        choose = itemgetter(*free)
        proposed = []
        for group in groups([[*choose(self._likeness.wide[i])] for i in free])[:OUTLINE_MOST]:
            if len(group) < OUTLINE_LEAST:
                break
            members = [free[i] for i in group]
            proposed.append(
                Proposed(
                    named_by=self._ids[self._headline(members)],
                    words=self._in_common(members),
                    notes=tuple(self._ids[i] for i in members),
                )
            )
        return tuple(proposed)

    def _headline(self, members: Sequence[int]) -> int:
        """The note most like the others of its group; a short one, if any is."""
        short = [i for i in members if len(self._known.notes[self._ids[i]]) <= SHORT]
        wide = self._likeness.wide
        return min(short or members, key=lambda i: (-sum(wide[i][j] for j in members), i))

    def _in_common(self, members: Sequence[int], most: int = 3) -> tuple[str, ...]:
        """What more of these notes say than of all others, as it is written most often."""
        here = Counter(stem for i in members for stem in self._notes[i].sides[Side.STEMS])
        telling = [stem for stem, notes in here.items() if notes > 1]
        telling.sort(key=lambda stem: (-here[stem] * here[stem] / self._saying[stem], stem))
        written = [
            Counter(self._notes[i].surface[stem] for i in members if stem in self._notes[i].surface)
            for stem in telling[:most]
        ]
        return tuple(min(forms, key=lambda form: (-forms[form], form)) for forms in written)

    def _said(self) -> dict[str, tuple[str, ...]]:
        said = {}
        for essential in sorted(self._known.essentials):
            row = self._likeness.close[self._named_at[essential]][: len(self._ids)]
            near = sorted((-alike, i) for i, alike in enumerate(row) if alike >= SAID_CUT)
            said[essential] = tuple(self._ids[i] for _, i in near)
        return said
