"""Files are made in a process of their own, from what their reader may see, and are as the room is."""

import asyncio
import csv
import io
import json
import os
import signal
import time
from pathlib import Path

import pytest

from app.press import Press
from exports import FORMATS
from tests.app.client import Browser, People, Refusal, new_id
from tests.app.running import Running, process
from tests.exports.reports import LABELS, afternoon, poisoned

WRITTEN = ["=1+1", "<b>walk</b>", 'with "quotes", commas; and |pipes|', "😀" * 280, "مشي معًا", "two\nlines"]


async def test_every_file_says_the_same_as_the_room(people: People, house: Running) -> None:
    workshop = await people.workshop(title="../../An =afternoon", groups=["=North", "South"])
    phone, host = await people.phone(workshop, "g1"), await people.host(workshop)
    notes = [{"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": text} for text in WRITTEN]
    private = {"type": "note.add", "id": new_id(), "zone": "utopia.see", "text": "bittern"}
    await phone.asks(*notes, private)
    pile = new_id()
    await host.asks(
        {"type": "stage.open", "stage": "matrix-together"},
        {"type": "theme.make", "id": pile, "title": "=Walking"},
        {"type": "notes.place", "notes": [note["id"] for note in notes[:4]], "theme": pile},
        {"type": "item.make", "id": new_id(), "text": "@Walk", "theme": pile},
        {"type": "stage.open", "stage": "list"},
        role="facilitator",
    )
    # One person sat there: only the host's copy says where it was heard.
    for browser, sees, where in ((phone, WRITTEN, []), (host, [*WRITTEN, "bittern"], ["=North"])):
        report = await browser.get(f"/s/{workshop.code}/list.json")
        (line,) = report["lines"]
        assert (line["text"], line["notes"], line["people"], line["groups"]) == ("@Walk", 4, 1, where)
        told = [*line["words"], *report["unplaced"], *report["later"]]
        assert sorted(words["text"] for words in told) == sorted(sees)
        file = await browser.http.get(f"/s/{workshop.code}/list.csv")
        assert file.headers["content-type"] == "text/csv; charset=utf-8"
        assert file.headers["content-disposition"].startswith('attachment; filename="eutopia-')
        assert ".." not in file.headers["content-disposition"]
        rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))
        cells = [row[LABELS["note"]] for row in rows if row[LABELS["note"]]]
        assert sorted(cell.removeprefix("'") for cell in cells) == sorted(sees)
        markdown = (await browser.http.get(f"/s/{workshop.code}/list.md")).text
        assert ("bittern" in markdown) == ("bittern" in sees)
        assert "<b>" not in markdown
        assert report["seq"] == 12
        again = await browser.http.get(f"/s/{workshop.code}/list.csv")
        assert again.content == file.content


async def test_whoever_was_there_reads_the_page_of_their_group_and_a_host_hands_on_all_but_those_of_few(
    people: People,
) -> None:
    workshop = await people.workshop()
    many, few, guest = (
        await people.phone(workshop, "g1", people=6),
        await people.phone(workshop, "g2"),
        await people.phone(workshop, people=5),
    )
    host, wall = await people.host(workshop), await people.wall(workshop)
    notes, pile = [new_id(), new_id()], new_id()
    for phone, note, text in ((many, notes[0], "Walk on Fridays"), (few, notes[1], "Cycle to work")):
        await phone.asks({"type": "note.add", "id": note, "zone": "matrix.social", "text": text})

    async def told(browser: Browser, copy: str = "mine") -> dict[str, list[str]]:
        """By group, the words on its page."""
        replies = (await browser.get(f"/s/{workshop.code}/list.json?copy={copy}"))["replies"]
        return {
            reply["group"]: [words["text"] for fate in reply["went"] for words in fate["words"]]
            for reply in replies
        }

    await host.asks(
        {"type": "stage.open", "stage": "matrix-together"},
        {"type": "theme.make", "id": pile, "title": "Walk"},
        {"type": "notes.place", "notes": notes, "theme": pile},
        {"type": "item.make", "id": new_id(), "text": "Walk more", "theme": pile},
        role="facilitator",
    )
    assert await told(host, "room") == await told(many) == {}
    assert await told(host) == {"North": ["Walk on Fridays"], "South": ["Cycle to work"]}
    await host.asks({"type": "stage.open", "stage": "list"}, role="facilitator")
    await guest.asks({"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": "Swim"})
    # One wrote at South: what is not of North would be known to be of South.
    assert await told(host, "room") == {"North": [], "South": []}
    others = [await people.phone(workshop, "g2") for _ in range(4)]
    assert await told(many) == {"North": []}, "whoever only sits there hides nobody"
    for phone in others:
        await phone.asks({"type": "note.add", "id": new_id(), "zone": "matrix.social", "text": "By bus"})
    assert await told(many) == {"North": ["Walk on Fridays"]}
    south = ["Cycle to work", *["By bus"] * 4]
    assert await told(few) == {"South": south}
    assert await told(guest) == await told(wall) == {}
    assert await told(host, "room") == {"North": ["Walk on Fridays"], "South": south}


async def test_no_other_file_is_there(people: People) -> None:
    host = await people.host(await people.workshop())
    for kind in ("exe", "CSV", "html", "json.gz", "%2e%2e"):
        with pytest.raises(Refusal, match="no such page"):
            await host.get(f"/s/{host.code}/list.{kind}")


async def test_paper_is_made_in_another_process_and_keeps_nobody_waiting() -> None:
    press = Press()
    try:
        first = await press.render("json", afternoon(), LABELS)
        assert press._worker._process is not None
        (worker,) = press._worker._process._processes
        assert worker != os.getpid()
        late = 0.0
        making = asyncio.gather(*[press.render(kind, poisoned(), LABELS) for kind in ("csv", "md", "json")])
        while not making.done():
            before = time.monotonic()
            await asyncio.sleep(0.005)
            late = max(late, time.monotonic() - before)
        assert late < 0.5
        assert (
            await press.render("json", afternoon(), LABELS)
            == first
            == FORMATS["json"].render(afternoon(), LABELS)
        )
        os.kill(worker, signal.SIGKILL)
        # A worker that was ended from outside is replaced, and its work done again.
        assert json.loads(await press.render("json", afternoon(), LABELS)) == json.loads(first)
    finally:
        press.close()


async def test_a_room_that_keeps_its_list_at_once_waits_for_one_printing() -> None:
    press = Press()
    try:
        paper = afternoon()
        first, *others = await asyncio.gather(*(press.render("pdf", paper, LABELS) for _ in range(40)))
        assert first.startswith(b"%PDF-")
        assert all(other is first for other in others)
        # Later ones are printed anew: nothing of a room is left in the memory of the server.
        assert await press.render("pdf", paper, LABELS) is not first
    finally:
        press.close()


async def test_a_killed_server_leaves_no_worker_behind(tmp_path: Path) -> None:
    with process(tmp_path / "data") as server:
        async with People(server.origin, server.key) as people:
            workshop = await people.workshop()
            host = await people.host(workshop)
            await host.http.get(f"/s/{workshop.code}/list.csv")
        workers = _children_of(server.pid)
        assert workers
        server.kill()
        async with asyncio.timeout(10):
            while not _are_gone(workers):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


def _are_gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def _children_of(pid: int) -> list[int]:
    stats = [stat.read_text() for stat in Path("/proc").glob("[0-9]*/stat")]
    family = [(int(stat.split()[0]), int(stat.rpartition(")")[2].split()[1])) for stat in stats]
    return [child for child, parent in family if parent == pid]
