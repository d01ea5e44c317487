"""A device shown out, a room locked, a new code, and the record of it all: over a real server."""

import asyncio
import csv
import io
import json
import time
from typing import Any

import pytest

from app.keys import in_threes
from tests.app.client import Browser, People, Refusal, Workshop, new_id

SOON = 2.0
"""Seconds in which a device that was shown out has to be gone."""


@pytest.fixture
async def workshop(people: People) -> Workshop:
    return await people.workshop()


async def refusal(browser: Browser, method: str, path: str, body: object = None) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        await browser.call(method, path, body)
    return refused.value.status, refused.value.code


async def written(phone: Browser, text: str = "walk", zone: str = "matrix.social") -> str:
    id = new_id()
    await phone.asks({"type": "note.add", "id": id, "zone": zone, "text": text})
    return id


# A device is shown out


async def test_a_removed_phone_is_out_in_every_tab_at_once_and_its_notes_stay(
    people: People, workshop: Workshop
) -> None:
    host = await people.host(workshop)
    ann, bob = await people.phone(workshop, "g1"), await people.phone(workshop, "g1")
    note = await written(ann, "shout")
    async with (
        ann.live() as one,
        ann.plain() as two,
        bob.live() as other,
        host.live("facilitator") as desk,
    ):
        removed = time.monotonic()
        await desk.ask("author.remove", note=note)
        going = await one.end()
        assert going["code"] == "seat.removed"
        assert going["message"]
        assert "retry_ms" not in going
        await asyncio.wait_for(asyncio.shield(two._polling), SOON)  # type: ignore[arg-type]
        assert time.monotonic() - removed < SOON
        await other.ask("note.add", id=new_id(), zone="matrix.social", text="still here")
        assert "shout" in desk.rows.texts()
        now = await desk.until(lambda _: next((n for n in desk.heard if n.get("joined") == 1), None))
        assert now["here"] == 1
    assert await refusal(ann, "GET", f"/s/{workshop.code}/list.json") == (401, "grant.missing")
    with pytest.raises(Refusal, match=r"grant\.missing"):
        await written(ann)


async def test_whoever_was_removed_may_join_anew_unless_the_room_is_locked(
    people: People, workshop: Workshop
) -> None:
    host, ann = await people.host(workshop), await people.phone(workshop, "g1")
    async with host.live("facilitator") as desk:
        await desk.ask("author.remove", note=await written(ann))
        await ann.join(workshop.code, group="g1")
        again = await written(ann, "again")
        await desk.ask("room.lock", on=True)
        await desk.ask("author.remove", note=again)
        path = f"/api/sessions/{workshop.code}/join"
        assert await refusal(ann, "POST", path, {"group": "g1"}) == (403, "session.locked")


async def test_by_a_note_of_nobody_nobody_is_removed(people: People, workshop: Workshop) -> None:
    async with (await people.host(workshop)).live("facilitator") as desk:
        with pytest.raises(Refusal, match=r"note\.gone"):
            await desk.ask("author.remove", note=new_id())


# A writer is stopped


async def test_a_stopped_writer_is_told_so_and_nobody_learns_who_it_is(
    people: People, workshop: Workshop
) -> None:
    host = await people.host(workshop)
    ann, bob = await people.phone(workshop, "g1"), await people.phone(workshop, "g1")
    note = await written(ann)
    async with ann.live() as hers, bob.live() as his, host.live("facilitator") as desk:
        done = await desk.ask("author.mute", note=note)
        with pytest.raises(Refusal, match=r"writer\.muted"):
            await hers.ask("note.add", id=new_id(), zone="matrix.social", text="more")
        for seat in (hers, desk):
            await seat.knows(done["seq"])
        assert [row["note"] for row in hers.rows.of("muted")] == [note]
        assert [row["note"] for row in desk.rows.of("muted")] == [note]
        assert his.rows.of("muted") == []
        assert hers.welcome["you"]["id"] not in json.dumps(desk.heard)
        await hers.ask("note.take_back", id=note)
        await desk.ask("author.unmute", note=note)
        await hers.ask("note.add", id=new_id(), zone="matrix.social", text="more")


# The room is locked


async def test_a_locked_room_lets_nobody_new_in_and_everybody_back(
    people: People, workshop: Workshop
) -> None:
    host, ann = await people.host(workshop), await people.phone(workshop, "g1")
    async with host.live("facilitator") as desk:
        await desk.ask("room.lock", on=True)
        stranger = people.browser(workshop.code)
        path = f"/api/sessions/{workshop.code}/join"
        assert await refusal(stranger, "POST", path, {}) == (403, "session.locked")
        page = (await stranger.http.get(f"/j/{workshop.code}")).text
        assert 'id="locked"' in page
        assert 'id="form"' not in page
        assert (await ann.post(path, {"group": "g2"}))["ticket"] == ""
        assert 'id="locked"' not in (await ann.http.get(f"/j/{workshop.code}")).text
        async with ann.live() as seat:
            await seat.ask("note.add", id=new_id(), zone="matrix.social", text="in")
        await desk.ask("room.lock", on=False)
        assert (await stranger.post(path, {}))["participant"]


