"""The story as people see it: the chat page and the agent desk in a real browser, side by side."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.line.people import Person

pytestmark = [pytest.mark.line, pytest.mark.browser]

ROOT = Path(__file__).resolve().parents[2]
HAND = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "device_scale_factor": 2,
}
DESK = {"viewport": {"width": 1280, "height": 860}}
WORDS = {
    "en": {"write": "Write your message", "tin": "Social Security number, ITIN or EIN", "zip": "ZIP code", "check": "Check"},
    "es": {"write": "Escriba su mensaje", "tin": "Número de Seguro Social, ITIN o EIN", "zip": "Código postal (ZIP)",
           "check": "Verificar"},
}  # fmt: skip
PICTURES = os.environ.get("ACS_PICTURES") == "1"
ROSA = Person("T-1001", "900-70-1234", "1984-03-09")
"""Of the demo, as in the README's tour; only for its pictures, because other stories need her case as it is."""
BIRTH = {"en": ("Month", "Day", "Year"), "es": ("Mes", "Día", "Año")}


class ChatPage:
    """The chat as its reader uses it."""

    def __init__(self, page: Page, url: str, language: str = "en") -> None:
        self.page, self.words, self.language = page, WORDS[language], language
        with page.expect_response(lambda one: one.url.endswith("/chat/conversations")) as opened:
            page.goto(f"{url}/chat")
        self.id = opened.value.json()["conversation"]
        expect(self.answers).to_have_count(1)

    @property
    def answers(self):
        return self.page.locator(".bubble.from-assistant > .text")

    def say(self, text: str) -> str:
        """Types it, sends it and gives the answer."""
        count = self.answers.count()
        self.page.get_by_role("textbox", name=self.words["write"]).fill(text)
        self.page.keyboard.press("Enter")
        return self.answer(count)

    def choose(self, label: str) -> str:
        count = self.answers.count()
        self.page.locator(".choices").get_by_role("button", name=label, exact=True).click()
        return self.answer(count)

    def answer(self, count: int) -> str:
        expect(self.answers).to_have_count(count + 1)
        return self.answers.last.inner_text()

    def prove(self, person) -> str:
        """The secure form, by its labels."""
        if self.page.locator(".identity.invite").is_visible():
            self.page.locator(".identity.invite button").click()
        year, month, day = person.date_of_birth.split("-")
        self.page.get_by_role("textbox", name=self.words["tin"]).fill(person.tin)
        for name, value in zip(BIRTH[self.language], (month, day, year), strict=True):
            self.page.get_by_role("textbox", name=name, exact=True).fill(value)
        self.page.get_by_role("textbox", name=self.words["zip"]).fill(person.zip)
        count = self.answers.count()
        self.page.get_by_role("button", name=self.words["check"], exact=True).click()
        return self.answer(count)


class DeskPage:
    """The agent's screen."""

    def __init__(self, page: Page, line) -> None:
        self.page = page
        page.goto(f"{line.url}/console")
        page.get_by_label("User name").fill("agent")
        page.get_by_label("Password").fill(line.password)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Agent desk")).to_be_attached()
        page.get_by_role("radio", name="Available").check()

    def accept(self, handoff: str) -> None:
        self.page.locator(f'.ticket[data-id="{handoff}"] [data-deed=accept]').click()
        expect(self.page.locator(".story")).to_be_visible()

    def reply(self, text: str) -> None:
        self.page.get_by_role("textbox", name="Your answer").fill(text)
        self.page.get_by_role("button", name="Send").click()

    def complete(self, note: str, outcome: str) -> None:
        self.page.get_by_label("Your note").fill(note)
        self.page.get_by_label("Outcome").select_option(outcome)
        self.page.get_by_role("button", name="Complete").click()
        expect(self.page.locator(".told-line")).to_have_text("Completed. Thank you.")


