"""The neutral document that every export reads: types only."""

from msgspec import Struct


class Words(Struct, frozen=True):
    """One note, as it was written, or a part of it (`part_of`: the whole of it). `group` and `held` (kept
    off the wall, or not shown yet) are told in a host's copy alone, as is the `slip` of paper it was read
    from (0: one without a number); `binned`: held, as it is not wanted. `owner`: who takes on a note of
    another day; `late`: written after the end. `meaning`: what it means in English. `same_as`: the note that
    says the same and stands for both. `sent_up`: its group chose it from all it wrote, told in a host's copy
    alone."""

    text: str
    board: str
    zone: str
    voice: str
    held: bool = False
    group: str = ""
    part_of: str = ""
    binned: bool = False
    owner: str = ""
    late: bool = False
    meaning: str = ""
    slip: int | None = None
    same_as: str = ""
    sent_up: bool = False


class Reason(Struct, frozen=True):
    """What somebody said against a line; `stop`: they ask not to do it. In a host's copy alone."""

    text: str
    stop: bool


class Chosen(Struct, frozen=True):
    """What the room made of a line once it stood there. `dots`: none where it was not put to the vote, or
    the votes are not shown yet. `worried`, `stop`: people. `helpers`: who would help start it and agreed to
    be named; in a host's copy all who gave a name, and `private` are those of them who did not agree.
    `helping`: how many offered, of those that may be told."""

    dots: int | None = None
    worried: int = 0
    stop: int = 0
    reasons: tuple[Reason, ...] = ()
    helpers: tuple[str, ...] = ()
    helping: int = 0
    private: tuple[str, ...] = ()


class Vote(Struct, frozen=True):
    """The vote on the list: how many people took part, with how many dots each."""

    people: int
    budget: int


class Line(Struct, frozen=True):
    """A line of the shopping list, and where it was heard: at `heard_at` of `of` groups.

    `text` is the full wording and `pile` the short name that the room gave it. `levels` and `senses`
    are titles of the zones it came from. `audiences` are of staff, patients, community; `area` and
    `route` are keys of the field's own lists. What is empty was left for later. `ideas`: of the notes those
    that say what no other of them stands for. `quotes`: the one or two sentences to read out with the line.
    `unnamed`: of the groups it was heard at, those too small to be named in a copy for the room.
    """

    letter: str
    text: str
    pile: str
    notes: int
    people: int
    groups: tuple[str, ...]
    of: int
    worried: int
    against: int
    words: tuple[Words, ...]
    levels: tuple[str, ...] = ()
    senses: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    area: str = ""
    route: str = ""
    essential: bool = False
    quick: bool = False
    owner: str = ""
    first_step: str = ""
    review: str = ""
    help: str = ""
    chosen: Chosen = Chosen()
    ideas: int = 0
    quotes: tuple[Words, ...] = ()
    unnamed: int = 0

    @property
    def heard_at(self) -> int:
        """How many groups."""
        return len(self.groups) + self.unnamed


class Pile(Struct, frozen=True):
    """A pile that no line was made of yet, with its notes."""

    title: str
    words: tuple[Words, ...]


class Group(Struct, frozen=True):
    """A group of the plan, and whether anybody of it was here."""

    id: str
    name: str
    here: bool


class Noun(Struct, frozen=True):
    """What a group is called: table, tables."""

    one: str
    many: str


class Fate(Struct, frozen=True):
    """Where notes of one group went. `why`: `line` (with its `letter`, and its short name as `title`), `pile`
    (one without a line), `unplaced` or `later`. The room could read them all."""

    why: str
    words: tuple[Words, ...]
    letter: str = ""
    title: str = ""


class Reply(Struct, frozen=True):
    """What goes back to a group: what it said, where that went, what did not go in and why. `letters`: the
    lines it was heard in. `few`: so few people wrote there that everybody would know who; in a copy for
    the room also where leaving its notes out keeps those of others from being known. Then only a host's copy
    has `went`. `held`: how many more notes were kept off the wall, or are not shown yet, in a host's copy
    alone; never their words, as the page is handed on."""

    group: str
    letters: tuple[str, ...]
    went: tuple[Fate, ...]
    few: bool = False
    held: int = 0


class MustHave(Struct, frozen=True):
    """Added by the host; never counted as the room's. `letters`: lines in which the room said it too;
    `notes`: how many shown notes say it, there or elsewhere.

    `do`, `could`, `not_here`: people, by what they say to it; nought where too few answered to be told.
    `words`, notes that a host matched by hand, and `reasons`, why not here, are told in a host's copy alone.
    """

    text: str
    why: str
    letters: tuple[str, ...] = ()
    notes: int = 0
    do: int = 0
    could: int = 0
    not_here: int = 0
    words: tuple[Words, ...] = ()
    reasons: tuple[str, ...] = ()


class Cell(Struct, frozen=True):
    """A zone of a board and how many shown notes it holds: an empty one is what to act on."""

    board: str
    zone: str
    notes: int


class Report(Struct, frozen=True):
    """A session on paper. `seq` and `mark` name the exact state it was made from, and `at` is the time of
    its last fact (UTC ms), so that the same report gives the same bytes on any day. `reflections`
    are about the workshop itself, and none of the room's ideas."""

    title: str
    aim: str
    host: str
    code: str
    date: str
    kept_until: str
    noun: Noun
    groups: tuple[Group, ...]
    people: int
    lines: tuple[Line, ...]
    unlisted: tuple[Pile, ...]
    unplaced: tuple[Words, ...]
    later: tuple[Words, ...]
    essentials: tuple[MustHave, ...]
    host_copy: bool
    seq: int
    mark: str
    at: int = 0
    language: str = "en"
    coverage: tuple[Cell, ...] = ()
    reflections: tuple[Words, ...] = ()
    vote: Vote | None = None
    replies: tuple[Reply, ...] = ()
