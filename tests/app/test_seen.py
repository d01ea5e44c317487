"""A host whose screen the room can see has every right, and is sent no more than a wall."""

import json

from tests.app.client import People, new_id

CANARIES = ("canary-private", "canary-held", "canary-hinted Dr Smith", "canary-must-have")


async def test_a_page_that_people_can_see_is_sent_nothing_held_hidden_or_private(people: People) -> None:
    plan = (await _plan(people)) | {"essentials": [{"id": "one", "text": CANARIES[3]}]}
    workshop = await people.workshop(plan=plan)
    host, phone = await people.host(workshop), await people.phone(workshop, "g1")
    held = new_id()
    async with host.live("presenter") as seen, host.live("facilitator") as desk, phone.live() as seat:
        await seat.ask("note.add", id=new_id(), zone="matrix.social", text=CANARIES[0])
        await seat.ask("note.add", id=held, zone="matrix.individual", text=CANARIES[1])
        await seat.ask("note.add", id=new_id(), zone="matrix.individual", text=CANARIES[2])
        await seat.ask("note.add", id=new_id(), zone="matrix.individual", text="for all to read")
        await desk.ask("note.hide", id=held, why="rude")
        # With the same rights: it is the same host.
        done = await seen.ask("zone.reveal", zone="matrix.individual")
        await seen.knows(done["seq"])
        await desk.knows(done["seq"])
        assert seen.rows.texts() == ["for all to read"]
        assert len(desk.rows.texts()) == 4
        said = json.dumps(seen.heard)
        assert not [words for words in CANARIES if words in said]
        assert held not in said
        assert not {"origin", "mine", "step"} & {row["kind"] for row in seen.rows.values()}
        assert any(stage["script"] for stage in seen.welcome["session"]["plan"]["stages"])


async def test_only_a_host_may_sit_so(people: People) -> None:
    workshop = await people.workshop()
    for browser in (await people.phone(workshop, "g1"), await people.wall(workshop)):
        async with browser.socket() as socket:
            await socket.send({"type": "hello", "protocol": 1, "as": "presenter"})
            assert (await socket.end())["code"] == "grant.missing"


async def _plan(people: People) -> dict[str, object]:
    """A plan of ours, as a whole."""
    host = await people.host(workshop := await people.workshop())
    async with host.live("facilitator", workshop.code) as desk:
        plan: dict[str, object] = desk.welcome["session"]["plan"]
    return plan
