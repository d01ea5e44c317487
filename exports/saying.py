"""What paper says around the room's own words: the same sentence, whichever file it stands in."""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from sessions.domain.report import Chosen, Fate, Line, MustHave, Reply, Report, Words

Labels = Mapping[str, str]

_LONGEST_QUOTE, _LONGEST_NAME = 160, 90
_IN_MARKS = re.compile(
    r"""\s*(?:“(.+)”|"(.+)"|„(.+)[”“]|«(.+)»|‹(.+)›|‘(.+)’|'(.+)')([.,!?…]*)\s*""", re.DOTALL
)


def count(what: str, n: int, labels: Labels, **more: int) -> str:
    """23 notes, 1 person."""
    return labels[f"{what}.{'one' if n == 1 else 'other'}"].format(n=n, **more)


def notes(line: Line, labels: Labels) -> str:
    """23 notes, and how many ideas they are where some say the same."""
    said = count("notes", line.notes, labels)
    return f"{said}, {count('ideas', line.ideas, labels)}" if 0 < line.ideas < line.notes else said


def heard(line: Line, report: Report, labels: Labels) -> str:
    """23 notes from 14 people, at 3 of 5 tables; then, apart, who is worried and who is against."""
    if not line.notes:
        return labels["no_notes"]
    known = {
        "notes": notes(line, labels),
        "people": count("people", line.people, labels),
        "n": line.heard_at,
        "of": line.of,
        "many": report.noun.many,
    }
    if line.of > 1:
        sentence = labels["heard"].format_map(known)
    elif line.people <= report.people:  # one group has nothing to compare: people then, of all who were here
        everybody = count("people", report.people, labels)
        sentence = labels["heard_people"].format_map(known | {"n": line.people, "people": everybody})
    else:
        sentence = labels["heard_alone"].format_map(known)
    return "; ".join([sentence, *objections(line, labels)])


def objections(line: Line, labels: Labels) -> list[str]:
    """2 worried, 1 against; nothing where nobody is."""
    said = [labels[key].format(n=n) for key, n in (("worried", line.worried), ("against", line.against)) if n]
    return [", ".join(said)] if said else []


def voted(line: Line, labels: Labels) -> list[str]:
    return [] if line.chosen.dots is None else [count("dots", line.chosen.dots, labels)]


def chosen(line: Line, labels: Labels) -> dict[str, str]:
    """What the room made of a line, by the key of its label; empty where it said nothing."""
    said = line.chosen
    felt = [(said.worried, "felt_worried"), (said.stop, "felt_stop")]
    nameless = said.helping - len(said.helpers)
    helpers = [
        *helpers_of(said, labels),
        *([count("helpers_more", nameless, labels)] if nameless > 0 else []),
    ]
    return {
        "dots_given": "" if said.dots is None else str(said.dots),
        "felt": ", ".join(count(key, n, labels) for n, key in felt if n),
        "reasons": " ".join(quoted(reason.text) for reason in said.reasons),
        "helpers": ", ".join(helpers),
    }


def helpers_of(said: Chosen, labels: Labels) -> Iterator[str]:
    """Names, with a word beside those that are for the host alone."""
    private = list(said.private)
    for name in said.helpers:
        if name in private:
            private.remove(name)
            yield labels["helper_private"].format(name=name)
        else:
            yield name


def was_chosen(report: Report) -> bool:
    """Whether the room was asked to choose, as far as the reader may know."""
    return report.vote is not None or any(line.chosen != Chosen() for line in report.lines)


def about(line: Line, labels: Labels) -> dict[str, str]:
    """What organisers settled about a line, by the key of its label; empty where it was left for later."""
    return {
        "level": ", ".join(line.levels),
        "sense": ", ".join(line.senses),
        "audience": ", ".join(_named("audience", each, labels) for each in line.audiences),
        "area": line.area,
        "route": _named("route", line.route, labels),
        "essential": labels["yes"] if line.essential else "",
        "quick": labels["yes"] if line.quick else "",
        "owner": line.owner,
        "first_step": line.first_step,
        "review": line.review,
        "help": line.help,
    }


def flags(line: Line, labels: Labels) -> tuple[str, ...]:
    return tuple(labels[flag] for flag in ("essential", "quick") if getattr(line, flag))


def is_quoted(text: str) -> bool:
    """Whether its writer has put all of it in quotation marks: then it gets no second ones."""
    return _IN_MARKS.fullmatch(text) is not None


def quoted(text: str) -> str:
    """People's words in quotation marks, their own or ours."""
    return text if is_quoted(text) else f"“{text}”"


def _bare(text: str) -> str:
    """Without the marks around all of it, where ours come around it."""
    found = _IN_MARKS.fullmatch(text)
    return "".join(part for part in found.groups() if part) if found else text


def quotes(line: Line) -> list[str]:
    """The sentences that stand with a line, in quotation marks, none so long that it would push others off
    the page."""
    return [_quote(words.text) for words in line.quotes]


def _quote(text: str) -> str:
    # Whoever cuts off a mark puts one there.
    is_cut = len(" ".join(text.split())) > _LONGEST_QUOTE
    return quoted(shortened(_bare(text) if is_cut else text, _LONGEST_QUOTE))


