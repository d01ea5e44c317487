"""Print how good the suggestions are, on every labelled set of the folders named and on our own.

`make collation-figures DATA=FOLDER`. Nothing here passes or fails.
"""

import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from sessions.suggest.suggestions import suggest
from tests.collation import plain
from tests.collation.delay import delays
from tests.collation.measures import (
    Likeness,
    Piling,
    adjusted_rand,
    best_f1,
    left_twin_among_nearest,
    recall_at_precision,
    theme_in_best_three,
    twin_among_nearest,
)
from tests.collation.ours import Ours
from tests.collation.sets import LabelledSet, read_all
from tests.collation.thousand import thousand

OWN = Path(__file__).parent / "sets"

HEAD = """# How good the suggestions are

Printed by `make collation-figures` (`DATA=FOLDER` for labelled sets of your own; the format stands in
`tests/collation/sets.py`). Suggestions are found on this machine, without a model: see [the
lexicon](lexicon.md).

- *Twin among the nearest*: of the notes that have a twin, a note that makes the same point, so many find
  one among the 1, 3 or 5 nearest notes. *Twin pairs found*: the share of all twin pairs above a cut at
  which four in five pairs above it are twins. Notes of several ideas are not scored with what they
  contain.
- *Theme in the best three*: so many notes find their theme among three piles offered, after 1, 2 or 3
  notes of each theme were placed; the mean of 20 seeded draws. *Named*: the piles have the names that a
  person gave them, too.
- *Cold start*: how far the groups that an outline is drawn from agree with the themes, as adjusted Rand
  index (chance is 0), with our own cut. For plain counting it is the best of all cuts, found by looking
  at the answer.
- *Characters*: TF-IDF over runs of 3 to 5 characters; *words*: over words; *both*: the mean of the two.
  Notes in English, off-topic ones left out, unless it says otherwise.
- The set `park` is ours: invented by those who wrote the lexicon, and easier for it than other people's
  notes are. `ward` and `school` are ours, too, but written without a look at the lexicon, and not touched
  since they were first scored. They are hard for whatever counts words: in three of four of their pairs of
  twins, the two notes share no word that matters; in the surgery's set, in one of three.

The lexicon was written from what is generally known about surgeries, wards, parks, schools and
workplaces, not from the notes of these sets: nobody looked at what it missed. What was seen of a set while
words were added is its figures. How the sides of a note are weighed was chosen by all sets at once.

Helped, and is in: words inside a phrase that speak as well; rarity by the root of its logarithm; joining
words that mean nothing alone; meanings that count more than wording for twins; something off for notes
that are like everybody; the piles of a note's neighbours; fields for what had none, and no more than
twelve a note. The average likeness of notes that were put together helps, too.

Tried, and taken out again, since it did not help: words learned from notes that were put together;
likeness handed on along chains of like notes, for outlines; likeness compared to what is usual for a note by
ratio, and by all notes instead of the nearest; long notes favoured; runs of three or five letters; sides
multiplied with each other; neighbours in common; piles measured against how much they draw everybody; more
joining words."""


def main(folders: Sequence[str]) -> None:
    print(HEAD)
    sets = [each for folder in folders for each in read_all(Path(folder))]
    if not sets:
        print(f"no labelled sets in {', '.join(folders) or 'no folder'}: our own alone", file=sys.stderr)
    own = read_all(OWN)
    for labelled in [*sets, *own]:
        table(labelled)
    seconds([note.text for each in sets or own for note in each.notes])


def table(labelled: LabelledSet) -> None:
    notes = labelled.english
    texts, themes = [note.text for note in notes], [note.theme for note in notes]
    ours, named = Ours(texts), Ours(texts, labelled.names)
    print(f"\n## {labelled.name}\n\n{len(notes)} notes in English, {len(set(themes))} themes.\n")
    print("| | ours | characters | words | both |\n|---|---|---|---|---|")
    ways = [
        plain.likeness(texts, plain.characters),
        plain.likeness(texts, plain.words),
        plain.both(texts),
    ]
    close: list[Likeness] = [ours.close, *ways]
    pilings: list[Piling] = [ours.piling, *map(plain.piling, ways)]
    nearest = [twin_among_nearest(notes, way) for way in close]
    for most in (1, 3, 5):
        row(f"twin among the nearest {most}", [share[most] for share in nearest])
    row("twin pairs found at precision 0.8", [recall_at_precision(notes, way) for way in close])
    row("twin pairs, F1 at the best cut", [best_f1(notes, way) for way in close], percent=False)
    for placed in (1, 2, 3):
        row(
            f"theme in the best three, {placed} placed",
            [theme_in_best_three(notes, way, placed) for way in pilings],
        )
    for placed in (1, 2, 3):
        if labelled.names:
            row(
                f"theme in the best three, {placed} placed, named",
                [theme_in_best_three(notes, named.piling, placed)],
            )
    cold = [adjusted_rand(ours.divided(), themes), *(plain.best_cut(way, themes) for way in ways)]
    row("cold start, adjusted Rand index", cold, percent=False)
    alone, helped = left_twin_among_nearest(notes, ours.close, ours.after)
    row("twin left over among the nearest 3, nothing put together yet", [alone])
    row("the same, once its other twins were put together", [helped])
    others(labelled)


def others(labelled: LabelledSet) -> None:
    """Notes in other languages, among all that are on topic."""
    notes = labelled.on_topic
    texts = [note.text for note in notes]
    ways: list[Likeness] = [Ours(texts).close, plain.likeness(texts, plain.characters)]
    ways += [plain.likeness(texts, plain.words), plain.both(texts)]
    found = [twin_among_nearest(notes, way, lambda note: note.lang != "en") for way in ways]
    if any(note.lang != "en" for note in notes):
        row("twin among the nearest 3, notes in other languages", [share[3] for share in found])


def row(what: str, values: Sequence[float], *, percent: bool = True) -> None:
    cells = [f"{value:.0%}".replace("%", " %") if percent else f"{value:.2f}" for value in values]
    print(f"| {what} | {' | '.join(cells + [''] * (4 - len(cells)))} |".replace("|  |", "| |"))


def seconds(texts: Sequence[str]) -> None:
    """Everything for a full room: twins, best piles, outline and must-haves."""
    known = thousand(texts)
    suggest(known)
    took, worked = [], []
    for _ in range(5):
        began, working = time.perf_counter(), time.process_time()
        suggest(known)
        took.append(time.perf_counter() - began)
        worked.append(time.process_time() - working)
    print("\n## A thousand notes\n")
    print(
        f"All suggestions for 1,000 notes at once: {statistics.median(took):.2f} s on one processor, "
        f"{statistics.median(worked):.2f} s of it at work.\n"
    )
    quiet, busy = delays(known)
    print(f"A note in that room, from sent to Saved: {quiet}.")
    print(f"The same while a host asks for suggestions again and again: {busy}.")


if __name__ == "__main__":
    main(sys.argv[1:])
