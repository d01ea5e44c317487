"""Rows of piles and lines."""

from sessions.domain.choices import Voice
from sessions.domain.rows.row import Row


class ThemeRow(Row, frozen=True, tag="theme"):
    """A pile. `into`: the pile it was merged into. Piles stand in the order of `order`."""

    title: str
    into: str | None
    order: int


class PlaceRow(Row, frozen=True, tag="place"):
    """`place:NOTE`: which pile a note is in; hosts, and walls once both may be shown."""

    note: str
    theme: str
    voice: Voice


class TwinRow(Row, frozen=True, tag="twin"):
    """`twin:NOTE`: the `headline` note that says the same; for hosts, and walls once piles are shown."""

    note: str
    headline: str


class ItemRow(Row, frozen=True, tag="item", omit_defaults=True):
    """A line of the shopping list. The counts are of shown notes only, and the same for everyone.

    Lines stand in the order of `order`, those that undo left in one place in that of `id`; their letters
    follow from that. `levels` and `senses` are those of the notes, until a host says otherwise. What is
    empty was left for later. `heard_at`: from how many groups, and never which: of one note it would tell
    whose table it is from. All who sit at none count as one, and are told apart no more than a table.
    `worried`, `against`: of the `people`, those with such a note. `twins`: notes of the count that say the
    same as another of them.
    """

    text: str
    theme: str | None
    order: int
    notes: int
    people: int
    heard_at: int
    worried: int
    against: int
    levels: tuple[str, ...]
    senses: tuple[str, ...]
    audiences: tuple[str, ...]
    area: str
    route: str
    essential: bool
    quick: bool
    owner: str
    first_step: str
    review: str
    help: str
    twins: int = 0


class QuoteRow(Row, frozen=True, tag="quote"):
    """`quote:LINE`: the one or two shown notes, or parts of them, that stand with a line, the first of them
    first: those that a host has chosen or else, by a rule, the room's own; for hosts, and walls once lines
    are shown. There is none as long as nothing is heard in the line. `among`: a mark of all that is heard
    there, another one whenever that is.
    """

    item: str
    notes: tuple[str, ...]
    among: str


class StepRow(Row, frozen=True, tag="step"):
    """`step:SEQ`, for hosts: one sorting step that `undo` can name."""

    step: int
    did: str
    by: str
    touched: int
    undone: bool
