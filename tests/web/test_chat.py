"""Someone chats: asks, loses the network, proves who they are, wants a person, takes the record along."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

Look = Callable[..., Page]


@pytest.fixture
def chat(line: SimpleNamespace, look: Look) -> Page:
    page = look(f"{line.address}/chat")
    expect(bubbles(page, "assistant")).to_have_count(1)
    return page


def bubbles(page: Page, sender: str = "") -> Any:
    return page.locator(f".bubble{f'.from-{sender}' if sender else ''} > .text")


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Write your message").fill(text)
    page.keyboard.press("Enter")


def talk(line: SimpleNamespace) -> Any:
    return list(line.state.talks.values())[-1]


def live(line: SimpleNamespace, page: Page) -> None:
    """Wait until the live line is open and what was missed has been fetched."""
    while not talk(line).listeners:
        page.wait_for_timeout(20)
    page.wait_for_timeout(150)


def stored(line: SimpleNamespace, sender: str = "you") -> list[str]:
    return [message["text"] for message in talk(line).messages if message["from"] == sender]


def test_an_answer_comes_with_its_source(line: SimpleNamespace, chat: Page) -> None:
    expect(chat.locator(".who")).to_contain_text("Automated assistant")
    expect(chat.locator(".who")).to_contain_text("Example Tax Help")
    expect(chat.locator(".demo")).to_contain_text("not the IRS")
    say(chat, "I got a CP504")
    expect(bubbles(chat, "assistant").nth(1)).to_contain_text("December 9, 2026")
    expect(chat.locator(".basis").nth(2)).to_have_text("Based on 26 USC 6331(d)(2); 26 USC 6331(h)")
    expect(bubbles(chat, "you")).to_have_text(["I got a CP504"])


def test_a_choice_is_good_for_one_press(line: SimpleNamespace, chat: Page) -> None:
    chat.get_by_role("button", name="A letter").click()
    expect(bubbles(chat, "assistant")).to_have_count(2)
    expect(chat.locator(".choices button:enabled")).to_have_count(0)
    expect(chat.get_by_role("button", name="Paying over time")).to_be_hidden()
    expect(bubbles(chat, "you")).to_have_text(["A letter"])
    assert [post.get("choice") for post in line.state.posts] == ["letter"]


def test_a_reload_brings_the_conversation_back(line: SimpleNamespace, chat: Page) -> None:
    say(chat, "I got a CP504")
    expect(bubbles(chat)).to_have_count(3)
    before = bubbles(chat).all_inner_texts()
    chat.reload()
    expect(bubbles(chat)).to_have_text(before)
    assert len(line.state.talks) == 1


def test_a_lost_answer_is_asked_for_again_under_the_same_id(line: SimpleNamespace, chat: Page) -> None:
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(str(route.request.post_data))
            route.fetch()
            route.abort()
        else:
            route.continue_()

    chat.route("**/messages*", lose_first)
    say(chat, "I got a CP504")
    expect(chat.locator(".bubble.from-you")).to_have_attribute("data-delivery", "sent")
    expect(bubbles(chat)).to_have_count(3)
    assert len(line.state.posts) == 2
    assert line.state.posts[0]["id"] == line.state.posts[1]["id"]
    assert stored(line) == ["I got a CP504"]


def test_without_network_a_message_waits_and_then_goes_once(line: SimpleNamespace, chat: Page) -> None:
    chat.context.set_offline(True)
    say(chat, "I got a CP504")
    say(chat, "and a second letter")
    expect(chat.locator(".delivery").first).to_contain_text("Not sent.")
    expect(chat.get_by_role("button", name="Try again").first).to_be_visible()
    expect(bubbles(chat, "you").last).to_be_in_viewport()
    assert stored(line) == []
    chat.context.set_offline(False)
    expect(bubbles(chat, "assistant")).to_have_count(3)
    expect(bubbles(chat, "you")).to_have_count(2)
    assert stored(line) == ["I got a CP504", "and a second letter"]


def test_a_message_not_yet_taken_survives_a_reload(line: SimpleNamespace, chat: Page) -> None:
    chat.route(
        "**/messages",
        lambda route: (route.fetch(), route.abort()) if route.request.method == "POST" else route.continue_(),
    )
    say(chat, "I got a CP504")
    expect(chat.locator(".bubble.from-you")).to_have_attribute("data-delivery", "sending")
    chat.wait_for_timeout(300)
    chat.unroute("**/messages")
    chat.reload()
    expect(bubbles(chat, "assistant")).to_have_count(2)
    expect(bubbles(chat, "you")).to_have_text(["I got a CP504"])
    assert stored(line) == ["I got a CP504"]


def test_without_the_live_line_messages_still_come(line: SimpleNamespace, look: Look) -> None:
    page = look("about:blank")
    page.add_init_script(
        "window.WebSocket = class { static OPEN = 1; constructor() { setTimeout(() => this.onclose?.({}), 20) } close() {} send() {} }"
    )
    page.goto(f"{line.address}/chat")
    expect(bubbles(page, "assistant")).to_have_count(1)
    talk(line).add("agent", "Hello, this is Ana.")
    expect(bubbles(page, "agent")).to_have_text(["Hello, this is Ana."], timeout=6000)


def test_a_refused_message_says_why_and_lets_the_next_one_through(line: SimpleNamespace, chat: Page) -> None:
    problem = json.dumps({"title": "This message is too long. Send it in two parts."})
    chat.route(
        "**/messages",
        lambda route: route.fulfill(status=413, content_type="application/problem+json", body=problem),
        times=1,
    )
    say(chat, "long")
    expect(chat.locator(".delivery").first).to_contain_text("Send it in two parts.")
    say(chat, "I got a CP504")
    expect(bubbles(chat, "assistant")).to_have_count(2)


def test_a_person_is_one_press_away_and_the_wait_is_told(line: SimpleNamespace, chat: Page) -> None:
    live(line, chat)
    chat.get_by_role("button", name="Talk to a person").click()
    expect(chat.locator(".status")).to_have_text("3 people ahead of you. About 8 to 20 minutes.")
    assert [post.get("choice") for post in line.state.posts] == ["person"]
    chat.get_by_role("button", name="Español").click()
    expect(chat.locator(".status")).to_have_text(
        "Hay 3 personas antes que usted. De 8 a 20 minutos, aproximadamente."
    )


def test_the_language_switch_changes_words_and_asks_for_answers_in_spanish(
    line: SimpleNamespace, chat: Page
) -> None:
    chat.get_by_role("button", name="Español").click()
    expect(chat.get_by_role("button", name="Hablar con una persona")).to_be_visible()
    expect(bubbles(chat, "assistant").nth(1)).to_contain_text("9 de diciembre de 2026")
    expect(chat.locator(".basis").nth(2)).to_contain_text("Según 26 USC")
    assert chat.locator(".chat").get_attribute("lang") == "es"


def test_the_record_opens_with_the_token_but_without_it_in_any_address(
    line: SimpleNamespace, chat: Page
) -> None:
    say(chat, "I got a CP504")
    expect(bubbles(chat)).to_have_count(3)
    with chat.context.expect_page() as opened:
        chat.get_by_role("button", name="Get a written record").click()
    record = opened.value
    expect(record.get_by_role("heading", name="Written record of your conversation")).to_be_visible()
    expect(record.locator(".said li")).to_have_count(3)
    expect(record.locator(".basis")).to_contain_text("26 USC 6331(d)(2)")
    assert record.url.startswith("blob:")
    assert record.evaluate("getComputedStyle(document.querySelector('.panel')).borderRadius") == "14px"
    assert record.get_by_role("button", name="Print or save").is_visible()


def test_an_ended_conversation_takes_no_more_but_a_new_one_can_start(
    line: SimpleNamespace, chat: Page
) -> None:
    chat.get_by_role("button", name="End conversation").click()
    chat.get_by_role("button", name="Yes, end it").click()
    expect(chat.locator(".who")).to_contain_text("This conversation has ended.")
    expect(chat.get_by_role("textbox", name="Write your message")).to_be_hidden()
    assert talk(line).state == "closed"
    chat.get_by_role("button", name="Start a new conversation").click()
    expect(bubbles(chat, "assistant")).to_have_count(1)
    expect(chat.get_by_role("textbox", name="Write your message")).to_be_focused()
    assert len(line.state.talks) == 2


def test_a_stolen_or_stale_token_closes_the_chat_kindly(line: SimpleNamespace, chat: Page) -> None:
    live(line, chat)
    talk(line).token = "another"
    say(chat, "hello")
    expect(chat.locator(".status")).to_contain_text("closed, to protect you")
    expect(chat.get_by_role("button", name="Start a new conversation")).to_be_visible()


def test_typing_shows_and_goes(line: SimpleNamespace, chat: Page) -> None:
    live(line, chat)
    talk(line).push({"typing": True})
    expect(chat.locator(".typing")).to_have_text("Assistant is writing")
    talk(line).push(talk(line).add("assistant", "Here it is."))
    expect(bubbles(chat, "assistant").nth(1)).to_have_text("Here it is.")
    expect(chat.locator(".typing")).to_be_hidden()


def test_markup_in_any_field_stays_text(line: SimpleNamespace, chat: Page) -> None:
    payload = '<img src=x onerror="alert(1)"><b>bold</b>'
    say(chat, payload)
    expect(bubbles(chat, "you")).to_have_text([payload])
    expect(bubbles(chat)).to_have_count(5)
    assert chat.locator(".thread img, .thread script, .thread svg, .thread b").count() == 0
    assert "onerror" in bubbles(chat, "agent").first.inner_text()


def test_a_conversation_that_was_closed_meanwhile_is_followed_by_a_new_one(
    line: SimpleNamespace, chat: Page
) -> None:
    talk(line).token = "another"
    chat.reload()
    expect(chat.locator(".remark")).to_have_text(
        "We closed your earlier conversation to protect you. This is a new one."
    )
    expect(bubbles(chat, "assistant")).to_have_count(1)
    assert len(line.state.talks) == 2
