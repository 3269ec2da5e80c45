"""An agent signs in, takes a conversation over with its story, answers, and leaves a note."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, Route, expect

Look = Callable[..., Page]
XSS_CARD = "hx"


@pytest.fixture
def desk(line: SimpleNamespace, look: Look) -> Page:
    page = look(f"{line.address}/console")
    sign_in(page)
    expect(page.locator(".ticket")).to_have_count(4)
    return page


def sign_in(page: Page, password: str = "right-horse") -> None:
    page.get_by_label("User name").fill("ana")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def accept(page: Page, key: str = "h1") -> None:
    page.locator(f'.ticket[data-id="{key}"]').get_by_role("button", name="Accept").click()


def test_a_wrong_password_is_told_and_forgotten(line: SimpleNamespace, look: Look) -> None:
    page = look(f"{line.address}/console")
    sign_in(page, "wrong-horse")
    expect(page.get_by_role("alert")).to_have_text("The name or the password is not right.")
    assert page.get_by_label("Password").input_value() == ""


def test_the_waiting_list_and_the_queues_are_seen_at_once(line: SimpleNamespace, desk: Page) -> None:
    first = desk.locator('.ticket[data-id="h1"]')
    for words in (
        "Web chat",
        "Spanish",
        "Identity proved",
        "Wants a levy on wages released",
        "waiting 6 min",
        "priority 2",
    ):
        expect(first).to_contain_text(words)
    expect(desk.locator("tbody tr").first).to_contain_text("8 to 20 min expected · 82% in time")
    assert desk.title() == "(4) Agent desk"
    with desk.expect_response("**/presence"):
        desk.get_by_role("radio", name="Available").check()
    expect(desk.get_by_role("radio", name="Available")).to_be_checked()
    assert line.state.desk.presence == "available"
    assert line.state.desk.beats >= 1


def test_the_card_tells_the_story_with_the_next_deadline_first(line: SimpleNamespace, desk: Page) -> None:
    accept(desk)
    story = desk.locator(".story")
    expect(story.get_by_role("heading", name="Rosa Delgado")).to_be_focused()
    expect(story.locator(".story-head > :first-child")).to_contain_text("owes $8,731.46; CDP hearing by")
    expect(story.locator(".deadline-what")).to_have_text("Next deadline: Ask for a hearing (CDP)")
    expect(story.locator(".deadline-day")).to_contain_text("9 days left")
    expect(story.locator(".others")).to_contain_text("Passed: Answer the notice, Sep 9, 2026")
    for words in (
        "$8,731.46",
        "$1.62 a day",
        "LT11 · Oct 20, 2026",
        "Release of the wage levy",
        "Hearing last day: Form 12153, Dec 1, 2026",
        "Payoff today: $8,731.46",
        "ben, Urgent to Collection: Safe now, wants the levy looked at.",
        "Monthly plan from $124.00",
        "TIN ending 1234",
    ):
        expect(story).to_contain_text(words)
    assert "greeting" not in story.inner_text().lower()
    expect(story.locator(".own-words")).to_have_count(2)
    assert story.locator(".own-words").last.get_attribute("lang") == "es"


def test_a_caller_called_back_is_known_by_the_pin_they_say(line: SimpleNamespace, desk: Page) -> None:
    line.state.desk.cards["h1"]["verified"] = "none"
    accept(desk)
    check = desk.locator(".pin-check")
    for said, told in (
        ("1111", "Not the PIN that was given. Tries left: 2."),
        ("4821", "Identity is proved."),
    ):
        desk.get_by_label("Transfer PIN the caller says").fill(said)
        check.get_by_role("button", name="Check").click()
        expect(check.get_by_role("status")).to_contain_text(told)
    expect(check.get_by_role("button", name="Check")).to_be_disabled()
    assert "4821" not in desk.content()


def test_where_identity_is_proved_no_pin_is_asked(desk: Page) -> None:
    accept(desk)
    expect(desk.locator(".story")).to_be_visible()
    expect(desk.locator(".pin-check")).to_have_count(0)


def test_the_agent_answers_and_nothing_is_said_twice(line: SimpleNamespace, desk: Page) -> None:
    accept(desk)
    talk = desk.locator(".conversation .bubble > .text")
    expect(talk).to_have_count(3)
    lost: list[bool] = []
    desk.route(
        "**/h1/messages",
        lambda route: (
            (lost.append(True), route.fetch(), route.abort())
            if route.request.method == "POST" and not lost
            else route.continue_()
        ),
    )
    desk.get_by_label("Your answer").fill("Buenas tardes, soy Ana.")
    desk.keyboard.press("Enter")
    expect(desk.locator(".bubble.from-agent")).to_have_attribute("data-delivery", "sent")
    line.state.desk.threads["h1"].append(
        {"id": "99", "at": "2026-11-22T12:00:00Z", "from": "you", "language": "es", "text": "Gracias"}
    )
    expect(talk).to_have_text(
        [
            "Me están quitando casi todo el cheque.",
            "Entiendo. Puede pedir que se libere el embargo por dificultad económica.",
            "Quiero hablar con una persona",
            "Buenas tardes, soy Ana.",
            "Gracias",
        ]
    )
    assert [message["from"] for message in line.state.desk.threads["h1"]].count("agent") == 1


def test_the_note_is_kept_as_it_is_typed_and_needed_to_complete(line: SimpleNamespace, desk: Page) -> None:
    accept(desk)
    desk.get_by_role("button", name="Complete").click()
    expect(desk.locator("#note-error")).to_have_text("A note is needed to complete.")
    desk.get_by_label("Your note").fill("Levy release asked, pay stub to follow.")
    expect(desk.locator(".note-label [role=status]")).to_have_text("Saved")
    assert line.state.desk.cards["h1"]["draft_note"] == "Levy release asked, pay stub to follow."
    desk.reload()
    expect(desk.get_by_label("Your note")).to_have_value("Levy release asked, pay stub to follow.")
    desk.get_by_label("Outcome").select_option("hardship")
    desk.get_by_role("button", name="Complete").click()
    expect(desk.locator(".told-line")).to_have_text("Completed. Thank you.")
    assert line.state.desk.completed["complete"] == {
        "disposition": "hardship",
        "note": "Levy release asked, pay stub to follow.",
    }


def test_of_two_agents_the_second_is_told(line: SimpleNamespace, desk: Page) -> None:
    accept(desk, "h9")
    expect(desk.locator(".told-line")).to_have_text("Another agent took this one first.")
    expect(desk.locator('.ticket[data-id="h9"]')).to_have_count(0)


def test_a_transfer_goes_with_a_word_to_the_next_agent(line: SimpleNamespace, desk: Page) -> None:
    accept(desk)
    desk.get_by_role("button", name="Transfer").click()
    dialog = desk.get_by_role("dialog", name="Transfer")
    dialog.get_by_role("button", name="Transfer").click()
    expect(dialog.get_by_role("alert")).to_have_text("Choose where to.")
    dialog.get_by_label("To", exact=True).select_option("appeals")
    dialog.get_by_role("button", name="Transfer").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Tell the next agent")
    dialog.get_by_label("A word to the next agent").fill("Hearing request in time")
    dialog.get_by_role("button", name="Transfer").click()
    expect(desk.locator(".told-line")).to_have_text("Transferred.")
    assert line.state.desk.completed["transfer"] == {"queue": "appeals", "note": "Hearing request in time"}


def test_a_call_can_be_arranged_and_the_time_carries_its_zone(line: SimpleNamespace, look: Look) -> None:
    page = look(f"{line.address}/console", timezone_id="America/Los_Angeles")
    sign_in(page)
    accept(page)
    page.get_by_role("button", name="Call back later").click()
    dialog = page.get_by_role("dialog", name="Call back later")
    dialog.get_by_label("When").fill("2035-01-15T09:30")
    dialog.get_by_role("button", name="Arrange the call").click()
    expect(page.locator(".told-line")).to_have_text("Call arranged.")
    assert line.state.desk.completed["callback"] == {"at": "2035-01-15T17:30:00.000Z"}


def test_a_phone_call_has_no_reply_box_and_an_unknown_caller_a_warning(
    line: SimpleNamespace, desk: Page
) -> None:
    accept(desk, "h2")
    expect(desk.get_by_text("The caller is on the phone.")).to_be_visible()
    expect(desk.get_by_label("Your answer")).to_have_count(0)
    expect(desk.locator(".story .note.warn")).to_contain_text("Say nothing about an account")


def test_markup_from_callers_stays_text_on_the_card(line: SimpleNamespace, desk: Page) -> None:
    accept(desk, XSS_CARD)
    expect(desk.locator(".story .own-words")).to_contain_text("<img src=x onerror=")
    expect(desk.locator(".conversation .bubble").first).to_contain_text("<script>alert(2)</script>")
    assert desk.get_by_label("Your note").input_value().startswith("<img")
    assert desk.locator(".desk img, .desk script, .desk svg").count() == 0


def test_a_session_that_ended_leads_back_to_the_door(line: SimpleNamespace, desk: Page) -> None:
    accept(desk)
    line.state.desk.signed_in = False
    expect(desk.get_by_role("alert")).to_contain_text("You were signed out. Your notes are kept.")
    sign_in(desk)
    expect(desk.get_by_role("heading", name="Rosa Delgado")).to_be_visible()


def test_the_agent_is_back_where_they_were_also_when_the_first_look_fails(
    line: SimpleNamespace, desk: Page
) -> None:
    accept(desk)
    line.state.desk.signed_in = False
    expect(desk.get_by_role("alert")).to_contain_text("You were signed out.")
    failed: list[str] = []

    def fails_at_first(route: Route) -> None:
        if len(failed) < 3:
            failed.append(route.request.url)
            route.fulfill(status=503, body="{}")
        else:
            route.continue_()

    desk.route("**/console/api/handoffs?*", fails_at_first)
    sign_in(desk)
    expect(desk.get_by_role("heading", name="Rosa Delgado")).to_be_visible()
    assert len(failed) == 3


def test_when_the_line_is_away_the_desk_says_so_and_comes_back(line: SimpleNamespace, desk: Page) -> None:
    desk.context.set_offline(True)
    expect(desk.locator(".told-line")).to_contain_text("No connection.")
    desk.context.set_offline(False)
    expect(desk.locator(".told-line")).to_be_hidden()


def test_a_new_tab_of_a_signed_in_agent_opens_the_desk(line: SimpleNamespace, desk: Page) -> None:
    other = desk.context.new_page()
    other.goto(f"{line.address}/console")
    expect(other.locator(".ticket")).to_have_count(4)


def test_declined_it_goes_to_the_next_agent(line: SimpleNamespace, desk: Page) -> None:
    desk.locator('.ticket[data-id="h2"]').get_by_role("button", name="Decline").click()
    expect(desk.locator('.ticket[data-id="h2"] .for-me')).to_have_text("Offered to Ben")


def test_the_heartbeat_tells_whether_someone_is_there_and_brings_the_presence(
    line: SimpleNamespace, desk: Page
) -> None:
    line.state.desk.presence = "wrap_up"
    expect(desk.get_by_role("radio", name="Wrap-up")).to_be_checked(timeout=12000)
    assert line.state.desk.beats >= 2
    assert line.state.desk.used is False
