"""What surrounds the verbs of a call: its webhooks, its stay in a queue, its end."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from pretend_twilio.basics import TwilioRefusal, rfc2822
from pretend_twilio.call import Call, Heard, Stay
from pretend_twilio.webhooks import Reply

if TYPE_CHECKING:
    from pretend_twilio.world import World

EMPTY = (
    "CalledCity CalledState CalledZip CallerCity CallerState CallerZip FromCity FromState FromZip ToCity ToState"
    " ToZip ForwardedFrom CallerName"
)


@dataclass
class LineQueue:
    """A queue of the older kind, made when first used."""

    sid: str
    name: str
    account_sid: str
    made: datetime
    waiting: OrderedDict[str, datetime] = field(default_factory=OrderedDict)

    def record(self) -> dict[str, Any]:
        """The Queue resource."""
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Queues/{self.sid}.json"
        return {
            "account_sid": self.account_sid,
            "average_wait_time": 0,
            "current_size": len(self.waiting),
            "date_created": rfc2822(self.made),
            "date_updated": rfc2822(self.made),
            "friendly_name": self.name,
            "max_size": 1000,
            "sid": self.sid,
            "uri": uri,
        }


class Line:
    """Webhooks, queues and endings of calls."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.queues: dict[str, LineQueue] = {}

    def send(self, call: Call, url: str, fields: dict[str, str]) -> Reply:
        """A webhook about this call, with all that Twilio sends along."""
        return self.world.webhooks.send(url, self.fields(call) | fields)

    def fields(self, call: Call) -> dict[str, str]:
        """The parameters every voice webhook carries; many are empty."""
        fields = dict.fromkeys(EMPTY.split(), "") | {
            "AccountSid": call.account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": call.sid,
            "CallStatus": call.status,
            "Called": call.called,
            "CalledCountry": "US",
            "Caller": call.caller,
            "CallerCountry": "US",
            "Direction": call.direction,
            "From": call.caller,
            "FromCountry": "US",
            "StirVerstat": "TN-Validation-Passed-A",
            "To": call.called,
            "ToCountry": "US",
        }
        return fields | (self._queue_fields(call, call.stay) if call.stay else {})

    def _queue_fields(self, call: Call, stay: Stay) -> dict[str, str]:
        line = list(self.queues[stay.queue].waiting)
        position = line.index(call.sid) + 1 if call.sid in line else 1
        return {
            "AvgQueueTime": "0",
            "CurrentQueueSize": str(len(line)),
            "MaxQueueSize": "1000",
            "QueuePosition": str(position),
            "QueueSid": stay.queue_sid,
            "QueueTime": str(int((self.world.clock.now() - stay.entered).total_seconds())),
        }

    def tell_status(self, call: Call, event: str) -> None:
        """The status callback, if someone asked for this event. It must not hold up the call."""
        url = call.status_callback
        if not url or event not in call.status_events:
            return
        fields = self.fields(call) | {
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(len(call.heard)),
        }
        if event == "completed":
            fields |= {"CallDuration": str(call.seconds()), "Duration": str(-(-call.seconds() // 60))}
        self.world.soon(lambda: _ignored(self.world.webhooks.send(url, fields)))

    def enter_queue(self, call: Call, verb: Element, action: str, wait_url: str) -> Stay | None:
        """In line: by name, or with a task when there is a workflow. None when that cannot be."""
        workflow = verb.get("workflowSid", "")
        name = (verb.text or "").strip() or "TaskRouter"
        task = ""
        if workflow:
            try:
                task = self._task(call, verb, workflow)
            except TwilioRefusal as refusal:
                self.world.alert(32101, f"Enqueue: {refusal.message}")
                return None
        now = self.world.clock.now()
        if name not in self.queues:
            self.queues[name] = LineQueue(self.world.sids.new("QU"), name, self.world.account_sid, now)
        self.queues[name].waiting[call.sid] = now
        return Stay(name, self.queues[name].sid, now, action, wait_url, task)

    def _task(self, call: Call, verb: Element, workflow: str) -> str:
        flow = self.world.taskrouter.get(workflow, "WW")
        child = verb.find("Task")
        try:
            own = json.loads(child.text or "{}") if child is not None else {}
        except ValueError:
            raise TwilioRefusal(400, 40005, "Task attributes are not valid JSON") from None
        attributes = {
            "account_sid": call.account_sid,
            "api_version": "2010-04-01",
            "call_sid": call.sid,
            "call_status": call.status,
            "called": call.called,
            "caller": call.caller,
            "direction": call.direction,
            "from": call.caller,
            "to": call.called,
        } | own
        params = {"WorkflowSid": workflow, "Attributes": json.dumps(attributes)}
        if child is not None:
            params |= {
                name: str(child.get(key))
                for name, key in (("Priority", "priority"), ("Timeout", "timeout"))
                if child.get(key)
            }
        params["TaskChannel"] = "voice"
        with self.world.lock:
            return str(self.world.taskrouter.task(flow["workspace_sid"], params)["sid"])

    def left_queue(self, call: Call, result: str) -> dict[str, str]:
        """Out of line; a task nobody has taken is canceled. Gives the QueueResult fields."""
        stay = call.stay
        if stay is None:
            return {}
        seconds = str(int((self.world.clock.now() - stay.entered).total_seconds()))
        self.queues[stay.queue].waiting.pop(call.sid, None)
        call.stay = None
        if stay.task:
            task = self.world.taskrouter.made.get(stay.task)
            if task and task["assignment_status"] in {"pending", "reserved"}:
                with self.world.lock:
                    self.world.taskrouter.end(task, "canceled", result)
        return {"QueueResult": result, "QueueSid": stay.queue_sid, "QueueTime": seconds}

    def end(self, call: Call, status: str, note: str) -> None:
        """The call is over; the app hears of it."""
        action = call.stay.action if call.stay else ""
        left = self.left_queue(call, "hangup")
        call.status, call.mode, call.gather, call.bridged = status, "over", None, ""
        call.ended = self.world.clock.now()
        call.stamp += 1
        call.heard.append(Heard(call.ended, "note", note))
        if action:
            self.send(call, action, left)
        self.tell_status(call, "completed")


def _ignored(_: Reply) -> None:
    """The answer to a status callback does not matter."""
