"""What a phone says it says in every language that is offered, sentence by sentence; hosts read English."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from app.wording import FOLDER, languages, words
from sessions.shelf import Shelf
from tests.app.client import People, Refusal, new_id

OTHERS = [lang for lang in languages() if lang != "en"]
OF_PHONES = ("common", "problem", "home", "join", "phone", "slips")
"""Tables that a translation covers whole."""
HOSTS_ONLY = {
    "common.storage_full",
    "common.storage_broken",
    "common.storage_trouble",
    "common.session_damaged",
    "common.returned",
}
NEVER_ON_PHONES = re.compile(
    r"refused\.(archive|backup|plan|wall|letters|link|secret|rehearsal|screen|step|votes|stage\.(late|settled|unknown)"
    r"|theme\.(itself|has_line)|item\.(one_key|no_such_key)|note\.(is_part|itself|no_other_day|not_parked)"
    r"|storage\.(in_use|elsewhere|damaged|unwritable|settings|newer)|request\.(foreign|misdirected))"
)
NOT_YET: frozenset[str] = frozenset()
"""Sentences that are new and said in English everywhere, until somebody has put them into every language."""
FORMS = {"cy": {"zero", "one", "two", "few", "many", "other"}, "pl": {"one", "few", "many", "other"}}
"""What a number may need; all other languages have one and other."""


def read(lang: str) -> dict[str, Any]:
    """Sentences and plurals by their key."""

    def under(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
        for key, said in table.items():
            if isinstance(said, dict) and "other" not in said:
                yield from under(said, f"{prefix}{key}.")
            else:
                yield prefix + key, said

    return dict(under(tomllib.loads((FOLDER / f"{lang}.toml").read_text("utf-8"))))


def places(said: Any) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", str(list(said.values()) if isinstance(said, dict) else said)))


def needed() -> set[str]:
    of_phones = {key for key in read("en") if key.partition(".")[0] in OF_PHONES} - HOSTS_ONLY
    return of_phones | {
        key for key in read("en") if key.startswith("refused.") and not NEVER_ON_PHONES.match(key)
    }


def test_the_languages_of_the_valley_are_offered_and_english_comes_first() -> None:
    assert languages() == ("en", "cy", "pl", "ur")
    assert [words(lang).name for lang in languages()] == ["English", "Cymraeg", "Polski", "اردو"]
    assert [words(lang).dir for lang in languages()] == ["ltr", "ltr", "ltr", "rtl"]


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_says_all_that_a_phone_says(lang: str) -> None:
    assert needed() - read(lang).keys() <= NOT_YET


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_says_nothing_that_english_does_not(lang: str) -> None:
    assert read(lang).keys() - read("en").keys() == set()


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translated_sentence_has_the_places_of_the_english_one(lang: str) -> None:
    """But for the plan's own word for a group, which other languages would have to bend."""
    english = read("en")
    for key, said in read(lang).items():
        missing = places(english[key]) ^ places(said)
        assert missing <= {"group"}, key
        assert places(said) <= places(english[key]), key


@pytest.mark.parametrize("lang", OTHERS)
def test_a_number_has_every_form_that_its_language_needs(lang: str) -> None:
    english = read("en")
    for key, said in read(lang).items():
        assert isinstance(said, dict) == isinstance(english[key], dict), key
        if isinstance(said, dict):
            assert said.keys() == FORMS.get(lang, {"one", "other"}), key


@pytest.mark.parametrize("lang", OTHERS)
def test_a_translation_owns_that_nobody_has_checked_it(lang: str) -> None:
    head = (FOLDER / f"{lang}.toml").read_text("utf-8").partition("[common]")[0]
    assert "No native speaker has checked these sentences yet." in head


def test_what_is_missing_in_a_language_is_said_in_english_sentence_by_sentence() -> None:
    assert words("cy").say("common.storage_full") == words("en").say("common.storage_full")
    assert words("cy").say("common.cancel") != words("en").say("common.cancel")
    assert words("cy-GB").lang == "cy"
    assert words("cy", "facilitate").lang == words("fr").lang == words("../en").lang == "en"