# A new code


async def renewed(host: Browser, code: str) -> str:
    said = await host.post(f"/api/sessions/{code}/code")
    assert said["code_shown"] == in_threes(said["code"])
    assert said["join_href"].endswith(f"/j/{said['code']}")
    return str(said["code"])


async def test_by_the_old_code_nobody_joins_and_nobody_can_tell_that_it_was_one(
    people: People, workshop: Workshop
) -> None:
    host = await people.host(workshop)
    new = await renewed(host, workshop.code)
    assert new != workshop.code
    stranger, old = people.browser(workshop.code), workshop.code
    for method, path in (
        ("GET", f"/j/{old}"),
        ("POST", f"/api/sessions/{old}/join"),
        ("GET", f"/s/{old}/list.json"),
        ("GET", f"/s/{old}/qr.svg"),
        ("GET", f"/api/sessions/{old}/changes?as=participant"),
    ):
        unknown = path.replace(old, "BBBCCCDDD")
        body: object = {} if method == "POST" else None
        assert await refusal(stranger, method, path, body) == (404, "code.unknown"), path
        assert await refusal(stranger, method, unknown, body) == (404, "code.unknown"), path
    with pytest.raises(Refusal, match=r"code\.unknown"):
        async with stranger.live("participant", old):
            pass
    await stranger.join(new)


async def test_whoever_is_inside_goes_on_by_the_code_they_came_with(
    people: People, workshop: Workshop
) -> None:
    host, wall = await people.host(workshop), await people.wall(workshop)
    ann, old = await people.phone(workshop, "g1"), workshop.code
    async with ann.live() as seat, wall.live("wall") as screen, host.live("facilitator") as desk:
        new = await renewed(host, old)
        await seat.ask("note.add", id=new_id(), zone="matrix.social", text="over the same line")
        # Screens are told that there is another, and ask for it.
        for each in (screen, desk):
            await each.until(lambda rows: rows.of("door") and rows.of("door")[0]["codes"] == 1)
        assert (await wall.get(f"/api/sessions/{old}/code"))["code"] == new
        assert seat.rows.of("door") == []
    for code in (old, new):
        await ann.asks({"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": code})
        async with ann.live(code=code) as seat:
            assert seat.welcome["session"]["code"] == new
            await seat.ask("note.add", id=new_id(), zone="matrix.social", text=f"again by {code}")
        async with ann.plain(code=code) as poll:
            assert len(poll.rows.of("note")) >= 3
        page = (await ann.http.get(f"/s/{code}")).text
        # What the phone keeps is found again under either.
        assert f'"kept_by": "{old}"' in page
        assert (await wall.http.get(f"/s/{code}/wall")).status_code == 200
        assert f'"code": "{new}"' in (await wall.http.get(f"/s/{code}/wall")).text
        assert (await ann.http.get(f"/s/{code}/list.csv")).status_code == 200


async def test_where_cookies_are_blocked_the_ticket_goes_on_too(people: People, workshop: Workshop) -> None:
    host, guest = await people.host(workshop), people.browser(workshop.code)
    ticket = (await guest.post(f"/api/sessions/{workshop.code}/join", {}))["ticket"]
    await renewed(host, workshop.code)
    bare = people.browser(workshop.code)
    bare.http.headers["authorization"] = f"Bearer {ticket}"
    await bare.asks({"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": "by ticket"})
    async with people.browser(workshop.code).socket() as socket:
        await socket.send({"type": "hello", "protocol": 1, "as": "participant", "ticket": ticket})
        assert (await socket.hear("welcome"))["you"]["role"] == "participant"


async def test_a_link_given_before_still_opens_and_shows_a_stranger_no_code(
    people: People, workshop: Workshop
) -> None:
    host = await people.host(workshop)
    made = await host.post(f"/api/sessions/{workshop.code}/links", {"role": "facilitator", "label": "Sam"})
    new = await renewed(host, workshop.code)
    sam = people.browser(workshop.code)
    page = (await sam.http.get(f"/s/{workshop.code}/facilitate")).text
    assert new not in page
    assert in_threes(new) not in page
    assert (await sam.enter(made["url"].partition("#")[2]))["url"] == f"/s/{new}/facilitate"
    async with sam.live("facilitator", workshop.code) as desk:
        await desk.ask("wall.blank", on=True)


