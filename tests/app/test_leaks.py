"""What only some may read is in nothing that any other is sent: no frame, no answer, no page, no file.

One workshop, watched by every kind of viewer over a socket and over plain HTTP, through private rounds,
holds, hides and everything else that keeps words back. What is told from whom stands in `Story.may`.
"""

import io
import json
import zipfile
from contextlib import AsyncExitStack
from typing import Any

import pytest_asyncio

from tests.app.client import Browser, Json, People, Seat, Workshop, new_id

EVERYBODY = {"ann", "bob", "cat", "dan", "wall", "seen", "desk"}
PHONES = ("ann", "bob", "cat", "dan")
ROLES = dict.fromkeys(PHONES, "participant") | {"wall": "wall", "seen": "presenter", "desk": "facilitator"}
FILES = ("json", "csv", "md", "xlsx", "docx")
PAGES = ("", "/wall", "/list", "/facilitate", "/sort", "/record")
PAGES_SEEN = ("/facilitate", "/sort", "/list?copy=room", *(f"/list.{kind}?copy=room" for kind in FILES))
ANSWERS_SEEN = ("suggestions?as=presenter", "suggestions/essentials?as=presenter")
ANSWERS = ("suggestions", "suggestions?as=presenter", "suggestions/essentials", "screens", "changes?hello=1")


class Story:
    """Who sits where, and for each canary who may know it."""

    def __init__(self, browsers: dict[str, Browser], workshop: Workshop) -> None:
        self.browsers, self.workshop = browsers, workshop
        self.seats: dict[str, list[Seat]] = {}
        self.may: dict[str, set[str]] = {}

    async def sit(self, stack: AsyncExitStack) -> None:
        for name, browser in self.browsers.items():
            live = await stack.enter_async_context(browser.live(ROLES[name]))
            plain = await stack.enter_async_context(browser.plain(ROLES[name]))
            self.seats[name] = [live, plain]

    async def ask(self, who: str, type: str, **fields: Any) -> Json:
        return await self.seats[who][0].ask(type, **fields)

    async def note(self, who: str, zone: str, canary: str, *readers: str) -> str:
        """A note of this person, which these others may read."""
        id = new_id()
        self.may[canary] = {who, "desk", *readers}
        await self.ask(who, "note.add", id=id, zone=zone, text=f"{canary} said {who}")
        return id

    async def watch(self) -> None:
        """Everything that was sent so far, and everything that can be fetched now."""
        # Everybody sees the clock change, so everybody has been told all that came before.
        done = await self.ask("desk", "timer.set", seconds=600)
        for name, seats in self.seats.items():
            for seat in seats:
                await seat.knows(done["seq"])
            told = json.dumps([seat.heard for seat in seats], ensure_ascii=False) + await self.fetched(name)
            heard = {canary for canary in self.may if canary in told}
            assert heard == {canary for canary, readers in self.may.items() if name in readers}, name

    async def fetched(self, name: str) -> str:
        """Pages and files, as far as this browser is let in as who it is here."""
        found = []
        for path in PAGES_SEEN if name == "seen" else (*PAGES, *(f"/list.{kind}" for kind in FILES)):
            answer = await self.browsers[name].http.get(f"/s/{self.workshop.code}{path}")
            found.append(_read(answer.content) if answer.status_code == 200 else answer.text)
        found.append((await self.browsers[name].http.get(f"/j/{self.workshop.code}")).text)
        if name == "seen":
            # The same browser as the desk's: this is what its pages fetch on a screen that people can see.
            answers: tuple[str, ...] = ANSWERS_SEEN
        else:
            answers = ANSWERS if name != "desk" else ()
        for path in answers:
            answer = await self.browsers[name].http.get(f"/api/sessions/{self.workshop.code}/{path}")
            found.append(answer.text)
        return "\n".join(found)


def _read(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(part).decode("utf-8", "replace") for part in packed.namelist())


@pytest_asyncio.fixture
async def story(people: People) -> Story:
    workshop = await people.workshop()
    host = await people.host(workshop)
    browsers = {
        "ann": await people.phone(workshop, "g1"),
        "bob": await people.phone(workshop, "g1"),
        "cat": await people.phone(workshop, "g2"),
        "dan": await people.phone(workshop),
        "wall": await people.wall(workshop),
        "seen": host,
        "desk": host,
    }
    return Story(browsers, workshop)


