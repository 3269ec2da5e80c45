"""TaskRouter's tasks: made, routed to a queue, changed and ended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pretend_twilio.basics import TwilioRefusal
from pretend_twilio.expressions import matches
from pretend_twilio.matching import ENDED, Matching
from pretend_twilio.resources import added, an_object

if TYPE_CHECKING:
    from pretend_twilio.world import Record

DAY = 24 * 3600
MOVES = {
    "pending": {"canceled"},
    "reserved": {"canceled"},
    "assigned": {"wrapping", "completed", "canceled"},
    "wrapping": {"completed", "canceled"},
}


class TaskRouter(Matching):
    """The whole of TaskRouter."""

    def task(self, workspace: str, params: dict[str, str]) -> Record:
        """A task: routed at once to the queue of the first filter it matches."""
        flow = self._workflow_of(workspace, params)
        attributes = an_object(params.get("Attributes", "{}"))
        queue = self._route(flow, json.loads(attributes))
        record = self.new(self.world.sids.new("WT"), workspace, {}, "Tasks")
        del record["friendly_name"]
        added(
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
                "task_queue_entered_date": self.now(),
                "task_queue_friendly_name": queue["friendly_name"] if queue else None,
                "task_queue_sid": queue["sid"] if queue else None,
                "timeout": int(params.get("Timeout", str(DAY))),
                "virtual_start_time": self.now(),
                "workflow_friendly_name": flow["friendly_name"],
                "workflow_sid": flow["sid"],
            },
        )
        if queue is None:
            record["assignment_status"] = "canceled"
            record["reason"] = "Workflow has no matching filter"
        self.entered[record["sid"]] = self.world.clock.now()
        self.world.later(record["timeout"], lambda: self.end(record, "canceled", "Task TTL Exceeded"))
        self.tell("task.created", record)
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
            task["attributes"] = an_object(params["Attributes"])
            self.tell("task.updated", task)
        if params.get("Priority"):
            task["priority"] = int(params["Priority"])
        task["date_updated"] = self.now()
        return task

    def end(self, task: Record, status: str, reason: str | None) -> None:
        """A task is over (or wrapping up); reservations that wait for an answer are taken back."""
        if task["assignment_status"] in ENDED:
            return
        task["assignment_status"] = status
        task["reason"] = reason
        task["date_updated"] = self.now()
        for reservation in self.reservations(task["sid"]):
            if reservation["reservation_status"] == "pending":
                reservation["reservation_status"] = "rescinded"
            elif reservation["reservation_status"] in {"accepted", "wrapping"} and status in ENDED:
                reservation["reservation_status"] = "completed"
        self.tell(f"task.{status}", task)
