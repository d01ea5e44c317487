"""The neutral document of the paper pack, which is printed before anyone comes: types only."""

from enum import StrEnum

from msgspec import Struct


class Part(StrEnum):
    """What can be printed: cards for tables, a poster, boards for pens, slips for notes, a sheet for dots."""

    CARDS = "cards"
    POSTER = "poster"
    TOOLS = "tools"
    SLIPS = "slips"
    DOTS = "dots"


class Wifi(Struct, frozen=True):
    """A network that phones are let into; without a password an open one. It is on paper and nowhere else."""

    name: str
    password: str = ""


class Place(Struct, frozen=True):
    """A card: `name` of its group, "" for a card for everybody, and the link that brings a phone in there."""

    name: str
    link: str


class Field(Struct, frozen=True):
    """A zone on paper. `colour` names a note colour of the look; `where` is body, above or aside."""

    title: str
    prompt: str
    colour: str
    where: str
    row: str = ""
    column: str = ""


class Sheet(Struct, frozen=True):
    """A board to write on with pens. `layout`: grid or lanes."""

    title: str
    question: str
    layout: str
    fields: tuple[Field, ...]


class Pack(Struct, frozen=True):
    """`address` and `code` are for typing: 10.0.0.5:8000/j and KXR MTP WGD. `one`: what a group is called;
    "" where there are none. `at`: when the session was made (UTC ms): the same pack gives the same bytes."""

    title: str
    host: str
    contact: str
    aim: str
    language: str
    one: str
    address: str
    code: str
    link: str
    wifi: Wifi | None
    parts: tuple[Part, ...]
    places: tuple[Place, ...]
    sheets: tuple[Sheet, ...]
    slips: int
    at: int
