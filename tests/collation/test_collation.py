"""Suggestions: whatever people write, in whatever order."""

import time

import pytest
from hypothesis import example, given, strategies as st

from sessions.suggest.lexicon import FOLDER, Lexicon, LexiconFile, house_lexicon, read_lexicon
from sessions.suggest.outline import groups
from sessions.suggest.reading import Reader, Side, house_reader
from sessions.suggest.spelling import Spelling
from sessions.suggest.suggestions import SAID_CUT, Known, Suggestions, suggest, suggest_piles
from sessions.suggest.words import stem, tokens
from tests.collation.__main__ import OWN
from tests.collation.sets import read
from tests.collation.thousand import thousand

WORDS = [
    "walk",
    "walking",
    "stroll",
    "bike",
    "cycle",
    "rack",
    "bench",
    "lights",
    "loo",
    "exersise",
    "🚲",
    "£3",
]
ODD = [
    "",
    " ",
    "🌳🌳🌳",
    "👩🏽‍🦽‍➡️🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "é" * 280,
    "!" * 280,
    "a" * 280,
    "ویٹنگ روم میں اردو میں پوسٹر لگائیں",
    "ﷺ" * 280,
    "‏‎‍",
    "z̷̢̧̛͎̹a̶l̵g̴o̸",
    "\0\n\t",
    "Ⅷ ½ ﬁ ß İ ı",
    "'''' ’’’",
    "___ -- *",
]
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), st.sampled_from(ODD), st.text(max_size=280)
)
notes = st.dictionaries(st.sampled_from("abcdefghijkl"), texts, max_size=9)


@st.composite
def rooms(draw: st.DrawFn) -> Known:
    said = draw(notes)
    ids = sorted(said) or ["nobody"]
    piles = {f"pile {name}": title for name, title in draw(notes).items()}
    placed = st.dictionaries(st.sampled_from(ids), st.sampled_from([*sorted(piles), "pile gone"]))
    return Known(
        notes=said,
        asking={f"asking {id}": text for id, text in draw(notes).items()},
        meanings=draw(st.dictionaries(st.sampled_from(ids), texts)),
        same=tuple(draw(st.lists(st.lists(st.sampled_from(ids), unique=True).map(tuple), max_size=2))),
        piles=piles,
        placed=draw(placed),
        essentials={f"must {id}": text for id, text in draw(notes).items()},
    )


@given(rooms())
@example(Known(notes={str(i): text for i, text in enumerate(ODD)}, piles={"p": ""}, essentials={"e": "🌳"}))
@example(Known(notes=dict.fromkeys("abcd", "walk"), same=(("a", "b", "c"), ("a",))))
def test_whatever_people_write_there_is_an_answer_and_it_names_what_is_there(room: Known) -> None:
    found = suggest(room)
    for note, twins in found.twins.items():
        assert note in room.notes
        assert len(twins) <= 5
        assert note not in {twin.note for twin in twins} <= room.notes.keys()
        assert [twin.alike for twin in twins] == sorted((twin.alike for twin in twins), reverse=True)
        for idea in room.same:
            assert note not in idea or not {twin.note for twin in twins} & set(idea)
    standing = {note for note, pile in room.placed.items() if pile in room.piles and note in room.notes}
    assert found.piles == suggest_piles(room)
    assert found.piles.keys() == (room.notes.keys() - standing) | room.asking.keys()
    for best in found.piles.values():
        assert len(set(best)) == len(best) <= 3
        assert set(best) <= room.piles.keys()
    proposed = [note for pile in found.outline for note in pile.notes]
    assert len(proposed) == len(set(proposed))
    assert set(proposed) <= room.notes.keys() - standing
    assert all(pile.named_by in pile.notes for pile in found.outline)
    assert found.said.keys() == room.essentials.keys()
    assert all(set(said) <= room.notes.keys() for said in found.said.values())


@given(rooms(), st.randoms(use_true_random=False))
def test_the_order_in_which_notes_come_changes_nothing(room: Known, chance) -> None:
    def shuffled(told: dict[str, str]) -> dict[str, str]:
        return dict(chance.sample(sorted(told.items()), len(told)))

    other = Known(
        notes=shuffled(room.notes),
        asking=shuffled(room.asking),
        meanings=shuffled(room.meanings),
        same=room.same,
        piles=shuffled(room.piles),
        placed=shuffled(room.placed),
        essentials=shuffled(room.essentials),
    )
    # A reader of its own: what was read before changes nothing either.
    assert suggest(other, Reader(house_lexicon())) == suggest(room)


