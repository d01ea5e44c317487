"""Whatever befalls the server, its disk and its lines: devices end with what the log plainly says.

Eight devices of seven people ask at random; asks and frames are late, lost with their connection, and
doubled; the disk is slow or fails; the server stops, crashes, or comes back with an older log. The room is
the real one, with its turns, its hall and its seats. `reference_room` is what it is held against.

A failure is told by the steps that lead to it, and by a line to put above `Weather` that takes them again.
"""

import asyncio
import logging
import sys
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import Phase, seed, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

import sessions.hall
from sessions.domain import asks
from sessions.frames import next_frame
from tests.domain.histories import made
from tests.simulation.peers import asking
from tests.simulation.scale import SEED, STORM, scaled
from tests.simulation.verbs import ANSWERS, CHANGES, CHOICES, ENDS, SHOWS, SORTS, UNDOES, VOTES
from tests.simulation.world import World

BATCHES, RUNS, STEPS = scaled((1, 200, 50), (20, 500, 100))
SMALL_FRAME = 700
"""Bytes. A frame of this size holds three notes, so that a board comes in many of them."""

pytestmark = pytest.mark.timeout(scaled(900, 3_600))
"""A failure is made small before it is shown, which takes longer than all runs that find nothing."""


class LoopTime:
    """The module `time`, as far as the hall reads it."""

    @staticmethod
    def monotonic() -> float:
        return asyncio.get_running_loop().time()


