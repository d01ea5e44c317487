"""Whoever sorts what the phones leave, by keys that are counted."""

from collections import Counter
from dataclasses import dataclass, field

from playwright.async_api import Locator, Page, expect

from tests.collation.sets import OFF_TOPIC, LabelledSet

LETTERS = 300
KEYS_A_NOTE = 0.5
IN_THEME = 0.8

TITLE = 120
SHORT = 60
"""Letters of a note that may give a pile its name."""


@dataclass
class Played:
    """What came of it. `keys`: every key and press at the desk that is no letter of a word."""

    notes: int
    on_topic: int
    keys: int = 0
    letters: int = 0
    in_theme: int = 0
    placed: int = 0
    named_ahead: int = 0
    left: int = 0
    """Notes that the phones left to the desk."""
    asked: Counter[str] = field(default_factory=Counter)
    """Questions on phones, by what became of them."""

    @property
    def keys_a_note(self) -> float:
        return self.keys / self.notes

    @property
    def share(self) -> float:
        return self.in_theme / self.on_topic

    def holds(self) -> bool:
        few = self.keys_a_note <= KEYS_A_NOTE and self.letters <= LETTERS
        return few and self.share >= IN_THEME


class Desk:
    """The page of whoever sorts. Nothing is pressed or typed there but through this, and all of it counts."""

    def __init__(self, page: Page, played: Played, pause_ms: int) -> None:
        self.page = page
        self.piles: dict[str, str] = {}
        """Of a theme, the title of its pile."""
        self._played = played
        self._pause_ms = pause_ms

    async def press(self, key: str) -> None:
        self._played.keys += 1
        await self.page.keyboard.press(key)

    async def click(self, wanted: Locator) -> None:
        self._played.keys += 1
        await wanted.click()

    async def type(self, words: str) -> None:
        self._played.letters += len(words)
        await self.page.keyboard.type(words)

    async def name_ahead(self, themes: list[str], labelled: LabelledSet) -> None:
        """While the tables talk: short names are typed, one after the other; for the rest a note is pressed
        that says it well, and lends its words."""
        typed: list[str] = []
        for theme in sorted(themes, key=lambda theme: len(labelled.names[theme])):
            if sum(len(labelled.names[each]) for each in [*typed, theme]) <= LETTERS * 0.9:
                typed.append(theme)
        await self.press("n")
        for theme in typed:
            await self.type(labelled.names[theme])
            await self.press("Enter")
            await self._is_made(theme, labelled.names[theme])
        await self.press("Escape")
        for theme in (each for each in themes if each not in typed):
            good = next(
                note.text
                for note in sorted(labelled.notes, key=lambda note: len(note.themes))
                if note.theme == theme and (len(note.text) <= SHORT or len(note.themes) > 1)
            )
            await self.click(self.page.locator("#left").get_by_text(good, exact=True).first)
            await self.press("u")
            await self._is_made(theme, good)
        self._played.named_ahead = len(self.piles)

    async def sort_what_is_left(self, theme_of: dict[str, str]) -> None:
        """One large note after the other, by what it says."""
        while (words := await self._current()) is not None:
            await self.page.wait_for_timeout(self._pause_ms)
            theme = theme_of[words]
            if theme == OFF_TOPIC:
                await self.press("p")
            elif theme not in self.piles:
                await self.press("u")
                await self._is_made(theme, words)
            else:
                await self._put(self.piles[theme])
            await expect(self._at).not_to_have_text(words)

    @property
    def _at(self) -> Locator:
        """What the large note says, or what the column says that is empty."""
        return self.page.locator("#left .current .slip-words, #left-none:not([hidden])")

    async def _current(self) -> str | None:
        await expect(self._at).to_have_count(1)
        return (
            None if await self.page.locator("#left-none").is_visible() else plain(await self._at.inner_text())
        )

    async def _put(self, pile: str) -> None:
        titles = await self.page.locator("#piles h3").all_inner_texts()
        place = titles.index(pile)
        guess = self.page.locator("#likely-piles button")
        likely = guess.filter(has=self.page.get_by_text(pile, exact=True))
        if place < 9:
            await self.press(str(place + 1))
        elif await likely.count():
            await self.press((await likely.locator("kbd").inner_text()).lower())
        else:
            await self.press("m")
            await self.type(_fewest(pile, titles))
            await self.press("Enter")

    async def _is_made(self, theme: str, words: str) -> None:
        title = self.piles[theme] = words[:TITLE].strip()
        heading = self.page.locator("#piles").get_by_role("heading", name=title, exact=True)
        await expect(heading).to_have_count(1)


def _fewest(title: str, titles: list[str]) -> str:
    """The first letters after which Enter takes this pile."""
    for many in range(1, len(title)):
        begun = title[:many].lower()
        if next(each for each in titles if begun in each.lower()) == title:
            return title[:many]
    return title


def plain(text: str) -> str:
    """As a page says it, on one line."""
    return " ".join(text.split())
