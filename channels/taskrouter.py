"""The queue of people over TaskRouter: a task for every hand-off, found again by its key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from channels.errors import NotFound, Refused
from channels.twilio_http import asking

NAME = "ACS Line"
DAY = 24 * 3600
KEY = re.compile(r"[A-Za-z0-9_.:-]{1,120}")
QUEUES = (
    "collection",
    "business",
    "revenue_officer",
    "appeals",
    "private_agency",
    "advocate",
    "identity_theft",
    "insolvency",
    "urgent",
)
OPEN = {"pending", "reserved", "assigned", "wrapping"}


@dataclass(frozen=True)
class Task:
    """A task as TaskRouter keeps it: pending, reserved, assigned, wrapping, completed or canceled."""

    sid: str
    status: str
    attributes: Mapping[str, Any]
    queue: str


@dataclass(frozen=True)
class Workspace:
    """Where our tasks live."""

    sid: str
    workflow_sid: str


class Tasks:
    """The part of Phones about the queue. SIDs not given are looked up by the name "ACS Line"."""

    client: Any
    workspace_sid: str
    workflow_sid: str

    def create_task(
        self, attributes: Mapping[str, Any], *, workflow: str = "", priority: int = 0, seconds: int = DAY
    ) -> str:
        """A task in line for a person; `attributes` must hold a handoff_key. Gives the TaskSid.

        TooMany, NotReached: not made, try again. UnknownOutcome: `find_task` before trying again.
        """
        _key(attributes.get("handoff_key"))
        place = self.workspace()
        with asking():
            task = self._space().tasks.create(
                workflow_sid=workflow or place.workflow_sid,
                attributes=json.dumps(attributes, ensure_ascii=False, sort_keys=True),
                priority=priority,
                timeout=seconds,
            )
            return str(task.sid)

    def find_task(self, handoff_key: str) -> Task | None:
        """The task of a hand-off, whatever has become of it; the oldest if there are ever two."""
        _key(handoff_key)
        self.workspace()
        with asking(reads=True):
            wanted = f'handoff_key == "{handoff_key}"'
            found = self._space().tasks.list(evaluate_task_attributes=wanted, limit=20)
        return _task(min(found, key=lambda one: (one.date_created, one.sid))) if found else None

    def cancel_task(self, sid: str, *, reason: str = "") -> bool:
        """Takes a task out of line (the caller has gone). False: it was over or gone already."""
        return self._finish(sid, "canceled", reason)

    def complete_task(self, sid: str, *, reason: str = "") -> bool:
        """The person has been helped. False: it was over or gone already."""
        return self._finish(sid, "completed", reason)

    def workspace(self) -> Workspace:
        """Our workspace and workflow: as set, else looked up once by name. NotFound says what to do."""
        if not self.workspace_sid:
            with asking(reads=True):
                self.workspace_sid = _sid(self.client.taskrouter.v1.workspaces.list(friendly_name=NAME))
        if not self.workspace_sid:
            raise NotFound(f"There is no TaskRouter workspace '{NAME}'; ensure_workspace() makes it.")
        if not self.workflow_sid:
            with asking(reads=True):
                self.workflow_sid = _sid(self._space().workflows.list(friendly_name=NAME))
        if not self.workflow_sid:
            raise NotFound(f"There is no TaskRouter workflow '{NAME}'; ensure_workspace() makes it.")
        return Workspace(self.workspace_sid, self.workflow_sid)

    def ensure_workspace(
        self, *, assignment_url: str = "", events_url: str = "", queues: Iterable[str] = QUEUES
    ) -> Workspace:
        """Makes what is missing of workspace, queues and workflow; running it again changes nothing."""
        try:
            return self.workspace()
        except NotFound:
            pass
        with asking():
            if not self.workspace_sid:
                spaces = self.client.taskrouter.v1.workspaces
                self.workspace_sid = spaces.create(NAME, **_given(event_callback_url=events_url)).sid
            there = {one.friendly_name: one.sid for one in self._space().task_queues.list()}
            for name in queues:
                if name not in there:
                    skill = f'skills HAS "{name}"'
                    there[name] = self._space().task_queues.create(name, target_workers=skill).sid
            made = self._space().workflows.create(
                NAME,
                configuration=json.dumps(routing(there, queues)),
                **_given(assignment_callback_url=assignment_url),
            )
            self.workflow_sid = made.sid
        return Workspace(self.workspace_sid, self.workflow_sid)

    def _space(self) -> Any:
        return self.client.taskrouter.v1.workspaces(self.workspace_sid)

    def _finish(self, sid: str, status: str, reason: str) -> bool:
        self.workspace()
        try:
            with asking():
                self._space().tasks(sid).update(assignment_status=status, reason=reason or status)
        except NotFound:
            return False
        except Refused:
            if self._is_over(sid):
                return False
            raise
        return True

    def _is_over(self, sid: str) -> bool:
        with asking(reads=True):
            return str(self._space().tasks(sid).fetch().assignment_status) not in OPEN


def routing(queues: Mapping[str, str], order: Iterable[str]) -> dict[str, Any]:
    """The workflow: a task goes to the queue its attribute `queue` names, and to the first one otherwise."""
    names = [name for name in order if name in queues]
    filters = [
        {
            "filter_friendly_name": name,
            "expression": f'queue == "{name}"',
            "targets": [{"queue": queues[name]}],
        }
        for name in names
    ]
    return {"task_routing": {"filters": filters, "default_filter": {"queue": queues[names[0]]}}}


def _key(key: object) -> None:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise ValueError("A task needs a handoff_key of letters, digits and _ . : - (at most 120).")


def _given(**settings: str) -> dict[str, str]:
    return {name: value for name, value in settings.items() if value}


def _sid(found: list[Any]) -> str:
    return str(found[0].sid) if found else ""


def _task(one: Any) -> Task:
    return Task(
        one.sid, str(one.assignment_status), json.loads(one.attributes), one.task_queue_friendly_name or ""
    )
