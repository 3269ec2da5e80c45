"""Everyone can use the pages: axe finds nothing serious, light or dark, on a phone or a desk."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Look = Callable[..., Page]
PLAIN = ["/", "/verify/wrong?language=es", "/verify/expired", "/verify/done", "/error"]
axe = Axe()


def serious(page: Page, where: str) -> list[str]:
    found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{where}: {one['id']} {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def sideways(page: Page, where: str) -> list[str]:
    """A page must not need scrolling sideways."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{where}: {wide} px too wide"] if wide > 0 else []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(375, 800), (1280, 900)])
def test_nothing_serious_on_any_page(
    line: SimpleNamespace, look: Look, scheme: str, size: tuple[int, int]
) -> None:
    page = look(f"{line.address}/", color_scheme=scheme, viewport={"width": size[0], "height": size[1]})
    found: list[str] = []

    def check(where: str) -> None:
        found.extend(serious(page, where) + sideways(page, where))

    for path in PLAIN:
        page.goto(line.address + path)
        check(path)
    page.goto(f"{line.address}/chat")
    page.get_by_role("button", name="A letter").click()
    expect(page.locator(".bubble")).to_have_count(3)
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.locator(".status")).to_be_visible()
    check("chat")
    page.get_by_role("textbox", name="Write your message").fill("how much do I owe")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Show us it is you").click()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".error:visible").first).to_be_visible()
    check("chat, identity form")
    page.goto(f"{line.address}/console")
    check("console, signing in")
    page.get_by_label("User name").fill("ana")
    page.get_by_label("Password").fill("right-horse")
    page.keyboard.press("Enter")
    expect(page.locator(".ticket")).to_have_count(4)
    check("console, lists")
    page.locator('[data-id="h1"]').get_by_role("button", name="Accept").click()
    expect(page.locator(".conversation .bubble")).to_have_count(3)
    check("console, card")
    page.get_by_role("button", name="Transfer").click()
    check("console, transfer")
    assert not found, "\n".join(found)


def test_the_chat_can_be_used_from_the_keyboard_alone(line: SimpleNamespace, look: Look) -> None:
    page = look(f"{line.address}/chat")
    expect(page.locator(".bubble")).to_have_count(1)
    page.get_by_role("button", name="What I owe").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Show us it is you")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Social Security number, ITIN or EIN")).to_be_focused()
    page.keyboard.type("900701234")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show the number")).to_be_focused()
    for value in ("3", "9", "1984"):
        page.keyboard.press("Tab")
        page.keyboard.type(value)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("78701")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble.from-assistant > .text").last).to_contain_text("$8,731.46")
    expect(page.get_by_role("textbox", name="Write your message")).to_be_focused()


SEEN = """
window.liveness = [];
const set = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  if (name === "aria-live") window.liveness.push(value);
  return set.call(this, name, value);
};
"""


def test_new_messages_are_read_out_but_history_is_not(line: SimpleNamespace, look: Look) -> None:
    page = look(f"{line.address}/chat")
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    page.add_init_script(SEEN)
    page.reload()
    expect(page.locator(".bubble")).to_have_count(1)
    assert "off" in page.evaluate("() => window.liveness")
    expect(log).to_have_attribute("aria-live", "polite")