@pytest.fixture
def look(browser: Browser):
    """A tab of its own; a script error on the page, or a refused script, fails the test."""
    contexts, trouble = [], []

    def opened(**traits) -> Page:
        context = browser.new_context(**traits)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on(
            "console", lambda said: trouble.append(said.text) if "Content Security" in said.text else None
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture
def picture(tmp_path):
    """Keeps a picture: for the README with ACS_PICTURES=1, else only to look at."""
    folder = ROOT / "docs" / "pictures" if PICTURES else tmp_path
    folder.mkdir(parents=True, exist_ok=True)

    def taken(page: Page, name: str) -> None:
        file = (tmp_path if name == "chat-on-a-phone" else folder) / f"{name}.png"
        page.screenshot(path=file)
        assert file.stat().st_size < 300_000, f"{name}.png is {file.stat().st_size} bytes"

    return taken


def fits(page: Page) -> bool:
    """Nothing has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_story_on_a_phone_and_at_the_desk(line, look, console, people, picture):
    chat = ChatPage(look(**HAND), line.url)
    general = chat.say("I got a CP504 dated November 9, can I pay 200 a month?")
    assert "December 9, 2026" in general
    assert "8,868" not in general
    own = chat.prove(people["page_en"])
    assert "December 9, 2026" in own
    assert "$8,868.94" in own
    assert "$200.00 a month works" in own
    assert fits(chat.page)
    picture(chat.page, "chat-on-a-phone")
    chat.choose("Yes") if chat.page.locator(".choices button:enabled", has_text="Yes").count() else chat.say(
        "yes"
    )
    chat.say("the 15th")
    read_back = chat.choose("No")
    assert "$200.00 a month, on day 15" in read_back
    done = chat.choose("Yes")
    assert "is in as of today" in done
    assert people["page_en"].tin not in chat.page.content()
    chat.page.get_by_role("button", name="Talk to a person", exact=True).last.click()
    expect(chat.page.locator(".who")).to_contain_text("in line for a person")

    desk = DeskPage(look(**DESK), line)
    desk.accept(console.of(chat.id)["id"])
    story = desk.page.locator(".story")
    expect(story).to_contain_text("Dec 9, 2026")
    expect(story).to_contain_text("$8,868.94")
    expect(story).to_contain_text("I got a CP504 dated November 9")
    expect(story).to_contain_text("Identity proved")
    expect(story).to_contain_text(re.compile("payment plan", re.IGNORECASE))
    desk.reply("Hello, I have your whole story here.")
    expect(chat.page.locator(".bubble.from-agent > .text")).to_have_text(
        "Hello, I have your whole story here."
    )
    expect(chat.page.locator(".who")).to_contain_text("chatting with a person")
    chat.page.get_by_role("textbox", name="Write your message").fill("thank you")
    chat.page.keyboard.press("Enter")
    expect(desk.page.locator(".conversation .bubble.from-you").last).to_contain_text("thank you")
    desk.complete("Plan of 200 a month is in, nothing else open.", "plan")
    chat.page.reload()
    expect(chat.page.locator(".bubble.from-agent > .text").first).to_have_text(
        "Hello, I have your whole story here."
    )


def test_the_story_in_spanish_on_a_wide_screen(line, look, console, people):
    chat = ChatPage(look(**DESK, locale="es-US"), line.url, "es")
    assert "asistente automático" in chat.answers.first.inner_text()
    general = chat.say("me llegó una carta CP504 con fecha del 9 de noviembre, ¿puedo pagar 200 al mes?")
    assert "9 de diciembre de 2026" in general
    assert "8,868" not in general
    own = chat.prove(people["page_es"])
    assert "9 de diciembre de 2026" in own
    assert "$8,868.94" in own
    assert "$200.00 al mes" in own
    chat.say("sí")
    chat.say("el 15")
    chat.say("no")
    assert "$200.00 al mes" in chat.say("sí")
    chat.page.get_by_role("button", name="Hablar con una persona", exact=True).last.click()
    expect(chat.page.locator(".who")).to_contain_text("en la fila")
    desk = DeskPage(look(**DESK), line)
    desk.accept(console.of(chat.id)["id"])
    expect(desk.page.locator(".story")).to_contain_text("CP504 con fecha del 9 de noviembre")
    expect(desk.page.locator(".story")).to_contain_text("Spanish")
    desk.reply("Hola, ya leí todo lo que contó.")
    expect(chat.page.locator(".bubble.from-agent > .text")).to_have_text("Hola, ya leí todo lo que contó.")
    desk.complete("El plan está pedido.", "plan")


def test_pictures(line, look, console, people, picture):
    chat = ChatPage(look(**DESK), line.url)
    chat.say("I got a CP504 dated November 9, can I pay 200 a month?")
    chat.prove(ROSA if PICTURES else people["picture"])
    picture(chat.page, "chat")
    for words in ("the 15th", "yes", "yes"):
        chat.say(words)
    chat.say("Can I talk to a revenue officer?")
    desk = DeskPage(look(**DESK), line)
    desk.accept(console.of(chat.id)["id"])
    desk.page.wait_for_timeout(500)
    picture(desk.page, "console")
    desk.complete("Wants a revenue officer; none has the case. Plan of 200 a month is requested.", "plan")

    page = look(**DESK)
    page.goto(f"{line.phone}/phone")
    page.get_by_role("button", name="Call the line").click()
    spoken = page.locator("#heard li")
    expect(page.locator("#words")).to_be_enabled()
    expect(spoken.filter(has_text="Press zero for a person")).to_be_visible()
    page.locator("#words").fill("i got a c p five oh four dated november ninth")
    page.get_by_role("button", name="Say it").click()
    expect(spoken.filter(has_text="December ninth, twenty twenty-six")).to_be_visible()
    expect(page.locator("#state")).to_contain_text(re.compile("listen", re.IGNORECASE))
    picture(page, "phone")
    page.get_by_role("button", name="Hang up").click()
