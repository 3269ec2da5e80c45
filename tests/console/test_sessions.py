"""Signing in: a cookie nobody can read, a token for every change, and an end to everything."""

import pytest
from sqlalchemy import select

from store import agents
from store.agents import add_user
from store.errors import NotPossible, PasswordTooShort
from store.tables.agents import AgentSession
from store.tables.audit import AuditRow

REAL = agents._passwords


def test_signing_in_sets_a_closed_cookie_and_gives_a_token(floor):
    answer = floor.desk().sign_in("ana")
    assert answer.status_code == 200
    assert answer.json()["agent"] == {"name": "ana", "role": "agent"}
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("acs_console=")
    for part in ("HttpOnly", "SameSite=strict", "Secure", "Path=/console"):
        assert part in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    assert len(token) >= 43  # 256 random bits
    with floor.line.db.read() as session:
        row = session.scalars(select(AgentSession)).one()
    assert token not in (row.token_hash, answer.json()["csrf_token"])


@pytest.mark.parametrize(("name", "password"), [("ana", "wrong password!"), ("nobody", "wrong password!")])
def test_a_wrong_name_and_a_wrong_password_get_the_same_words(floor, name, password):
    answer = floor.desk().sign_in(name, password)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.json()["title"] == "The name or the password is not right."
    assert answer.json()["next_step"]
    assert "set-cookie" not in answer.headers


def test_a_password_typed_into_the_wrong_field_is_not_written_down(floor):
    floor.desk().sign_in("my secret password", "x")
    with floor.line.db.read() as session:
        assert [one.actor for one in session.scalars(select(AuditRow))] == ["unknown"]


def test_guessing_is_stopped_and_the_right_password_too_until_time_has_passed(floor):
    desk = floor.desk()
    assert [desk.sign_in("ana", "wrong password!").status_code for _ in range(5)] == [401] * 5
    assert desk.sign_in("ana").status_code == 429
    assert desk.sign_in("ben").status_code == 200
    floor.clock.forward(minutes=15, seconds=1)
    assert desk.sign_in("ana").status_code == 200


def test_signing_in_often_with_the_right_password_is_fine(floor):
    assert {floor.desk().sign_in("ana").status_code for _ in range(7)} == {200}


def test_without_a_session_there_is_nothing(floor):
    desk = floor.desk()
    for method, path in (
        ("GET", "session"),
        ("GET", "queues"),
        ("GET", "handoffs"),
        ("GET", "handoffs/x"),
        ("GET", "handoffs/x/messages"),
        ("POST", "presence"),
        ("POST", "heartbeat"),
        ("POST", "handoffs/x/accept"),
        ("PUT", "handoffs/x/draft"),
        ("DELETE", "session"),
    ):
        assert desk.send(path, {}, method).status_code in (401, 422), path
        if method == "GET":
            assert desk.get(path).status_code == 401


def test_every_route_of_the_console_asks_who_is_there(floor):
    """A door added later without a session shows up here."""
    open_to_anyone = {("/console", "GET"), ("/console/api/session", "POST")}
    for path, methods in floor.app.openapi()["paths"].items():
        for method, about in methods.items():
            assert about["summary"].split(":")[0] in ("Anyone", "Agents")
            if (path, method.upper()) in open_to_anyone:
                continue
            body = {"state": "break", "text": "x", "note": "x", "queue": "appeals", "disposition": "x"}
            body = body | {"at": "2026-12-01T12:00:00Z"}
            answer = floor.desk().client.request(method, path.replace("{handoff}", "x"), json=body)
            assert answer.status_code in (401, 422), (path, method)
            assert about["summary"].startswith("Agents")


def test_a_change_needs_the_token_and_our_own_page(floor):
    desk = floor.desk("ana")
    good, desk.csrf = desk.csrf, "wrong"
    assert desk.send("presence", {"state": "available"}).status_code == 403
    desk.csrf = good
    body = {"state": "available"}
    assert desk.send("presence", body, Origin="https://evil.example").status_code == 403
    assert desk.send("presence", body, Origin="https://line.example").json() == {"state": "available"}
    assert desk.get("session").json()["presence"] == "available"
    assert desk.get("session").json()["csrf_token"] == good


