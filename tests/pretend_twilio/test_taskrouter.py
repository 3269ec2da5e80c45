"""Tasks find workers as TaskRouter brings them together, and states move only as it lets them."""

import json

import pytest
from twilio.base.exceptions import TwilioRestException

from pretend_twilio.basics import TwilioRefusal
from pretend_twilio.expressions import BadExpression, matches
from pretend_twilio.webhooks import Reply

ASSIGN, EVENTS = "/twilio/taskrouter/assignment", "/twilio/taskrouter/events"
BASE = "https://line.example"


@pytest.fixture
def space(phones):
    place = phones.ensure_workspace(assignment_url=BASE + ASSIGN, events_url=BASE + EVENTS)
    return phones.client.taskrouter.v1.workspaces(place.sid)


def worker(space, name, *skills, ready=True):
    activities = {one.friendly_name: one.sid for one in space.activities.list()}
    return space.workers.create(
        name,
        attributes=json.dumps({"skills": list(skills)}),
        activity_sid=activities["Available" if ready else "Offline"],
    )


def said(instruction=None, **more):
    body = json.dumps({"instruction": instruction, **more}) if instruction else "{}"
    return Reply(200, body, "application/json")


@pytest.mark.parametrize(
    ("expression", "attributes", "found"),
    [
        ('queue == "urgent"', {"queue": "urgent"}, True),
        ("queue = 'urgent'", {"queue": "appeals"}, False),
        ('queue != "urgent"', {}, True),
        ('skills HAS "es"', {"skills": ["en", "es"]}, True),
        ('skills HAS "es"', {"skills": "es"}, False),
        ('name CONTAINS "na"', {"name": "Ana"}, True),
        ('queue IN ["a", "b"]', {"queue": "b"}, True),
        ('queue NOT IN ["a", "b"]', {"queue": "c"}, True),
        ("priority > 3 AND priority <= 5", {"priority": 5}, True),
        ('a == 1 OR (b == 2 AND NOT c == "x")', {"b": 2, "c": "y"}, True),
        ("a > 1", {"a": "2"}, False),
        ("verified == true", {"verified": True}, True),
        ("1==1", {}, True),
        ("", {}, True),
        ('task.queue == "a"', {"queue": "a"}, True),
    ],
)
def test_expressions(expression, attributes, found):
    assert matches(expression, attributes) is found


@pytest.mark.parametrize("expression", ["transfer-pin == 1", "a == ", "a b", "== 1", "(a == 1", "a == 1 b"])
def test_expressions_it_cannot_read(expression):
    with pytest.raises(BadExpression):
        matches(expression, {})


def test_a_free_worker_with_the_skill_is_reserved_and_the_app_is_asked(phone, phones, app, space):
    app.answers[ASSIGN] = said()
    worker(space, "Ana", "appeals")
    bea = worker(space, "Bea", "urgent")
    task = phones.create_task({"handoff_key": "h1", "queue": "urgent"})
    phone.advance(0)
    assert phones.find_task("h1").status == "reserved"
    fields = app.fields(ASSIGN)
    assert (fields["TaskSid"], fields["WorkerSid"]) == (task, bea.sid)
    assert json.loads(fields["TaskAttributes"])["handoff_key"] == "h1"
    reservation = space.tasks(task).reservations.list()[0]
    reservation.update(reservation_status="accepted")
    assert phones.find_task("h1").status == "assigned"
    assert phones.complete_task(task) is True
    phone.advance(0)
    kinds = {sent.fields["EventType"] for sent in phone.webhooks(EVENTS)}
    assert {"task.created", "reservation.created", "reservation.accepted", "task.completed"} <= kinds


def test_a_reservation_nobody_answers_puts_the_worker_offline(phone, phones, app, space):
    app.answers[ASSIGN] = said()
    ana, bea = worker(space, "Ana", "urgent"), worker(space, "Bea", "urgent")
    phones.create_task({"handoff_key": "h1", "queue": "urgent"})
    phone.advance(121)
    assert space.workers(ana.sid).fetch().activity_name == "Offline"
    assert app.fields(ASSIGN)["WorkerSid"] == bea.sid
    phone.advance(121)
    assert phones.find_task("h1").status == "pending"


def test_an_app_that_does_not_answer_in_json_loses_the_reservation(phone, phones, app, space):
    app.answers[ASSIGN] = Reply(200, "<Response/>", "text/xml")
    worker(space, "Ana", "urgent")
    phones.create_task({"handoff_key": "h1", "queue": "urgent"})
    phone.advance(0)
    assert phones.find_task("h1").status == "pending"


def test_accept_by_instruction_and_reject(phone, phones, app, space):
    app.answers[ASSIGN] = said("accept")
    worker(space, "Ana", "urgent")
    phones.create_task({"handoff_key": "h1", "queue": "urgent"})
    phone.advance(0)
    assert phones.find_task("h1").status == "assigned"
    app.answers[ASSIGN] = said("reject")
    worker(space, "Bea", "appeals")
    phones.create_task({"handoff_key": "h2", "queue": "appeals"})
    phone.advance(0)
    reservations = space.tasks(phones.find_task("h2").sid).reservations.list()
    assert {one.reservation_status for one in reservations} == {"rejected"}


def test_dequeue_is_only_for_calls_in_line(phone, phones, app, space):
    app.answers[ASSIGN] = said("dequeue")
    worker(space, "Ana", "urgent")
    phones.create_task({"handoff_key": "h1", "queue": "urgent"})
    phone.advance(0)
    assert phones.find_task("h1").status == "reserved"
    assert any(alert.code == 40002 for alert in phone.world.alerts)


def test_two_agents_accept_at_once_and_one_wins(phone, phones, app, space):
    app.answers[ASSIGN] = said()
    worker(space, "Ana", "urgent")
    task = phones.create_task({"handoff_key": "h1", "queue": "urgent"})
    phone.advance(0)
    reservation = space.tasks(task).reservations.list()[0]
    reservation.update(reservation_status="accepted")
    with pytest.raises(TwilioRestException) as error:
        reservation.update(reservation_status="accepted")
    assert error.value.status == 409


def test_if_match_guards_an_update(phone, phones, app, space):
    task = phones.create_task({"handoff_key": "h1"})
    with pytest.raises(TwilioRestException) as error:
        space.tasks(task).update(if_match="stale", priority=3)
    assert error.value.status == 412


def test_status_and_attributes_not_together(phones, space):
    task = phones.create_task({"handoff_key": "h1"})
    with pytest.raises(TwilioRestException):
        space.tasks(task).update(assignment_status="canceled", attributes="{}")


def test_a_task_dies_when_its_time_is_up(phone, phones, space):
    phones.create_task({"handoff_key": "h1"}, seconds=60)
    phone.advance(61)
    assert phones.find_task("h1").status == "canceled"


@pytest.mark.parametrize("attributes", ["not json", "[1]"])
def test_attributes_must_be_an_object(space, attributes):
    with pytest.raises(TwilioRestException):
        space.tasks.create(attributes=attributes)


def test_a_workflow_must_name_queues_that_exist(phone):
    space = phone.world.taskrouter.workspace({"FriendlyName": "x"})
    routing = {"task_routing": {"default_filter": {"queue": "WQ" + "0" * 32}}}
    with pytest.raises(TwilioRefusal):
        phone.world.taskrouter.workflow(
            space["sid"], {"FriendlyName": "x", "Configuration": json.dumps(routing)}
        )