@given(rooms(), texts)
def test_who_asks_teaches_nobody(room: Known, text: str) -> None:
    asking = Known(**{**{f: getattr(room, f) for f in room.__struct_fields__}, "asking": {"private": text}})
    alone = Known(**{**{f: getattr(room, f) for f in room.__struct_fields__}, "asking": {}})
    found, before = suggest(asking), suggest(alone)
    assert {note: best for note, best in found.piles.items() if note != "private"} == before.piles
    assert (found.twins, found.outline, found.said) == (before.twins, before.outline, before.said)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("more exercise", "physical activity"),
        ("ask the GP", "ask your doc"),
        ("bicycle parking", "somewhere for bikes"),
        ("excercise", "exercise"),
        ("the receptionists", "front desk"),
        ("ławki", "a bench"),
        ("paidal", "on foot"),
        ("meddyg", "clinician"),
        ("🚲", "cycle"),
        ("Café", "CAFE"),
    ],
)
def test_words_of_the_field_that_mean_the_same_are_alike(one: str, other: str) -> None:
    said = {"one": one, "other": other, "x": "heating broken again", "y": "free parking", "z": "more posters"}
    twins = suggest(Known(notes=said)).twins
    assert twins["one"][0].note == "other"


def test_what_a_note_means_in_english_finds_its_twin() -> None:
    said = {"tr": "daha fazla oturacak yer", "en": "more benches", "x": "free parking", "y": "posters"}
    assert "tr" not in suggest(Known(notes=said)).twins
    found = suggest(Known(notes=said, meanings={"tr": "more places to sit"}))
    assert found.twins["tr"][0].note == "en"


def test_notes_put_together_speak_for_each_other() -> None:
    said = {
        "a": "gerbil hutch",
        "b": "lantern festival",
        "c": "hutch for gerbils",
        "d": "festival of lanterns",
    }
    twins = {note: {near.note for near in found} for note, found in suggest(Known(notes=said)).twins.items()}
    assert twins["a"] == {"c"}
    merged = suggest(Known(notes=said, same=(("a", "b"),))).twins
    assert {near.note for near in merged["a"]} == {near.note for near in merged["b"]} == {"c", "d"}
    assert "b" in {near.note for near in merged["c"]}


def test_piles_are_learned_from_what_is_placed_as_much_as_from_their_names() -> None:
    said = {"a": "gerbil hutch", "b": "lantern festival", "c": "a bigger hutch", "d": "festival food"}
    piles = {"p": "Small friends", "q": "Celebrate"}
    assert suggest(Known(notes=said, piles=piles)).piles["c"] == ()
    taught = suggest(Known(notes=said, piles=piles, placed={"a": "p", "b": "q"}))
    assert (taught.piles["c"], taught.piles["d"]) == (("p",), ("q",))
    named = suggest(Known(notes=said, piles={"p": "Hutches", "q": "A festival"}))
    assert (named.piles["c"], named.piles["d"]) == (("p",), ("q",))


def test_a_note_is_drawn_to_the_pile_of_its_neighbour() -> None:
    said = {"a": "gerbil hutch", "b": "lantern festival", "d": "painting indigo", "e": "festival whistle"}
    said["c"] = "hutch painting gerbil"
    piles, placed = {"p": "", "q": ""}, {"a": "p", "b": "q"}
    assert suggest(Known(notes=said, piles=piles, placed=placed)).piles["d"] == ("p",)
    del said["c"]
    assert suggest(Known(notes=said, piles=piles, placed=placed)).piles["d"] == ()


def test_whoever_is_like_many_is_less_like_each() -> None:
    said = {"a": "lantern festival", "b": "festival lantern"} | {f"x{i}": "gerbil hutch" for i in range(5)}
    twins = suggest(Known(notes=said)).twins
    assert 1 > twins["a"][0].alike > twins["x0"][0].alike > 0.5


def test_nobody_has_said_what_only_shares_a_word() -> None:
    musts = {"chat": "Have a one-minute chat about moving in every appointment"}
    said = {
        "a": "quick chat about exercise at each appt",
        "b": "a minute of silence",
        "c": "more parking",
    }
    assert suggest(Known(notes=said, essentials=musts)).said == {"chat": ("a",)}
    del said["a"]
    assert suggest(Known(notes=said, essentials=musts)).said == {"chat": ()}
    assert 0 < SAID_CUT < 1


