"""The paper pack, read back: its words by poppler, its squares as a phone would read them."""

import re
import subprocess
from typing import Any

import pytest
from msgspec.structs import replace

from app.wording import words
from exports import render_pack
from exports.pack_file import wifi_words
from sessions.domain.pack import Field, Pack, Part, Place, Sheet, Wifi
from tests.exports.squares import read_codes

pytestmark = pytest.mark.poppler

LABELS = {key.partition(".")[2]: sentence for key, sentence in words("en").under("sheets").items()}
WAY = "http://192.168.178.20:8000/j/KXRMTPWGD"
GUESTS = Wifi("Village Hall; Guests", 'walk"together\\2026:,')
GUESTS_READ = r"WIFI:T:WPA;S:Village Hall\; Guests;P:walk\"together\\2026\:\,;;"
URDU = "پرائمری کیئر نیٹ ورک"
LONG = (
    "Why would that help people here to move more than today, and who would have to agree to it first? " * 4
)

ZONES = tuple(
    Field(title, f"What about {title}?", "see", where)
    for title, where in (("See", "body"), ("Hear", "body"), ("News", "above"), ("Another day", "aside"))
)


def pack(*parts: Part, **more: Any) -> Pack:
    known = Pack(
        title="Lower Valley, November",
        host="Active Valley",
        contact="hello@activevalley.example",
        aim="Patients walk more",
        language="en",
        one="network",
        address="192.168.178.20:8000/j",
        code="KXR MTP WGD",
        link=WAY,
        wifi=GUESTS,
        parts=parts or tuple(Part),
        places=tuple(
            Place(name, f"{WAY}?t=g{n}") for n, name in enumerate(("Oak", "Upper Calder", "Elm <b>"), 1)
        ),
        sheets=(Sheet("Utopia", "Picture this place.", "lanes", ZONES),),
        slips=48,
        at=1_792_504_800_000,
    )
    return replace(known, **more)


def printed(*parts: Part, **more: Any) -> bytes:
    return render_pack(pack(*parts, **more), LABELS)


