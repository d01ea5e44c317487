"""Name first, everyone files: what `make claim` plays with whole afternoons, here with forty notes."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.browser.claim import everyone_files
from tests.browser.claim_desk import IN_THEME, KEYS_A_NOTE, LETTERS
from tests.browser.people import People
from tests.browser.server import Server
from tests.collation.sets import read

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PARK = read(Path(__file__).parents[1] / "collation" / "sets" / "park.jsonl")


async def test_three_phones_file_what_one_desk_would_and_it_presses_hardly_a_key(
    people: People, server: Server
) -> None:
    forty = replace(PARK, notes=PARK.notes[29:])
    played = await everyone_files(people, server, forty, phones=3, seed=7)
    assert played.keys_a_note <= KEYS_A_NOTE, played
    assert played.letters <= LETTERS, played
    assert played.share >= IN_THEME, played
    # It is the phones that filed: without them the desk presses a key and more for each note.
    assert played.left < played.notes / 2, played
