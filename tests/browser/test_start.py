"""Before anyone comes: an earlier workshop used again, and a page that may be reloaded at any moment."""

import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.people import People
from tests.browser.screens import button, count, enter, link, say, starting
from tests.browser.server import DATA_ON_PAGE, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLE = "Upper Valley, May"
AIM = "Patients with diabetes walk more, at this surgery"


async def _organiser(people: People, server: Server) -> Page:
    page = await people.come()
    await page.goto(server.start_link)
    await expect(page.locator("#open")).to_be_visible()
    return page


async def _as_kept(page: Page, server: Server, code: str) -> dict[str, Any]:
    """What a session would give to the next one."""
    answer = await page.request.get(f"{server.origin}/start?again={code}")
    found = DATA_ON_PAGE.search(await answer.text())
    assert found is not None
    again: dict[str, Any] = json.loads(found[1])["again"]
    return again


async def _opened(page: Page) -> str:
    await button(page, "start.open").click()
    await expect(page.locator("#made-code")).to_be_visible()
    return (await page.locator("#made-code").inner_text()).replace(" ", "")


async def _edited(server: Server) -> dict[str, Any]:
    """A plan as somebody changed it in every place that Start lets them."""
    plan = await server.plan("gp-surgery-45")
    plan["stages"][1] |= {"minutes": 11, "prompt": "What would help you walk?", "title": "Quiet ideas"}
    plan["boards"][0]["zones"][0]["prompt"] = "What would help one of us?"
    plan["essentials"] = [{"id": "own-1", "text": "A bench by the door", "why": "It worked in Oak."}]
    return plan | {"expected": 23, "hold": "all"}


async def test_an_earlier_workshop_is_used_again_with_all_that_was_changed(
    people: People, server: Server
) -> None:
    old = await server.open(
        await _edited(server),
        title=TITLE,
        aim=AIM,
        contact="kim@valley.example",
        groups=[{"name": "Oak", "label": "O"}, {"name": "Ölm <b>"}],
        noun={"one": "clinic", "many": "clinics"},
    )
    await server.write(old, [("matrix.social", "A note of that day")])
    page = await _organiser(people, server)
    await page.goto(f"{server.origin}/sessions")
    await page.get_by_role("link", name=say("sessions.again_label", title=TITLE), exact=True).press("Enter")
    for key, value in {
        "title": TITLE,
        "host": "Active Valley",
        "contact": "kim@valley.example",
        "aim_what": AIM,
        "groups_names": "Oak\nÖlm <b>",
        "noun_one": "clinic",
        "expected": "23",
        "hold": "all",
    }.items():
        await expect(page.get_by_label(say(f"start.{key}"), exact=True)).to_have_value(value)
    await expect(page.get_by_role("radio", name=say("start.again", title=TITLE))).to_be_checked()
    await page.get_by_text(say("start.edit")).click()
    await expect(page.get_by_label(say("start.edit_minutes", title="Quiet ideas"))).to_have_value("11")
    code = await _opened(page)
    assert code != old.code
    before, after = await _as_kept(page, server, old.code), await _as_kept(page, server, code)
    assert before["plan"]["groups"][0] == {"id": "g1", "name": "Oak", "label": "O"}
    assert before["plan"]["stages"][1]["minutes"] == 11
    assert before["plan"]["hints"] == []
    assert after == before
    report = await (await page.request.get(f"{server.origin}/s/{code}/list.json")).text()
    assert "A note of that day" not in report
    assert await server.times(old, "A note of that day") == 1


async def test_groups_that_were_taken_out_stay_out(people: People, server: Server) -> None:
    old = await server.open(title=TITLE)
    page = await _organiser(people, server)
    await page.goto(f"{server.origin}/start?again={old.code}")
    # A plan that is called by its minutes says them once; any other says them too.
    for plan, minutes in (("GP surgery, 45", 45), ("Blank", 19)):
        words = await page.locator(".plan").filter(has_text=plan).last.inner_text()
        assert words.count(count("start.minutes", minutes)) == 1, words
    await page.get_by_label(say("start.seated_none")).check()
    assert (await _as_kept(page, server, await _opened(page)))["plan"]["groups"] == []


async def test_only_the_organiser_is_told_of_an_earlier_workshop(people: People, server: Server) -> None:
    old = await server.open(title=TITLE, contact="kim@valley.example")
    page = await people.come()
    await page.goto(f"{server.origin}/start?again={old.code}")
    await expect(page.get_by_role("heading", name=say("start.who"))).to_be_visible()
    assert "kim@valley.example" not in await page.content()


