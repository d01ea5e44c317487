"""In a language that is read from right to left everything turns round, and nothing sticks out."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.looks import CUT, SIDEWAYS, in_the_end
from tests.browser.people import PHONE, People
from tests.browser.screens import enter, join, write
from tests.browser.server import Room, Server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLES = {
    "One person": "ایک شخص",
    "People around us": "ہمارے آس پاس کے لوگ",
    "The place and the rules": "جگہ اور اصول",
}
PROMPT = "کسی ایک شخص کو چلنے پھرنے میں کیا چیز مدد دے گی، یا یہ یقین دلائے گی کہ وہ یہ کر سکتا ہے؟"
NOTE = "دروازے سے اکٹھے چلیں، منگل کو صبح دس بجے"
TURNED = """new MutationObserver((_, observer) => {
  const root = document.documentElement;
  if (!root?.dir) return;
  observer.disconnect();
  [root.lang, root.dir] = ["ur", "rtl"];
}).observe(document, { childList: true, subtree: true });"""
"""As pages come once there are words of ours in that language."""
MIXED = "Walk to the شہر and back, GP2GP!"


async def test_phone_and_wall_turn_round_and_nothing_sticks_out(people: People, server: Server) -> None:
    room = await server.open(
        await _urdu(server), title="وادی کی مجلس", groups=["شمال", "جنوب"], language="ur"
    )
    phone, wall = await people.phone(), await people.come()
    for page in (phone, wall):
        await page.context.add_init_script(TURNED)
    await enter(wall, room, "wall", room.facilitate_url)
    await _is_straight(wall)
    await join(phone, room.join_url, "شمال")
    await _is_straight(phone)

    await server.ask(room, type="stage.open", stage="matrix-alone")
    await write(phone, TITLES["One person"], NOTE)
    await _is_straight(phone)
    await write(phone, TITLES["People around us"], MIXED)
    await server.ask(room, type="stage.open", stage="matrix-together")
    await expect(wall.locator("li.note").filter(has_text=NOTE)).to_be_visible()
    await _is_straight(wall)
    await server.ask(room, type="wall.show", manner="read", of="matrix.individual", page=0)
    await expect(wall.locator("#main")).to_have_attribute("data-scene", "read")
    await _is_straight(wall)
    await _starts_on_the_right(phone, wall, room)


async def _urdu(server: Server) -> dict[str, object]:
    plan = await server.plan("gp-surgery-45")
    for zone in plan["boards"][0]["zones"]:
        zone["title"] = TITLES.get(zone["title"], zone["title"])
        zone["prompt"] = PROMPT
    return plan


async def _is_straight(page: Page) -> None:
    usual = page.viewport_size
    for width, height in ((320, 740), (PHONE["width"], PHONE["height"]), (1024, 768), (1920, 1080)):
        await page.set_viewport_size({"width": width, "height": height})
        assert await page.evaluate("document.dir") == "rtl"
        assert await in_the_end(page, SIDEWAYS) == [], f"at {width}"
        assert await in_the_end(page, CUT) == [], f"at {width}"
    if usual:
        await page.set_viewport_size(usual)


async def _starts_on_the_right(phone: Page, wall: Page, room: Room) -> None:
    """The coloured edge of a note stands where its line begins, and a code still reads from the left."""
    edge = "getComputedStyle(document.querySelector('.mine')).borderRightWidth"
    assert float((await phone.evaluate(edge)).removesuffix("px")) > 4
    brand = await phone.locator("#title").bounding_box()
    bigger = await phone.locator("#bigger").bounding_box()
    assert brand is not None
    assert bigger is not None
    assert brand["x"] > bigger["x"]
    mixed = phone.locator(".words").filter(has_text=MIXED)
    assert await mixed.evaluate("(words) => getComputedStyle(words).direction") == "ltr"
    written = phone.locator(".words").filter(has_text=NOTE)
    assert await written.evaluate("(words) => getComputedStyle(words).direction") == "rtl"
    code = wall.locator(".strip .code")
    assert (await code.inner_text()).replace(" ", "") == room.code
    assert await code.evaluate("(code) => getComputedStyle(code).direction") == "ltr"
