"""Coming back: told what was missed and no more, or everything where the device's history is not ours."""

import asyncio
from typing import Any

import pytest

from tests.app.client import Browser, People, Refusal, Rows, Workshop, new_id


async def write(browser: Browser, *texts: str) -> list[str]:
    """Notes in the open matrix, from a seat that is left again; their ids."""
    async with browser.live() as seat:
        ids = [new_id() for _ in texts]
        for id, text in zip(ids, texts, strict=True):
            await seat.ask("note.add", id=id, zone="matrix.social", text=text)
        return ids


@pytest.fixture
async def workshop(people: People) -> Workshop:
    """The matrix stands open, so that everybody sees every note."""
    workshop = await people.workshop()
    async with (await people.host(workshop)).live("facilitator") as desk:
        await desk.ask("stage.open", stage="matrix-together")
    return workshop


async def known(browser: Browser, role: str = "participant") -> tuple[Rows, str]:
    """What a device knows that was here, and its view."""
    async with browser.live(role) as seat:
        return seat.rows, seat.welcome["view"]


async def test_a_device_that_comes_back_is_told_only_what_it_missed(
    people: People, workshop: Workshop
) -> None:
    ann, bob = await people.phone(workshop, "g1"), await people.phone(workshop, "g2")
    await write(bob, "before")
    rows, view = await known(ann)
    (missed,) = await write(bob, "missed")
    witness = {"seq": rows.to, "mark": rows.mark}
    async with ann.live(rows=rows, since=rows.to, view=view, witness=witness) as seat:
        await seat.until(lambda rows: missed in rows)
        (change,) = [frame for frame in seat.heard if frame["type"] == "change"]
        assert change["from"] > 0
        assert [row["id"] for row in change["put"] if row["kind"] == "note"] == [missed]
        assert seat.rows.texts() == ["before", "missed"]


async def test_a_device_that_missed_nothing_is_told_nothing(people: People, workshop: Workshop) -> None:
    ann = await people.phone(workshop, "g1")
    rows, view = await known(ann)
    async with ann.live(rows=rows, since=rows.to, view=view) as seat:
        await asyncio.sleep(0.15)
        assert [frame["type"] for frame in seat.heard] == ["welcome"]
        assert seat.welcome["seq"] == rows.to


@pytest.mark.parametrize(
    "other",
    [
        {"view": "somebody else's"},
        {"view": None},
        {"since": 2**53 - 1},
        {"witness": {"seq": 1, "mark": "0123456789abcdef"}},
        {"witness": {"seq": 2**53 - 1, "mark": "0123456789abcdef"}},
    ],
    ids=["another view", "no view", "beyond the head", "a wrong mark", "a witness beyond the head"],
)
async def test_a_device_of_another_history_is_told_everything(
    people: People, workshop: Workshop, other: dict[str, Any]
) -> None:
    ann = await people.phone(workshop, "g1")
    await write(ann, "one", "two")
    rows, view = await known(ann)
    async with ann.live(rows=Rows(), **{"since": rows.to, "view": view, **other}) as seat:
        await seat.until(lambda rows: rows)
        changes = [frame for frame in seat.heard if frame["type"] == "change"]
        assert changes[0]["from"] == 0
        assert seat.rows == rows


@pytest.mark.parametrize(
    ("asked", "start"),
    [({}, 2), ({"view": "other"}, 0), ({"witness": "1-0123456789abcdef"}, 0), ({"since": 2**53 - 1}, 0)],
    ids=["as it was", "another view", "a wrong mark", "beyond the head"],
)
async def test_over_plain_http_it_is_the_same(
    people: People, workshop: Workshop, asked: dict[str, object], start: int
) -> None:
    ann = await people.phone(workshop, "g1")
    await write(ann, "one", "two")
    _, view = await known(ann)
    changes = await ann.get(f"/api/sessions/{workshop.code}/changes", **{"since": 2, "view": view, **asked})
    assert changes["from"] == start
    assert {row["text"] for row in changes["put"] if row["kind"] == "note"} >= {"two"}