@pytest.fixture(autouse=True, scope="module")
def in_virtual_time() -> Iterator[None]:
    """The hall keeps the time of its loop; what a room logs of a failing disk would fill the memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sessions.hall, "time", LoopTime, raising=False)
        patch.setattr(sessions.hall, "next_frame", next_frame)
        before = logging.root.manager.disable
        logging.disable(logging.CRITICAL)
        yield
        logging.disable(before)


some = st.integers(0, 11)
ways = st.sampled_from(("later", "now", "now"))
"""An ask stays on the line until somebody moves it, or is taken at once."""


class Workshop(RuleBasedStateMachine, World):
    def __init__(self) -> None:
        RuleBasedStateMachine.__init__(self)
        World.__init__(self)

    def teardown(self) -> None:
        try:
            # Unless it failed already, and this would hide why.
            if sys.exc_info()[0] is None:
                for device in self.devices:
                    self.connect(device)
                self.settle()
                self.compare()
        finally:
            self.loop.run_until_complete(self.server.stop())
            self.loop.close()

    @initialize(begun=st.integers(0, 3), most=st.sampled_from((SMALL_FRAME, 1 << 17)))
    def comes(self, begun: int, most: int) -> None:
        """Everybody, and now and then some of the work is done already."""
        setattr(sessions.hall, "next_frame", partial(next_frame, most=most))  # noqa: B010 (private to the hall)
        for device in self.devices:
            self.connect(device)
            self.hear(device)
        for phone in self.phones if begun else []:
            self.ask(phone, self.verbs.write(0, 0))
        if begun > 1:
            self.ask(self.desks[0], asks.OpenStage("tables" if begun == 2 else "together"))
        if begun:
            self.ask(self.desks[0], asks.OpenStage("musts"))
        if begun > 2:
            for verb in ("make", "make", "place", "line"):
                self.ask(self.desks[0], self.verbs.sort(verb, 0, 0, 1))
            self.ask(self.desks[0], asks.OpenStage("list"))
            self.ask(self.desks[0], self.verbs.vote("open", 0, 1))

    # What people do. Each may come twice as often as what befalls them.

    def writes(self, who: int, n: int, m: int, way: str) -> None:
        self.ask(self.phones[who % 5], self.verbs.write(n, m), way)

    def changes(self, who: int, verb: str, n: int, m: int, way: str) -> None:
        phone = self.phones[who % 5]
        self.ask(phone, self.verbs.change(verb, phone.notes, n, m), way)

    def shows(self, who: int, verb: str, n: int, m: int, way: str) -> None:
        self.ask([*self.desks, self.wall][who % 3], self.verbs.show(verb, n, m), way)

    def sorts(self, who: int, verb: str, n: int, m: int, way: str) -> None:
        self.ask(self.desks[who % 2], self.verbs.sort(verb, n, m, len(self.ledger.kept.records)), way)

    def answers(self, who: int, verb: str, n: int, way: str) -> None:
        self.ask(self.phones[who % 5], self.verbs.answer(verb, n), way)

    def votes(self, who: int, verb: str, n: int, m: int, way: str) -> None:
        self.ask(self.desks[who % 2], self.verbs.vote(verb, n, m), way)

    def chooses(self, who: int, verb: str, n: int, m: int, way: str) -> None:
        self.ask(self.phones[who % 5], self.verbs.choose(verb, n, m), way)

    _write = rule(who=some, n=some, m=some, way=ways)
    _change = rule(who=some, verb=st.sampled_from(CHANGES), n=some, m=some, way=ways)
    _show = rule(who=some, verb=st.sampled_from(SHOWS), n=some, m=some, way=ways)
    _sort = rule(who=some, verb=st.sampled_from(SORTS), n=some, m=some, way=ways)
    a_note, another_note = _write(writes), _write(writes)
    a_change, another_change = _change(changes), _change(changes)
    an_answer = rule(who=some, verb=st.sampled_from(ANSWERS), n=some, way=ways)(answers)
    a_show, another_show = _show(shows), _show(shows)
    an_end = rule(who=some, verb=st.sampled_from(ENDS), n=some, m=some, way=ways)(shows)
    a_sorting, another_sorting = _sort(sorts), _sort(sorts)
    an_undoing = rule(who=some, verb=st.sampled_from(UNDOES), n=some, m=some, way=ways)(sorts)

    a_vote = rule(who=some, verb=st.sampled_from(VOTES), n=some, m=some, way=ways)(votes)
    a_choice = rule(who=some, verb=st.sampled_from(CHOICES), n=some, m=some, way=ways)(chooses)

    @rule(who=some, table=st.sampled_from(("red", "blue", None)))
    def changes_tables(self, who: int, table: str | None) -> None:
        person = self.phones[who % 5].person
        person.group = table
        for phone in self.phones:
            if phone.person is person:
                self.hang_up(phone)
                self.connect(phone)

    @rule(who=some, slow=st.booleans(), seconds=st.sampled_from((0, 29, 30)))
    def puts_back_at_the_last_moment(self, who: int, slow: bool, seconds: int) -> None:
        """And the words of all notes that are gone are erased meanwhile."""
        phone = self.phones[who % 5]
        if phone.notes:
            self.ask(phone, asks.TakeBackNote(phone.notes[-1]))
            self.wait(seconds)
            if slow:
                self.server.disk.hold()
            self.ask(phone, asks.PutBackNote(phone.notes[-1]))
            self.wait(1.5)
            self.erase()

    @rule(
        who=some,
        n=some,
        verb=st.sampled_from(("lock", "close")),
        fault=st.sampled_from((None, "before", "after")),
    )
    def two_ask_in_one_turn(self, who: int, n: int, verb: str, fault: str | None) -> None:
        """And the second cannot have what it asks for, if the first gets it."""
        phone, desk = self.phones[who % 5], self.desks[0]
        self.hear(phone)
        self.hear(desk)
        self.ask(desk, self.verbs.show(verb, n, 0), "later")
        self.ask(phone, self.verbs.write(n, 0), "later")
        self.server.disk.fault = fault
        self.arrive(desk)
        self.arrive(phone)
        self.wait(0.001)

    # What befalls them

    @rule(who=some, upwards=st.booleans(), most=st.sampled_from((1, 1, 3, 1_000)))
    def something_arrives(self, who: int, upwards: bool, most: int) -> None:
        (self.arrive if upwards else self.hear)(self.devices[who % 8], most)

    @rule()
    def all_asks_arrive_at_once(self) -> None:
        for device in self.devices:
            self.arrive(device)

    @rule(seconds=st.sampled_from((0.0, 0.001, 0.03, 0.03, 1.1, 12, 31)))
    def time_passes(self, seconds: float) -> None:
        self.wait(seconds)

    @rule(hours=st.sampled_from((-24 * 730, -1, 1, 24 * 730)))
    def the_clock_is_put_wrong(self, hours: int) -> None:
        self.clock.wrong_ms += hours * 3_600_000

    @rule(who=some, what=st.sampled_from(("lost", "lost and back", "back", "stalled", "stalled")))
    def a_line_is(self, who: int, what: str) -> None:
        device = self.devices[who % 8]
        if what.startswith("lost"):
            self.hang_up(device)
        if what.endswith("back"):
            self.connect(device)
        if what == "stalled" and device.wire is not None:
            device.wire.is_stalled = not device.wire.is_stalled

    @rule(who=some, times=st.integers(1, 4))
    def an_ask_is_doubled_on_the_way(self, who: int, times: int) -> None:
        wire = self.devices[who % 8].wire
        if wire is not None and wire.up:
            wire.up.extend([wire.up[0]] * times)

    @rule(who=some, n=some)
    def an_old_ask_comes_again(self, who: int, n: int) -> None:
        """From the same device, or from the other of the same person."""
        device = self.devices[who % 8]
        other = self.phones[1 - who % 8] if who % 8 < 2 and n % 2 else device
        old = [entry for entry in other.outbox if entry.state == "kept"]
        if old and device.wire is not None:
            entry = old[n % len(old)]
            entry.is_offered_again |= device is not other
            device.wire.up.append(asking(entry.key, entry.ask))

    @rule(who=some, n=some)
    def a_key_is_used_for_another_ask(self, who: int, n: int) -> None:
        device = self.devices[who % 8]
        keys = [key for id, key in self.ledger.promised if id == device.person.id]
        if keys and device.wire is not None:
            ask = asks.AddNote(made("other note"), "matrix.social", "other words")
            device.wire.up.append(asking(keys[n % len(keys)], ask))

    @rule(who=some, n=some)
    def two_people_have_one_key(self, who: int, n: int) -> None:
        device, ledger = self.phones[who % 5], self.ledger
        keys = [key for _, key in ledger.promised if (device.person.id, key) not in ledger.asks]
        if keys:
            key, ask = keys[n % len(keys)], self.verbs.write(n, 0)
            ledger.asks[device.person.id, key] = ask
            device.ask(key, ask)

    @rule(what=st.sampled_from(("well", "before", "after", "reading", "slow", "slow", "quick")))
    def the_disk_is(self, what: str) -> None:
        disk = self.server.disk
        if what == "slow":
            disk.hold()
        elif what == "quick":
            disk.let_go()
        else:
            disk.fault = None if what == "well" else what

    @rule()
    def erase(self) -> None:
        self.erasing.append(self.loop.create_task(self.server.room.erase()))
        self.wait(0)

    @rule(how=st.sampled_from(("stops", "crashes", "crashes, and the last batch landed")), back=some)
    def the_server(self, how: str, back: int) -> None:
        self.end(how)
        self.begin()
        self.come_back(back)

    @rule()
    def the_log_is_copied(self) -> None:
        self.copies.append(self.do(self.ledger.kept.copy()))

    @rule(copy=some, back=some)
    def an_older_log_is_restored(self, copy: int, back: int) -> None:
        self.end("stops")
        self.ledger.keeps(self.do(self.copies[-1 - copy % len(self.copies)].copy()))
        self.begin()
        self.come_back(back)

    @rule()
    def all_is_well_for_a_while(self) -> None:
        self.settle()
        self.compare()


SETTINGS = settings(
    max_examples=RUNS,
    stateful_step_count=STEPS,
    print_blob=True,
    report_multiple_bugs=False,
    # Without `explain`, which traces every line.
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_whatever_befalls_them_all_devices_hold_what_the_log_says(batch: int) -> None:
    """In batches, for each run is remembered until the end of its batch."""

    class Weather(Workshop):
        pass

    if STORM:
        print(f"SEED={SEED}, and batch {batch} of it")
        seed(1_000 * SEED + batch)(Weather)
    run_state_machine_as_test(Weather, settings=SETTINGS)


def test_a_note_that_was_hidden_and_then_changed_goes_from_a_phone_that_is_told_in_many_frames() -> None:
    workshop = Workshop()
    workshop.comes(3, SMALL_FRAME)
    (bob, cat), (desk, _) = workshop.phones[2:4], workshop.desks
    workshop.settle()
    assert cat.notes[0] in bob.rows
    workshop.hang_up(bob)
    workshop.ask(desk, asks.HideNote(cat.notes[0]))
    for _ in range(12):
        workshop.ask(cat, workshop.verbs.write(0, 0))
    workshop.ask(cat, asks.EditNote(cat.notes[0], "not for bob"))
    workshop.teardown()
    assert cat.notes[0] not in bob.rows
