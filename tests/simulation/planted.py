"""Who tests the tests: bugs that are planted on purpose, each with the tests that have to turn red for it.

    python -m tests.simulation.planted            every bug; a table, and status 1 if a test stays green
    python -m tests.simulation.planted NAME ...   these alone

A bug is laid over the product from outside, in the test build and in the process that runs the tests
(`-p tests.simulation.planting`). Nothing of this is in the product.
"""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

ROOT = Path(__file__).parents[2]
SECONDS = 150
"""How long the tests of one bug may take."""

ROOM, SIM = "tests/room/test_room.py::", "tests/simulation/"
DESKS = "tests/domain/test_interleaving.py::"
FAILPOINT = f"{SIM}test_failpoints.py::test_wherever_the_server_is_ended_a_note_is_stored_once"


@dataclass(frozen=True)
class Bug:
    """`tests`: the beginnings of the names of tests, each of which has to find it."""

    name: str
    about: str
    tests: tuple[str, ...]
    lay: Callable[[], None]


BUGS: dict[str, Bug] = {}


def bug(name: str, *tests: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def named(lay: Callable[[], None]) -> Callable[[], None]:
        BUGS[name] = Bug(name, (lay.__doc__ or "").strip(), tests, lay)
        return lay

    return named


def plant(name: str) -> None:
    """From now on the product has this bug."""
    BUGS[name].lay()


def swap(owner: Any, name: str, new: Any) -> Any:
    """Put something in the place of what must be there; what was there."""
    old = getattr(owner, name)
    setattr(owner, name, new)
    return old


# Saving


@bug("answered-before-commit", f"{FAILPOINT}[before_commit]", f"{ROOM}test_nobody_is_told_before_the_commit")
def _() -> None:
    """The answer goes out while the commit is still being written."""
    from sessions.room import Room

    writing: set[asyncio.Future[Any]] = set()

    async def at_once(self: Room, records: Any) -> None:
        task = asyncio.ensure_future(commit(self, records))
        writing.add(task)
        task.add_done_callback(writing.discard)

    commit = swap(Room, "_commit", at_once)


@bug("told-before-commit", f"{FAILPOINT}[before_commit]")
def _() -> None:
    """Everybody is shown a note that is not committed yet."""
    from sessions.room import Room

    async def early(self: Room, records: Any) -> Any:
        turn = sys._getframe(1).f_locals
        before, marks = self.board, len(self.marks)
        self.board = turn["draft"]
        self.marks += [record.mark for record in records]
        self.stir()
        await asyncio.sleep(0.05)
        self.board = before
        del self.marks[marks:]
        return await commit(self, records)

    commit = swap(Room, "_commit", early)


@bug("half-flushed", f"{SIM}test_power.py::test_no_cut_loses_doubles_or_reorders_what_was_promised")
def _() -> None:
    """synchronous=NORMAL: commits are flushed now and then."""
    from sessions.store.engine import SETTINGS

    SETTINGS["synchronous"] = 1


@bug(
    "flush-errors-swallowed",
    "tests/app/test_storage.py::test_after_a_failed_flush_nothing_is_called_saved_and_the_process_ends",
    "tests/store/test_faults.py::test_after_a_write_that_failed_nothing_is_written_any_more",
)
def _() -> None:
    """An error of the disk is taken for a passing one, and writing goes on."""
    from sessions.store import writer
    from sessions.store.faults import Fault

    def harmless(error: BaseException) -> Fault:
        return Fault.OTHER if (fault := fault_of(error)) is Fault.BROKEN else fault

    fault_of = swap(writer, "fault_of", harmless)


@bug(
    "a-failed-commit-answered-done",
    f"{ROOM}test_what_cannot_be_written_changes_nothing_and_the_next_works",
    "tests/app/test_storage.py::test_a_full_disk_is_said_erased_from_and_survived_without_a_restart",
)
def _() -> None:
    """Whatever the log says, the ask counts as saved."""
    from sessions.room import Room

    async def fine(self: Room, records: Any) -> None:
        await commit(self, records)

    commit = swap(Room, "_commit", fine)


@bug("one-outcome-for-a-whole-commit", "tests/store/test_sqlite.py::test_a_work_that_fails_takes_nothing")
def _() -> None:
    """Of works that are committed together, one that failed is answered as the first was."""
    from sessions.store.writer import Writer

    def alike(self: Writer, *arguments: Any) -> Any:
        outcomes = commit(self, *arguments)
        return [outcomes[0]] * len(outcomes)

    commit = swap(Writer, "_commit", alike)


# Numbers and keys


@bug("numbers-from-a-counter", f"{ROOM}test_what_cannot_be_written_changes_nothing_and_the_next_works")
def _() -> None:
    """A failed commit uses up its numbers, as those of a database sequence are."""
    from sessions.room import Room

    async def counted(self: Room, records: Any) -> Any:
        failure = await commit(self, records)
        if failure is not None:
            self.board.seq += len(records)
        return failure

    commit = swap(Room, "_commit", counted)


@bug("keys-known-in-memory-only", f"{FAILPOINT}[after_commit]", f"{ROOM}test_keys_hold_across_a_restart")
def _() -> None:
    """After a start nobody remembers which asks were saved."""
    from sessions.room import Room

    async def forgetful(self: Room) -> None:
        await open_(self)
        self._known.clear()

    open_ = swap(Room, "open", forgetful)


@bug("keys-of-everybody-alike", f"{ROOM}test_the_same_key_of_another_person_is_another_ask")
def _() -> None:
    """A key that one person used is taken for everybody."""
    from sessions.room import Room

    class Alike(dict[Any, Any]):
        def __setitem__(self, who: Any, known: Any) -> None:
            super().__setitem__(who[1], known)

        def __contains__(self, who: Any) -> bool:
            return super().__contains__(who[1])

        def get(self, who: Any, default: Any = None) -> Any:
            return super().get(who[1], default)

    def made(self: Room, *arguments: Any, **more: Any) -> None:
        init(self, *arguments, **more)
        self._known = Alike()

    init = swap(Room, "__init__", made)


@bug(
    "another-key-for-each-try",
    f"{FAILPOINT}[after_commit]",
    f"{SIM}test_chaos.py::test_two_pages_of_one_phone",
)
def _() -> None:
    """A device makes a new key when it sends an ask again."""
    from tests.app.client import new_id
    from tests.simulation.device import Device

    def anew(self: Device) -> None:
        if self.waiting and self._sent is None and self.is_open and self.waiting[0].sent:
            self.waiting[0].key = new_id()
        push(self)

    push = swap(Device, "push", anew)


@bug("order-by-clock", f"{SIM}test_disk.py::test_a_clock_that_jumps_between_two_runs_changes_no_order")
def _() -> None:
    """The log is read in the order of its times, and numbered as it comes."""
    from sessions.store.sql import SqlStore
    from sessions.store.tables import FACTS

    async def by_time(self: SqlStore, session: str, seq: int) -> Any:
        from sessions.store.log import Record

        newer = select(FACTS).where(FACTS.c.session == session, FACTS.c.seq > seq)
        return await self._read(Record, newer.order_by(FACTS.c.at, FACTS.c.key))

    swap(SqlStore, "after", by_time)


@bug(
    "witness-ignored",
    "tests/app/test_resume.py::test_a_device_of_another_history_is_told_everything[a wrong mark]",
    f"{SIM}test_disk.py::test_what_a_damaged_log_lost_is_found_out_and_brought_back",
)
def _() -> None:
    """After a restore numbers are given out again, and nobody finds out."""
    from sessions.room import Room

    swap(Room, "remembers", lambda self, seq, its_mark: True)


# Who sees what


@bug("rooms-mixed-up", f"{SIM}test_rooms.py::test_no_canary_leaves_its_room")
def _() -> None:
    """The log of a session is read without asking whose it is."""
    from sessions.store.log import Record
    from sessions.store.sql import SqlStore
    from sessions.store.tables import FACTS

    async def of_all(self: SqlStore, session: str, seq: int) -> Any:
        return await self._read(Record, select(FACTS).where(FACTS.c.seq > seq).order_by(FACTS.c.seq))

    swap(SqlStore, "after", of_all)


@bug("gap-between-snapshot-and-stream", f"{SIM}test_rooms.py::test_everybody_in_a_full_room", FAILPOINT)
def _() -> None:
    """What happens in the moment after a device was told everything is never told to it."""
    from sessions.hall import Hall
    from sessions.seat import Seat

    def sit(self: Hall, seat: Seat) -> None:
        sit_down(self, seat)
        self.seats.discard(seat)

        def listen() -> None:
            seat.read = self.room.board.seq
            self.seats.add(seat)

        asyncio.get_running_loop().call_later(0.1, listen)

    sit_down = swap(Hall, "sit", sit)


@bug(
    "slow-seats-queued-without-end",
    f"{SIM}test_slow.py::test_who_never_reads_is_cut_and_nobody_else_notices",
    "tests/room/test_hall.py::test_a_seat_that_takes_nothing_is_cut_and_one_that_is_only_slow_goes_on",
)
def _() -> None:
    """Whoever does not read is written to for ever."""
    from app.line import Line
    from sessions.seat import Seat

    swap(Seat, "is_stuck", lambda self, now: False)
    swap(Line, "is_taking", property(lambda self: True))


@bug(
    "hidden-and-still-on-the-wall",
    f"{SIM}test_rooms.py::test_no_canary_leaves_its_room",
    "tests/domain/test_since.py",
)
def _() -> None:
    """A wall is not told that a note was taken off it."""
    from sessions.domain.reach import Standing
    from sessions.domain.rights import Role

    def taken(self: Standing, viewer: Any, n: int) -> bool:
        return viewer.role is not Role.WALL and taken_from(self, viewer, n)

    taken_from = swap(Standing, "taken_from", taken)


@bug(
    "taken-back-tells-its-id",
    "tests/domain/test_since.py::test_a_device_is_dropped_only_what_it_may_have_held",
)
def _() -> None:
    """That a note is gone is told to those as well who never saw it."""
    from sessions.domain.reach import Standing

    swap(Standing, "taken_from", lambda self, viewer, n: self.seq > n)


@bug(
    "hosts-rows-for-everybody",
    "tests/domain/test_reach.py::test_what_hosts_alone_see_reaches_no_phone_and_no_wall",
)
def _() -> None:
    """Where a note comes from, and why it is kept off, is sent to everybody who may read the note."""
    from sessions.domain import drawing
    from sessions.domain.reach import ROOM as EVERYBODY

    swap(drawing, "HOSTS", EVERYBODY)


@bug(
    "frames-of-others",
    f"{SIM}test_rooms.py::test_everybody_in_a_full_room",
    "tests/room/test_hall.py::test_folding",
)
def _() -> None:
    """Everybody of a role gets one and the same frame."""
    from sessions.editions import Edition

    swap(Edition, "fits", lambda self, viewer: True)


@bug("held-notes-in-the-rooms-copy", f"{SIM}test_rooms.py::test_no_canary_leaves_its_room")
def _() -> None:
    """The copy that is sent on holds what the host kept off the wall."""
    from app import downloads

    async def all_of_it(house: Any, guest: Any, copy: Any = "mine") -> Any:
        return await report_for(house, guest)

    report_for = swap(downloads, "report_for", all_of_it)


# Sorting


@bug(
    "in-two-piles-at-once",
    f"{DESKS}test_after_every_move_each_note_is_placed_at_most_once_and_none_is_lost",
    "tests/domain/test_sorting.py::test_each_note_is_placed_at_most_once_and_none_is_lost",
)
def _() -> None:
    """A note that is moved counts for the pile that it came from, too."""
    from sessions.domain import steps

    def stay(board: Any, were: dict[str, str | None]) -> None:
        before = dict(board.members)
        refile(board, were)
        board.members |= {pile: notes | board.members[pile] for pile, notes in before.items()}

    refile = swap(steps, "_refile", stay)


@bug(
    "undo-by-what-is-there",
    f"{DESKS}test_the_last_fifty_steps_of_one_desk_are_undone_by_the_other_and_nothing_else_is",
    "tests/domain/test_sorting.py::test_undo_leaves_what_another_desk_said_too",
    "tests/domain/test_filing.py::test_undo_leaves_where_the_author_says_it_belongs_too",
)
def _() -> None:
    """Undo takes away what holds what its step had set, whoever has set it to the same since."""
    from sessions.domain import facts, sorting

    def by_value(board: Any, seq: int) -> Any:
        undone = undo(board, seq)
        still = [
            type(each)(each.of, each.id, each.field, each.was, each.now)
            for each in reversed(board.steps[seq].changes)
            if board.register(each.of, each.id, each.field) == each.now
        ]
        return facts.Undone(tuple(still), undone.step, len(board.steps[seq].changes) - len(still))

    undo = swap(sorting, "undo", by_value)


@bug(
    "a-voice-for-every-note",
    f"{DESKS}test_after_every_move_each_note_is_placed_at_most_once_and_none_is_lost",
    "tests/domain/test_sorting.py::test_whoever_worries_in_three_notes_is_one_who_worries",
)
def _() -> None:
    """A line counts one person for each of their notes."""
    from sessions.domain import drawing

    swap(drawing, "people_behind", lambda notes: sum(1 for _ in notes))


@bug(
    "a-part-of-nothing",
    f"{DESKS}test_from_every_line_one_comes_to_its_words_and_whence_they_are",
    "tests/domain/test_report.py::test_a_line_fit_to_send",
)
def _() -> None:
    """On paper the parts of a note stand for themselves, and nobody finds the note again."""
    from sessions.domain import view

    def bare(*arguments: Any, part_of: str = "", **more: Any) -> Any:
        return words(*arguments, **more)

    words = swap(view, "Words", bare)


# Words


@bug("formulas-in-the-workbook", "tests/exports/test_xlsx.py::test_poison_stays_text_in_every_cell")
def _() -> None:
    """Only the CSV file guards against notes that calculate."""
    from xlsxwriter.worksheet import Worksheet

    from exports import workbook

    swap(Worksheet, "write_string", lambda self, *arguments: self.write(*arguments))
    swap(workbook, "_TEXT_IS_TEXT", {"strings_to_formulas": True})


@bug("markup-in-markdown", "tests/exports/test_plain_files.py::test_nothing_that_people_wrote_is_markup")
def _() -> None:
    """Notes come into Markdown as they are, links and HTML and all."""
    from exports import markdown_file

    swap(markdown_file, "literal", lambda text: text)


@bug(
    "erased-words-in-the-wal",
    "tests/store/test_sqlite.py::test_no_word_that_was_blanked_is_left_in_any_file",
    f"{SIM}test_failpoints.py::test_words_are_erased_though_the_server_was_ended_while_erasing",
)
def _() -> None:
    """Words are emptied in the tables, and stay in the file beside them."""
    from sessions.store.writer import Writer

    swap(Writer, "_empty_wal", lambda self, db: None)


@bug("nobody-is-told-before-the-end", f"{SIM}test_restart.py::test_a_planned_restart")
def _() -> None:
    """A server that is stopped hangs up without a word, on all at once."""
    from app.house import Doors

    swap(Doors, "end_all", lambda self, code: None)


# The gate


def run(name: str, tests: Iterable[str]) -> tuple[dict[str, bool], str]:
    """For each test whether it turned red with the bug (none: ""); and what pytest said."""
    wanted = list(tests)
    # Parametrised tests are named by their beginning; pytest has to be given whole names.
    targets = sorted({each.partition("[")[0] for each in wanted})
    targets = [each for each in targets if "::test_" in each and _is_whole(each)] + sorted(
        {each.partition("::")[0] for each in targets if not ("::test_" in each and _is_whole(each))}
    )
    command = [sys.executable, "-m", "pytest", "-n", "0", "-v", "--tb=no", "-p", "tests.simulation.planting"]
    environment = {**os.environ, "PLANTED": name, "HYPOTHESIS_PROFILE": "quick", "STORM": ""}
    try:
        done = subprocess.run(
            [*command, f"--timeout={SECONDS // 3}", *targets],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        said = done.stdout + done.stderr
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode() + f"\nnot finished in {SECONDS} s"
    red = set(re.findall(r"^(\S+?\.py::.*?) (?:FAILED|ERROR)", said, re.M))
    return {each: any(node.startswith(each) for node in red) for each in wanted}, said


def _is_whole(test: str) -> bool:
    file, _, name = test.partition("::")
    return f"def {name}(" in (ROOT / file).read_text()


def main(names: list[str]) -> int:
    green = []
    for each in [BUGS[name] for name in names or BUGS]:
        begun = time.monotonic()
        red, said = run(each.name, each.tests)
        print(f"{each.name}  ({time.monotonic() - begun:.0f} s)\n    {each.about}")
        for test, is_red in red.items():
            print(f"    {'red  ' if is_red else 'GREEN'}  {test}")
            if not is_red:
                green.append((each.name, test))
        if not all(red.values()):
            print("      " + "\n      ".join(said.strip().splitlines()[-6:]))
        sys.stdout.flush()
    print(f"{len(names or BUGS)} bugs, {len(green)} tests that did not find theirs")
    return 1 if green else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
