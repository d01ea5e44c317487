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