@pytest.mark.parametrize(
    ("written", "root"), [("walks", "walk"), ("walking", "walk"), ("stopped", "stop"), ("stories", "stori")]
)
def test_endings_are_taken_off(written: str, root: str) -> None:
    assert stem(written) == root


@given(st.text(max_size=280))
def test_words_are_plain_whatever_they_were(text: str) -> None:
    for word in tokens(text):
        assert word
        assert not any(letter.isspace() for letter in word)
        assert word == word.casefold()
        assert stem(word)


def test_a_slip_in_a_long_word_is_seen_through_and_other_words_stay() -> None:
    spelling = Spelling(["receptionist", "exercis", "bench", "appointment"])
    assert spelling.meant("recepsionist") == spelling.meant("receptonnist") == "receptionist"
    assert spelling.meant("excercis") == "exercis"
    assert spelling.meant("beach") == "beach"
    assert spelling.meant("exorcism") == "exorcism"


def test_groups_are_joined_as_long_as_they_are_alike_enough() -> None:
    near, far = 0.5, 0.05
    rows = [[near if i // 3 == j // 3 else far for j in range(7)] for i in range(7)]
    assert groups(rows, cut=0.2) == [[0, 1, 2], [3, 4, 5], [6]]
    assert groups(rows, cut=0.01) == [[0, 1, 2, 3, 4, 5, 6]]
    assert groups([], cut=0.2) == []


@given(
    st.integers(0, 12).flatmap(
        lambda n: st.lists(st.lists(st.floats(0, 1), min_size=n, max_size=n), min_size=n, max_size=n)
    )
)
def test_every_note_is_in_one_group(rows: list[list[float]]) -> None:
    likeness = [[max(rows[i][j], rows[j][i]) for j in range(len(rows))] for i in range(len(rows))]
    divided = groups(likeness, cut=0.3)
    assert sorted(i for group in divided for i in group) == list(range(len(rows)))
    for group in divided:
        for other in divided:
            alike = [likeness[i][j] for i in group for j in other]
            # Average linkage leaves no two groups that are alike enough to be one.
            assert group is other or sum(alike) / len(alike) < 0.3 + 1e-9


def test_the_longest_phrase_is_found_and_a_star_stands_for_any_ending() -> None:
    file = LexiconFile(same={"parking": ["car park"], "car": ["car"], "park": ["park"], "bench": ["ławk*"]})
    lexicon = Lexicon([file])

    def read(text: str) -> list[tuple[str, ...]]:
        words = tokens(text)
        return [found.groups for found in lexicon.read(words, [stem(word) for word in words])]

    assert read("the car park by the park") == [("parking",), ("park",)]
    assert read("two cars") == [("car",)]
    assert read("przy ławkach") == [("bench",)]


def test_words_inside_a_phrase_say_a_little_less_and_joining_words_alone_say_nothing() -> None:
    file = LexiconFile(
        same={"parking": ["car park"], "car": ["car"], "ill": ["ill"], "poorly": ["feeling ill"]},
        joining=["ill"],
    )
    reader = Reader(Lexicon([file]))
    meanings = reader.read("the car park").sides[Side.MEANINGS]
    assert meanings["parking"] == 1 > meanings["car"] > 0
    assert reader.read("I'll see").sides[Side.MEANINGS] == {}
    assert reader.read("feeling ill").sides[Side.MEANINGS] == {"poorly": 1}


def test_every_field_of_the_lexicon_names_groups_and_no_word_is_in_too_many() -> None:
    lexicon = read_lexicon(FOLDER)
    known = {group for groups in lexicon.groups for group in groups}
    assert lexicon.fields.keys() <= known, sorted(lexicon.fields.keys() - known)
    assert max(map(len, lexicon.groups)) <= 5
    assert len(known) > 200


def test_a_thousand_notes_take_no_longer_than_it_takes_to_look_up() -> None:
    known = thousand([note.text for note in read(OWN / "park.jsonl").notes])
    house_reader()
    working = time.process_time()
    found = suggest(known)
    # A second on a machine of one's own; tests share theirs.
    assert time.process_time() - working < 3
    assert isinstance(found, Suggestions)
    assert len(found.piles) == 800
    assert found.twins
    assert found.outline
