"""What goes back to each group: what it said, where that went, and what did not go in and why."""

from collections.abc import Iterable, Iterator, Mapping

from sessions.domain.board import Board
from sessions.domain.drawing import people_behind
from sessions.domain.musts import ENOUGH
from sessions.domain.plans import Shows
from sessions.domain.registers import Note
from sessions.domain.report import Fate, Reply
from sessions.domain.view import Said, View


def crowds(board: Board) -> dict[str | None, int]:
    """People behind what the room has read, by group; None: of none. Whoever only sits there hides nobody."""
    wrote: dict[str | None, list[Note]] = {}
    for note in board.notes.values():
        if note.part_of is None and board.is_shown(note):
            wrote.setdefault(note.group, []).append(note)
    return {group: people_behind(notes) for group, notes in wrote.items()}


def few(crowds: Mapping[str | None, int]) -> frozenset[str]:
    """Groups of fewer people than may be told what was said among them."""
    return frozenset(group for group, people in crowds.items() if group is not None and people < ENOUGH)


def unnamed(crowds: Mapping[str | None, int]) -> frozenset[str]:
    """Groups that a copy for the room gives no note to: all, as long as there are few in any, or at none.
    What is nobody else's would be known to be theirs, in one copy or by what differs from an earlier one."""
    if all(people >= ENOUGH for people in crowds.values()):
        return frozenset()
    return frozenset(group for group in crowds if group is not None)


def open_sources(board: Board, but: frozenset[str]) -> dict[str, str]:
    """Note -> the group it came from, as far as a copy for the room may tell: of shown notes, once there is a
    list to see, and of no group in `but`."""
    if Shows.ITEMS not in board.public:
        return {}
    shown = {id: note.group for id, note in board.notes.items() if board.is_shown(note)}
    return {id: group for id, group in shown.items() if group is not None and group not in but}


def replies(view: View, letters: dict[str, str]) -> tuple[Reply, ...]:
    """Of those that said something, in the order of the plan, once there is a line. `letters`: of the lines,
    by their ids."""
    if not view.items:
        return ()
    theirs: dict[str, set[str]] = {}
    for said in view.said:
        if (group := view.source(said)) is not None:
            theirs.setdefault(group, set()).add(said.id)
    told = (
        Reply(
            view.names[id],
            tuple(letters[item.id] for item in view.items if id in view.heard_at(item)),
            tuple(_went(view, theirs.get(id, set()), letters)),
            id in view.known.few,
            len(
                {
                    said.note.id
                    for said in view.said
                    if view.source(said) == id and not view.is_shown(said.note)
                }
            ),
        )
        for id in (group.id for group in view.plan.groups)
        if id in view.here & view.known.replies_to
    )
    return tuple(reply for reply in told if reply.went or reply.letters or reply.held or reply.few)


def _went(view: View, theirs: set[str], letters: dict[str, str]) -> Iterator[Fate]:
    def fate(why: str, said: Iterable[Said], letter: str = "", title: str = "") -> Iterator[Fate]:
        if words := view.all_words(each for each in said if each.id in theirs and view.is_shown(each.note)):
            yield Fate(why, words, letter, title)

    listed = {item.theme for item in view.items}
    for item in view.items:
        name = view.titles.get(item.theme or "") or item.text
        yield from fate("line", view.under_line(item), letters[item.id], name)
    for pile in sorted(view.under.keys() - listed, key=lambda id: (view.titles.get(id, ""), id)):
        yield from fate("pile", view.under[pile], title=view.titles.get(pile, ""))
    yield from fate("unplaced", (said for said in view.loose if not view.is_for_later(said)))
    yield from fate("later", (said for said in view.loose if view.is_for_later(said)))
