"""Print what ten phones and one desk make of labelled workshops: `make claim DATA=FOLDER`.

Nothing here passes or fails; `test_claim.py` does, with fewer notes.
"""

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import async_playwright

from app.sayings import SAMPLES
from tests.browser.claim import PILES, everyone_files, one_alone
from tests.browser.claim_desk import IN_THEME, KEYS_A_NOTE, LETTERS, Played
from tests.browser.conftest import FLAGS
from tests.browser.people import People
from tests.browser.server import Server
from tests.collation.__main__ import OWN
from tests.collation.sets import LabelledSet, read, read_all
from tests.conftest import chromium

PHONES, SEED = 10, 7
PAUSE_MS = 1_000
"""Nobody reads a note in less. The suggestions have that long to follow."""

HEAD = f"""# The claim, played

Printed by `make claim` (`DATA=FOLDER` for labelled workshops of your own, as for `make collation-figures`).

Real pages in a real browser, on one machine. Ten phones hold the notes, each its share. The desk names
{PILES} piles while the tables talk: for the largest themes, by typing a short name or by pressing a note that
says it well and then *U*. Then each phone asks its author about each note. Authors choose the pile of their
note's theme nine times in ten, drawn by a seed, and else another pile; where there is no pile for it they
press *None of these*. What is left, a person handles at the desk: *P* for what is off-topic, *U* where a pile
is missing, 1-9, J, K or L for a likely pile without a number, or *M* and a few letters.

- *Keys*: every key and every press of the mouse at the desk that is no letter of a word.
- *In their theme*: of the notes that are on topic, those in the pile of the one theme that a person wrote
  down for them, whatever else is in the note. What authors chose wrongly nobody puts right here.
- *Alone*: the same notes sorted at the desk by one person, who is never wrong, and gives no pile a name but
  a note's own words. Notes that a hint keeps back were shown before, in both.
- How long people take to read and to choose is not measured here."""


async def main(folders: Sequence[str]) -> None:
    print(HEAD)
    sets = [each for folder in folders for each in read_all(Path(folder))]
    for labelled in [*(sets or [read(SAMPLES / "gp-surgery.jsonl")]), *read_all(OWN)]:
        async with (
            Server(Path(tempfile.mkdtemp(prefix="eutopia-claim-"))) as server,
            async_playwright() as playwright,
        ):
            browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            people = People(browser)
            ten = await everyone_files(people, server, labelled, phones=PHONES, seed=SEED, pause_ms=PAUSE_MS)
            await people.go()
            alone = await one_alone(people, server, labelled, pause_ms=PAUSE_MS)
            await browser.close()
        _table(labelled, ten, alone)


def _table(labelled: LabelledSet, ten: Played, alone: Played) -> None:
    print(f"\n## {labelled.name}\n\n{ten.notes} notes, {ten.on_topic} of them on topic.\n")
    print("| | wanted | everyone files | one alone |\n|---|---|---|---|")
    both = (ten, alone)
    row("keys at the desk, a note", f"at most {KEYS_A_NOTE}", [f"{each.keys_a_note:.2f}" for each in both])
    row("letters typed at the desk", f"at most {LETTERS}", [each.letters for each in both])
    row("on-topic notes in their theme", f"at least {IN_THEME:.0%}", [f"{each.share:.0%}" for each in both])
    row("keys at the desk", "", [each.keys for each in both])
    row("piles named ahead", "", [each.named_ahead for each in both])
    row("notes left to the desk", "", [each.left for each in both])
    asked = ten.asked
    print(
        f"\nAuthors filed {asked['filed']} notes rightly; their pile was among the three offered first for "
        f"{asked['among the best three']}. {asked['chosen wrongly']} they filed wrongly, and for "
        f"{asked['no pile fits']} there was no pile. "
        f"The three bounds are {'kept' if ten.holds() else 'NOT KEPT'}."
    )


def row(what: str, wanted: str, found: Sequence[object]) -> None:
    cells = " | ".join([what, wanted, *map(str, found)]).replace("%", " %")
    print(f"| {cells} |".replace("|  |", "| |"))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