async def test_what_is_kept_back_reaches_nobody_it_is_not_for(story: Story) -> None:
    async with AsyncExitStack() as stack:
        await story.sit(stack)
        await story.ask("desk", "stage.open", stage="matrix-alone")
        await story.note("ann", "matrix.social", "canary-private")
        held = await story.note("ann", "matrix.individual", "canary-held")
        gone = await story.note("bob", "matrix.individual", "canary-gone")
        await story.note("ann", "matrix.individual", "canary-hinted Dr Smith")
        await story.note("cat", "matrix.individual", "canary-shown", *EVERYBODY)
        await story.ask("desk", "note.hide", id=held, why="rude")
        await story.ask("bob", "note.take_back", id=gone)
        story.may["canary-shown"] = {"cat", "desk"}
        await story.watch()

        await story.ask("desk", "zone.reveal", zone="matrix.individual")
        story.may["canary-shown"] = EVERYBODY
        await story.watch()

        # Hidden once it was read: whoever comes now must not find it, and whoever had it loses the row.
        shown = next(row["id"] for row in story.seats["cat"][0].rows.of("note") if "shown" in row["text"])
        await story.ask("desk", "note.hide", id=shown, why="names")
        done = await story.ask("desk", "timer.set", seconds=60)
        for name in ("ann", "bob", "dan", "wall", "seen"):
            for seat in story.seats[name]:
                await seat.knows(done["seq"])
                assert shown not in seat.rows
            assert "canary-shown" not in await story.fetched(name)


async def test_what_authors_say_of_piles_reaches_hosts_alone(story: Story) -> None:
    async with AsyncExitStack() as stack:
        await story.sit(stack)
        await story.ask("desk", "stage.open", stage="must-haves")
        note = await story.note("ann", "utopia.see", "canary-note", *EVERYBODY)
        pile = new_id()
        story.may["canary-pile"] = {"desk"}
        await story.ask("desk", "theme.make", id=pile, title="canary-pile to come")
        await story.watch()
        await story.ask("desk", "stage.open", stage="sort")
        story.may["canary-pile"] = EVERYBODY
        story.may["canary-wish"] = {"ann", "desk"}
        await story.ask("ann", "note.file", id=note, theme=None, wish="canary-wish")
        await story.watch()
        await story.ask("desk", "notes.place", notes=[note], theme=pile)
        story.may["canary-word"] = {"ann", "desk"}
        await story.ask("ann", "note.dispute", id=note, word="canary-word")
        await story.watch()


async def test_sort_on_a_screen_that_people_see_is_sent_no_more_than_they_have_read(story: Story) -> None:
    """Whatever was sorted at a desk of its own: held and private notes, piles and lines to come, wishes,
    words against a pile, and how much a step of somebody else's touched."""
    async with AsyncExitStack() as stack:
        await story.sit(stack)
        await story.ask("desk", "stage.open", stage="must-haves")
        shown = await story.note("ann", "matrix.social", "canary-shown", *EVERYBODY)
        held = await story.note("bob", "matrix.social", "canary-held")
        await story.ask("desk", "note.hide", id=held, why="rude")
        await story.ask("desk", "zone.reveal", zone="matrix.social")
        private = await story.note("cat", "matrix.individual", "canary-private")
        pile, line, here = new_id(), new_id(), new_id()
        story.may |= {"canary-pile": {"desk"}, "canary-line": {"desk"}}
        await story.ask("desk", "theme.make", id=pile, title="canary-pile")
        await story.ask("desk", "item.make", id=line, text="canary-line", theme=pile)
        await story.ask("desk", "notes.place", notes=[shown, held, private], theme=pile)
        await story.ask("desk", "notes.same", notes=[held], headline=shown)
        await story.watch()

        await story.ask("seen", "sorting.show", what="themes")
        story.may |= {"canary-pile": EVERYBODY, "canary-named": EVERYBODY}
        await story.ask("seen", "theme.make", id=here, title="canary-named")
        await story.ask("ann", "note.file", id=shown, theme=pile)
        await story.ask("cat", "note.file", id=private, theme=None, wish="canary-wish")
        done = await story.ask("seen", "notes.place", notes=[shown], theme=here)
        await story.ask("ann", "note.dispute", id=shown, word="canary-word")
        story.may |= {"canary-wish": {"cat", "desk"}, "canary-word": {"ann", "desk"}}
        await story.watch()
        for seat in story.seats["seen"]:
            kinds = {row["kind"] for row in seat.rows.values()}
            assert {"theme", "place", "public"} <= kinds
            assert not {"step", "origin", "filing", "item", "pick"} & kinds
            told = json.dumps(seat.heard)
            assert held not in told
            assert private not in told
            assert {row["note"] for row in seat.rows.of("place")} == {shown}

        # What was done before everyone's eyes is undone there, by its number alone.
        await story.ask("seen", "undo", seq=done["seq"])
        await story.ask("seen", "sorting.show", what="items")
        story.may["canary-line"] = EVERYBODY
        await story.watch()