async def test_two_hosts_who_ask_at_once_get_one_new_code(people: People, workshop: Workshop) -> None:
    async with (await people.host(workshop)).live("facilitator") as one:
        await asyncio.gather(*[one.ask("code.renew", old=workshop.code) for _ in range(3)])
        found = await (await people.host(workshop)).get(f"/api/sessions/{workshop.code}/code")
        await one.ask("code.renew", old=workshop.code)
        assert found == await (await people.host(workshop)).get(f"/api/sessions/{workshop.code}/code")


# Silent tables, and who is in touch


async def test_hosts_alone_are_told_which_tables_are_silent_and_no_table_of_one(people: People) -> None:
    workshop = await people.workshop(groups=["One", "Two", "Three", "Four"])
    host, wall = await people.host(workshop), await people.wall(workshop)
    for group in ("g2", "g2"):
        await people.phone(workshop, group)
    await people.phone(workshop, "g3")
    await people.phone(workshop, "g4", people=3)
    ann = await people.phone(workshop, "g1")
    async with (
        host.live("facilitator") as desk,
        host.live("presenter") as seen,
        wall.live("wall") as screen,
        ann.live() as seat,
    ):
        await desk.ask("stage.open", stage="matrix-alone")
        await desk.hear("now")
        # Before anybody has written, everybody is just thinking.
        assert "silent" not in await desk.hear("now")
        await seat.ask("note.add", id=new_id(), zone="matrix.social", text="first")

        def silent(_: object) -> Any:
            return next((each for each in desk.heard if each.get("silent")), None)

        assert (await desk.until(silent))["silent"] == ["g2", "g4"]
        await seat.send({"type": "beat", "seen": 0})
        await asyncio.sleep(1.2)
        for other in (seen, screen, seat):
            assert any(each["type"] == "now" for each in other.heard)
            assert '"silent"' not in json.dumps(other.heard)


async def test_a_phone_without_a_socket_is_in_touch(people: People, workshop: Workshop) -> None:
    host, ann = await people.host(workshop), await people.phone(workshop, "g1")
    await people.phone(workshop, "g1")
    async with ann.plain(), host.live("facilitator") as desk:
        now = await desk.until(lambda _: next((n for n in desk.heard if n.get("here") == 1), None))
        assert now["joined"] == 2


# The record


async def test_the_record_names_hosts_by_their_links_and_holds_no_words(
    people: People, workshop: Workshop
) -> None:
    host, ann = await people.host(workshop), await people.phone(workshop, "g1")
    made = await host.post(
        f"/api/sessions/{workshop.code}/links", {"role": "facilitator", "label": "=Sam & <Kim>"}
    )
    sam, boss = people.browser(workshop.code), await people.organiser()
    await sam.enter(made["url"].partition("#")[2])
    note = await written(ann, "canary Dr Smith", "matrix.individual")
    async with sam.live("facilitator") as one, host.live("facilitator") as two:
        await one.ask("note.hide", id=note, why="rude")
        await two.ask("note.hide", id=note, why="bin")
    await renewed(boss, workshop.code)
    # Who ended since is named still.
    await host.call("DELETE", f"/api/sessions/{workshop.code}/links/{made['id']}")
    answer = await boss.http.get(f"/s/{workshop.code}/record.csv")
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["Who"], row["What"], row["Why"], row["Note number"]) for row in table] == [
        ("A hint", "held a note back", "It may name someone", "1"),
        ("'=Sam & <Kim>", "kept a note off the wall", "It may hurt someone", "1"),
        ("The first host’s link", "put a note in the bin", "", "1"),
        ("The organiser", "made a new code", "", ""),
    ]
    page = (await boss.http.get(f"/s/{workshop.code}/record", headers={"accept": "text/html"})).text
    assert "=Sam &amp; &lt;Kim&gt;" in page
    for said in (page, answer.text):
        assert "canary" not in said
        assert note not in said


async def test_the_host_s_copy_lists_what_is_in_the_bin_under_its_own_mark(
    people: People, workshop: Workshop
) -> None:
    host, ann = await people.host(workshop), await people.phone(workshop, "g1")
    binned, held = await written(ann, "binned one"), await written(ann, "held one")
    async with host.live("facilitator") as desk:
        await desk.ask("stage.open", stage="matrix-together")
        await desk.ask("note.hide", id=binned, why="bin")
        await desk.ask("note.hide", id=held, why="rude")
    mine = (await host.http.get(f"/s/{workshop.code}/list.csv")).content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(mine))
    table = {row["Note, as it was written"]: row["Where it stands"] for row in rows}
    table.pop("", None)
    assert table == {"binned one": "in the bin", "held one": "kept off the wall"}
    room = (await host.http.get(f"/s/{workshop.code}/list.csv?copy=room")).text
    assert "binned" not in room
    assert "In the bin" in (await host.http.get(f"/s/{workshop.code}/list")).text