def test_a_token_of_another_session_does_not_fit(floor):
    ana, ben = floor.desk("ana"), floor.desk("ben")
    ana.csrf = ben.csrf
    assert ana.send("presence", {"state": "break"}).status_code == 403


def test_idle_for_fifteen_minutes_is_over(floor):
    desk = floor.desk("ana")
    for _ in range(3):
        floor.clock.forward(minutes=14)
        assert desk.send("presence", {"state": "available"}).status_code == 200
    floor.clock.forward(minutes=14)
    assert desk.send("heartbeat", {}).status_code == 200  # the screen is there, nobody moves
    floor.clock.forward(minutes=1, seconds=1)
    assert desk.get("queues").status_code == 401


def test_a_session_that_ended_stays_ended_when_the_clock_is_set_back(floor):
    desk = floor.desk("ana")
    floor.clock.forward(minutes=16)
    assert desk.get("queues").status_code == 401
    floor.clock.forward(minutes=-16)
    assert desk.get("queues").status_code == 401


def test_twelve_hours_are_the_end_however_active(floor):
    desk = floor.desk("ana")
    for _ in range(12 * 6):
        floor.clock.forward(minutes=10)
        assert desk.send("heartbeat", {"active": True}).status_code == 200
    floor.clock.forward(minutes=1)
    assert desk.send("heartbeat", {"active": True}).status_code == 401


def test_on_a_long_call_a_still_screen_stays_signed_in(floor):
    desk = floor.desk("ana")
    _, handoff = floor.caller(channel="voice")
    desk.send(f"handoffs/{handoff}/accept")
    for _ in range(4):
        floor.clock.forward(minutes=10)
        assert desk.send("heartbeat", {}).json()["active"] == [handoff]


def test_signing_out_is_at_once_and_gives_the_caller_back(floor):
    desk = floor.desk("ana")
    _conversation, handoff = floor.caller()
    desk.send(f"handoffs/{handoff}/accept")
    stolen = dict(desk.client.cookies)
    assert desk.send("session", method="DELETE").status_code == 204
    again = floor.desk()
    again.client.cookies.update(stolen)
    assert again.get("queues").status_code == 401
    assert floor.desk("ben").get("handoffs").json()["handoffs"][0]["id"] == handoff


def test_a_new_password_ends_the_sessions_of_the_old(floor):
    desk = floor.desk("ana")
    with floor.line.db.work() as session:
        add_user(session, "ana", "quite another password", "agent")
    assert desk.get("queues").status_code == 401


def test_accounts_need_a_good_password_and_a_role_there_is(floor):
    with floor.line.db.work() as session:
        with pytest.raises(PasswordTooShort, match="12 characters"):
            add_user(session, "new", "short", "agent")
        with pytest.raises(NotPossible):
            add_user(session, "new", "a long enough password", "admin")


def test_passwords_are_kept_with_argon2_and_enough_work():
    kept = REAL.hash("a long enough password")
    parameters = dict(one.split("=") for one in kept.split("$")[3].split(","))
    assert kept.startswith("$argon2id$")
    assert int(parameters["m"]) >= 64 * 1024
    assert int(parameters["t"]) >= 3


def test_errors_are_problems_with_a_next_step(floor):
    desk = floor.desk("ana")
    for answer in (
        desk.get("handoffs/none"),
        desk.get("handoffs?state=lost"),
        desk.send("presence", {"state": "asleep"}),
        desk.send("presence", {"state": "break", "more": 1}),
    ):
        assert answer.headers["content-type"] == "application/problem+json"
        assert {"type", "title", "status", "next_step"} <= answer.json().keys()
        assert answer.json()["status"] == answer.status_code


@pytest.mark.parametrize(
    ("path", "body", "step"),
    [
        ("complete", {"disposition": "resolved", "note": " "}, "Write what happened"),
        ("transfer", {"queue": "nowhere", "note": "x"}, "Choose one of collection"),
        ("callback", {"at": "2020-01-01T12:00:00Z"}, "Choose another time"),
    ],
)
def test_the_next_step_is_about_what_was_wrong(floor, path, body, step):
    desk, (_, handoff) = floor.desk("ana"), floor.caller()
    desk.send(f"handoffs/{handoff}/accept")
    answer = desk.send(f"handoffs/{handoff}/{path}", body)
    assert answer.status_code == 409
    assert step in answer.json()["next_step"]
