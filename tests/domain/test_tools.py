"""Tools and plans as data: what ships, what a mistake costs, how words find their language."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sessions.domain import text
from sessions.domain.plans import Layout, PhoneManner, Plan, Shows, Where
from sessions.domain.refused import Refused
from sessions.domain.rows import Sees
from sessions.domain.tools import COLOURS, SIGNS, Use, ZoneWords, as_board, check, languages, spoken
from sessions.shelf import OURS, Mistake, Shelf

SAMPLES = OURS / "samples"

TOOL = """
title = "Hopes"
layout = "lanes"
question = { en = "What do you hope for?", ur = "آپ کی کیا امید ہے؟" }

[[zones]]
id = "hope"
title = "Hope"
prompt.en = "What do you hope for?"
prompt.ur = "آپ کی کیا امید ہے؟"

[[zones]]
id = "later"
title = "Later"
prompt = "For later?"
where = "aside"
optional = true
"""

PLAN = """
title.en = "Hopes"
title.ur = "امیدیں"

[[boards]]
id = "hopes"
tool = "hopes"
with = ["later"]

[[stages]]
id = "alone"
title = "Alone"
boards = ["hopes"]
"""


@pytest.fixture(scope="module")
def shelf():
    return Shelf.read()


@pytest.fixture
def extra(tmp_path):
    (tmp_path / "tools").mkdir()
    (tmp_path / "plans").mkdir()
    (tmp_path / "tools/hopes.toml").write_text(TOOL, encoding="utf-8")
    (tmp_path / "plans/hopes.toml").write_text(PLAN, encoding="utf-8")
    return tmp_path


# What ships


def test_every_shipped_tool_and_plan_loads(shelf):
    assert shelf.mistakes == []
    assert set(shelf.tools) == {path.stem for path in (OURS / "tools").glob("*.toml")}
    assert set(shelf.plans) == {path.stem for path in (OURS / "plans").glob("*.toml")}
    assert {"influencer-matrix", "utopia", "ideas"} <= set(shelf.tools)
    assert {"gp-surgery-90", "park-evening", "hospital-ward", "meeting-20", "blank"} <= set(shelf.plans)


def test_a_resolved_plan_passes_the_checks_of_a_plan_from_outside(shelf):
    for plan in shelf.plans.values():
        again = msgspec.json.decode(msgspec.json.encode(plan), type=Plan)
        check(again)
        assert again == plan


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("gp-surgery-90", 90),
        ("park-evening", 60),
        ("gp-surgery-45", 45),
        ("hospital-ward", 45),
        ("meeting-20", 20),
    ],
)
def test_minutes_add_up_to_what_the_name_says(shelf, name, minutes):
    assert shelf.plans[name].minutes == minutes


def test_plans_are_offered_in_the_order_of_their_ranks(shelf):
    assert next(iter(shelf.plans)) == "gp-surgery-45"
    assert list(shelf.plans)[-1] == "blank"


def test_every_variant_resolves_with_and_without_its_optional_zones(shelf):
    for tool in shelf.tools.values():
        optional = tuple(zone.id for zone in tool.zones if zone.optional)
        for variant in ("", *(variant.id for variant in tool.variants)):
            for with_ in ((), optional):
                board = as_board(tool, Use(id="here", tool=tool.id, variant=variant, with_=with_))
                ids = [zone.id for zone in board.zones]
                assert len(ids) == len(set(ids))
                assert set(with_) == set(optional) & set(ids)
                assert any(zone.where is Where.BODY for zone in board.zones)


def test_six_cells_are_three_rows_by_two_columns(shelf):
    matrix = as_board(
        shelf.tools["influencer-matrix"], Use(id="m", tool="influencer-matrix", variant="six-cells")
    )
    assert matrix.layout is Layout.GRID
    cells = [(zone.row, zone.column) for zone in matrix.zones]
    assert len({row for row, _ in cells}) * len({column for _, column in cells}) == len(set(cells)) == 6


def test_five_levels_are_five_rows(shelf):
    tool = shelf.tools["influencer-matrix"]
    assert len(as_board(tool, Use(id="m", tool=tool.id, variant="five-levels")).zones) == 5


def test_a_round_is_private_before_it_is_shared(shelf):
    for plan in shelf.plans.values():
        opened: set[str] = set()
        for stage in plan.stages:
            if stage.manner is PhoneManner.WRITE:
                assert stage.boards or stage.asks
            for board in set(stage.boards) - opened:
                assert stage.sees is Sees.AUTHOR, f"{plan.id}: {board} is first opened by {stage.id}"
                opened.add(board)
        assert opened == {board.id for board in plan.boards}


def test_every_plan_ends_in_piles_and_then_a_list(shelf):
    for plan in shelf.plans.values():
        shown = [show for stage in plan.stages for show in stage.shows]
        assert shown.index(Shows.THEMES) < shown.index(Shows.ITEMS)
        assert (Shows.ESSENTIALS in shown) == bool(plan.essentials)


def test_must_haves_are_few(shelf):
    for plan in shelf.plans.values():
        assert not plan.essentials or 3 <= len(plan.essentials) <= 6, plan.id


@pytest.mark.parametrize("name", ["gp-surgery-90", "gp-surgery-45"])
def test_every_must_have_of_a_surgery_has_its_evidence(shelf, name):
    assert all(essential.why for essential in shelf.plans[name].essentials)


def test_must_haves_without_evidence_are_not_said_to_have_worked(shelf):
    bare = [plan for plan in shelf.plans.values() if not all(each.why for each in plan.essentials)]
    assert bare
    for plan in bare:
        prompts = [stage.prompt for stage in plan.stages if Shows.ESSENTIALS in stage.shows]
        assert not any("worked" in prompt for prompt in prompts), plan.id


def test_a_surgerys_lines_fall_under_the_five_areas_of_the_charter(shelf):
    areas = shelf.plans["gp-surgery-90"].areas
    assert len(areas) == 5
    assert shelf.plans["gp-surgery-45"].areas == areas
    assert not shelf.plans["park-evening"].areas


def shown_words(shelf):
    """Every word of ours that a person may read, by where it stands."""
    names = {
        "id",
        "tool",
        "colour",
        "sign",
        "layout",
        "where",
        "manner",
        "sees",
        "shows",
        "language",
    }

    def walk(data, key):
        match data:
            case str():
                yield key, data
            case list() | tuple():
                for part in data:
                    yield from walk(part, key)
            case dict():
                for name, part in data.items():
                    if name not in names:
                        yield from walk(part, f"{key}.{name}")

    for kind in ("tools", "plans"):
        for name, thing in getattr(shelf, kind).items():
            yield from walk(msgspec.to_builtins(thing), f"{kind}.{name}")


def test_infrastructural_is_never_a_word_that_people_read(shelf):
    words = dict(shown_words(shelf))
    assert "tools.influencer-matrix.zones.title" in words
    assert "plans.gp-surgery-45.boards.zones.prompt" in words
    assert not [key for key, said in shown_words(shelf) if re.search("infrastructur|individual", said, re.I)]


def test_our_own_words_are_clean_and_have_curly_quotes(shelf):
    for key, said in shown_words(shelf):
        assert not set("\"'") & set(said), key
        if said:
            assert text.clean(said) == said, key


def test_what_phones_ask_can_be_read_at_eleven(shelf):
    said = [
        said for key, said in shown_words(shelf) if re.search(r"\.(prompt|question|text|why)$", key) and said
    ]
    assert len(said) > 30
    assert not [(words, grade(words)) for words in said if grade(words) > 7]


def grade(words):
    """Flesch-Kincaid grade, with syllables counted by their vowels."""
    sentences = len(re.findall(r"[.?!]", words)) or 1
    found = re.findall(r"[a-z’]+", words.lower())
    syllables = sum(len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^l])e$", "", word))) or 1 for word in found)
    return 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59


def test_colours_and_signs_are_all_used_by_what_ships(shelf):
    zones = [zone for tool in shelf.tools.values() for zone in tool.zones]
    assert {zone.colour for zone in zones} == set(COLOURS)
    assert {zone.sign for zone in zones} == set(SIGNS)


# Boards


def test_a_plan_puts_its_own_words_on_a_zone(shelf):
    tool = shelf.tools["utopia"]
    words = ZoneWords(id="see", prompt="Look around the park. What do you see?")
    board = as_board(tool, Use(id="park", tool="utopia", title="The park", zones=(words,)))
    see, hear, _ = board.zones
    assert (board.title, see.prompt, see.title) == ("The park", words.prompt, "What I see")
    assert hear.prompt == "What are people saying?"


@pytest.mark.parametrize(
    ("use", "key"),
    [
        (Use(id="u", tool="utopia", variant="none"), "boards.u.variant"),
        (Use(id="u", tool="utopia", with_=("see",)), "boards.u.with"),
        (Use(id="u", tool="utopia", zones=(ZoneWords(id="smell"),)), "boards.u.zones.smell"),
        (Use(id="u", tool="utopia", zones=(ZoneWords(id="headline"),)), "boards.u.zones.headline"),
    ],
)
def test_a_board_cannot_use_what_its_tool_has_not(shelf, use, key):
    with pytest.raises(Refused) as refused:
        as_board(shelf.tools["utopia"], use)
    assert refused.value.code == "plan.unfit"
    assert refused.value.facts["key"] == key


def test_the_short_surgery_keeps_to_the_minutes_it_was_tried_with(shelf):
    plan = shelf.plans["gp-surgery-45"]
    minutes = [stage.minutes for stage in plan.stages]
    # The list is read back before the dots, and worries come before hands.
    phases = [*minutes[:8], sum(minutes[8:10]), sum(minutes[10:12]), minutes[12]]
    assert (phases, plan.spare) == ([3, 2, 5, 6, 5, 4, 3, 6, 4, 3, 2], 2)


def test_a_plan_from_a_host_is_checked_as_a_file_is(shelf):
    plan = shelf.plans["gp-surgery-45"]
    matrix, utopia, _ = plan.boards
    purple = msgspec.structs.replace(matrix.zones[0], colour="purple")
    bare = msgspec.structs.replace(utopia, zones=())
    changes: list[tuple[dict[str, Any], str]] = [
        ({"boards": (matrix, utopia, matrix)}, "boards.matrix.id"),
        ({"boards": (matrix, bare)}, "boards.utopia.zones"),
        (
            {"boards": (msgspec.structs.replace(matrix, zones=(purple,)), utopia)},
            "boards.matrix.zones.individual.colour",
        ),
        ({"boards": (matrix,)}, "stages.utopia-alone.boards"),
        ({"stages": plan.stages[:1] * 2}, "stages.arrive.id"),
        ({"essentials": (msgspec.structs.replace(plan.essentials[0], id="clock"),)}, "essentials.clock.id"),
        ({"areas": plan.areas[:1] * 2}, "areas.staff-sit.id"),
    ]
    for change, key in changes:
        with pytest.raises(Refused) as refused:
            check(msgspec.structs.replace(plan, **change))
        assert (refused.value.code, refused.value.facts["key"]) == ("plan.unfit", key)


# Words by language


def test_words_are_found_by_language_and_fall_back_to_english():
    data = {
        "title": {"en": "Hope", "ur": "امید"},
        "zones": [{"id": "a", "prompt": {"en": "What?", "cy": "Beth?"}}],
    }
    assert spoken(data, "ur-PK") == {"title": "امید", "zones": [{"id": "a", "prompt": "What?"}]}
    assert spoken(data, "cy") == {"title": "Hope", "zones": [{"id": "a", "prompt": "Beth?"}]}
    assert languages(data) == {"en", "ur", "cy"}


def test_a_plan_can_be_had_in_another_language(extra):
    shelf = Shelf.read(extra)
    assert shelf.mistakes == []
    plan = shelf.plan("hopes", "ur")
    assert (plan.title, plan.language) == ("امیدیں", "ur")
    assert plan.boards[0].question == "آپ کی کیا امید ہے؟"
    assert [zone.prompt for zone in plan.boards[0].zones] == ["آپ کی کیا امید ہے؟", "For later?"]
    assert shelf.plan("hopes") == shelf.plans["hopes"]


def test_an_unknown_plan_is_refused(shelf):
    with pytest.raises(Refused, match=r"plan\.unknown"):
        shelf.plan("never-heard-of-it")


# Mistakes


@pytest.mark.parametrize(
    ("kind", "old", "new", "key", "reason"),
    [
        ("tools", 'title = "Hopes"', 'title = "Hopes', "", "line 2"),
        ("tools", 'title = "Hopes"', "", "title", "missing"),
        ("tools", 'title = "Hopes"', "title = 3", "title", "`int`"),
        ("tools", 'title = "Hopes"', f'title = "{"x" * 81}"', "title", "<= 80"),
        ("tools", 'title = "Hopes"', 'titel = "Hopes"', "titel", "no such key"),
        ("tools", 'title = "Hopes"', 'title = "Hopes"\nid = "hopes"', "id", "file's name"),
        ("tools", 'layout = "lanes"', 'layout = "spiral"', "layout", "spiral"),
        ("tools", 'title = "Later"', "", "zones.later.title", "missing"),
        ("tools", 'prompt = "For later?"', "prompt = false", "zones.later.prompt", "`bool`"),
        ("tools", 'prompt = "For later?"', 'prompt = { cy = "Wedyn?" }', "zones.later.prompt", "`object`"),
        ("tools", 'prompt = "For later?"', 'prompt = "?"\ncolour = "purple"', "zones.later.colour", "purple"),
        (
            "tools",
            'prompt = "For later?"',
            'prompt = "?"\nsign = "cloud"',
            "zones.later.sign",
            "three-people",
        ),
        ("tools", 'id = "later"', 'id = "hope"', "zones.hope.id", "twice"),
        ("tools", 'id = "later"', "", "zones.2.id", "missing"),
        ("tools", 'id = "hope"', 'id = "hope"\noptional = true', "zones", "not optional"),
        ("tools", 'prompt.ur = "', 'prompt.ur = "' + "آ" * 400, "zones.hope.prompt", "<= 400"),
        ("plans", 'tool = "hopes"', 'tool = "hoops"', "boards.hopes.tool", "hoops"),
        ("plans", 'tool = "hopes"', 'tool = "hopes"\nvariant = "six"', "boards.hopes.variant", "six"),
        ("plans", '"later"', '"sooner"', "boards.hopes.with", "sooner"),
        ("plans", 'boards = ["hopes"]', 'boards = ["fears"]', "stages.alone.boards", "fears"),
        ("plans", 'boards = ["hopes"]', "minutes = 500", "stages.alone.minutes", "<= 240"),
        ("plans", 'boards = ["hopes"]', 'manner = "shout"', "stages.alone.manner", "shout"),
        (
            "plans",
            "[[stages]]",
            '[[stages]]\nid = "alone"\ntitle = "A"\n[[stages]]',
            "stages.alone.id",
            "twice",
        ),
        (
            "plans",
            "[[stages]]",
            '[[essentials]]\nid = "screen"\ntext = "T"\n[[stages]]',
            "essentials.screen.id",
            "taken",
        ),
    ],
)
def test_a_mistake_names_file_key_and_reason_and_the_rest_loads(extra, kind, old, new, key, reason):
    path = extra / kind / "hopes.toml"
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    shelf = Shelf.read(extra)
    mistake = shelf.mistakes[0]
    assert (mistake.file, mistake.key) == (str(path), key)
    assert reason in mistake.reason
    assert str(mistake).startswith(str(path))
    assert "hopes" not in shelf.plans
    assert {"gp-surgery-45", "meeting-20", "blank"} <= set(shelf.plans)
    assert len(shelf.mistakes) == (1 if kind == "plans" else 2), "a plan without its tool is told of too"


def test_a_file_that_is_not_text_is_a_mistake(extra):
    (extra / "plans/hopes.toml").write_bytes(b"\xff\xfe")
    [mistake] = Shelf.read(extra).mistakes
    assert mistake.file.endswith("hopes.toml")


def test_a_file_name_that_cannot_be_an_id_is_a_mistake(extra):
    (extra / "plans/hopes.toml").rename(extra / "plans/Our Hopes.toml")
    [mistake] = Shelf.read(extra).mistakes
    assert (Path(mistake.file).name, mistake.key) == ("Our Hopes.toml", "id")
    assert "small letters" in mistake.reason


def test_a_folder_that_is_not_there_is_a_mistake(tmp_path):
    shelf = Shelf.read(tmp_path / "nowhere")
    assert shelf.mistakes == [Mistake(str(tmp_path / "nowhere"), "", "there is no such folder")]
    assert "blank" in shelf.plans


def test_a_hosts_file_stands_in_for_ours_unless_it_has_a_mistake(extra):
    ours = (OURS / "plans/blank.toml").read_text(encoding="utf-8")
    blank = extra / "plans/blank.toml"
    blank.write_text(ours.replace('title = "Blank"', 'title = "Our evening"'), encoding="utf-8")
    assert Shelf.read(extra).plans["blank"].title == "Our evening"
    blank.write_text(ours.replace('title = "Blank"', "title = 0"), encoding="utf-8")
    shelf = Shelf.read(extra)
    assert shelf.plans["blank"].title == "Blank"
    assert [mistake.key for mistake in shelf.mistakes] == ["title"]


# Sample notes


def test_every_sample_note_fits_the_tools_and_the_rules(shelf):
    lines = (SAMPLES / "gp-surgery.jsonl").read_text(encoding="utf-8").splitlines()
    themes = json.loads((SAMPLES / "gp-surgery.themes.json").read_text(encoding="utf-8"))
    boards = {board.tool: {zone.id for zone in board.zones} for board in shelf.plans["gp-surgery-45"].boards}
    assert len(lines) == 220
    for note in map(json.loads, lines):
        assert note["zone"] in boards[note["tool"]]
        assert note["theme"] in themes or note["theme"] == "other"
        assert text.note(note["text"]) == note["text"]
    for theme in themes.values():
        assert text.title(theme["name"]) == theme["name"]
        assert text.wording(theme["item"]) == theme["item"]
