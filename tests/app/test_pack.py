"""The paper pack over HTTP: for hosts, from the session's plan; of a Wi-Fi nothing is kept."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from exports import render_pack
from sessions.domain.pack import Part, Wifi
from sessions.domain.packing import Invitation, packing
from sessions.domain.plans import Plan
from tests.app.client import Browser, People, Refusal
from tests.app.running import Running, process
from tests.exports.test_pack import LABELS

GUESTS = {"name": "Kanarienvogel Guest", "password": "kanarienvogel-7-seeds"}


async def printed(host: Browser, **wanted: Any) -> bytes:
    answer = await host.http.post(f"/api/sessions/{host.code}/pack", json=wanted)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf"), answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="eutopia-')
    return answer.content


async def test_a_host_prints_the_pack_of_this_session(people: People, house: Running) -> None:
    workshop = await people.workshop(title="Lower Valley", host="Active Valley", contact="kim@valley.example")
    host, code = await people.host(workshop), workshop.code
    session = house.run(house.house.register.session_of_code(code))
    assert session is not None
    known = Invitation(
        title="Lower Valley",
        host="Active Valley",
        contact="kim@valley.example",
        address=house.origin.removeprefix("http://") + "/j",
        code=f"{code[:3]} {code[3:6]} {code[6:]}",
        link=lambda group: workshop.join_url + (f"?t={group}" if group else ""),
        at=session.made,
    )
    plan = msgspec.json.decode(session.plan, type=Plan)
    for parts in (frozenset(Part), frozenset({Part.CARDS})):
        whole = render_pack(packing(plan, known, parts, Wifi(**GUESTS)), LABELS)
        assert await printed(host, parts=sorted(parts), wifi=GUESTS) == whole
    assert await printed(host) == render_pack(packing(plan, known, frozenset(Part)), LABELS)


async def test_a_card_seats_whoever_scans_it(people: People) -> None:
    workshop = await people.workshop()
    page = (await people.browser().http.get(f"{workshop.join_url}?t=g2")).text
    assert 'value="g2" checked' in page
    assert page.count(" checked>") == 2, "the table, and that one person writes"


BODIES: dict[str, dict[str, Any]] = {
    "nothing": {"parts": []},
    "a part that is none": {"parts": ["cards", "../../etc/passwd"]},
    "a hundred parts": {"parts": ["cards"] * 100},
    "a network without a name": {"wifi": {"name": "", "password": "walk"}},
    "a long name": {"wifi": {"name": "a" * 33}},
    "a long password": {"wifi": {"name": "a", "password": "a" * 65}},
    "controls": {"wifi": {"name": "a\nb"}},
    "half a letter": {"wifi": {"name": "\ud800"}},
    "a field too many": {"wifi": {"name": "a", "hidden": True}},
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
async def test_a_pack_that_cannot_be_is_refused(people: People, body: dict[str, Any]) -> None:
    host = await people.host(await people.workshop())
    with pytest.raises(Refusal) as refused:
        await host.post(f"/api/sessions/{host.code}/pack", body)
    assert (refused.value.status, refused.value.code) == (422, "request.misshapen")
    assert "walk" not in json.dumps(refused.value.said)


async def test_what_is_told_of_a_wifi_is_kept_nowhere(tmp_path: Path) -> None:
    with process(tmp_path / "data") as server:
        async with People(server.origin, server.key) as people:
            host = await people.host(await people.workshop(title="Kept: nightingale"))
            await printed(host, wifi=GUESTS)
            with pytest.raises(Refusal):
                await host.post(f"/api/sessions/{host.code}/pack", {"wifi": {**GUESTS, "hidden": True}})
        server.stop()
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        held = b"".join(file.read_bytes() for file in files)
        assert server.log in files
        # So that not finding means something.
        assert b"nightingale" in held
        assert b"anarienvogel" not in held