def test_the_questions_of_the_first_plan_are_asked_in_every_language() -> None:
    shelf = Shelf.read()
    english = shelf.plan("gp-surgery-45")
    for lang in OTHERS:
        say = shelf.phrases.into(lang)
        asked = [board.question for board in english.boards]
        asked += [
            text for board in english.boards for zone in board.zones for text in (zone.title, zone.prompt)
        ]
        asked += [stage.prompt for stage in english.stages if stage.prompt]
        assert [text for text in asked if say(text) == text] == []


def test_a_hosts_own_words_are_never_covered_by_ours() -> None:
    assert (
        Shelf.read().phrases.into("cy")("What would help at our library?")
        == "What would help at our library?"
    )


def test_a_sentence_is_known_from_whatever_language_it_stands_in() -> None:
    phrases = Shelf.read().phrases
    assert phrases.into("en")(phrases.into("ur")("One person")) == "One person"


# From the join page on


async def test_the_join_page_is_in_the_language_that_was_chosen(people: People) -> None:
    workshop = await people.workshop()
    browser = people.browser()
    for lang in languages():
        page = (await browser.http.get(f"/j/{workshop.code}?lang={lang}")).text
        assert f'<html lang="{lang}" dir="{words(lang).dir}">' in page
        for key in ("join.no_names", "join.who_reads"):
            assert words(lang).say(key) in page.replace("&#39;", "'")
        for each in languages():
            assert f'lang="{each}" hreflang="{each}"' in page
    page = (await browser.http.get(f"/j/{workshop.code}?lang=xx")).text
    assert '<html lang="en"' in page


async def test_a_phone_goes_on_in_the_language_it_joined_in_and_so_do_refusals(people: People) -> None:
    workshop = await people.workshop()
    phone = await people.phone(workshop, "g1", language="pl")
    assert '<html lang="pl"' in (await phone.http.get(f"/s/{workshop.code}")).text
    async with phone.live() as seat:
        zone = seat.welcome["session"]["plan"]["boards"][0]["zones"][0]
        assert zone["title"] == Shelf.read().phrases.into("pl")("One person")
        with pytest.raises(Refusal) as refused:
            await seat.ask("note.add", id=new_id(), zone="matrix.social", text=" ")
        assert refused.value.message == words("pl").say("refused.text.empty")
    host = await people.host(workshop)
    async with host.live("facilitator") as desk:
        assert desk.welcome["session"]["plan"]["boards"][0]["zones"][0]["title"] == "One person"


async def test_where_cookies_are_blocked_the_ticket_knows_the_language_too(people: People) -> None:
    workshop = await people.workshop()
    ticket = (await people.phone(workshop, "g1", language="ur")).me["ticket"]
    stranger = people.browser(workshop.code)
    page = await stranger.http.get(f"/s/{workshop.code}", headers={"authorization": f"Bearer {ticket}"})
    assert '<html lang="ur" dir="rtl">' in page.text


async def test_somebody_reads_another_language_from_now_on(people: People) -> None:
    workshop = await people.workshop()
    phone = await people.phone(workshop, "g1", people=3)
    await phone.call("PATCH", f"/api/sessions/{workshop.code}/me", {"language": "cy"})
    assert '<html lang="cy"' in (await phone.http.get(f"/s/{workshop.code}")).text
    async with phone.live() as seat:
        assert (seat.welcome["you"]["group"], seat.welcome["you"]["people"]) == ("g1", 3)


async def test_what_went_wrong_is_said_in_the_language_of_the_browser(people: People) -> None:
    asked = {"accept": "text/html", "accept-language": "pl-PL,pl;q=0.9,en;q=0.5"}
    page = await people.browser().http.get("/j/BCDFGHJKL", headers=asked)
    assert words("pl").say("refused.code.unknown") in page.text
    assert '<html lang="pl"' in page.text