def brief(line: Line) -> str:
    """What a line is called where its full wording has no room."""
    return shortened(line.pile or line.text, _LONGEST_NAME)


def also_said(must: MustHave, labels: Labels) -> str:
    """Where the room came to the same must-have by itself, or how often."""
    if not must.letters:
        return labels["said_before"].format(notes=count("notes", must.notes, labels)) if must.notes else ""
    sentence = labels[f"also_said.{'one' if len(must.letters) == 1 else 'other'}"]
    return sentence.format(letters=", ".join(must.letters), notes=count("notes", must.notes, labels))


def answered(must: MustHave, labels: Labels) -> str:
    """What people say to a must-have, in numbers."""
    if not (must.do or must.could or must.not_here):
        return ""
    return labels["must_answers"].format(do=must.do, could=must.could, not_here=must.not_here)


def told(words: Words, labels: Labels) -> str:
    """A note among others in one cell: what was kept off the wall says so there too."""
    return f"{words.text} ({labels['held']})" if words.held else words.text


def marks(words: Words, labels: Labels) -> Iterator[str]:
    """What must stand beside a note wherever it is read."""
    if words.voice != "for":
        yield labels[f"voice_{words.voice}"]
    if words.held:
        yield kept_off(words, labels)
    if words.group:
        yield words.group
    if words.sent_up:
        yield labels["sent_up"]
    if words.late:
        yield labels["late"]
    if words.owner:
        yield labels["owned"].format(owner=words.owner)
    if words.slip:
        yield labels["slip_says"].format(n=words.slip)
    if words.part_of:
        yield labels["part_of_says"].format(whole=_bare(words.part_of))
    if words.same_as:
        yield labels["same_as_says"].format(text=shortened(_bare(words.same_as), _LONGEST_NAME))
    if words.meaning:
        yield labels["meaning_says"].format(text=_bare(words.meaning))


def kept_off(words: Words, labels: Labels) -> str:
    """How a held note is marked."""
    return labels["binned"] if words.binned else labels["held"]


def by_question(notes: Iterable[Words]) -> dict[tuple[str, str], list[Words]]:
    """The notes under the question they answer, so that it need not be said beside each."""
    heaps: dict[tuple[str, str], list[Words]] = {}
    for words in notes:
        heaps.setdefault((words.board, words.zone), []).append(words)
    return heaps


def went(fate: Fate, labels: Labels) -> str:
    """Where notes of a group went, or why they did not go in."""
    named = f"{'went' if fate.title else 'no'}_{fate.why}"
    return labels.get(named, labels.get(fate.why, "")).format(letter=fate.letter, title=fate.title)


def reply_heard(reply: Reply, labels: Labels) -> str:
    """In which lines a group was heard."""
    if not reply.letters:
        # Where few sat it is not told, not even that there is none.
        return "" if reply.few else labels["reply_heard.none"]
    sentence = labels[f"reply_heard.{'one' if len(reply.letters) == 1 else 'other'}"]
    return sentence.format(letters=", ".join(reply.letters))


def reply_few(reply: Reply, report: Report, labels: Labels) -> str:
    """Why the notes of so few people are not there, or are to be handed on with care."""
    if not reply.few:
        return ""
    return labels["reply_few_host" if report.host_copy else "reply_few"].format(group=reply.group)


def reply_held(reply: Reply, labels: Labels) -> str:
    """How many notes stayed private: a page that is handed on tells no more of them."""
    return count("reply_held", reply.held, labels) if reply.held else ""


def reply_says(reply: Reply, report: Report, labels: Labels) -> list[str]:
    """What stands above the notes of a group, sentence by sentence."""
    said = reply_heard(reply, labels), reply_few(reply, report, labels), reply_held(reply, labels)
    return [sentence for sentence in said if sentence]


def beside_reply(words: Words, labels: Labels) -> str:
    """On the page of a group: what it is about says already where it came from and why it is there."""
    return ", ".join(marks(replace(words, group="", slip=None, same_as=""), labels))


def vote(report: Report, labels: Labels) -> str:
    """How many chose, with how many dots; nothing as long as that is not shown."""
    known = report.vote
    return count("vote_says", known.budget, labels, people=known.people) if known else ""


def absent(report: Report) -> list[str]:
    """The groups from which nobody was here; none where it was not asked who comes from where."""
    names = [group.name for group in report.groups if not group.here]
    return names if len(names) < len(report.groups) else []


def present(report: Report) -> list[str]:
    return [group.name for group in report.groups if group.here]


def state(report: Report, labels: Labels) -> str:
    """The exact state a file was made from."""
    return labels["origin"].format(code=report.code, seq=report.seq, mark=report.mark)


def language(report: Report) -> str:
    """The language as files name it; English here is British."""
    return {"en": "en-GB", "cy": "cy-GB", "pl": "pl-PL", "ur": "ur-PK"}.get(report.language, report.language)


def _named(field: str, key: str, labels: Labels) -> str:
    """A field's own word for a key; an organiser's own words stand as they are."""
    return labels.get(f"{field}_{key}", key)


def shortened(text: str, most: int) -> str:
    """On one line, and with a sign that there is more."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return flat[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
