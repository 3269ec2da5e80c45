"""Tasks and workers brought together: reservations, the app's instructions, time limits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pretend_twilio.basics import TwilioRefusal
from pretend_twilio.expressions import matches
from pretend_twilio.resources import Resources, added, an_object

if TYPE_CHECKING:
    from pretend_twilio.world import Record

ENDED = {"completed", "canceled"}
MOST_REJECTIONS = 1000
RESERVATION_MOVES = {
    "pending": {"accepted", "rejected", "canceled"},
    "accepted": {"wrapping", "completed"},
    "wrapping": {"completed"},
}


class Matching(Resources):
    """Who gets which task."""

    def end(self, task: Record, status: str, reason: str | None) -> None:
        """A task is over; TaskRouter says how."""
        raise NotImplementedError

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
        record = self.new(
            self.world.sids.new("WR"), task["workspace_sid"], {}, f"Tasks/{task['sid']}/Reservations"
        )
        del record["friendly_name"]
        added(
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
        self.tell("reservation.created", task, record)
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
        self.set_activity(worker, self.get(worker["workspace_sid"])["timeout_activity_sid"])
        self.world.soon(self.match)

    def move_reservation(self, reservation: Record, status: str) -> None:
        """To accepted, rejected, timeout, canceled, wrapping or completed; the task follows."""
        now = reservation["reservation_status"]
        if status not in RESERVATION_MOVES.get(now, set()) | ({"timeout"} if now == "pending" else set()):
            raise TwilioRefusal(409, 20409, f"Reservation is {now} and cannot become {status}")
        reservation["reservation_status"] = status
        reservation["date_updated"] = self.now()
        task = self.made[reservation["task_sid"]]
        follows = {"accepted": "assigned", "wrapping": "wrapping", "completed": "completed"}
        if task["assignment_status"] not in ENDED:
            task["assignment_status"] = follows.get(status, "pending")
        self.tell(f"reservation.{status}", task, reservation)
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
            worker["attributes"] = an_object(params["Attributes"])
        if params.get("FriendlyName"):
            worker["friendly_name"] = params["FriendlyName"]
        if params.get("ActivitySid"):
            self.get(params["ActivitySid"], "WA")
            self.set_activity(worker, params["ActivitySid"])
        self.world.soon(self.match)
        return worker
