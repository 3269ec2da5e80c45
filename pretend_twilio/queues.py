"""TaskRouter: workspaces, queues, workflows, workers, and tasks that find them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pretend_twilio.basics import TwilioRefusal, iso, not_found
from pretend_twilio.expressions import BadExpression, matches, tokens

if TYPE_CHECKING:
    from pretend_twilio.world import Record, World

DAY = 24 * 3600
URL = "https://taskrouter.twilio.com/v1/Workspaces"
ENDED = {"completed", "canceled"}
MOST_REJECTIONS = 1000
MOVES = {
    "pending": {"canceled"},
    "reserved": {"canceled"},
    "assigned": {"wrapping", "completed", "canceled"},
    "wrapping": {"completed", "canceled"},
}
RESERVATION_MOVES = {
    "pending": {"accepted", "rejected", "canceled"},
    "accepted": {"wrapping", "completed"},
    "wrapping": {"completed"},
}


class TaskRouter:
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
            _readable(params["EvaluateTaskAttributes"])
            found = params["EvaluateTaskAttributes"]
            records = [r for r in records if matches(found, json.loads(r["attributes"]))]
        return records

    # Making things.

    def workspace(self, params: dict[str, str]) -> Record:
        """A workspace with its three activities."""
        sid = self.world.sids.new("WS")
        record = self._new(sid, "", params)
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
        record = self._new(self.world.sids.new("WA"), workspace, params, "Activities")
        record["available"] = params.get("Available", "false").lower() == "true"
        return record

    def task_queue(self, workspace: str, params: dict[str, str]) -> Record:
        """A queue; its expression is read, as TaskRouter does."""
        wanted = params.get("TargetWorkers", "1==1")
        _readable(wanted)
        record = self._new(self.world.sids.new("WQ"), workspace, params, "TaskQueues")
        return _add(
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
                _readable(each.get("expression", ""))
        except (ValueError, KeyError, TypeError):
            raise TwilioRefusal(400, 20001, "Invalid Workflow configuration") from None
        named += [routing["default_filter"]["queue"]] if routing.get("default_filter") else []
        if any(sid not in self.made for sid in named):
            raise TwilioRefusal(400, 20001, "Workflow configuration names a TaskQueue that does not exist")
        record = self._new(self.world.sids.new("WW"), workspace, params, "Workflows")
        return _add(
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
        record = self._new(self.world.sids.new("WK"), workspace, params, "Workers")
        activity = params.get("ActivitySid") or self.get(workspace)["default_activity_sid"]
        _add(
            record,
            {"attributes": _object(params.get("Attributes", "{}")), "date_status_changed": self._now()},
        )
        self._set_activity(record, activity)
        return record

    def task(self, workspace: str, params: dict[str, str]) -> Record:
        """A task: routed at once to the queue of the first filter it matches."""
        flow = self._workflow_of(workspace, params)
        attributes = _object(params.get("Attributes", "{}"))
        queue = self._route(flow, json.loads(attributes))
        record = self._new(self.world.sids.new("WT"), workspace, {}, "Tasks")
        del record["friendly_name"]
        _add(
            record,
            {
                "addons": "{}",
                "age": 0,
                "assignment_status": "pending",
                "attributes": attributes,
                "ignore_capacity": False,
                "priority": int(params.get("Priority", "0")),
                "reason": None,
                "routing_target": None,
                "task_channel_sid": "TC" + "0" * 32,
                "task_channel_unique_name": params.get("TaskChannel", "default"),
                "task_queue_entered_date": self._now(),
                "task_queue_friendly_name": queue["friendly_name"] if queue else None,
                "task_queue_sid": queue["sid"] if queue else None,
                "timeout": int(params.get("Timeout", str(DAY))),
                "virtual_start_time": self._now(),
                "workflow_friendly_name": flow["friendly_name"],
                "workflow_sid": flow["sid"],
            },
        )
        if queue is None:
            record["assignment_status"] = "canceled"
            record["reason"] = "Workflow has no matching filter"
        self.entered[record["sid"]] = self.world.clock.now()
        self.world.later(record["timeout"], lambda: self.end(record, "canceled", "Task TTL Exceeded"))
        self._event("task.created", record)
        self.world.soon(self.match)
        return record

    def _workflow_of(self, workspace: str, params: dict[str, str]) -> Record:
        if params.get("WorkflowSid"):
            try:
                return self.get(params["WorkflowSid"], "WW")
            except TwilioRefusal:
                raise TwilioRefusal(400, 20001, "Workflow not found") from None
        flows = self.all("WW", workspace)
        if len(flows) != 1:
            raise TwilioRefusal(400, 20001, "WorkflowSid is required")
        return flows[0]

    def _route(self, flow: Record, attributes: dict[str, Any]) -> Record | None:
        routing = json.loads(flow["configuration"])["task_routing"]
        for each in routing.get("filters", []):
            if matches(each.get("expression", ""), attributes):
                return self.made[each["targets"][0]["queue"]]
        return self.made[routing["default_filter"]["queue"]] if routing.get("default_filter") else None

    # Bringing tasks and workers together.

    def match(self) -> None:
        """Reserves a free worker for every waiting task: highest priority first, then the longest waiting."""
        waiting = [t for t in self.all("WT") if t["assignment_status"] == "pending"]
        for task in sorted(waiting, key=lambda t: (-t["priority"], self.entered[t["sid"]])):
            worker = self._free_worker(task)
            if worker:
                self._reserve(task, worker)

    def _free_worker(self, task: Record) -> Record | None:
        wanted = self.made[task["task_queue_sid"]]["target_workers"]
        refused = {
            r["worker_sid"]
            for r in self.reservations(task["sid"])
            if r["reservation_status"] in {"rejected", "timeout"}
        }
        busy = {
            r["worker_sid"]
            for r in self.all("WR")
            if r["reservation_status"] in {"pending", "accepted", "wrapping"}
        }
        free = [
            w
            for w in self.all("WK", task["workspace_sid"])
            if w["available"] and w["sid"] not in busy and matches(wanted, json.loads(w["attributes"]))
        ]
        fresh = [w for w in free if w["sid"] not in refused]
        return next(iter(fresh or free), None)

    def _reserve(self, task: Record, worker: Record) -> None:
        record = self._new(
            self.world.sids.new("WR"), task["workspace_sid"], {}, f"Tasks/{task['sid']}/Reservations"
        )
        del record["friendly_name"]
        _add(
            record,
            {
                "reservation_status": "pending",
                "task_sid": task["sid"],
                "worker_name": worker["friendly_name"],
                "worker_sid": worker["sid"],
                "links": {},
            },
        )
        task["assignment_status"] = "reserved"
        flow = self.made[task["workflow_sid"]]
        self._event("reservation.created", task, record)
        self.world.later(flow["task_reservation_timeout"], lambda: self._time_out(record))
        if flow["assignment_callback_url"]:
            self._ask_app(flow, task, worker, record)

    def _ask_app(self, flow: Record, task: Record, worker: Record, reservation: Record) -> None:
        fields = {
            "AccountSid": self.world.account_sid,
            "ReservationSid": reservation["sid"],
            "TaskAge": "0",
            "TaskAttributes": task["attributes"],
            "TaskPriority": str(task["priority"]),
            "TaskQueueSid": task["task_queue_sid"],
            "TaskSid": task["sid"],
            "Timestamp": str(int(self.world.clock.now().timestamp())),
            "WorkerAttributes": worker["attributes"],
            "WorkerSid": worker["sid"],
            "WorkflowSid": flow["sid"],
            "WorkspaceSid": task["workspace_sid"],
        }
        for url in (flow["assignment_callback_url"], flow["fallback_assignment_callback_url"]):
            reply = self.world.webhooks.send(url, fields, seconds=5) if url else None
            if (
                reply
                and reply.good
                and (reply.content_type.startswith("application/json") or not reply.text.strip())
            ):
                self._instructed(task, reservation, reply.text)
                return
        self.move_reservation(reservation, "canceled")

    def _instructed(self, task: Record, reservation: Record, text: str) -> None:
        try:
            order = json.loads(text) if text.strip() else {}
        except ValueError:
            self.world.alert(40001, "Could not parse the assignment instruction")
            return
        instruction = order.get("instruction")
        if instruction == "reject":
            self.move_reservation(reservation, "rejected")
        elif instruction == "dequeue" and "call_sid" not in json.loads(task["attributes"]):
            self.world.alert(40002, "dequeue only works for tasks made by Enqueue")
        elif instruction in {"accept", "dequeue", "call", "conference", "redirect"}:
            if instruction != "redirect" or order.get("accept"):
                self.move_reservation(reservation, "accepted")
            for tell in self.on_assigned:
                tell(task, reservation, order)

    def _time_out(self, reservation: Record) -> None:
        if reservation["reservation_status"] != "pending":
            return
        worker = self.made[reservation["worker_sid"]]
        self.move_reservation(reservation, "timeout")
        self._set_activity(worker, self.get(worker["workspace_sid"])["timeout_activity_sid"])
        self.world.soon(self.match)

    def move_reservation(self, reservation: Record, status: str) -> None:
        """To accepted, rejected, timeout, canceled, wrapping or completed; the task follows."""
        now = reservation["reservation_status"]
        if status not in RESERVATION_MOVES.get(now, set()) | ({"timeout"} if now == "pending" else set()):
            raise TwilioRefusal(409, 20409, f"Reservation is {now} and cannot become {status}")
        reservation["reservation_status"] = status
        reservation["date_updated"] = self._now()
        task = self.made[reservation["task_sid"]]
        follows = {"accepted": "assigned", "wrapping": "wrapping", "completed": "completed"}
        if task["assignment_status"] not in ENDED:
            task["assignment_status"] = follows.get(status, "pending")
        self._event(f"reservation.{status}", task, reservation)
        if status == "rejected":
            self._rejected(task)

    def _rejected(self, task: Record) -> None:
        """Offered again a moment later, even to the same worker when there is no other; never more than 1,000 times."""
        refused = [r for r in self.reservations(task["sid"]) if r["reservation_status"] == "rejected"]
        if len(refused) >= MOST_REJECTIONS:
            self.end(task, "canceled", "Task canceled after too many rejections")
        else:
            self.world.later(1, self.match)

    def reservations(self, task: str = "", worker: str = "") -> list[Record]:
        """The reservations of a task or of a worker."""
        return [
            r
            for r in self.all("WR")
            if (not task or r["task_sid"] == task) and (not worker or r["worker_sid"] == worker)
        ]

    def set_worker(self, worker: Record, params: dict[str, str]) -> Record:
        """PUT a worker into another activity, or change what it can do."""
        if params.get("Attributes"):
            worker["attributes"] = _object(params["Attributes"])
        if params.get("FriendlyName"):
            worker["friendly_name"] = params["FriendlyName"]
        if params.get("ActivitySid"):
            self.get(params["ActivitySid"], "WA")
            self._set_activity(worker, params["ActivitySid"])
        self.world.soon(self.match)
        return worker

    def _set_activity(self, worker: Record, activity: str) -> None:
        found = self.made[activity]
        worker |= {
            "activity_sid": activity,
            "activity_name": found["friendly_name"],
            "available": found["available"],
            "date_status_changed": self._now(),
        }
        self._event("worker.activity.update", None, None, worker)

    # Changing and ending tasks.

    def update_task(self, task: Record, params: dict[str, str]) -> Record:
        """What POST on a task may change; status and attributes not in one request."""
        status = params.get("AssignmentStatus", "")
        if status and params.get("Attributes"):
            raise TwilioRefusal(400, 20001, "Attributes and AssignmentStatus cannot be updated together")
        if status:
            if status not in MOVES.get(task["assignment_status"], set()):
                raise TwilioRefusal(
                    400, 20001, f"Cannot update task from {task['assignment_status']} to {status}"
                )
            self.end(task, status, params.get("Reason"))
        if params.get("Attributes"):
            task["attributes"] = _object(params["Attributes"])
            self._event("task.updated", task)
        if params.get("Priority"):
            task["priority"] = int(params["Priority"])
        task["date_updated"] = self._now()
        return task

    def end(self, task: Record, status: str, reason: str | None) -> None:
        """A task is over (or wrapping up); reservations that wait for an answer are taken back."""
        if task["assignment_status"] in ENDED:
            return
        task["assignment_status"] = status
        task["reason"] = reason
        task["date_updated"] = self._now()
        for reservation in self.reservations(task["sid"]):
            if reservation["reservation_status"] == "pending":
                reservation["reservation_status"] = "rescinded"
            elif reservation["reservation_status"] in {"accepted", "wrapping"} and status in ENDED:
                reservation["reservation_status"] = "completed"
        self._event(f"task.{status}", task)

    # Small things.

    def _event(
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
            fields |= {"ReservationSid": reservation["sid"], "WorkerSid": reservation["worker_sid"]}
        self.world.soon(lambda: _drop(self.world.webhooks.send(str(url), fields, seconds=15)))

    def _now(self) -> str | None:
        return iso(self.world.clock.now())

    def _new(self, sid: str, workspace: str, params: dict[str, str], place: str = "") -> Record:
        now = self._now()
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


def _add(record: Record, more: dict[str, Any]) -> Record:
    record.update(more)
    return record


def _drop(_: object) -> None:
    """An event's answer does not matter."""


def _object(text: str) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise TwilioRefusal(400, 20001, "Attributes is not valid JSON")
    return text


def _readable(expression: str) -> None:
    try:
        tokens(expression)
    except BadExpression as error:
        raise TwilioRefusal(400, 20001, str(error)) from None
