"""Twilio's queue of people: found or made at the start, in the background; nobody waits for it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from channels.errors import PhonesError
from channels.twilio_http import asking

if TYPE_CHECKING:
    from api.line import Line

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
WRAP_UP = {"wrapup", "postwork", "aftercallwork"}
"""What supervisors call the activity after a call, written without spaces and hyphens."""


@dataclass
class Place:
    """The workspace and workflow to use. Until both are known, calls wait in plain queues by name."""

    sid: str = ""
    workflow_sid: str = ""
    wrap_up_sid: str = ""
    """The activity an agent goes to after a call, where the workspace has one."""
    announced: bool = False
    """The sender has brought forward what waited for it."""

    @property
    def ready(self) -> bool:
        """Whether tasks can be made."""
        return bool(self.sid and self.workflow_sid)

    @property
    def line_sid(self) -> str:
        """The workflow a call is put in line with; empty for the plain queue."""
        return self.workflow_sid if self.ready else ""


async def keep_workspace(line: Line, pause: float = FIRST_PAUSE) -> None:
    """Asks until it is there, with growing pauses. What goes wrong never reaches the callers."""
    if line.phones is None or not line.settings.twilio_configured or line.workspace.ready:
        return
    while not line.workspace.ready:
        try:
            await line.off_loop(_ensure, line)
        except PhonesError as trouble:
            log.warning(
                "TaskRouter not ready yet: %s", trouble.code or trouble.status or type(trouble).__name__
            )
        except Exception as trouble:
            log.warning("TaskRouter not ready yet: %s", type(trouble).__name__)
        if not line.workspace.ready:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
    log.info("TaskRouter ready")
    line.wake()


def _ensure(line: Line) -> None:
    base = f"{line.settings.public_url}/twilio/taskrouter"
    found = line.phones.ensure_workspace(assignment_url=f"{base}/assignment", events_url=f"{base}/events")
    line.workspace.wrap_up_sid = _wrap_up(line, found.sid)
    # The workflow last: with it the place is ready.
    line.workspace.sid, line.workspace.workflow_sid = found.sid, found.workflow_sid


def _wrap_up(line: Line, sid: str) -> str:
    client = getattr(line.phones, "client", None)
    if client is None:
        return ""
    with asking(reads=True):
        for one in client.taskrouter.v1.workspaces(sid).activities.list():
            plain = str(one.friendly_name).casefold().replace(" ", "").replace("-", "")
            if plain in WRAP_UP and not one.available:
                return str(one.sid)
    return ""
