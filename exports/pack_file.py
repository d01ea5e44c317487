"""The paper pack as PDF: cards with their codes, a poster, boards, slips, a sheet for dots."""

from collections.abc import Mapping
from io import BytesIO

import segno
from msgspec import Struct

from exports.plain import is_right_to_left
from exports.typesetting import typeset
from sessions.domain.pack import Pack, Sheet, Wifi

_ESCAPED = str.maketrans({letter: f"\\{letter}" for letter in '\\;,":'})


class Card(Struct, frozen=True):
    """`code`: the square as SVG."""

    name: str
    leftwards: bool
    code: str


class Pages(Struct, frozen=True):
    language: str
    title: str
    host: str
    contact: str
    aim: str
    one: str
    address: str
    code: str
    square: str
    wifi: Wifi | None
    wifi_square: str
    parts: tuple[str, ...]
    cards: tuple[Card, ...]
    sheets: tuple[Sheet, ...]
    slips: int


def render(pack: Pack, labels: Mapping[str, str]) -> bytes:
    pages = Pages(
        language=pack.language,
        title=pack.title,
        host=pack.host,
        contact=pack.contact,
        aim=pack.aim,
        one=pack.one,
        address=pack.address,
        code=pack.code,
        square=square(pack.link),
        wifi=pack.wifi,
        wifi_square=square(wifi_words(pack.wifi)) if pack.wifi else "",
        parts=pack.parts,
        cards=tuple(
            Card(place.name, is_right_to_left(place.name), square(place.link)) for place in pack.places
        ),
        sheets=pack.sheets,
        slips=pack.slips,
    )
    return typeset("pack.typ", pages, labels, pack.at)


def wifi_words(wifi: Wifi) -> str:
    """What phones read from a square to join a network."""
    name, password = wifi.name.translate(_ESCAPED), wifi.password.translate(_ESCAPED)
    return f"WIFI:T:WPA;S:{name};P:{password};;" if password else f"WIFI:T:nopass;S:{name};;"


def square(words: str) -> str:
    """A QR code as SVG, without its quiet edge: the page keeps that free."""
    drawn = BytesIO()
    code = segno.make_qr(words, error="m", encoding="utf-8" if not words.isascii() else None)
    code.save(drawn, kind="svg", border=0, omitsize=True, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()