def poppler(program: str, content: bytes, *options: str) -> str:
    target = ["-", "-"] if program == "pdftotext" else ["-"]
    done = subprocess.run([program, *options, *target], input=content, capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


def text(content: bytes, *options: str) -> str:
    """What stands on it, without the places where lines and words of it were broken."""
    return re.sub(r"[\s\u200b]", "", poppler("pdftotext", content, "-raw", *options))


def tight(said: str) -> str:
    return re.sub(r"\s", "", said)


def sizes(content: bytes) -> list[str]:
    told = poppler("pdfinfo", content, "-f", "1", "-l", "99")
    across = re.findall(r"Page +\d+ size:\s+([\d.]+) x ([\d.]+)", told)
    names = {(595, 842): "A4", (1191, 842): "A3"}
    return [names[round(float(wide)), round(float(high))] for wide, high in across]


def test_a_card_lets_a_phone_into_the_wifi_and_to_its_own_table() -> None:
    cards = printed(Part.CARDS)
    assert read_codes(cards, 1) == [GUESTS_READ, f"{WAY}?t=g1", GUESTS_READ, f"{WAY}?t=g2"]
    assert read_codes(cards, 2) == [GUESTS_READ, f"{WAY}?t=g3"]
    said = text(cards)
    for name in ("Oak", "Upper Calder", "Elm <b>"):
        assert tight(name) in said
    for typed in ("KXR MTP WGD", "192.168.178.20:8000/j", GUESTS.name, GUESTS.password):
        assert said.count(tight(typed)) == 3


def test_without_a_wifi_there_is_one_square_and_nothing_of_a_network() -> None:
    cards = printed(Part.CARDS, Part.POSTER, wifi=None)
    assert read_codes(cards, 1) == [f"{WAY}?t=g1", f"{WAY}?t=g2"]
    assert tight(LABELS["wifi"]) not in text(cards)


def test_without_groups_there_is_a_card_for_everybody() -> None:
    card = printed(Part.CARDS, places=(Place("", WAY),), one="")
    assert sizes(card) == ["A4"]
    assert read_codes(card, 1) == [GUESTS_READ, WAY]
    assert text(card).count(tight("Lower Valley, November")) == 1


def test_the_poster_has_both_squares_and_whom_to_ask() -> None:
    poster = printed(Part.POSTER)
    assert sizes(poster) == ["A4"]
    assert read_codes(poster, 1) == [GUESTS_READ, WAY]
    assert tight("Questions? hello@activevalley.example") in text(poster)


def test_the_squares_of_networks_with_odd_names_are_escaped_and_open_ones_say_so() -> None:
    assert wifi_words(Wifi("Hall")) == "WIFI:T:nopass;S:Hall;;"
    assert wifi_words(GUESTS) == GUESTS_READ
    card = printed(Part.CARDS, wifi=Wifi("Dorfsaal Gäste"), places=(Place("Oak", WAY),))
    assert read_codes(card, 1) == ["WIFI:T:nopass;S:Dorfsaal Gäste;;", WAY]
    assert tight(LABELS["open_network"]) in text(card)


def test_boards_are_drawn_large_with_every_zone_and_its_question() -> None:
    boards = printed(Part.TOOLS)
    assert sizes(boards) == ["A3"]
    said = text(boards)
    for zone in ZONES:
        assert tight(zone.title) in said
        assert tight(zone.prompt) in said
    assert said.index("News") < said.index("See") < said.index("Anotherday")


def test_slips_are_numbered_without_a_gap_and_ask_where_they_go() -> None:
    slips = printed(Part.SLIPS)
    assert sizes(slips) == ["A4"] * 6
    said = poppler("pdftotext", slips, "-raw")
    assert [int(n) for n in re.findall(r"^\f?Slip (\d+)\b", said, re.MULTILINE)] == list(range(1, 49))
    assert text(slips).count("News") == text(slips).count("Hear") == 48
    assert "Anotherday" not in text(slips)
    assert tight("Our network:") in text(slips)


def test_the_sheet_for_dots_has_twelve_letters() -> None:
    dots = printed(Part.DOTS)
    assert sizes(dots) == ["A4"]
    assert re.findall(r"^[A-Z]$", poppler("pdftotext", dots, "-raw"), re.MULTILINE) == list("ABCDEFGHIJKL")


def test_a_pack_is_what_was_chosen_and_in_order() -> None:
    assert sizes(printed()) == ["A4"] * 3 + ["A3"] + ["A4"] * 7


def test_the_same_pack_is_the_same_bytes_and_can_be_read_aloud() -> None:
    assert printed() == printed()
    assert b"pdfuaid" in printed()
    assert "Title:           Paper pack: Lower Valley, November" in poppler("pdfinfo", printed())


CROWDED = {
    "title": "W" * 60 + " and more",
    "host": "H" * 200,
    "contact": "c" * 200,
    "aim": LONG,
    "address": "workshops.a-very-long-name-of-a-partnership.org.uk/j",
    "wifi": Wifi("S" * 32, "p" * 63),
    "places": (Place("W" * 80, WAY), Place(f"{URDU} " * 4, WAY), Place("Llanfairpwll" * 5, WAY)),
    "sheets": tuple(
        Sheet("A board", LONG, layout, tuple(Field(LONG[:80], LONG, "see", "body") for _ in range(n)))
        for layout, n in (("grid", 1), ("grid", 5), ("grid", 12), ("lanes", 5), ("lanes", 9))
    ),
}


@pytest.mark.parametrize("language", ["en", "ur"])
def test_long_words_and_words_from_the_right_stay_on_their_page(language: str) -> None:
    content = printed(language=language, **CROWDED)
    assert sizes(content) == ["A4"] * 3 + ["A3"] * 5 + ["A4"] * 7
    boxes = poppler("pdftotext", content, "-bbox")
    for page in re.split(r"(?=<page )", boxes)[1:]:
        wide, high = map(float, re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', page)[0])
        for edge, most in (("xMax", wide), ("yMax", high)):
            assert max(map(float, re.findall(rf'{edge}="([\d.]+)"', page))) <= most
        assert min(map(float, re.findall(r'[xy]Min="(-?[\d.]+)"', page))) >= 0
    assert read_codes(content, 1).count(WAY) == 2
    letters = re.sub("[^\u0600-\u06ff]", "", URDU)
    told = re.sub("[^\u0600-\u06ff]", "", poppler("pdftotext", content, "-l", "1"))
    assert sorted(told) == sorted(letters * 4)


def test_what_people_wrote_is_never_a_command() -> None:
    poison = '#panic() $x$ *b* @x <y> = "q" \\ {{7*7}}'
    content = printed(Part.CARDS, Part.TOOLS, places=(Place(poison, WAY),), title=poison)
    assert text(content).count(tight(poison)) >= 3
