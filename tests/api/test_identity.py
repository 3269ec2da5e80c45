"""Who somebody is: proved by items alone, limited everywhere, the same words for every failure."""

from __future__ import annotations

import re
from typing import Any

import pytest

from acs.casefile import load
from store.cases import import_cases
from store.tables.audit import AuditRow
from store.tables.conversations import Conversation
from store.tables.identity import Probe
from tests.api.conftest import PHONE, RIGHT

WRONG = {**RIGHT, "zip": "99999"}


def taxpayer(line: Any, conversation: str) -> str | None:
    with line.db.read() as session:
        return session.get_one(Conversation, conversation).taxpayer


def test_the_right_items_open_the_case_and_answer_the_question_asked_before(line: Any) -> None:
    chat = line.chat()
    old = chat.token
    line.bot.say("utter_ask_identity", secure_form="identity")
    form = chat.post("how much do I owe you").json()["messages"][0]["secure_form"]
    assert form["kind"] == "identity"
    assert "tin" in form["fields"]
    line.bot.say("utter_balance")
    answer = chat.prove().json()
    assert answer["verified"]
    assert "utter_verified" in answer["messages"][0]["text"]
    assert "utter_balance" in answer["messages"][0]["text"]
    assert line.bot.turns[1]["intent"] == "verified"
    assert "text" not in line.bot.turns[1]
    assert taxpayer(line, chat.id) == "T-1"
    assert answer["token"] != old
    assert chat.ask("GET", "messages").status_code == 200
    chat.token = old
    assert chat.ask("GET", "messages").status_code == 401


def test_a_proof_leaves_a_row_in_the_audit(line: Any) -> None:
    chat = line.chat()
    chat.prove()
    with line.db.read() as session:
        assert [(one.conversation, one.taxpayer) for one in session.query(AuditRow)] == [(chat.id, "T-1")]


@pytest.mark.parametrize(
    "items",
    [
        WRONG,
        {**RIGHT, "tin": "900-70-1235"},
        {**RIGHT, "date_of_birth": "1985-03-09"},
        {"tin": "900-70-1234", "date_of_birth": "1984-03-09", "caller_id": "0000000"},
        {"tin": "900-70-1234"},
        {},
    ],
)
def test_every_failure_has_the_same_words(line: Any, items: dict[str, str]) -> None:
    chat = line.chat()
    answer = chat.ask("POST", "identity", items)
    assert answer.status_code == 200
    body = answer.json()
    assert body.keys() == {"verified", "messages"}
    assert body["verified"] is False
    assert body["messages"][0]["text"] == "<utter_identity_wrong en web>"
    assert [one["id"] for one in body["messages"][0]["choices"]] == ["person"]
    assert taxpayer(line, chat.id) is None


def test_three_in_one_conversation(line: Any) -> None:
    chat = line.chat()
    assert [chat.prove(**WRONG).status_code for _ in range(3)] == [200, 200, 200]
    last = chat.prove(**RIGHT)
    assert last.status_code == 429
    assert last.json()["verified"] is False
    assert [one["id"] for one in last.json()["messages"][0]["choices"]] == ["person"]
    assert taxpayer(line, chat.id) is None
    assert chat.post(choice="person").json()["state"] == "queue"


def test_five_on_one_number_in_a_day_over_all_conversations(line: Any) -> None:
    for at in range(5):
        if at % 2 == 0:
            chat = line.chat()
        chat.prove(**WRONG)
    assert line.chat().prove(**RIGHT).status_code == 429
    line.clock.forward(hours=25)
    assert line.chat().prove(**RIGHT).json()["verified"]


