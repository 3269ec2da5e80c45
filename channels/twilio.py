"""Twilio, the real one: texts, calls and the queue of people, over its own official client."""

from __future__ import annotations

from typing import Any

from twilio.rest import Client

from channels.calls import Calls
from channels.taskrouter import Tasks
from channels.texts import Texts
from channels.twilio_http import TIMEOUT, TwilioHttp


class Phones(Texts, Calls, Tasks):
    """Everything the line asks of Twilio. Blocking: call it from a thread, never from an event loop.

    Every method raises one of the PhonesError tree (channels/errors.py) and retries nothing by itself.
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        *,
        number: str,
        api_base: str = "",
        messaging_service_sid: str = "",
        workspace_sid: str = "",
        workflow_sid: str = "",
        http_client: Any = None,
        timeout: float = TIMEOUT,
    ) -> None:
        self.client = Client(
            account_sid, auth_token, http_client=http_client or TwilioHttp(api_base, timeout=timeout)
        )
        self.number = number
        self.messaging_service_sid = messaging_service_sid
        self.workspace_sid = workspace_sid
        self.workflow_sid = workflow_sid
