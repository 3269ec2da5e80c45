"""TaskRouter is found or made at the start, in the background; nothing waits for it and nothing is lost."""

import json
import threading

from api import workspace
from channels.errors import NotReached
from tests.api.conftest import PHONE, PUBLIC
from tests.pretend_twilio.floor import ASSIGNMENT, EVENTS
from tests.pretend_twilio.test_gateway import until


def test_the_workspace_is_made_at_the_start_with_our_doors(floor):
    router = floor.phone.world.taskrouter
    (space,), (flow,) = router.all("WS"), router.all("WW")
    assert (space["friendly_name"], space["event_callback_url"]) == ("ACS Line", PUBLIC + EVENTS)
    assert flow["assignment_callback_url"] == PUBLIC + ASSIGNMENT
    assert (floor.line.workspace.sid, floor.line.workspace.workflow_sid) == (space["sid"], flow["sid"])
    assert floor.line.settings.twilio_workspace_sid == ""


def test_what_is_set_is_used_and_nothing_is_made(build):
    floor = build(twilio_workspace_sid="WS" + "1" * 32, twilio_workflow_sid="WW" + "1" * 32)
    assert floor.line.workspace.ready
    assert floor.line.workspace.workflow_sid == "WW" + "1" * 32
    assert floor.phone.world.taskrouter.all("WS") == []


def test_twilio_away_delays_nothing_and_nothing_is_lost(build, monkeypatch, quick_passwords, caplog):
    monkeypatch.setattr(workspace, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(workspace.keep_workspace, "__defaults__", (0.05,))
    away, tries = threading.Event(), []
    away.set()

    def broken(phones):
        real = phones.ensure_workspace

        def ensure(**urls):
            tries.append(urls)
            if away.is_set():
                raise NotReached("no way", retryable=True)
            return real(**urls)

        phones.ensure_workspace = ensure

    floor = build(broken)
    call = floor.phone.call(PHONE).press("0").is_now("waiting")
    assert call.raw.stay.task == ""
    floor.phone.text("get me a person please", "+15125550144")
    until(lambda: floor.outbox("task") and len(tries) > 2)
    assert floor.phone.tasks() == []
    away.clear()
    until(lambda: floor.phone.tasks())
    floor.sent()
    assert floor.states() == ["pending"]
    later = floor.phone.call("+15125550145").press("0").is_now("waiting")
    assert later.raw.stay.task
    assert floor.phone.world.auth_token not in caplog.text


def test_after_a_call_the_agent_goes_to_wrap_up_where_there_is_one(build):
    def with_wrap_up(phones):
        place = phones.ensure_workspace()
        made = phones.client.taskrouter.v1.workspaces(place.sid).activities.create("Wrap-up", available=False)
        wanted.append(made.sid)

    wanted = []
    floor = build(with_wrap_up).ready()
    task = {"AccountSid": floor.phone.world.account_sid, "TaskAttributes": '{"channel": "voice"}'}
    reply = floor.phone.world.webhooks.send(PUBLIC + ASSIGNMENT, task)
    assert json.loads(reply.text) == {"instruction": "dequeue", "post_work_activity_sid": wanted[0]}
