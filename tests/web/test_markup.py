"""A hundred ways to smuggle a script in, through every field a stranger can fill: all of them stay text."""

import itertools
from collections.abc import Callable
from types import SimpleNamespace

from playwright.sync_api import Page, expect

from tests.web.stub_desk import now

Look = Callable[..., Page]
CARRIERS = [
    "<img src=x {}>",
    "<svg {}>",
    "<body {}>",
    "<input autofocus {}>",
    "<details open {}>",
    "<video><source {}></video>",
    '"><b {}>x</b>',
    "'><a href='javascript:alert(1)' {}>x</a>",
    "</p></li><iframe srcdoc='<script>alert(1)</script>' {}></iframe>",
    "</title></textarea></script><script>alert(1)</script><i {}>",
]
TRIGGERS = [
    f"{on}=alert(1)"
    for on in "onerror onload onfocus ontoggle onclick onmouseover onpointerenter onanimationstart".split()
]
TRIGGERS += ["style=background:url(javascript:alert(1))", "autofocus onfocus=alert`1`"]
PAYLOADS = [carrier.format(trigger) for carrier, trigger in itertools.product(CARRIERS, TRIGGERS)]
MADE = "img[src=x], svg[onload], iframe, video, details, script:not([src]), [onerror], [onload], [onfocus], [onclick], [ontoggle], a[href^=javascript]"


def messages(payloads: list[str]) -> list[dict[str, object]]:
    senders = itertools.cycle(["you", "assistant", "agent", "system", "<b>other</b>"])
    return [
        {
            "id": f"x{n}",
            "at": now(),
            "from": next(senders),
            "language": text,
            "text": text,
            "sources": [text],
            "choices": [{"id": text, "label": text}],
        }
        for n, text in enumerate(payloads)
    ]


def test_there_are_a_hundred() -> None:
    assert len(set(PAYLOADS)) == 100


def test_in_the_chat_and_the_written_record(line: SimpleNamespace, look: Look) -> None:
    page = look(f"{line.address}/chat")
    expect(page.locator(".bubble")).to_have_count(1)
    talk = next(iter(line.state.talks.values()))
    talk.messages += messages(PAYLOADS)
    page.reload()
    expect(page.locator(".bubble")).to_have_count(101)
    assert page.locator(".bubble > .text").all_inner_texts()[1:] == [text.strip() for text in PAYLOADS]
    assert page.locator(f".thread :is({MADE})").count() == 0
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Get a written record").click()
    expect(opened.value.locator(".said li")).to_have_count(101)
    assert opened.value.locator(f".said :is({MADE})").count() == 0


def test_on_the_desk(line: SimpleNamespace, look: Look) -> None:
    desk = line.state.desk
    for name in ("told", "asked_for", "offered", "open_requests", "own_words"):
        desk.cards["h1"][name] = PAYLOADS
    desk.cards["h1"]["notices"] = [{"code": text, "date": text} for text in PAYLOADS]
    desk.cards["h1"]["deadlines"] = [
        {"kind": text, "last_day": text, "notice": text, "days_left": 1, "passed": n > 0}
        for n, text in enumerate(PAYLOADS)
    ]
    desk.cards["h1"]["moves"] = [{"by": text, "from": text, "to": text, "note": text} for text in PAYLOADS]
    desk.cards["h1"]["taxpayer"] = {"name": PAYLOADS[0], "tin_last4": PAYLOADS[1]}
    desk.cards["h1"]["balance"] = {"payoff": PAYLOADS[0], "per_day": PAYLOADS[1]}
    desk.threads["h1"] = messages(PAYLOADS)
    page = look(f"{line.address}/console")
    page.get_by_label("User name").fill("ana")
    page.get_by_label("Password").fill("right-horse")
    page.keyboard.press("Enter")
    page.locator('.ticket[data-id="h1"]').get_by_role("button", name="Accept").click()
    expect(page.locator(".conversation .bubble")).to_have_count(100)
    expect(page.locator(".others li")).to_have_count(99)
    assert page.locator(f".desk :is({MADE})").count() == 0
