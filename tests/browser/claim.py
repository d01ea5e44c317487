"""The claim, played on real pages: everyone files what they wrote, and a host by keys does what is left."""

import asyncio
import random
from collections import Counter
from typing import Any

from playwright.async_api import Page, Response, expect

from app.keys import new_id
from tests.browser.claim_desk import Desk, Played, plain
from tests.browser.people import People
from tests.browser.screens import button, enter, join
from tests.browser.server import MOST_ASKS, Room, Server
from tests.collation.sets import OFF_TOPIC, Labelled, LabelledSet

RIGHT = 0.9
"""Authors choose the pile of their note's theme so often; else another."""
PILES = 12

SHEETS = {"influencer-matrix": "matrix", "utopia": "utopia"}
ZONES = ("matrix.individual", "matrix.social", "matrix.infrastructural")
ANSWER_MS = 3_000
DRAWN_MS = 100


class Author:
    """A phone with the notes of whoever holds it, who knows what they meant by each."""

    def __init__(self, page: Page, theme_of: dict[str, str], chance: random.Random, played: Played) -> None:
        self._page = page
        self._theme_of = theme_of
        self._chance = chance
        self._played = played
        self._thought = asyncio.Event()
        page.on("response", self._hear)

    def _hear(self, response: Response) -> None:
        if "/piles?note=" in response.url:
            self._thought.set()

    async def file_all(self, piles: dict[str, str], pause_ms: int) -> None:
        """`piles`: of a theme, the title of its pile."""
        note = self._page.locator("#filing .note")
        done = self._page.locator("#filing .filing-done")
        await expect(note.or_(done)).to_be_visible()
        while not await done.is_visible():
            words = plain(await note.inner_text())
            # The best three come a moment after the question.
            try:
                await asyncio.wait_for(self._thought.wait(), ANSWER_MS / 1_000)
            except TimeoutError:
                self._played.asked["without suggestions"] += 1
            self._thought.clear()
            await self._page.wait_for_timeout(DRAWN_MS + pause_ms)
            await self._file(self._theme_of[words], piles)
            await expect(note.or_(done)).not_to_have_text(words)

    async def _file(self, theme: str, piles: dict[str, str]) -> None:
        right = piles.get(theme)
        wanted = right
        if self._chance.random() > RIGHT:
            wanted = self._chance.choice([title for title in piles.values() if title != right])
            self._played.asked["chosen wrongly"] += 1
        if wanted is None:
            self._played.asked["no pile fits"] += 1
            return await button(self._page.locator("#filing"), "phone.filing_none").click()
        choice = self._page.locator("#filing").get_by_role("button", name=wanted, exact=True)
        choice = choice.or_(self._page.locator("#filing [hidden]").get_by_text(wanted, exact=True)).first
        shown = await choice.is_visible()
        if wanted == right:
            self._played.asked["filed"] += 1
            # Only then counted: other phones count too while this one looks.
            self._played.asked["among the best three"] += shown
        if not shown:
            await button(self._page.locator("#filing"), "phone.filing_all_piles").click()
        await choice.click()


async def everyone_files(
    people: People, server: Server, labelled: LabelledSet, *, phones: int, seed: int, pause_ms: int = 0
) -> Played:
    """Each phone holds its share of the notes; the desk names piles first, and sorts what is left."""
    room = await _room(server)
    played = _begun(labelled)
    theme_of = _themes(labelled)
    ids: dict[str, Labelled] = {}
    authors = []
    for who in range(phones):
        page = await people.phone()
        await join(page, room.join_url, ("Oak", "Elm")[who % 2])
        mine = {new_id(): note for note in labelled.notes[who::phones]}
        await _write(page, server, room, mine)
        ids |= mine
        authors.append(Author(page, theme_of, random.Random(f"{seed} {who}"), played))
    desk = await _sit_down(people, server, room, played, pause_ms)
    sizes = Counter(note.theme for note in labelled.on_topic)
    await desk.name_ahead([theme for theme, _ in sizes.most_common(PILES)], labelled)
    await server.ask(room, type="stage.open", stage="sort")
    known = dict(desk.piles)
    await asyncio.gather(*(author.file_all(known, pause_ms) for author in authors))
    played.left = await desk.page.locator("#left > li").count()
    await desk.sort_what_is_left(theme_of)
    return await _scored(server, room, played, ids, desk)


