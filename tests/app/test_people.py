"""People are counted, and not devices, from the join page to the list."""

from collections.abc import Iterator

import pytest

from tests.app.client import People, Refusal, new_id
from tests.app.running import Running, running


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("data"), notes_a_minute=12, notes_burst=8) as server:
        yield server


async def test_a_table_at_one_phone_is_as_many_as_it_said(people: People) -> None:
    workshop = await people.workshop()
    table, alone = await people.phone(workshop, "g1", people=5), await people.phone(workshop, "g2")
    host = await people.host(workshop)
    async with host.live("facilitator") as desk, table.live() as seat, alone.live():
        now = await desk.until(lambda _: next((each for each in desk.heard if each.get("here") == 6), None))
        assert now["joined"] == 6
        await seat.ask("note.add", id=new_id(), zone="matrix.social", text="walk")
        now = await desk.until(lambda _: next((each for each in desk.heard if each.get("done") == 5), None))
        assert now["waiting"] == 1
        assert (await host.get(f"/s/{workshop.code}/list.json"))["people"] == 6


async def test_who_writes_for_others_may_write_as_fast_as_they_talk(people: People) -> None:
    workshop = await people.workshop()
    note = {"type": "note.add", "zone": "matrix.social", "text": "walk"}
    table = await people.phone(workshop, "g1", people=5)
    await table.asks(*[{**note, "id": new_id()} for _ in range(30)])
    alone = await people.phone(workshop, "g1")
    with pytest.raises(Refusal, match=r"slow\.down"):
        await alone.asks(*[{**note, "id": new_id()} for _ in range(30)])


# Scribes


async def test_a_scribe_joins_as_one_and_corrects_how_many_they_write_for(people: People) -> None:
    workshop = await people.workshop()
    scribe, host = await people.phone(workshop, "g1", people=20, scribe=True), await people.host(workshop)
    async with host.live("facilitator") as desk:
        async with scribe.live() as seat:
            assert (seat.welcome["you"]["people"], seat.welcome["you"]["scribe"]) == (20, True)
            await seat.ask("note.add", id=new_id(), zone="matrix.social", text="walk", group="g2", slip=14)
        await scribe.call("PATCH", f"/api/sessions/{workshop.code}/me", {"people": 6})
        async with scribe.live() as seat:
            assert (seat.welcome["you"]["people"], seat.welcome["you"]["group"]) == (6, "g1")
            now = await desk.until(
                lambda _: next((each for each in desk.heard if each.get("here") == 6), None)
            )
            assert (now["done"], now["waiting"]) == (1, 5), "a slip is one voice"
        (origin,) = desk.rows.of("origin")
        assert (origin["group"], origin["slip"]) == ("g2", 14)


async def test_slips_of_paper_are_for_scribes(people: People) -> None:
    workshop = await people.workshop()
    phone = await people.phone(workshop, "g1", people=5)
    with pytest.raises(Refusal, match=r"slip\.for_scribes"):
        await phone.asks(
            {"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": "a", "slip": 1}
        )


async def test_a_scribe_alone_may_write_as_fast_as_people_talk(people: People) -> None:
    workshop = await people.workshop()
    scribe = await people.phone(workshop, "g1", scribe=True)
    note = {"type": "note.add", "zone": "matrix.social", "text": "walk"}
    await scribe.asks(*[{**note, "id": new_id(), "slip": place + 1} for place in range(30)])


# The next person


async def test_a_phone_that_is_handed_on_counts_both_and_leads_back_to_none(people: People) -> None:
    workshop = await people.workshop()
    phone, host = await people.phone(workshop, "g1"), await people.host(workshop)
    first, ticket = phone.me["participant"], phone.me["ticket"]
    async with phone.live() as seat:
        await seat.ask("note.add", id=new_id(), zone="matrix.social", text="the first one's")
        await phone.post(f"/api/sessions/{workshop.code}/next")
        assert (await seat.end())["code"] == "person.changed"
    with pytest.raises(Refusal, match=r"grant\.missing"):
        await phone.post(f"/api/sessions/{workshop.code}/next")
    with pytest.raises(Refusal, match=r"grant\.missing"):
        async with people.browser(workshop.code).live(ticket=ticket):
            pass
    assert (await phone.join(workshop.code, group="g1"))["participant"] != first
    async with phone.live() as seat:
        assert not seat.rows.of("mine")
        assert "the first one" not in str(seat.heard)
    assert (await host.get(f"/s/{workshop.code}/list.json"))["people"] == 2
