"""Thirty people without screens, for the pictures: they write, read out, file, answer and choose."""

from dataclasses import dataclass, field
from typing import Any

from app.sayings import Sample
from tests.app.client import Browser, Json, new_id
from tests.browser.server import Room, Server

AT_EACH_TABLE = 6


@dataclass
class Guest:
    """Somebody with a phone of their own, and what they wrote."""

    browser: Browser
    group: str
    notes: dict[str, Sample] = field(default_factory=dict)


class Crowd:
    """`names`: the tables in order; their ids are n1, n2, ..."""

    def __init__(self, server: Server, room: Room, names: list[str]) -> None:
        self._server = server
        self._room = room
        self._names = names
        self.guests: list[Guest] = []

    async def come(self) -> None:
        for place, name in enumerate(self._names, 1):
            for _ in range(AT_EACH_TABLE):
                browser = Browser(self._server.here)
                await browser.join(self._room.code, group=f"n{place}")
                self.guests.append(Guest(browser, name))

    async def go(self) -> None:
        for guest in self.guests:
            await guest.browser.close()

    async def write(self, notes: list[Sample], board: str) -> None:
        """Each table's notes, shared out among its people."""
        for name in self._names:
            theirs = [guest for guest in self.guests if guest.group == name]
            written = [note for note in notes if note.group == name]
            for who, guest in enumerate(theirs):
                mine = {new_id(): note for note in written[who::AT_EACH_TABLE]}
                guest.notes |= mine
                await self._ask(
                    guest,
                    [
                        {"type": "note.add", "id": id, "zone": f"{board}.{note.zone}", "text": note.text}
                        for id, note in mine.items()
                    ],
                )

    def of_theme(self, theme: str) -> list[str]:
        return [id for guest in self.guests for id, note in guest.notes.items() if note.theme == theme]

    async def pick(self) -> None:
        """One at each table but the last taps a note to be read out."""
        for guest in self.guests[:-AT_EACH_TABLE:AT_EACH_TABLE]:
            await self._ask(guest, [{"type": "note.pick", "id": next(iter(guest.notes))}])

    async def answer(self, essentials: list[str]) -> None:
        said = ("do", "could", "could", "not_here", "do")
        for place, guest in enumerate(self.guests):
            asks: list[Json] = []
            for turn, essential in enumerate(essentials):
                answer = said[(place + turn) % (3 + turn % 3)]
                because = "We are too short of time" if answer == "not_here" and place % 9 == 0 else ""
                asks.append(
                    {
                        "type": "essential.answer",
                        "id": new_id(),
                        "essential": essential,
                        "answer": answer,
                        "because": because,
                    }
                )
            await self._ask(guest, asks)

    async def file(self, piles: dict[str, str]) -> None:
        """Two in three file what they wrote. `piles`: of a theme, its pile."""
        for place, guest in enumerate(self.guests):
            if place % 3 == 2:
                continue
            await self._ask(
                guest,
                [
                    {"type": "note.file", "id": id, "theme": piles[note.theme]}
                    for id, note in guest.notes.items()
                    if note.theme in piles
                ],
            )

    async def wish(self, words: str) -> None:
        """One whose pile is missing says so."""
        guest = self.guests[1]
        (id, *_) = guest.notes
        await self._ask(guest, [{"type": "note.file", "id": id, "theme": None, "wish": words}])

    async def dispute(self, note: str, word: str) -> None:
        """The author of a note that was moved."""
        guest = next(each for each in self.guests if note in each.notes)
        await self._ask(guest, [{"type": "note.dispute", "id": note, "word": word}])

    async def vote(self, items: list[str]) -> None:
        for place, guest in enumerate(self.guests[:-3]):
            chosen = {items[place % 2], items[place % len(items)]}
            await self._ask(guest, [{"type": "vote.cast", "item": item, "dots": 1} for item in chosen])

    async def worry(self, items: list[str]) -> None:
        reasons = ("Who covers the desk meanwhile?", "", "We tried it and nobody came")
        for guest, why in zip(self.guests, reasons, strict=False):
            await self._ask(
                guest, [{"type": "line.feel", "id": new_id(), "item": items[2], "feel": "worry", "why": why}]
            )
        stop = {
            "type": "line.feel",
            "id": new_id(),
            "item": items[3],
            "feel": "stop",
            "why": "It is not safe yet",
        }
        await self._ask(self.guests[4], [stop])

    async def help(self, items: list[str]) -> None:
        for guest, (item, name, agree) in zip(
            self.guests,
            ((0, "Sam, reception", True), (0, "Jo", False), (2, "The nurses", True)),
            strict=False,
        ):
            await self._ask(
                guest,
                [{"type": "line.help", "id": new_id(), "item": items[item], "name": name, "agree": agree}],
            )

    async def _ask(self, guest: Guest, asks: list[dict[str, Any]]) -> None:
        if asks:
            await guest.browser.asks(*asks)