async def test_a_reload_loses_nothing_that_was_typed(people: People, server: Server) -> None:
    page = await _organiser(people, server)
    await page.get_by_role("radio", name=starting("GP surgery, 90")).check()
    typed = {
        "aim_what": "walk more",
        "title": TITLE,
        "host": "Active Valley",
        "contact": "kim@valley.example",
        "groups_names": "Oak\nElm",
        "expected": "60",
    }
    for key, value in typed.items():
        await page.get_by_label(say(f"start.{key}"), exact=True).fill(value)
    await page.get_by_label(say("start.seated_no")).check()
    await page.get_by_label(say("start.hold"), exact=True).select_option("none")
    await page.get_by_text(say("start.edit")).click()
    minutes = page.locator("#edit input[type=number]")
    await minutes.first.fill("17")
    musts = page.locator(".edit-must")
    had = await musts.count()
    # By a button: no box tells of it. And at once: nothing waits for a pause in the typing.
    await button(musts.first, "start.must_remove").click()
    await page.reload()
    for key, value in typed.items():
        await expect(page.get_by_label(say(f"start.{key}"), exact=True)).to_have_value(value)
    await expect(page.get_by_role("radio", name=starting("GP surgery, 90"))).to_be_checked()
    await expect(page.get_by_label(say("start.seated_no"))).to_be_checked()
    await expect(page.get_by_label(say("start.hold"), exact=True)).to_have_value("none")
    await expect(page.locator("#aim")).to_have_text("Walk more")
    await page.get_by_text(say("start.edit")).click()
    await expect(minutes.first).to_have_value("17")
    await expect(musts).to_have_count(had - 1)
    # More than forty people: that is offered, and on, for groups of whatever name.
    await expect(page.get_by_label(say("start.best", one="network"))).to_be_checked()
    kept = await _as_kept(page, server, await _opened(page))
    sort = next(stage for stage in kept["plan"]["stages"] if "themes" in stage["shows"])
    assert sort["picks"] == 3
    assert (kept["plan"]["stages"][0]["minutes"], kept["plan"]["hold"]) == (17, "none")
    assert (kept["plan"]["expected"], len(kept["plan"]["essentials"])) == (60, had - 1)
    # The room is open: the page begins anew.
    await page.goto(f"{server.origin}/start")
    await expect(page.get_by_label(say("start.title"), exact=True)).to_have_value("")
    await expect(page.locator("#edit input[type=number]").first).not_to_have_value("17")


async def test_the_draft_of_one_beginning_does_not_stand_in_another(people: People, server: Server) -> None:
    old = await server.open(title=TITLE)
    page = await _organiser(people, server)
    await page.get_by_label(say("start.title"), exact=True).fill("Something else")
    await page.goto(f"{server.origin}/start?again={old.code}")
    await expect(page.get_by_label(say("start.title"), exact=True)).to_have_value(TITLE)
    await link(page, "start.to_sessions").click()
    await page.goto(f"{server.origin}/start")
    await expect(page.get_by_label(say("start.title"), exact=True)).to_have_value("Something else")


async def test_the_paper_pack_comes_from_the_page_of_the_new_room_by_keyboard_alone(
    people: People, server: Server
) -> None:
    page = await _organiser(people, server)
    await page.get_by_label(say("start.title"), exact=True).fill(TITLE)
    code = await _opened(page)
    await page.locator("summary", has_text=say("pack.title")).focus()
    await page.keyboard.press("Enter")
    parts = page.get_by_role("group", name=say("pack.parts")).get_by_role("checkbox")
    await expect(parts).to_have_count(5)
    for part in await parts.all():
        await part.press("Space")
    await button(page, "pack.make").press("Enter")
    await expect(page.get_by_text(say("pack.nothing"))).to_be_visible()
    await expect(parts.first).to_be_focused()
    await page.keyboard.press("Space")
    await page.get_by_label(say("pack.wifi_password")).fill("walk together")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(say("pack.nameless"))).to_be_visible()
    await expect(page.get_by_label(say("pack.wifi_name"))).to_be_focused()
    await page.keyboard.type("Village Hall")
    async with page.expect_download() as coming:
        await button(page, "pack.make").press("Enter")
    saved = await coming.value
    assert saved.suggested_filename.startswith(f"eutopia-{code.lower()}-")
    assert saved.suggested_filename.endswith("-pack.pdf")
    assert (await saved.path()).read_bytes().startswith(b"%PDF-")
    await expect(page.get_by_text(say("pack.made"))).to_be_visible()
    await expect(button(page, "pack.make")).to_be_focused()
    kept = await page.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href])")
    assert "walk together" not in kept


async def test_the_paper_pack_is_there_in_the_running_room_too(people: People, server: Server) -> None:
    room, desk = await server.open(), await people.come()
    await enter(desk, room, "", room.facilitate_url)
    await desk.get_by_text(say("pack.title"), exact=True).click()
    async with desk.expect_download() as coming:
        await button(desk, "pack.make").click()
    assert (await (await coming.value).path()).read_bytes().startswith(b"%PDF-")
