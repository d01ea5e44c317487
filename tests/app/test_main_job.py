"""A workshop runs, from the code to the downloaded list: over sockets, and the same over plain HTTP."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.app.client import People, Refusal, Rows, Seat, Workshop, new_id

ROLES = {"north": "participant", "south": "participant", "desk": "facilitator", "wall": "wall"}


class Afternoon:
    """Everybody in their seats: `seats` act, `shadows` are the same browsers by the other way."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.browsers: dict[str, Any] = {}
        self.seats: dict[str, Seat] = {}
        self.shadows: dict[str, Seat] = {}

    async def same_everywhere(self) -> None:
        """Each seat knows what its shadow knows."""
        for name, seat in self.seats.items():
            shadow = self.shadows[name]
            top = max(row["seq"] for row in (*seat.rows.values(), *shadow.rows.values()))
            for each in (seat, shadow):
                await each.knows(top)
            assert looks(seat.rows) == looks(shadow.rows), name


def looks(rows: Rows) -> dict[str, Any]:
    return dict(sorted(rows.items()))


@pytest.fixture(params=["live", "plain"])
async def afternoon(request: pytest.FixtureRequest, people: People) -> AsyncIterator[Afternoon]:
    workshop = await people.workshop()
    afternoon = Afternoon(workshop)
    host = await people.host(workshop)
    afternoon.browsers = {
        "north": await people.phone(workshop, "g1"),
        "south": await people.phone(workshop, "g2"),
        "desk": host,
        "wall": await people.wall(workshop),
    }
    other = {"live": "plain", "plain": "live"}[request.param]
    async with AsyncExitStack() as stack:
        for name, browser in afternoon.browsers.items():
            for seats, way in ((afternoon.seats, request.param), (afternoon.shadows, other)):
                seats[name] = await stack.enter_async_context(getattr(browser, way)(ROLES[name]))
        yield afternoon


async def test_from_the_first_note_to_the_downloaded_list(afternoon: Afternoon) -> None:
    north, south, desk, wall = (afternoon.seats[name] for name in ROLES)
    assert north.welcome["you"]["group"] == "g1"
    assert {stage["script"] for stage in wall.welcome["session"]["plan"]["stages"]} == {""}
    assert any(stage["script"] for stage in desk.welcome["session"]["plan"]["stages"])

    # Alone: only its author and the host read a note; the wall knows how many there are.
    await desk.ask("stage.open", stage="matrix-alone")
    walk, lift, rude = new_id(), new_id(), new_id()
    await north.ask("note.add", id=walk, zone="matrix.social", text="walk to the practice togther")
    await south.ask("note.add", id=lift, zone="matrix.social", text="a lift for who cannot walk")
    await south.ask("note.add", id=rude, zone="matrix.individual", text="Mr Jones is lazy")
    await north.ask("note.edit", id=walk, text="walk to the practice together")
    await north.until(lambda rows: rows.texts() == ["walk to the practice together"])
    await desk.until(lambda rows: len(rows.of("note")) == 3)
    assert (await wall.until(lambda rows: rows.get("count:matrix.social")))["notes"] == 2
    await wall.until(lambda rows: rows["count:matrix.social"]["notes"] == 2)
    assert wall.rows.of("note") == []
    await afternoon.same_everywhere()

    # Together: the zone is opened, but for the note that the host keeps off the wall.
    await desk.ask("note.hide", id=rude, why="names")
    await desk.ask("stage.open", stage="matrix-together")
    for seat in (north, wall):
        await seat.until(
            lambda rows: rows.texts() == ["a lift for who cannot walk", "walk to the practice together"]
        )
    await south.until(lambda rows: rows[f"mine:{rude}"]["state"] == "held")
    assert rude not in north.rows
    assert rude not in wall.rows
    with pytest.raises(Refusal, match="Only the host"):
        await north.ask("stage.open", stage="list")
    await wall.ask("wall.show", manner="read", of="matrix.social", page=0)
    await desk.until(lambda rows: rows["screen"]["manner"] == "read")
    await afternoon.same_everywhere()

    # Sorting: a pile, a line, and where it was heard.
    pile, line = new_id(), new_id()
    await desk.ask("theme.make", id=pile, title="Getting there together")
    await desk.ask("notes.place", notes=[walk, lift], theme=pile)
    await desk.ask("item.make", id=line, text="Start a walking bus from each village", theme=pile)
    slip = await desk.ask("notes.place", notes=[walk], theme=None)
    await desk.ask("undo", seq=slip["seq"])
    assert line not in north.rows
    await desk.ask("stage.open", stage="list")
    item = await north.until(lambda rows: rows.get(line))
    assert (item["notes"], item["people"], item["heard_at"]) == (2, 2, 2)
    await afternoon.same_everywhere()

    # Closing: nothing more is written, the list stays, and everybody takes it home.
    await desk.ask("session.close")
    with pytest.raises(Refusal, match="finished"):
        await north.ask("note.add", id=new_id(), zone="matrix.social", text="too late")
    code = afternoon.workshop.code
    for name in ROLES:
        report = await afternoon.browsers[name].get(f"/s/{code}/list.json")
        (told,) = report["lines"]
        assert told["text"] == "Start a walking bus from each village"
        assert sorted(word["text"] for word in told["words"]) == [
            "a lift for who cannot walk",
            "walk to the practice together",
        ]
        # Few sat at each: they are counted for everybody, and named for the host.
        assert told["groups"] == (["North", "South"] if name == "desk" else [])
        assert len(told["groups"]) + told["unnamed"] == 2
        assert ("Mr Jones" in str(report)) == (name == "desk")
    await afternoon.same_everywhere()
