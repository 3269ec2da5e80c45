"""TaskRouter's resources: workspaces, activities, queues, workflows and workers, kept by SID."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pretend_twilio.basics import TwilioRefusal, iso, not_found
from pretend_twilio.expressions import BadExpression, matches, tokens

if TYPE_CHECKING:
    from pretend_twilio.world import Record, World

URL = "https://taskrouter.twilio.com/v1/Workspaces"


class Resources:
    """All resources by SID; `made` keeps the order they were made in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.made: dict[str, Record] = {}
        self.entered: dict[str, datetime] = {}
        self.on_assigned: list[Callable[[Record, Record, dict[str, Any]], None]] = []

    # Finding things.

    def get(self, sid: str, prefix: str = "") -> Record:
        """One resource; 404 when it is not there or is of another kind."""
        record = self.made.get(sid)
        if record is None or not sid.startswith(prefix):
            raise not_found(f"/{sid}")
        return record

    def all(self, prefix: str, workspace: str = "") -> list[Record]:
        """Every resource of a kind, in the order it was made."""
        return [
            r
            for s, r in self.made.items()
            if s.startswith(prefix) and (not workspace or r.get("workspace_sid") == workspace)
        ]

    def sifted(self, records: list[Record], params: dict[str, str]) -> list[Record]:
        """The records a list request asks for."""
        keys = {
            "FriendlyName": "friendly_name",
            "WorkflowSid": "workflow_sid",
            "TaskQueueSid": "task_queue_sid",
            "TaskQueueName": "task_queue_friendly_name",
            "ActivitySid": "activity_sid",
            "ReservationStatus": "reservation_status",
            "Priority": "priority",
        }
        for name, key in keys.items():
            if params.get(name):
                records = [r for r in records if str(r.get(key)) == params[name]]
        if params.get("AssignmentStatus"):
            wanted = params["AssignmentStatus"].split(",")
            records = [r for r in records if r["assignment_status"] in wanted]
        if params.get("EvaluateTaskAttributes"):
            readable(params["EvaluateTaskAttributes"])
            found = params["EvaluateTaskAttributes"]
            records = [r for r in records if matches(found, json.loads(r["attributes"]))]
        return records

    # Making things.

    def workspace(self, params: dict[str, str]) -> Record:
        """A workspace with its three activities."""
        sid = self.world.sids.new("WS")
        record = self.new(sid, "", params)
        del record["workspace_sid"]
        record |= {
            "event_callback_url": params.get("EventCallbackUrl"),
            "events_filter": params.get("EventsFilter"),
            "multi_task_enabled": params.get("MultiTaskEnabled", "true") == "true",
            "prioritize_queue_order": params.get("PrioritizeQueueOrder", "FIFO"),
            "url": f"{URL}/{sid}",
            "links": {},
        }
        offline, available = (
            self.activity(sid, {"FriendlyName": name, "Available": ready})
            for name, ready in (("Offline", "false"), ("Available", "true"))
        )
        self.activity(sid, {"FriendlyName": "Unavailable", "Available": "false"})
        del available
        for use in ("default", "timeout"):
            record[f"{use}_activity_name"] = "Offline"
            record[f"{use}_activity_sid"] = offline["sid"]
        return record

    def activity(self, workspace: str, params: dict[str, str]) -> Record:
        """A state a worker can be in."""
        record = self.new(self.world.sids.new("WA"), workspace, params, "Activities")
        record["available"] = params.get("Available", "false").lower() == "true"
        return record

    def task_queue(self, workspace: str, params: dict[str, str]) -> Record:
        """A queue; its expression is read, as TaskRouter does."""
        wanted = params.get("TargetWorkers", "1==1")
        readable(wanted)
        record = self.new(self.world.sids.new("WQ"), workspace, params, "TaskQueues")
        return added(
            record,
            {
                "assignment_activity_sid": params.get("AssignmentActivitySid"),
                "assignment_activity_name": None,
                "reservation_activity_sid": params.get("ReservationActivitySid"),
                "reservation_activity_name": None,
                "max_reserved_workers": int(params.get("MaxReservedWorkers", "1")),
                "target_workers": wanted,
                "task_order": params.get("TaskOrder", "FIFO"),
            },
        )

    def workflow(self, workspace: str, params: dict[str, str]) -> Record:
        """A workflow; its configuration must be JSON that names queues which exist."""
        try:
            routing = json.loads(params["Configuration"])["task_routing"]
            named = [t["queue"] for f in routing.get("filters", []) for t in f["targets"]]
            for each in routing.get("filters", []):
                readable(each.get("expression", ""))
        except (ValueError, KeyError, TypeError):
            raise TwilioRefusal(400, 20001, "Invalid Workflow configuration") from None
        named += [routing["default_filter"]["queue"]] if routing.get("default_filter") else []
        if any(sid not in self.made for sid in named):
            raise TwilioRefusal(400, 20001, "Workflow configuration names a TaskQueue that does not exist")
        record = self.new(self.world.sids.new("WW"), workspace, params, "Workflows")
        return added(
            record,
            {
                "assignment_callback_url": params.get("AssignmentCallbackUrl"),
                "fallback_assignment_callback_url": params.get("FallbackAssignmentCallbackUrl"),
                "configuration": params["Configuration"],
                "document_content_type": "application/json",
                "task_reservation_timeout": int(params.get("TaskReservationTimeout", "120")),
            },
        )

    def worker(self, workspace: str, params: dict[str, str]) -> Record:
        """A worker, offline unless told."""
        record = self.new(self.world.sids.new("WK"), workspace, params, "Workers")
        activity = params.get("ActivitySid") or self.get(workspace)["default_activity_sid"]
        added(
            record,
            {"attributes": an_object(params.get("Attributes", "{}")), "date_status_changed": self.now()},
        )
        self.set_activity(record, activity)
        return record

    def set_activity(self, worker: Record, activity: str) -> None:
        found = self.made[activity]
        worker |= {
            "activity_sid": activity,
            "activity_name": found["friendly_name"],
            "available": found["available"],
            "date_status_changed": self.now(),
        }
        self.tell("worker.activity.update", None, None, worker)

    # Small things.

    def tell(
        self, kind: str, task: Record | None, reservation: Record | None = None, worker: Record | None = None
    ) -> None:
        subject = reservation or task or worker
        space = self.made.get(subject["workspace_sid"]) if subject else None
        url = space.get("event_callback_url") if space else None
        wanted = (space or {}).get("events_filter")
        if not url or not subject or (wanted and kind not in wanted.split(",")):
            return
        fields = {
            "AccountSid": self.world.account_sid,
            "EventType": kind,
            "EventDescription": kind,
            "ResourceSid": subject["sid"],
            "ResourceType": kind.split(".")[0],
            "Sid": self.world.sids.new("EV"),
            "Timestamp": str(int(self.world.clock.now().timestamp())),
            "WorkspaceSid": subject["workspace_sid"],
        }
        if task:
            fields |= {
                "TaskSid": task["sid"],
                "TaskAttributes": task["attributes"],
                "TaskAssignmentStatus": task["assignment_status"],
            }
        if reservation:
            fields |= {
                "ReservationSid": reservation["sid"],
                "WorkerSid": reservation["worker_sid"],
                "WorkerName": reservation["worker_name"],
            }
        self.world.soon(lambda: dropped(self.world.webhooks.send(str(url), fields, seconds=15)))

    def now(self) -> str | None:
        return iso(self.world.clock.now())

    def new(self, sid: str, workspace: str, params: dict[str, str], place: str = "") -> Record:
        now = self.now()
        record: Record = {
            "account_sid": self.world.account_sid,
            "date_created": now,
            "date_updated": now,
            "friendly_name": params.get("FriendlyName"),
            "sid": sid,
            "workspace_sid": workspace,
            "url": f"{URL}/{workspace}/{place}/{sid}",
            "links": {},
        }
        if place == "Activities":
            del record["links"]
        self.made[sid] = record
        return record


def added(record: Record, more: dict[str, Any]) -> Record:
    record.update(more)
    return record


def dropped(_: object) -> None:
    """An event's answer does not matter."""


def an_object(text: str) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise TwilioRefusal(400, 20001, "Attributes is not valid JSON")
    return text


def readable(expression: str) -> None:
    try:
        tokens(expression)
    except BadExpression as error:
        raise TwilioRefusal(400, 20001, str(error)) from None