def test_ten_from_one_address_in_an_hour(line: Any) -> None:
    chats = [line.chat() for _ in range(4)]
    for at in range(10):
        chats[at // 3].prove(**{**RIGHT, "tin": f"90071{at:04d}"})
    assert line.chat().prove(**RIGHT).status_code == 429
    line.clock.forward(minutes=61)
    assert line.chat().prove(**RIGHT).json()["verified"]


def test_limits_are_kept_over_a_restart(make_line: Any) -> None:
    first = make_line()
    with first.http:
        chat = first.chat()
        for _ in range(3):
            chat.prove(**WRONG)
    second = make_line()
    with second.http:
        chat.line = second
        assert chat.prove(**RIGHT).status_code == 429


def test_no_digit_of_a_proof_is_kept_in_clear(line: Any, tmp_path: Any) -> None:
    chat = line.chat()
    chat.prove(**{**RIGHT, "tin": "900-55-4321"})
    with line.db.read() as session:
        assert len(session.query(Probe).one().tin_index) == 64
    for file in tmp_path.glob("line.sqlite*"):
        raw = file.read_bytes()
        assert b"900554321" not in raw
        assert b"900-55-4321" not in raw


def test_a_business_proves_itself_by_zip_and_caller_id(line: Any) -> None:
    chat = line.chat()
    assert chat.prove(tin="90-0112222", zip="78702", caller_id="5512345").json()["verified"]
    assert taxpayer(line, chat.id) == "T-2"


def test_identity_is_forgotten_after_fifteen_idle_minutes(line: Any) -> None:
    chat = line.chat()
    chat.prove()
    line.clock.forward(minutes=14)
    chat.say("how are you doing today")
    line.clock.forward(minutes=14)
    assert chat.ask("GET", "messages").status_code == 200
    line.clock.forward(minutes=2)
    assert chat.ask("GET", "messages").status_code == 401


def test_another_conversation_inherits_nothing(line: Any) -> None:
    chat = line.chat()
    chat.prove()
    assert taxpayer(line, line.chat().id) is None
    line.text("what do I owe please")
    line.settled()
    call = line.call()
    with line.db.read() as session:
        assert [one.taxpayer for one in session.query(Conversation) if one.id != chat.id] == [None] * 3
    assert call.verb("Gather")


# By text: a link, once, within ten minutes.


def link_of(line: Any) -> str:
    line.bot.say("utter_ask_identity", secure_form="identity")
    line.text("what do I owe please")
    line.settled()
    found = re.search(r"https://line\.example\.org(/verify/[\w-]+)", " ".join(line.phones.bodies()))
    assert found
    return found[1]


def test_the_link_opens_the_form_and_the_texting_goes_on(line: Any) -> None:
    link = link_of(line)
    assert line.http.get(link).status_code == 200
    line.bot.say("utter_balance")
    done = line.http.post(link, data=RIGHT)
    assert done.status_code == 200
    line.settled()
    assert "utter_verified" in line.phones.bodies()[-1]
    assert "utter_balance" in line.phones.bodies()[-1]
    assert line.http.get(link).status_code == 410
    assert line.http.post(link, data=RIGHT).status_code == 410


def test_the_form_behind_the_link_works_from_a_page_without_referrer(line: Any) -> None:
    link = link_of(line)
    assert line.http.post(link, data=RIGHT, headers={"Origin": "https://evil.example"}).status_code == 403
    assert (
        line.http.post(
            link, data=RIGHT, headers={"Origin": "null", "Sec-Fetch-Site": "cross-site"}
        ).status_code
        == 403
    )
    assert line.http.post(link, data=RIGHT, headers={"Origin": "null"}).status_code == 200


def test_the_link_dies_after_ten_minutes_and_is_not_in_the_transcript(line: Any) -> None:
    link = link_of(line)
    with line.db.read() as session:
        from store.tables.conversations import Message

        assert not any(link.split("/")[-1] in one.text for one in session.query(Message))
    line.clock.forward(minutes=11)
    assert line.http.get(link).status_code == 410
    assert line.http.post(link, data=RIGHT).status_code == 410


def test_wrong_items_behind_the_link_have_the_same_limits(line: Any) -> None:
    link = link_of(line)
    assert [line.http.post(link, data=WRONG).status_code for _ in range(3)] == [200, 200, 429]
    assert line.http.post(link, data=RIGHT).status_code == 410


# By phone: keys only, one item after the other.


def calling(line: Any) -> Any:
    call = line.call()
    line.bot.say("utter_ask_identity", secure_form="identity")
    call.say("how much do i owe")
    return call


def test_the_keypad_asks_one_item_after_the_other(line: Any) -> None:
    call = calling(line)
    gather = call.tree().find(".//Gather")
    assert gather is not None
    assert gather.attrib["input"] == "dtmf"
    assert call.path().endswith("/tin")
    call.press("900701234")
    assert call.path().endswith("/date_of_birth")
    assert "utter_key_date_of_birth" in call.heard()
    call.press("03091984")
    assert call.path().endswith("/zip")
    line.bot.say("utter_balance")
    heard = call.press("78701")
    assert "utter_verified" in heard
    assert "utter_balance" in heard
    with line.db.read() as session:
        row = session.query(Conversation).filter_by(call_sid=call.sid).one()
        assert row.taxpayer == "T-1"
        assert not (row.held or {}).get("identity")


def test_a_wrong_set_on_the_phone_starts_again_and_ends_with_a_person(line: Any) -> None:
    call = calling(line)
    for at in range(3):
        call.press("900701234")
        call.press("03091984")
        heard = call.press("11111")
        assert ("utter_identity_limit" if at == 2 else "utter_identity_wrong") in heard
    assert "/tin" not in call.path()
    with line.db.read() as session:
        assert session.query(Probe).filter(Probe.ok).count() == 0
    call.press("0")
    assert call.verb("Enqueue")


def test_a_short_item_is_asked_again_then_a_person(line: Any) -> None:
    call = calling(line)
    assert "utter_key_again" in call.press("900")
    assert call.path().endswith("/tin")
    call.press("12")
    call.press("13")
    assert call.verb("Enqueue")


def test_zero_at_any_step_is_a_person_and_drops_the_digits(line: Any) -> None:
    call = calling(line)
    call.press("900701234")
    call.press("0")
    assert call.verb("Enqueue")
    with line.db.read() as session:
        row = session.query(Conversation).filter_by(call_sid=call.sid).one()
        assert "identity" not in (row.held or {})


def test_pressing_nothing_goes_on_without_identity(line: Any) -> None:
    call = calling(line)
    assert "utter_no_is_fine" in call.silence()
    line.bot.say("utter_general")
    assert "utter_general" in call.say("what is a levy")


def test_a_known_number_calling_proves_nothing(line: Any) -> None:
    call = calling(line)
    for keys in ("900701234", "03091984", "78701"):
        call.press(keys)
    other = line.call()
    with line.db.read() as session:
        assert session.query(Conversation).filter_by(call_sid=other.sid).one().taxpayer is None
    assert PHONE


def test_a_business_on_the_phone(line: Any) -> None:
    call = calling(line)
    call.press("900112222")
    call.press("1")
    assert call.path().endswith("/zip")
    call.press("78702")
    assert call.path().endswith("/caller_id")
    assert "utter_verified" in call.press("5512345")


REPRESENTED = """
version: 1
taxpayers:
  - id: T-3
    kind: individual
    name: {first: Vera, last: Holm}
    tin: "900-70-7777"
    date_of_birth: 1970-01-02
    address: {zip: "78703"}
    representatives:
      - {name: "Ana Ruiz, CPA", form: "2848", caf: "030012345R", phone: "+15125550177", periods: ["2023"]}
    modules: []
"""


@pytest.fixture
def represented(line: Any, tmp_path: Any) -> Any:
    """The line with a client who has a representative on file."""
    file = tmp_path / "represented.yml"
    file.write_text(REPRESENTED)
    with line.db.work() as session:
        import_cases(session, load(file))
    return line


@pytest.mark.parametrize(
    "items",
    [
        {"caf": "030012345R", "name": "Someone Else"}, {"caf": "030012346R", "name": "Ana Ruiz"}, {"caf": "030012345R"},
        {"caf": "030012345R", "name": "Ana Ruiz", "tin": "900-70-1234"},
    ],
)  # fmt: skip
def test_a_representative_needs_number_name_and_the_right_client(
    represented: Any, items: dict[str, str]
) -> None:
    chat = represented.chat()
    answer = chat.ask("POST", "identity", {"tin": "900-70-7777", **items})
    assert not answer.json()["verified"]
    assert taxpayer(represented, chat.id) is None


def test_a_representative_is_let_in_by_the_form_on_file_and_the_audit_says_so(represented: Any) -> None:
    chat = represented.chat()
    answer = chat.ask("POST", "identity", {"tin": "900707777", "caf": "0300-12345R", "name": "ana ruiz"})
    assert answer.json()["verified"]
    with represented.db.read() as session:
        row = session.get_one(Conversation, chat.id)
        assert (row.taxpayer, row.authority["form"], row.authority["periods"]) == ("T-3", "2848", ["2023"])
        (seen,) = session.query(AuditRow)
        assert "Form 2848 on file for 2023" in seen.ground


def test_a_representative_who_texts_is_let_in_by_the_same_link(represented: Any) -> None:
    link = link_of(represented)
    assert 'name="caf"' in represented.http.get(link).text
    represented.bot.say("utter_balance")
    done = represented.http.post(
        link,
        data={"tin": "900707777", "caf": "030012345R", "name": "Ana Ruiz", "zip": "", "date_of_birth": ""},
    )
    assert done.status_code == 200
    represented.settled()
    assert "utter_balance" in represented.phones.bodies()[-1]
    with represented.db.read() as session:
        row = session.query(Conversation).filter(Conversation.channel == "sms").one()
        assert (row.taxpayer, row.authority["form"]) == ("T-3", "2848")


def keyed_in(represented: Any, *keys: str) -> tuple[Any, str]:
    """A call in which a representative keys these in, after 1 for 'I represent somebody'."""
    represented.bot.say("utter_ask_identity", secure_form="identity")
    call = represented.call()
    call.say("what does my client owe")
    call.press("1")
    heard = ""
    for one in keys:
        heard = call.press(one)
    return call, heard


def test_a_representative_on_the_phone_keys_caf_number_client_and_zip(represented: Any) -> None:
    call, _ = keyed_in(represented)
    assert call.path().endswith("/caf")
    assert "utter_key_client_tin" in call.press("030012345")
    assert call.path().endswith("/tin")
    assert "utter_key_client_zip" in call.press("900707777")
    assert "utter_verified" in call.press("78703")
    with represented.db.read() as session:
        row = session.query(Conversation).filter_by(call_sid=call.sid).one()
        assert (row.taxpayer, row.authority["form"], row.authority["periods"]) == ("T-3", "2848", ["2023"])
        (seen,) = session.query(AuditRow)
        assert "to Ana Ruiz, CPA, Form 2848 on file for 2023" in seen.ground


@pytest.mark.parametrize(
    "keys",
    [
        ("030012346", "900707777", "78703"),  # another CAF number
        ("030012345", "900701234", "78701"),  # somebody else's client, with that client's own ZIP code
        ("030012345", "900707777", "78701"),  # another ZIP code
    ],
)
def test_on_the_phone_all_three_must_fit_one_form(represented: Any, keys: tuple[str, ...]) -> None:
    call, heard = keyed_in(represented, *keys)
    assert "utter_identity_wrong" in heard
    with represented.db.read() as session:
        assert session.query(Conversation).filter_by(call_sid=call.sid).one().taxpayer is None


def test_a_representative_may_ask_for_a_person_while_keying(represented: Any) -> None:
    _call, heard = keyed_in(represented, "030012345", "0")
    assert "utter_to_person" in heard


def test_digits_alone_prove_nothing_in_a_chat(represented: Any) -> None:
    chat = represented.chat()
    items = {"tin": "900-70-7777", "caf": "030012345", "zip": "78703"}
    assert not chat.ask("POST", "identity", items).json()["verified"]
