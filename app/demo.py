"""A workshop already alive: thirty-one pretend people at five networks write a real afternoon's notes."""

import asyncio
import json
from contextlib import AsyncExitStack

from app.house import House
from app.keys import in_threes, new_id
from app.opening import NewGroup, NewNoun, NewSession, open_session
from app.pretend import PretendPhone, Writing, write_all
from app.reception import make_link
from app.sayings import SAMPLES, Sample, sample
from sessions.domain.asks import Ask, MakeItem, MakeTheme, OpenStage, PlaceNotes
from sessions.domain.decide import Actor
from sessions.domain.rights import Role
from sessions.room import Room

PEOPLE = 31
PARTS = {"influencer-matrix": "matrix", "utopia": "utopia"}
PILES, LINES = 9, 5
"""How far the host of the demonstration has come with sorting."""


async def demo(house: House, origin: str, minutes: float) -> None:
    """Open the workshop, say where it is, let people write for so many minutes, and stay."""
    notes = sample()
    networks = sorted({note.group for note in notes})
    session, code = await open_session(
        house,
        NewSession(
            plan="gp-surgery-45",
            title="Valley networks, protected learning afternoon",
            aim="Patients with diabetes walk more, from every surgery in the valley",
            host="Active Valley",
            noun=NewNoun(one="network", many="networks"),
            groups=[NewGroup(id=f"n{place}", name=name) for place, name in enumerate(networks, 1)],
        ),
    )
    _, secret = await make_link(house, session, Role.FACILITATOR, "demonstration")
    print(
        f"""  A workshop is alive: {session.title}, code {in_threes(code)}

    facilitator  {origin}/s/{code}/facilitate#{secret}
    wall         {origin}/s/{code}/wall   (after the facilitator's link, in the same browser)
    phone        {origin}/j/{code}

  {PEOPLE} pretend people write {len(notes)} notes in about {minutes:g} minutes.
""",
        flush=True,
    )
    room = (await house.lobby.hall(session)).room
    async with AsyncExitStack() as stack:
        joins = [PretendPhone.join(origin, code, f"n{who % len(networks) + 1}") for who in range(PEOPLE)]
        phones = [await stack.enter_async_context(await joining) for joining in joins]
        saved = 0
        for tool, board in PARTS.items():
            await _host(room, OpenStage(f"{board}-alone"))
            part = [note for note in notes if note.tool == tool]
            saved += await write_all(phones, _by_whom(part, board, networks), minutes * 60 / len(PARTS))
            await _host(room, OpenStage(f"{board}-together"))
        await _sort_some(room, notes)
        print(f"  {saved} notes are saved, and some are sorted. The room is yours.\n", flush=True)
        await asyncio.Event().wait()  # The people stay in the room.


def _by_whom(notes: list[Sample], board: str, networks: list[str]) -> list[Writing]:
    """Each note to a phone of its own network, in turn."""
    turns = dict.fromkeys(networks, 0)
    written = []
    for note in notes:
        phones = range(networks.index(note.group), PEOPLE, len(networks))
        phone = phones[turns[note.group] % len(phones)]
        written.append(Writing(phone, note.id, f"{board}.{note.zone}", note.text))
        turns[note.group] += 1
    return written


async def _sort_some(room: Room, notes: list[Sample]) -> None:
    """Name the largest piles, file two notes in three, and make the first lines of the list."""
    themes = json.loads((SAMPLES / "gp-surgery.themes.json").read_text("utf-8"))
    by_theme = {theme: [note.id for note in notes if note.theme == theme] for theme in themes}
    largest = sorted(by_theme, key=lambda theme: -len(by_theme[theme]))[:PILES]
    for place, theme in enumerate(largest):
        pile, ids = new_id(), by_theme[theme]
        await _host(room, MakeTheme(pile, themes[theme]["name"]))
        await _host(room, PlaceNotes(tuple(ids[: len(ids) * 2 // 3]), pile))
        if place < LINES:
            await _host(room, MakeItem(new_id(), themes[theme]["item"], pile))


async def _host(room: Room, ask: Ask) -> None:
    await room.submit(Actor("demonstration", Role.FACILITATOR), new_id(), ask)