async def one_alone(people: People, server: Server, labelled: LabelledSet, *, pause_ms: int = 0) -> Played:
    """The same notes, all of them left to the desk, where somebody who is never wrong sorts."""
    room = await _room(server)
    played = _begun(labelled)
    ids: dict[str, Labelled] = {}
    for share in range(5):
        mine = labelled.notes[share::5]
        written = await server.write(room, [(_zone(note, turn), note.text) for turn, note in enumerate(mine)])
        ids |= dict(zip(written, mine, strict=True))
    desk = await _sit_down(people, server, room, played, pause_ms)
    played.left = len(labelled.notes)
    await desk.sort_what_is_left(_themes(labelled))
    return await _scored(server, room, played, ids, desk)


def _themes(labelled: LabelledSet) -> dict[str, str]:
    """Of each note, by its words."""
    themes = {plain(note.text): note.theme for note in labelled.notes}
    assert len(themes) == len(labelled.notes), "two notes in the very same words"
    return themes


def _begun(labelled: LabelledSet) -> Played:
    return Played(len(labelled.notes), len(labelled.on_topic))


async def _room(server: Server) -> Room:
    return await server.open(stage="matrix-alone")


def _zone(note: Labelled, turn: int) -> str:
    return f"{SHEETS[note.tool]}.{note.zone}" if note.tool in SHEETS else ZONES[turn % len(ZONES)]


async def _write(page: Page, server: Server, room: Room, notes: dict[str, Labelled]) -> None:
    """By whoever holds this phone, without typing each letter on it."""
    asks: list[dict[str, Any]] = [
        {"key": new_id(), "ask": {"type": "note.add", "id": id, "zone": _zone(note, turn), "text": note.text}}
        for turn, (id, note) in enumerate(notes.items())
    ]
    for start in range(0, len(asks), MOST_ASKS):
        said = await page.request.post(
            f"{server.origin}/api/sessions/{room.code}/asks?as=participant",
            data={"asks": asks[start : start + MOST_ASKS]},
            headers={"Origin": server.origin},
        )
        assert said.ok, await said.text()
        assert all(reply["type"] == "done" for reply in (await said.json())["replies"])


async def _sit_down(people: People, server: Server, room: Room, played: Played, pause_ms: int) -> Desk:
    """Everything is shown, also what a hint kept back: a host has read it. Then the desk is opened."""
    for stage in ("matrix-together", "utopia-together"):
        await server.ask(room, type="stage.open", stage=stage)
    for row in await server.all_rows(room, "origin"):
        if row["held"]:
            await server.ask(room, type="note.show", id=row["note"])
    page = await people.come()
    await enter(page, room, "sort", room.facilitate_url)
    await expect(page.locator("#left > li")).to_have_count(played.notes)
    return Desk(page, played, pause_ms)


async def _scored(
    server: Server, room: Room, played: Played, notes: dict[str, Labelled], desk: Desk
) -> Played:
    """Against what a person wrote down of each note: its first theme, and no other."""
    titles = {row["id"]: row["title"] for row in await server.all_rows(room, "theme")}
    theme_of = {title: theme for theme, title in desk.piles.items()}
    placed = {row["note"]: theme_of[titles[row["theme"]]] for row in await server.all_rows(room, "place")}
    played.placed = len(placed)
    played.in_theme = sum(
        note.theme != OFF_TOPIC and placed.get(id) == note.theme for id, note in notes.items()
    )
    return played