async def test_a_second_tab_is_the_same_person_and_a_key_of_both_is_one_fact(
    people: People, workshop: Workshop
) -> None:
    ann = await people.phone(workshop, "g1")
    again = await ann.join(workshop.code, group="g1")
    async with ann.live() as one, ann.live() as two:
        assert one.welcome["you"]["id"] == two.welcome["you"]["id"] == again["participant"]
        key, note = new_id(), new_id()
        about = {"id": note, "zone": "matrix.social", "text": "from both tabs"}
        first, second = await asyncio.gather(
            one.ask("note.add", key=key, **about), two.ask("note.add", key=key, **about)
        )
        assert first == second
        await two.ask("note.take_back", id=note)
        await one.until(lambda rows: note not in rows)


async def test_joining_twice_in_one_moment_is_one_person(people: People, workshop: Workshop) -> None:
    screen = people.browser(workshop.code)
    await screen.post("/api/pair")
    joined = await asyncio.gather(*[screen.join(workshop.code, group="g1") for _ in range(8)])
    assert len({each["participant"] for each in joined}) == 1
    async with (await people.host(workshop)).live("facilitator") as desk:
        assert (await desk.hear("now"))["joined"] == 1


async def test_where_cookies_are_blocked_the_ticket_lets_in(people: People, workshop: Workshop) -> None:
    ann = people.browser(workshop.code)
    ticket = (await ann.join(workshop.code, group="g1"))["ticket"]
    ann.http.cookies.clear()
    async with ann.live(ticket=ticket) as seat:
        assert seat.welcome["you"]["id"] == ann.me["participant"]
        await seat.ask("note.add", id=new_id(), zone="matrix.social", text="without a cookie")
    with pytest.raises(Refusal) as refused:
        await ann.get(f"/api/sessions/{workshop.code}/changes")
    assert (refused.value.status, refused.value.code) == (401, "grant.missing")
    ann.http.headers["authorization"] = f"Bearer {ticket}"
    async with ann.plain() as plain:
        assert plain.rows.texts() == ["without a cookie"]
        await plain.ask("note.add", id=new_id(), zone="matrix.social", text="and without a socket")


async def test_changing_tables_is_another_view_and_is_answered_from_nought(people: People) -> None:
    workshop = await people.workshop()
    ann, bob = await people.phone(workshop, "g1"), await people.phone(workshop, "g2")
    async with (await people.host(workshop)).live("facilitator") as desk:
        await desk.ask("stage.open", stage="matrix-alone")
    (of_bob,) = await write(bob, "of the other table")
    async with ann.live() as seat:
        rows, view = seat.rows, seat.welcome["view"]
        await ann.call("PATCH", f"/api/sessions/{workshop.code}/me", {"group": "g2"})
        going = await seat.end()
        assert (going["code"], going["retry_ms"]) == ("view.changed", 0)
    async with ann.live(rows=rows, since=rows.to, view=view) as seat:
        assert seat.welcome["you"]["group"] == "g2"
        assert seat.welcome["view"] != view
        assert [frame["from"] for frame in seat.heard if frame["type"] == "change"] == [0]
        assert of_bob not in seat.rows


async def test_a_large_room_comes_in_several_frames_that_fold_into_all(people: People) -> None:
    """A thousand notes that one reveal showed: more than a frame, and all of one fact."""
    workshop = await people.workshop()
    about = {"type": "note.add", "zone": "matrix.social", "text": "ö" * 270}
    phones = [await people.phone(workshop, "g1") for _ in range(10)]
    for _ in range(2):
        await asyncio.gather(
            *[phone.asks(*[{**about, "id": new_id()} for _ in range(50)]) for phone in phones]
        )
    host = await people.host(workshop)
    async with host.live("facilitator") as desk:
        await desk.ask("zone.reveal", zone="matrix.social")
    async with host.live("wall") as wall:
        await wall.until(lambda rows: len(rows.of("note")) == 1_000)
        zones = {row["id"] for row in wall.rows.of("zone")}
        assert {"matrix.individual", "utopia.see", "matrix.social"} <= zones
        assert wall.rows["count:matrix.social"]["notes"] == 1_000
        assert "stage" in wall.rows
        assert "screen" in wall.rows
