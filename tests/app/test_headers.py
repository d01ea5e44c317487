"""What every answer wears, which door it came through, and what the logs keep silent about."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.app.client import People, Refusal, new_id
from tests.app.running import process, running

WEARS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex",
}
POLICY = {
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


def policy(answer: Any) -> set[str]:
    return {part.strip() for part in answer.headers["content-security-policy"].split(";")}


async def test_scripts_and_styles_are_never_taken_for_anything_else(people: People) -> None:
    browser = people.browser()
    files = re.findall(r'"(/static/[^"]+\.(?:js|css))"', (await browser.http.get("/")).text)
    assert len({file.rpartition(".")[2] for file in files}) == 2
    for file in files:
        answer = await browser.http.get(file)
        assert answer.headers["content-type"].startswith(("text/javascript", "text/css"))
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cache-control"].endswith("immutable")


async def test_every_other_answer_wears_the_same(people: People) -> None:
    workshop = await people.workshop()
    host = await people.host(workshop)
    answers = [
        await host.http.get("/"),
        await host.http.get("/nope"),
        await host.http.get("/nope", headers={"accept": "text/html"}),
        await host.http.get("/healthz"),
        await host.http.get(f"/s/{workshop.code}/list.csv"),
        await host.http.get(f"/s/{workshop.code}/qr.svg"),
        await host.http.get(f"/s/{workshop.code}/facilitate"),
        await host.http.get("/sessions"),
        await host.http.post("/api/enter", json={"secret": "wrong"}),
        await host.http.post("/api/enter", content="{"),
        await host.http.delete("/"),
        await host.http.get("/", headers={"host": "evil.example"}),
        await host.http.post("/api/enter", json={}, headers={"origin": "https://evil.example"}),
        await host.http.post("/api/enter", content="a" * 300_000),
    ]
    for answer in answers:
        where = f"{answer.request.method} {answer.request.url} {answer.status_code}"
        assert {name: answer.headers.get(name) for name in WEARS} == WEARS, where
        assert policy(answer) >= POLICY, where
        assert not any("unsafe" in part or "*" in part for part in policy(answer)), where
        assert not any(name.startswith("access-control-") for name in answer.headers), where
        assert "server" not in answer.headers, where
        assert "evil" not in answer.headers["content-security-policy"], where
        assert answer.headers["cache-control"] in ("no-store", "private, max-age=3600"), where
        if answer.is_error and "text/html" not in answer.headers["content-type"]:
            assert set(answer.json()) >= {"code", "message"}, where


async def test_a_fault_wears_the_same_and_tells_nothing(people: People, house, monkeypatch) -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError("bittern in the machine")

    monkeypatch.setattr(type(house.house.register), "session_of_code", broken)
    for accept in ("application/json", "text/html"):
        answer = await people.browser().http.get("/j/BCDFGHJKL", headers={"accept": accept})
        assert answer.status_code == 500
        assert {name: answer.headers.get(name) for name in WEARS} == WEARS
        assert policy(answer) >= POLICY
        assert "bittern" not in answer.text
        assert "Nothing is lost" in answer.text


async def test_a_forged_host_is_turned_away_and_builds_no_link(people: People) -> None:
    browser = people.browser()
    for forged in ("evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example"):
        answer = await browser.http.get("/", headers={"host": forged})
        assert (answer.status_code, answer.json()["code"]) == (421, "request.misdirected")
    headers = {
        "authorization": f"Bearer {people.key}",
        "x-forwarded-host": "evil.example",
        "x-forwarded-for": "1.2.3.4",
        "forwarded": "host=evil.example",
    }
    made = await browser.call("POST", "/api/sessions", {"plan": "blank", "title": "An afternoon"}, **headers)
    assert {url.split("/")[2] for name, url in made.items() if name.endswith("_url")} == {
        people.origin.removeprefix("http://")
    }


FOREIGN = ("https://evil.example", "null", "http://127.0.0.1", "{origin}.evil.example", "")


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_page_from_elsewhere_changes_nothing(people: People, origin: str) -> None:
    workshop = await people.workshop()
    host = await people.host(workshop)
    said = {"origin": origin.format(origin=people.origin)} if origin else {}
    if not origin:
        del host.http.headers["origin"]
    for method, path in (
        ("POST", "close"),
        ("POST", "leave"),
        ("POST", "links"),
        ("PATCH", "me"),
        ("POST", "asks"),
    ):
        form = {"content-type": "application/x-www-form-urlencoded"}
        answer = await host.http.request(
            method, f"/api/sessions/{workshop.code}/{path}", content="a=b", headers={**form, **said}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "request.foreign"), path
    async with (await people.host(workshop)).live("facilitator") as desk:
        assert not desk.rows["stage"]["closed"]


async def test_the_cookie_is_one_and_unreadable_to_scripts(people: People, tmp_path: Path) -> None:
    workshop = await people.workshop()
    answer = await people.browser().http.post(f"/api/sessions/{workshop.code}/join", json={})
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("eutopia=")
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
    assert "Domain" not in cookie
    with running(tmp_path / "data", public_url="https://rooms.example.org") as here:
        async with People(here.origin, here.key) as secured:
            browser = secured.browser()
            browser.http.headers.update({"host": "rooms.example.org", "origin": "https://rooms.example.org"})
            answer = await browser.http.post("/api/enter", json={"secret": here.key})
            (cookie,) = answer.headers.get_list("set-cookie")
            assert cookie.startswith("__Host-eutopia=")
            assert {"secure", "httponly", "path=/"} <= {part.strip().lower() for part in cookie.split(";")}
            assert answer.headers["strict-transport-security"].startswith("max-age=31536000")


async def test_secrets_are_kept_as_hashes_alone(people: People, house) -> None:
    workshop = await people.workshop()
    phone, host = await people.phone(workshop), await people.host(workshop)
    secrets = [workshop.secret, phone.me["ticket"], *phone.http.cookies.values(), *host.http.cookies.values()]
    kept = b"".join(
        file.read_bytes() for file in house.folder.iterdir() if file.name.startswith("eutopia.sqlite")
    )
    assert workshop.code.encode() in kept
    assert [secret for secret in secrets if secret.encode() in kept] == []
    assert b"127.0.0.1" not in kept
    assert b"python-httpx" not in kept


async def test_no_word_name_or_address_comes_into_the_logs(tmp_path: Path) -> None:
    with process(tmp_path / "data", notes_burst=5, notes_a_minute=1) as server:
        async with People(server.origin, server.key) as people:
            workshop = await people.workshop(
                title="bittern title", host="bittern host", contact="bittern@reed.bed"
            )
            phone, host = (
                await people.phone(workshop, "g1", name="Bittern Smith"),
                await people.host(workshop),
            )
            asked = {"zone": "matrix.social", "text": "bittern note"}
            async with phone.live() as seat:
                for _ in range(5):
                    await seat.ask("note.add", id=new_id(), **asked)
                with pytest.raises(Refusal, match="That was quick"):
                    await seat.ask("note.add", id=new_id(), **asked)
                for bad in ("bittern", '{"bittern":1}', b"bittern", '{"type":"ask","key":"bittern"}'):
                    await seat.send(bad)
                await seat.end()
            for path in (
                "/bittern",
                f"/j/{workshop.code}?t=bittern",
                "/j/bittern",
                f"/s/{workshop.code}/list.csv",
            ):
                await host.http.get(path)
            await host.http.post("/api/enter", json={"secret": "bittern"})
            await host.http.post("/api/enter", content="bittern{")
            async with phone.socket() as socket:
                await socket.socket.send(b"\xff\xfebittern", text=True)
                await socket.end()
            browser = people.browser(address="127.0.0.99")
            await browser.http.get("/", headers={"host": "bittern.example", "user-agent": "bittern"})
        logged = server.log.read_text()
    assert "Eutopia is open" in logged
    assert "bittern" not in logged.lower()
    assert "127.0.0.99" not in logged
    assert workshop.secret not in logged
    assert workshop.code not in logged
    assert "Exception" not in logged