async def test_what_is_said_about_notes_and_must_haves_goes_no_further_than_it_should(story: Story) -> None:
    async with AsyncExitStack() as stack:
        await story.sit(stack)
        await story.ask("desk", "stage.open", stage="matrix-alone")
        private = await story.note("ann", "matrix.social", "canary-private")
        story.may["canary-meaning"] = {"ann", "desk"}
        await story.ask("ann", "note.mean", id=private, text="canary-meaning")
        await story.note("cat", "today.worked", "canary-of-today")
        parked = await story.note("cat", "matrix.parking", "canary-parked")
        story.may["canary-owner"] = {"cat", "desk"}
        await story.ask("desk", "parking.own", note=parked, owner="canary-owner")
        await story.ask("desk", "stage.open", stage="must-haves")
        story.may["canary-reason"] = {"bob", "desk"}
        must = story.seats["desk"][0].rows.of("essential")[0]["id"].removeprefix("essential:")
        said = {"id": new_id(), "essential": must, "answer": "not_here", "because": "canary-reason"}
        await story.ask("bob", "essential.answer", **said)
        await story.ask("desk", "essential.match", essential=must, notes=[private], on=True)
        await story.watch()


async def test_what_people_choose_is_theirs_until_all_are_shown(story: Story) -> None:
    async with AsyncExitStack() as stack:
        await story.sit(stack)
        line, other = new_id(), new_id()
        for id, text in ((line, "Walk together"), (other, "Sit down on the way")):
            await story.ask("desk", "item.make", id=id, text=text)
        await story.ask("desk", "stage.open", stage="choose")
        await story.ask("desk", "votes.open", items=[line, other], budget=2)
        await story.ask("ann", "vote.cast", item=line, dots=2)
        story.may |= {"canary-why": {"bob", "desk"}, "canary-name": {"cat", "desk"}}
        story.may["canary-agreed"] = EVERYBODY
        await story.ask("bob", "line.feel", id=new_id(), item=line, feel="stop", why="canary-why")
        await story.ask("cat", "line.help", id=new_id(), item=line, name="canary-name")
        await story.ask("dan", "line.help", id=new_id(), item=line, name="canary-agreed", agree=True)
        await story.watch()
        for name, seats in story.seats.items():
            kinds = {row["kind"] for seat in seats for row in seat.rows.values()}
            assert "tally" not in kinds
            assert ("ballot" in kinds) == (name == "ann"), name
        await story.ask("desk", "votes.reveal")
        await story.watch()
        for seats in story.seats.values():
            for seat in seats:
                dots = {row["item"]: row["dots"] for row in seat.rows.of("tally")}
                assert dots == {line: 2, other: 0}


async def test_no_screen_tells_which_table_a_read_out_is_of(story: Story) -> None:
    async with AsyncExitStack() as stack:
        await story.sit(stack)
        await story.ask("desk", "stage.open", stage="matrix-together")
        note = await story.note("ann", "matrix.social", "canary-picked", *EVERYBODY)
        await story.ask("ann", "note.pick", id=note)
        await story.watch()
        for name, seats in story.seats.items():
            told = any(row["kind"] == "pick" for seat in seats for row in seat.rows.values())
            assert told == (name in ("ann", "bob", "desk")), name


async def test_a_private_round_is_silent_on_every_phone_but_the_writer_s(story: Story) -> None:
    """Not even that somebody wrote: a count of one, in a table of two, would say who."""
    async with AsyncExitStack() as stack:
        await story.sit(stack)
        await story.ask("desk", "stage.open", stage="matrix-alone")
        await story.watch()
        before = {name: [_news(seat) for seat in story.seats[name]] for name in PHONES}
        id = await story.note("ann", "matrix.social", "canary-quiet")
        await story.ask("ann", "note.edit", id=id, text="canary-quiet, and other words")
        await story.ask("desk", "note.hide", id=id, why="other")
        await story.ask("ann", "note.take_back", id=id)
        await story.seats["desk"][0].until(lambda rows: id not in rows)
        for name in ("bob", "cat", "dan"):
            assert [_news(seat) for seat in story.seats[name]] == before[name], name
        assert [_news(seat) for seat in story.seats["ann"]] != before["ann"]


def _news(seat: Seat) -> int:
    """How many frames told it anything of the board."""
    return sum(frame["type"] == "change" for frame in seat.heard)
