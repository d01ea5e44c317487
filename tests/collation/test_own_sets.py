"""Our own labelled workshops: well formed, and suggestions are at least so good on them."""

import pytest

from tests.collation.__main__ import OWN
from tests.collation.measures import (
    adjusted_rand,
    left_twin_among_nearest,
    recall_at_precision,
    theme_in_best_three,
    twin_among_nearest,
)
from tests.collation.ours import Ours
from tests.collation.sets import OFF_TOPIC, LabelledSet, read, read_all


@pytest.mark.parametrize("labelled", read_all(OWN), ids=lambda labelled: labelled.name)
def test_a_labelled_set_says_what_the_figures_take_it_to_say(labelled: LabelledSet) -> None:
    notes = labelled.notes
    assert len({note.id for note in notes}) == len({note.text for note in notes}) == len(notes)
    assert {theme for note in notes for theme in note.themes} == {OFF_TOPIC, *labelled.names}
    assert all(note.theme in note.themes for note in notes)
    themes = {note.twin: note.theme for note in notes if note.twin is not None}
    assert all(themes[note.twin] == note.theme for note in notes if note.twin is not None)
    # A note of several ideas is the twin of none.
    assert all(note.twin is None and note.contains <= themes.keys() for note in notes if note.contains)


def test_the_figures_do_not_fall_on_the_set_of_those_who_wrote_the_lexicon() -> None:
    park = read(OWN / "park.jsonl")
    notes = park.english
    themes = [note.theme for note in notes]
    ours = Ours([note.text for note in notes])
    assert twin_among_nearest(notes, ours.close)[3] >= 0.7
    assert recall_at_precision(notes, ours.close, 0.5) >= 0.1
    assert theme_in_best_three(notes, ours.piling, 2, range(5)) >= 0.72
    named = Ours([note.text for note in notes], park.names)
    assert theme_in_best_three(notes, named.piling, 1, range(5)) >= 0.78
    assert adjusted_rand(ours.divided(), themes) >= 0.22
    before, after = left_twin_among_nearest(notes, ours.close, ours.after)
    assert after >= before - 0.05


@pytest.mark.parametrize(
    ("name", "twin", "learned", "named"), [("ward", 0.5, 0.52, 0.62), ("school", 0.34, 0.57, 0.68)]
)
def test_nor_on_sets_written_without_a_look_at_it(
    name: str, twin: float, learned: float, named: float
) -> None:
    """Not to be raised by fitting words to these notes: they would judge nothing any more."""
    labelled = read(OWN / f"{name}.jsonl")
    notes = labelled.english
    texts = [note.text for note in notes]
    ours = Ours(texts)
    assert twin_among_nearest(notes, ours.close)[3] >= twin
    assert theme_in_best_three(notes, ours.piling, 2, range(5)) >= learned
    assert theme_in_best_three(notes, Ours(texts, labelled.names).piling, 1, range(5)) >= named
