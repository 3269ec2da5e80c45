"""The REST requests of api.twilio.com: texts, calls and queues of the older kind."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from pretend_twilio.basics import iso
from pretend_twilio.messages import listed
from pretend_twilio.rest import ACCOUNT, Asked, page_2010, route

if TYPE_CHECKING:
    from pretend_twilio.world import Record

# Texts.


@route("POST", "api", f"{ACCOUNT}/Messages.json")
def _send_text(asked: Asked) -> tuple[int, Any]:
    return 201, dict(asked.world.messages.create(asked.params))


@route("GET", "api", f"{ACCOUNT}/Messages.json")
def _list_texts(asked: Asked) -> tuple[int, Any]:
    found = listed(asked.world.messages.records, asked.params, _sent_at)
    return 200, page_2010(asked, "messages", found)


def _sent_at(record: Record) -> str:
    return str(iso(parsedate_to_datetime(record["date_sent"])))


@route("GET", "api", rf"{ACCOUNT}/Messages/(?P<sid>\w+).json")
def _fetch_text(asked: Asked) -> tuple[int, Any]:
    return 200, dict(asked.world.messages.find(asked.ids["sid"]))


@route("POST", "api", rf"{ACCOUNT}/Messages/(?P<sid>\w+).json")
def _update_text(asked: Asked) -> tuple[int, Any]:
    return 200, dict(asked.world.messages.update(asked.ids["sid"], asked.params))


@route("DELETE", "api", rf"{ACCOUNT}/Messages/(?P<sid>\w+).json")
def _delete_text(asked: Asked) -> tuple[int, Any]:
    asked.world.messages.delete(asked.ids["sid"])
    return 204, None


# Calls.


@route("POST", "api", f"{ACCOUNT}/Calls.json")
def _place_call(asked: Asked) -> tuple[int, Any]:
    return 201, asked.world.calls.place(asked.params, asked.lists.get("StatusCallbackEvent", [])).record()


@route("GET", "api", f"{ACCOUNT}/Calls.json")
def _list_calls(asked: Asked) -> tuple[int, Any]:
    found = [call.record() for call in reversed(asked.world.calls.calls.values())]
    for name, key in (("To", "to"), ("From", "from"), ("Status", "status")):
        if asked.params.get(name):
            found = [record for record in found if record[key] == asked.params[name]]
    return 200, page_2010(asked, "calls", found)


@route("GET", "api", rf"{ACCOUNT}/Calls/(?P<sid>\w+).json")
def _fetch_call(asked: Asked) -> tuple[int, Any]:
    return 200, asked.world.calls.find(asked.ids["sid"]).record()


@route("POST", "api", rf"{ACCOUNT}/Calls/(?P<sid>\w+).json")
def _update_call(asked: Asked) -> tuple[int, Any]:
    return 200, asked.world.calls.update(asked.ids["sid"], asked.params).record()


# Phone numbers and queues of the older kind.


@route("GET", "api", f"{ACCOUNT}/Queues.json")
def _list_queues(asked: Asked) -> tuple[int, Any]:
    return 200, page_2010(asked, "queues", [queue.record() for queue in asked.world.calls.queues.values()])
