"""The drill: a copy made while a room writes, put back, and devices that bring what the copy had not."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.cli import main
from app.wording import words
from tests.app.client import Browser, Json, People, Refusal, Rows, new_id
from tests.app.test_storage import files_with, note, send, stored, until
from tests.simulation.server import Server, serving

CANARY = "canary-bird-sings-at-dawn"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(
        tmp_path / "data",
        NUMBERS="sessions.room.PUT_BACK_MS=1000 sessions.domain.decide.PUT_BACK_MS=1000",
    ) as server:
        yield server


Command = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def command(server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`eutopia ...`, as an operator beside the server would say it; the exit status, and what it said."""
    monkeypatch.setenv("EUTOPIA_DATA", str(server.folder))

    async def said(*arguments: str | Path) -> tuple[int, str]:
        status = await asyncio.to_thread(main, [str(each) for each in arguments])
        return status, capsys.readouterr().out

    return said


class Phone:
    """A device as it is: it keeps what was saved, and offers it again to a server that knows less."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.kept: dict[str, Json] = {}
        self.rows = Rows()
        self.view = ""

    async def put(self, ask: Json) -> None:
        key = new_id()
        reply = await send(self.browser, ask, key)
        assert reply["type"] == "done", reply
        self.kept[key] = ask

    async def look(self) -> None:
        async with self.browser.live() as seat:
            self.rows, self.view = seat.rows, seat.welcome["view"]

    async def come_back(self) -> bool:
        """Whether the server knew less; all that was kept is offered again, in its order."""
        witness = {"seq": self.rows.to, "mark": self.rows.mark}
        hello: Json = {"since": self.rows.to, "view": self.view, "witness": witness}
        async with self.browser.live(rows=self.rows, **hello) as seat:
            seat.rows.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await seat.until(lambda rows: rows)
            knew_less = any(frame["type"] == "change" and frame["from"] == 0 for frame in seat.heard)
            if knew_less:
                gone = {ask["id"] for ask in self.kept.values() if ask["type"] == "note.take_back"}
                for key, ask in self.kept.items():
                    # What it took back and does not see is as it should be: of that nothing is lost.
                    if ask["id"] not in gone or ask["id"] in seat.rows:
                        await seat.put(ask, key)
        return knew_less


async def test_what_was_saved_after_the_copy_comes_back_from_the_devices_and_what_was_erased_does_not(
    server: Server, command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "copy.sqlite"
    async with People(server.origin, server.key) as people:
        workshop, other = await people.workshop(), await people.workshop()
        host, elsewhere = await people.host(workshop), await people.phone(other, "g1")
        organiser = await people.organiser()
        phones = [Phone(await people.phone(workshop, f"g{1 + n % 2}")) for n in range(5)]
        await elsewhere.asks(note(f"elsewhere {CANARY}"))
        gone = new_id()
        await phones[0].put(note(f"here {CANARY}", gone))

        async def write(phone: Phone) -> None:
            last = 1_000
            for n in range(1_000):
                await phone.put(note(f"note {n} of {phone.browser.me['participant']}"))
                await asyncio.sleep(0.1)
                last = min(last, n + 5) if file.exists() else last
                if n >= last:
                    return

        writing = asyncio.gather(*map(write, phones))
        await asyncio.sleep(0.5)
        status, said = await command("backup", file)
        assert (status, "Sessions: 2" in said) == (0, True)
        await writing
        copied = len(stored(file))
        assert copied < len(stored(server.database)), "the room wrote on"

        await phones[0].put({"type": "note.take_back", "id": gone})
        assert (await organiser.http.delete(f"/api/sessions/{other.code}")).status_code == 204
        await until(lambda: files_with(CANARY, server.folder) == [])
        for phone in phones:
            await phone.look()
        assert (await command("restore", file)) == (
            1,
            words().say("refused.storage.in_use", folder=server.folder) + "\n",
        )
        server.stop()
        status, said = await command("restore", file)
        assert status == 0
        assert "Facts emptied: 1; sessions deleted: 1." in said
        assert files_with(CANARY, file.parent) == [file.name], "the search has to find what is there"
        assert files_with(CANARY, server.folder) == []
        server.start()

        async with host.live("facilitator") as desk:
            assert desk.rows.texts() != []
        assert all(await asyncio.gather(*[phone.come_back() for phone in phones]))
        keys = stored(server.database)
        assert len(keys) == len(set(keys))
        writing_keys = {
            key for phone in phones for key, ask in phone.kept.items() if ask["type"] == "note.add"
        }
        assert writing_keys <= set(keys), "what was saved is there, each once"
        assert len(keys) == len(writing_keys) + 1, "and the taking back of what was erased"
        async with host.live("facilitator") as desk:
            notes = {ask["text"] for phone in phones for ask in phone.kept.values() if "text" in ask}
            assert set(desk.rows.texts()) == notes - {f"here {CANARY}"}
        with pytest.raises(Refusal) as refused:
            await elsewhere.asks(note("anything"))
        assert refused.value.code == "code.unknown"
        assert files_with(CANARY, server.folder) == []


@pytest.mark.parametrize("where", ["back._flush", "Path.rename"])
async def test_a_backup_that_is_killed_leaves_no_file_of_its_name(
    server: Server, command: Command, tmp_path: Path, where: str
) -> None:
    file = tmp_path / "copy.sqlite"
    async with People(server.origin, server.key) as people:
        phone = await people.phone(await people.workshop(), "g1")
        await phone.asks(*[note("words " * 40) for _ in range(50)])
    dies = f"""
import os, sessions.store.backup as back
from pathlib import Path
{where} = lambda *_: os.kill(os.getpid(), 9)
back.back_up(Path({str(server.database)!r}), Path({str(file)!r}))
"""
    killed = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", dies], check=False)
    assert killed.returncode == -9
    assert not file.exists()
    assert (await command("backup", file))[0] == 0
    assert len(stored(file)) == 50
    assert [each.name for each in tmp_path.iterdir() if "copy" in each.name] == ["copy.sqlite"]


async def test_mistakes_are_said_in_a_sentence(server: Server, command: Command, tmp_path: Path) -> None:
    file = tmp_path / "copy.sqlite"
    file.write_bytes(b"the minutes of last year")
    for arguments, said in (
        (("backup", file), words().say("refused.backup.exists", file=file)),
        (("backup", tmp_path / "nowhere" / "copy.sqlite"), "No such file or directory"),
        (("restore", tmp_path / "none.sqlite"), words().say("refused.storage.in_use", folder=server.folder)),
    ):
        status, answer = await command(*arguments)
        assert status == 1
        assert said in answer
    server.stop()
    for name, said in ((file, "cannot be used"), (tmp_path / "none.sqlite", "No such file or directory")):
        status, answer = await command("restore", name)
        assert status == 1
        assert said in answer
    assert file.read_bytes() == b"the minutes of last year"
