"""A session as a file of lines: what goes out comes in again as an equal session, and damage shows."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.wording import words as words_of
from tests.app.client import People, Rows, new_id
from tests.app.running import KEY, free_port, running

VIEWS = ("facilitator", "wall")


async def fill(people: People) -> tuple[Any, Any]:
    """A workshop with something of every sort in it; the workshop and its host."""
    workshop = await people.workshop()
    host = await people.host(workshop)
    ann, bob = await people.phone(workshop, "g1"), await people.phone(workshop, "g2")
    ids = [new_id() for _ in range(8)]
    for phone, note, words in (
        (ann, ids[0], "bike racks + shower"),
        (bob, ids[1], "=1+1"),
        (bob, ids[2], "held"),
    ):
        await phone.asks({"type": "note.add", "id": note, "zone": "matrix.social", "text": words})
    [{"id": ids[3], "text": "racks"}, {"id": ids[4], "text": "shower"}]
    await host.asks(
        {"type": "stage.open", "stage": "matrix-together"},
        {"type": "note.hide", "id": ids[2], "why": "names"},
        {
            "type": "note.split",
            "id": ids[0],
            "parts": [{"id": ids[3], "text": "racks"}, {"id": ids[4], "text": "shower"}],
        },
        {"type": "theme.make", "id": ids[5], "title": "Come by bike"},
        {"type": "notes.place", "notes": [ids[3], ids[1]], "theme": ids[5]},
        {"type": "item.make", "id": ids[6], "text": "Come by bike", "theme": ids[5]},
        {"type": "item.set", "id": ids[6], "field": "owner", "value": "Sam"},
        role="facilitator",
    )
    return workshop, host


async def rows(browser: Any, role: str, code: str = "") -> Rows:
    async with browser.live(role, code=code) as seat:
        return Rows(seat.rows)


async def test_an_imported_log_is_an_equal_session_for_every_viewer(tmp_path, monkeypatch, capsys):
    with running(tmp_path / "one") as first:
        async with People(first.origin, first.key) as people:
            workshop, host = await fill(people)
            await host.asks({"type": "session.close"}, role="facilitator")
            log = (await host.http.get(f"/s/{workshop.code}/log.jsonl")).content
            before = {role: await rows(host, role) for role in VIEWS}
    file = tmp_path / "log.jsonl"
    file.write_bytes(log)
    monkeypatch.setenv("EUTOPIA_DATA", str(tmp_path / "two"))
    monkeypatch.setenv("PORT", str(free_port()))
    assert await asyncio.to_thread(main, ["import", str(file)]) == 0
    code = capsys.readouterr().out.partition(" as ")[2].partition(".")[0].replace(" ", "")
    with running(tmp_path / "two") as second:
        async with People(second.origin, KEY) as people:
            organiser = await people.organiser()
            assert {role: await rows(organiser, role, code) for role in VIEWS} == before
            page = (await organiser.http.get("/sessions")).text
            assert words_of().say("sessions.closed") in page


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: lines[:2] + lines[3:],
        lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
        lambda lines: [*lines[:3], lines[3].replace('"key":"', '"key":"x'), *lines[4:]],
        lambda lines: [*lines[:2], lines[2][:-9], *lines[3:]],
        lambda lines: lines[1:],
        lambda lines: [],
        lambda lines: [lines[0].replace('"eutopia_log":1', '"eutopia_log":2'), *lines[1:]],
        lambda lines: [*lines, "[" * 50_000],
    ],
    ids=["a line gone", "two changed places", "another key", "cut", "no heading", "empty", "newer", "nested"],
)
def test_a_damaged_log_is_refused_and_leaves_nothing(tmp_path, monkeypatch, capsys, damage):
    golden = next((Path(__file__).parents[1] / "golden").glob("*.jsonl")).read_text("utf-8").splitlines()
    file = tmp_path / "log.jsonl"
    file.write_text("\n".join(damage(golden)), "utf-8")
    monkeypatch.setenv("EUTOPIA_DATA", str(tmp_path / "data"))
    assert main(["import", str(file)]) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{file}: This file is")
    assert not (tmp_path / "data" / "eutopia.sqlite").exists()


async def test_a_phone_and_a_stranger_get_no_log(people):
    workshop, _ = await fill(people)
    phone = await people.phone(workshop)
    for browser in (phone, people.browser()):
        answer = await browser.http.get(f"/s/{workshop.code}/log.jsonl")
        assert answer.status_code == 401
        assert "bike" not in answer.text


async def test_every_line_of_a_log_is_one_object(people):
    workshop, host = await fill(people)
    answer = await host.http.get(f"/s/{workshop.code}/log.jsonl")
    heading, *records = [json.loads(line) for line in answer.text.splitlines()]
    assert heading["eutopia_log"] == 1
    assert [record["seq"] for record in records] == list(range(1, len(records) + 1))
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
