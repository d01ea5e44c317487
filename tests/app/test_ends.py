"""Every end says why: revoked, left, deleted, closed, paired elsewhere, or the server going."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from tests.app.client import Browser, People, Refusal, Workshop, new_id
from tests.app.running import process, running

SOON = 2.0
"""Seconds in which a revoked seat has to be empty."""


@pytest.fixture
async def workshop(people: People) -> Workshop:
    return await people.workshop()


async def refusal(browser: Browser, method: str, path: str, body: object = None) -> tuple[int, str]:
    with pytest.raises(Refusal) as refused:
        await browser.call(method, path, body)
    return refused.value.status, refused.value.code


async def test_who_leaves_is_out_in_every_tab_at_once(people: People, workshop: Workshop) -> None:
    ann = await people.phone(workshop, "g1")
    async with ann.live() as one, ann.live() as two, ann.plain() as poll:
        left = time.monotonic()
        await ann.post(f"/api/sessions/{workshop.code}/leave")
        for seat in (one, two):
            going = await seat.end()
            assert (going["code"], going["close"]) == ("grant.ended", 1012)
        await asyncio.wait_for(asyncio.shield(poll._polling), SOON)  # type: ignore[arg-type]
        assert time.monotonic() - left < SOON
    with pytest.raises(Refusal) as refused:
        async with ann.live():
            pass
    assert refused.value.code == "grant.missing"
    assert refused.value.said["close"] == 4401
    assert await refusal(ann, "GET", f"/s/{workshop.code}/list.json") == (401, "grant.missing")


async def test_a_revoked_link_ends_everybody_it_let_in_and_nobody_else(
    people: People, workshop: Workshop
) -> None:
    host = await people.host(workshop)
    made = await host.post(f"/api/sessions/{workshop.code}/links", {"role": "facilitator", "label": "Sam"})
    secret = made["url"].partition("#")[2]
    sam, sams_tablet = people.browser(workshop.code), people.browser(workshop.code)
    for browser in (sam, sams_tablet):
        assert (await browser.enter(secret))["url"] == f"/s/{workshop.code}/facilitate"
    links: Any = await host.get(f"/api/sessions/{workshop.code}/links")
    (known,) = [link for link in links if link["label"] == "Sam"]
    assert known["id"] == made["id"]
    assert known["used"]
    assert secret not in str(links)
    async with (
        sam.live("facilitator") as one,
        sams_tablet.live("wall") as two,
        host.live("facilitator") as desk,
    ):
        revoked = time.monotonic()
        await host.call("DELETE", f"/api/sessions/{workshop.code}/links/{made['id']}")
        assert [(await seat.end())["code"] for seat in (one, two)] == ["grant.ended", "grant.ended"]
        assert time.monotonic() - revoked < SOON
        await desk.ask("wall.blank", on=True)
    assert await refusal(sam, "POST", "/api/enter", {"secret": secret}) == (401, "secret.unknown")
    assert await refusal(sam, "GET", f"/api/sessions/{workshop.code}/links") == (401, "grant.missing")
    link = f"/api/sessions/{workshop.code}/links/{made['id']}"
    assert await refusal(host, "DELETE", link) == (404, "link.unknown")


async def test_a_link_can_be_opened_again_in_the_same_browser(people: People, workshop: Workshop) -> None:
    host = await people.host(workshop)
    await host.enter(workshop.secret)
    async with host.live("facilitator") as desk:
        await desk.ask("wall.blank", on=True)


async def test_a_screen_is_paired_by_its_letters(people: People, workshop: Workshop) -> None:
    screen, host = people.browser(workshop.code), await people.host(workshop)
    waiting = await screen.post("/api/pair")
    assert len(waiting["letters"]) == 4
    assert (await screen.get("/api/pair")) == waiting
    pairing = f"/api/sessions/{workshop.code}/pair"
    assert await refusal(host, "POST", pairing, {"letters": "AEIO"}) == (404, "letters.unknown")
    await host.post(pairing, {"letters": " ".join(waiting["letters"].lower())})
    for _ in range(2):
        # Told more than once: an answer can be lost on the way.
        assert (await screen.get("/api/pair"))["wall_url"] == f"/s/{workshop.code}/wall"
    async with screen.live("wall") as wall:
        assert wall.welcome["you"]["role"] == "wall"
    assert await refusal(host, "POST", pairing, {"letters": waiting["letters"]}) == (404, "letters.unknown")
    with pytest.raises(Refusal, match="not in this workshop"):
        async with screen.live("facilitator"):
            pass


async def test_a_screen_is_listed_and_disconnected_and_can_be_paired_anew(
    people: People, workshop: Workshop
) -> None:
    host, elsewhere = await people.host(workshop), await people.host(await people.workshop())
    path = f"/api/sessions/{workshop.code}/screens"
    screens = [await people.wall(workshop) for _ in range(2)]
    first, _ = screens

    async def listed() -> list[Any]:
        known: Any = await host.get(path)
        return list(known)

    known = await listed()
    assert len({each["id"] for each in known}) == 2
    assert [each["here"] for each in known] == [False, False]
    assert known[0]["paired"] <= known[1]["paired"]
    async with first.live("wall") as wall, first.plain("wall") as poll, screens[1].live("wall") as other:
        assert [each["here"] for each in await listed()] == [True, True]
        before = time.monotonic()
        await host.call("DELETE", f"{path}/{known[0]['id']}")
        assert (await wall.end())["code"] == "grant.ended"
        await asyncio.wait_for(asyncio.shield(poll._polling), SOON)  # type: ignore[arg-type]
        assert time.monotonic() - before < SOON
        async with host.live("facilitator") as desk:
            done = await desk.ask("wall.blank", on=True)
        await other.knows(done["seq"])
    # It was told where to go a moment ago, and is told so no more.
    assert len((await first.get("/api/pair"))["letters"]) == 4
    with pytest.raises(Refusal) as refused:
        async with first.live("wall"):
            pass
    assert refused.value.code == "grant.missing"
    assert await refusal(host, "DELETE", f"{path}/{known[0]['id']}") == (404, "screen.unknown")
    theirs = f"/api/sessions/{elsewhere.code}/screens/{known[1]['id']}"
    assert await refusal(elsewhere, "DELETE", theirs) == (404, "screen.unknown")
    assert [each["id"] for each in await listed()] == [known[1]["id"]]
    for _ in range(2):
        letters = (await first.post("/api/pair"))["letters"]
        await host.post(f"/api/sessions/{workshop.code}/pair", {"letters": letters})
    async with first.live("wall"):
        assert len(await listed()) == 2


async def test_a_screen_in_the_browser_of_its_host_is_on_while_it_is_open(
    people: People, workshop: Workshop
) -> None:
    host = await people.host(workshop)
    letters = (await host.post("/api/pair"))["letters"]
    paired = await host.post(f"/api/sessions/{workshop.code}/pair", {"letters": letters})
    async with host.live("wall") as wall:
        known: Any = await host.get(f"/api/sessions/{workshop.code}/screens")
        (listed,) = known
        assert (listed["id"], listed["here"]) == (paired["screen"], True)
        await host.call("DELETE", f"/api/sessions/{workshop.code}/screens/{listed['id']}")
        assert (await wall.end())["code"] == "grant.ended"


async def test_what_came_by_a_link_is_no_paired_screen(people: People, workshop: Workshop) -> None:
    host = await people.host(workshop)
    made = await host.post(f"/api/sessions/{workshop.code}/links", {"role": "wall", "label": "Hall"})
    screen = people.browser(workshop.code)
    await screen.enter(made["url"].partition("#")[2])
    async with screen.live("wall"):
        known: Any = await host.get(f"/api/sessions/{workshop.code}/screens")
        assert known == []


async def test_a_closed_session_takes_no_notes_and_nobody_new_until_it_is_opened_again(
    people: People, workshop: Workshop
) -> None:
    ann, host = await people.phone(workshop, "g1"), await people.host(workshop)
    note = new_id()
    async with ann.live() as seat:
        await seat.ask("note.add", id=note, zone="matrix.social", text="walk")
        await host.post(f"/api/sessions/{workshop.code}/close")
        await seat.until(lambda rows: rows["stage"]["closed"])
        key, late = new_id(), {"id": new_id(), "zone": "matrix.social", "text": "late"}
        with pytest.raises(Refusal) as refused:
            await seat.ask("note.add", key=key, **late)
        assert refused.value.code == "session.closed"
        bob = people.browser()
        assert await refusal(bob, "POST", f"/api/sessions/{workshop.code}/join", {}) == (
            409,
            "session.closed",
        )
        assert (await ann.join(workshop.code, group="g1"))["participant"] == seat.welcome["you"]["id"]
        await seat.ask("note.take_back", id=note)
        await host.post(f"/api/sessions/{workshop.code}/reopen")
        await seat.ask("note.add", key=key, **late)
        await bob.join(workshop.code)


async def test_the_organiser_finds_sessions_again(people: People) -> None:
    workshop = await people.workshop(title="A morning in May")
    organiser = await people.organiser()
    await (await people.host(workshop)).post(f"/api/sessions/{workshop.code}/close")
    page = (await organiser.http.get("/sessions")).text
    assert "A morning in May" in page
    assert f"/s/{workshop.code}/facilitate" in page
    async with organiser.live("facilitator", workshop.code) as desk:
        assert desk.rows["stage"]["closed"]
    anybody = await people.browser().http.get("/sessions")
    assert anybody.status_code == 303
    assert anybody.headers["location"] == "/start"


async def test_deleting_sends_everybody_out_and_leaves_nothing(people: People, house) -> None:
    canary = "bittern-over-the-reeds"
    workshop = await people.workshop(title=canary, aim=canary)
    ann, host = await people.phone(workshop, "g1", name=canary), await people.host(workshop)
    organiser = await people.organiser()
    async with (
        ann.live() as phone,
        host.live("wall") as wall,
        organiser.live("facilitator", workshop.code) as desk,
    ):
        await phone.ask("note.add", id=new_id(), zone="matrix.social", text=canary)
        assert any(canary.encode() in file.read_bytes() for file in house.folder.iterdir())
        assert await refusal(host, "DELETE", f"/api/sessions/{workshop.code}") == (401, "grant.missing")
        await organiser.call("DELETE", f"/api/sessions/{workshop.code}")
        assert {(await seat.end())["code"] for seat in (phone, wall, desk)} == {"session.deleted"}
    for path in (f"/j/{workshop.code}", f"/api/sessions/{workshop.code}/changes", f"/s/{workshop.code}/list"):
        assert await refusal(host, "GET", path) == (404, "code.unknown")
    assert await refusal(host, "POST", "/api/enter", {"secret": workshop.secret}) == (401, "secret.unknown")
    assert [file.name for file in house.folder.iterdir() if canary.encode() in file.read_bytes()] == []


class Calendar:
    def __init__(self) -> None:
        self.now = 1_790_000_000_000

    def __call__(self) -> int:
        return self.now


async def test_a_session_is_kept_until_its_day_and_then_deleted(tmp_path: Path) -> None:
    calendar = Calendar()
    with running(tmp_path / "data", calendar) as here:
        async with People(here.origin, here.key) as people:
            short = await people.workshop(title="bittern for a day", keep_days=1)
            long = await people.workshop(keep_days=30)
            page = (await people.browser().http.get(f"/j/{short.code}")).text
            assert "22 September 2026" in page
            ann = await people.phone(short)
            async with ann.live() as seat:
                calendar.now += 86_400_000
                assert await refusal(people.browser(), "GET", f"/j/{short.code}") == (404, "code.unknown")
                assert len(here.run(here.house.lobby.sweep())) == 1
                assert (await seat.end())["code"] == "session.deleted"
            calendar.now += 29 * 86_400_000
    with running(tmp_path / "data", calendar) as here:
        async with People(here.origin, here.key) as people:
            await asyncio.sleep(0.1)
            assert here.run(here.house.register.sessions()) == []
            assert await refusal(people.browser(), "GET", f"/j/{long.code}") == (404, "code.unknown")


async def test_an_organisers_browser_has_to_enter_again_after_a_year(tmp_path: Path) -> None:
    calendar = Calendar()
    with running(tmp_path / "data", calendar) as here:
        async with People(here.origin, here.key) as people:
            organiser = await people.organiser()
            calendar.now += 364 * 86_400_000
            assert (await organiser.http.get("/sessions")).status_code == 200
            calendar.now += 2 * 86_400_000
            assert (await organiser.http.get("/sessions")).status_code == 303
            asked = {"plan": "blank", "title": "An afternoon"}
            assert await refusal(organiser, "POST", "/api/sessions", asked) == (401, "grant.missing")
            await organiser.enter(here.key)
            await organiser.post("/api/sessions", asked)


async def test_a_server_that_stops_says_so_and_stops_soon(tmp_path: Path) -> None:
    with process(tmp_path / "data") as server:
        async with People(server.origin, server.key) as people:
            workshop = await people.workshop()
            ann, bob = await people.phone(workshop, "g1"), await people.phone(workshop, "g2")
            async with ann.live() as seat, bob.plain() as poll:
                await asyncio.sleep(0.1)
                stopped = time.monotonic()
                stopping = asyncio.create_task(asyncio.to_thread(server.stop))
                going = await seat.end()
                assert (going["code"], going["close"]) == ("server.going", 1012)
                assert 0 <= going["retry_ms"] <= 10_000
                await stopping
                await asyncio.wait_for(asyncio.shield(poll._polling), SOON)  # type: ignore[arg-type]
                assert time.monotonic() - stopped < 5
        assert "Traceback" not in server.log.read_text()


async def test_nothing_that_was_acknowledged_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    with process(tmp_path / "data") as server:
        async with People(server.origin, server.key) as people:
            workshop = await people.workshop()
            phones = [await people.phone(workshop, "g1") for _ in range(4)]
            sent: dict[str, dict[str, str]] = {}
            saved: dict[str, int] = {}

            async def write(phone: Browser, n: int) -> None:
                async with phone.live() as seat:
                    for place in range(10_000):
                        key = new_id()
                        sent[key] = {"id": new_id(), "zone": "matrix.social", "text": f"{n} {place}"}
                        saved[key] = (await seat.ask("note.add", key=key, **sent[key]))["seq"]

            for _ in range(2):
                enough = len(saved) + 40
                writing = [asyncio.create_task(write(phone, n)) for n, phone in enumerate(phones)]
                async with asyncio.timeout(20):
                    while len(saved) < enough:  # noqa: ASYNC110
                        await asyncio.sleep(0.01)
                server.kill()
                ends = await asyncio.gather(*writing, return_exceptions=True)
                assert {type(end) for end in ends} == {ConnectionError}
                server.start()
            async with phones[0].live() as seat:
                # Whatever was sent is sent again: what was saved has its number, and nothing is there twice.
                for key, note in [each for each in sent.items() if each[1]["text"].startswith("0 ")]:
                    again = await seat.ask("note.add", key=key, **note)
                    assert again["seq"] == saved.get(key, again["seq"])
            async with (await people.host(workshop)).live("facilitator") as desk:
                notes = desk.rows.of("note")
                assert {sent[key]["id"] for key in saved} <= {note["id"] for note in notes}
                texts = [note["text"] for note in notes if note["text"].startswith("0 ")]
                assert len(texts) == len(notes_of_first(sent))


def notes_of_first(sent: dict[str, dict[str, str]]) -> list[str]:
    return [note["id"] for note in sent.values() if note["text"].startswith("0 ")]
