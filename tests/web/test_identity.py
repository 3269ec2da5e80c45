"""The secure form: the digits go to one door, and are nowhere else, before or after."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

Look = Callable[..., Page]
DIGITS = ("900701234", "900-70-1234", "78701")
EVERYWHERE = """() => {
  const chat = document.querySelector("acs-line-chat").shadowRoot;
  const inputs = [...chat.querySelectorAll("input, textarea")].map((one) => one.value);
  const attributes = [...chat.querySelectorAll("*")].flatMap((one) => [...one.attributes].map((a) => a.value));
  return [chat.textContent, ...inputs, ...attributes, location.href, document.cookie, ...Object.values(sessionStorage), ...Object.values(localStorage)].join("\\n");
}"""


@pytest.fixture
def asked(line: SimpleNamespace, look: Look) -> Page:
    page = look(f"{line.address}/chat")
    page.get_by_role("button", name="What I owe").click()
    page.get_by_role("button", name="Show us it is you").click()
    expect(page.locator("form.identity")).to_be_visible()
    return page


def test_the_answer_stays_in_view_while_the_form_is_only_offered(line: SimpleNamespace, look: Look) -> None:
    page = look(f"{line.address}/chat")
    page.get_by_role("button", name="What I owe").click()
    expect(page.get_by_role("button", name="Show us it is you")).to_be_in_viewport()
    expect(page.locator(".bubble.from-assistant > .text").last).to_be_in_viewport()
    expect(page.locator("form.identity")).to_have_count(0)


def fill(page: Page, tin: str = "900-70-1234", year: str = "1984", zip_code: str = "78701") -> None:
    page.get_by_role("textbox", name="Social Security number, ITIN or EIN").fill(tin)
    for name, value in (("Month", "3"), ("Day", "9"), ("Year", year)):
        page.get_by_role("textbox", name=name, exact=True).fill(value)
    page.get_by_role("textbox", name="ZIP code").fill(zip_code)


def test_a_proved_caller_gets_the_answer_and_the_digits_are_gone(line: SimpleNamespace, asked: Page) -> None:
    seen: list[tuple[str, str | None]] = []
    asked.on("request", lambda request: seen.append((request.url, request.post_data)))
    fill(asked)
    asked.get_by_role("button", name="Check", exact=True).click()
    expect(asked.locator(".bubble.from-assistant > .text").last).to_contain_text("$8,731.46")
    expect(asked.locator(".identity")).to_have_count(0)
    everywhere = asked.evaluate(EVERYWHERE)
    assert not [digits for digits in DIGITS if digits in everywhere]
    with_digits = [url for url, body in seen if "900701234" in url + (body or "")]
    assert len(with_digits) == 1
    assert with_digits[0].endswith("/identity")


def test_wrong_items_clear_the_form_and_do_not_say_which(line: SimpleNamespace, asked: Page) -> None:
    fill(asked, tin="900701235")
    asked.get_by_role("button", name="Check", exact=True).click()
    expect(asked.get_by_role("alert").filter(has_text="do not match")).to_be_visible()
    assert asked.get_by_role("textbox", name="Social Security number, ITIN or EIN").input_value() == ""
    assert "78701" not in asked.evaluate(EVERYWHERE)


def test_after_too_many_tries_a_person_is_offered(line: SimpleNamespace, asked: Page) -> None:
    for _ in range(4):
        fill(asked, tin="900701235")
        asked.get_by_role("button", name="Check", exact=True).click()
        expect(asked.get_by_role("button", name="Check", exact=True)).to_have_attribute(
            "aria-disabled", "false"
        )
    expect(asked.locator(".identity > .note")).to_contain_text("A person can help you.")
    expect(asked.get_by_role("button", name="Talk to a person")).to_be_enabled()


@pytest.mark.parametrize(
    ("tin", "year", "zip_code", "error"),
    [
        ("12345", "1984", "78701", "9 digits"),
        ("900701234", "2084", "78701", "month, day and year"),
        ("900701234", "1984", "787", "5 digits"),
    ],
)
def test_a_slip_is_told_beside_its_field_before_anything_is_sent(
    line: SimpleNamespace, asked: Page, tin: str, year: str, zip_code: str, error: str
) -> None:
    fill(asked, tin, year, zip_code)
    asked.get_by_role("button", name="Check", exact=True).click()
    expect(asked.locator(".error:visible")).to_have_count(1)
    expect(asked.locator(".error:visible")).to_contain_text(error)
    assert next(iter(line.state.talks.values())).proofs == 0


def test_the_number_is_masked_until_asked(line: SimpleNamespace, asked: Page) -> None:
    tin = asked.get_by_role("textbox", name="Social Security number, ITIN or EIN")
    assert tin.get_attribute("type") == "password"
    assert tin.get_attribute("inputmode") == "numeric"
    assert tin.get_attribute("autocomplete") == "off"
    asked.get_by_role("button", name="Show the number").click()
    assert tin.get_attribute("type") == "text"


def test_the_number_on_the_notice_serves_instead_of_the_zip(line: SimpleNamespace, asked: Page) -> None:
    fill(asked)
    asked.get_by_text("Number on your notice").click()
    asked.get_by_role("textbox", name="Number on your notice").fill("4471902")
    with asked.expect_request("**/identity") as sent:
        asked.get_by_role("button", name="Check", exact=True).click()
    assert sent.value.post_data_json == {
        "tin": "900701234",
        "date_of_birth": "1984-03-09",
        "caller_id": "4471902",
    }


def test_leaving_the_form_wipes_it(line: SimpleNamespace, asked: Page) -> None:
    fill(asked)
    asked.get_by_role("button", name="Not now").click()
    expect(asked.locator(".identity")).to_have_count(0)
    assert not [digits for digits in DIGITS if digits in asked.evaluate(EVERYWHERE)]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_from_a_text_message_works_with_and_without_scripts(
    line: SimpleNamespace, look: Look, scripts: bool
) -> None:
    page = look(f"{line.address}/verify/form", java_script_enabled=scripts)
    page.get_by_label("Social Security number, ITIN or EIN").fill("900701235")
    page.get_by_label("Date of birth").fill("1984-03-09")
    page.get_by_label("ZIP code").fill("78701")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("These do not match our records.")).to_be_visible()
    page.get_by_label("Social Security number, ITIN or EIN").fill("900701234")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="Thank you. We know it is you.")).to_be_visible()
    assert line.state.posts[0] == {
        "tin": "900701235",
        "date_of_birth": "1984-03-09",
        "zip": "78701",
        "caller_id": "",
        "caf": "",
        "name": "",
    }


def test_a_refused_try_brings_the_form_again_with_the_cursor_in_it(
    line: SimpleNamespace, asked: Page
) -> None:
    again = {
        "id": "again",
        "at": "2026-11-22T12:00:00Z",
        "from": "assistant",
        "language": "en",
        "text": "That did not fit.",
        "choices": [],
        "sources": [],
    }
    again["secure_form"] = {
        "kind": "identity",
        "fields": [{"name": "tin"}, {"name": "date_of_birth"}, {"name": "zip"}],
    }
    asked.route("**/identity", lambda route: route.fulfill(json={"verified": False, "messages": [again]}))
    fill(asked)
    asked.get_by_role("button", name="Check", exact=True).click()
    expect(asked.locator(".bubble.from-assistant > .text").last).to_have_text("That did not fit.")
    tin = asked.get_by_role("textbox", name="Social Security number, ITIN or EIN")
    expect(tin).to_be_focused()
    expect(tin).to_have_value("")
    expect(asked.get_by_text("Number on your notice")).to_have_count(0)


def test_a_last_word_on_too_many_tries_takes_the_place_of_the_form(
    line: SimpleNamespace, asked: Page
) -> None:
    last = {
        "id": "last",
        "at": "2026-11-22T12:00:00Z",
        "from": "assistant",
        "language": "en",
        "text": "A person can check this with you.",
        "choices": [],
        "sources": [],
    }
    asked.route(
        "**/identity",
        lambda route: route.fulfill(status=429, json={"title": "Too many tries.", "messages": [last]}),
    )
    fill(asked)
    asked.get_by_role("button", name="Check", exact=True).click()
    expect(asked.locator(".bubble.from-assistant > .text").last).to_have_text(
        "A person can check this with you."
    )
    expect(asked.locator(".identity")).to_have_count(0)


def test_a_representative_gives_number_name_and_the_clients_number(
    line: SimpleNamespace, asked: Page
) -> None:
    sent: list[dict[str, str]] = []
    asked.on(
        "request",
        lambda request: sent.append(request.post_data_json) if request.url.endswith("/identity") else None,
    )
    asked.get_by_role("button", name="I represent someone").click()
    expect(asked.get_by_role("textbox", name="ZIP code")).to_have_count(0)
    asked.get_by_role("button", name="Check", exact=True).click()
    expect(asked.get_by_text("Please type your CAF number.")).to_be_visible()
    asked.get_by_role("textbox", name="Social Security number, ITIN or EIN").fill("900-73-4003")
    asked.get_by_role("textbox", name="Your CAF number").fill("030012345R")
    asked.get_by_role("textbox", name="Your name").fill("Ana Ruiz")
    asked.get_by_role("button", name="Check", exact=True).click()
    expect(asked.get_by_role("alert").filter(has_text="do not match")).to_be_visible()
    assert sent == [{"tin": "900734003", "caf": "030012345R", "name": "Ana Ruiz"}]
    expect(asked.get_by_role("textbox", name="Your CAF number")).to_have_value("")
    asked.get_by_role("button", name="It is my own account").click()
    expect(asked.get_by_role("textbox", name="ZIP code")).to_be_visible()
