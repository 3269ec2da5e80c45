"""The REST requests of taskrouter.twilio.com."""

from __future__ import annotations

from typing import Any

from pretend_twilio.basics import TwilioRefusal
from pretend_twilio.rest import Asked, etag, page_v1, route

SPACE = r"/v1/Workspaces/(?P<workspace>WS\w+)"

# TaskRouter: every resource answers to the same four requests.

TASKROUTER = "taskrouter"


def _resource(name: str, prefix: str, key: str, make: str) -> None:
    where, one = f"{SPACE}/{name}", rf"{SPACE}/{name}/(?P<sid>\w+)"

    @route("POST", TASKROUTER, where)
    def _create(asked: Asked) -> tuple[int, Any]:
        asked.world.taskrouter.get(asked.ids["workspace"], "WS")
        return 201, dict(getattr(asked.world.taskrouter, make)(asked.ids["workspace"], asked.params))

    @route("GET", TASKROUTER, where)
    def _list(asked: Asked) -> tuple[int, Any]:
        asked.world.taskrouter.get(asked.ids["workspace"], "WS")
        found = asked.world.taskrouter.all(prefix, asked.ids["workspace"])
        return 200, page_v1(asked, key, asked.world.taskrouter.sifted(found, asked.params))

    @route("GET", TASKROUTER, one)
    def _fetch(asked: Asked) -> tuple[int, Any]:
        return 200, dict(asked.world.taskrouter.get(asked.ids["sid"], prefix))

    @route("DELETE", TASKROUTER, one)
    def _delete(asked: Asked) -> tuple[int, Any]:
        asked.world.taskrouter.get(asked.ids["sid"], prefix)
        del asked.world.taskrouter.made[asked.ids["sid"]]
        return 204, None


for _name, _prefix, _key, _make in (
    ("Activities", "WA", "activities", "activity"),
    ("TaskQueues", "WQ", "task_queues", "task_queue"),
    ("Workflows", "WW", "workflows", "workflow"),
    ("Workers", "WK", "workers", "worker"),
    ("Tasks", "WT", "tasks", "task"),
):
    _resource(_name, _prefix, _key, _make)


@route("POST", TASKROUTER, "/v1/Workspaces")
def _make_workspace(asked: Asked) -> tuple[int, Any]:
    return 201, dict(asked.world.taskrouter.workspace(asked.params))


@route("GET", TASKROUTER, "/v1/Workspaces")
def _list_workspaces(asked: Asked) -> tuple[int, Any]:
    found = asked.world.taskrouter.all("WS")
    return 200, page_v1(asked, "workspaces", asked.world.taskrouter.sifted(found, asked.params))


@route("GET", TASKROUTER, SPACE)
def _fetch_workspace(asked: Asked) -> tuple[int, Any]:
    return 200, dict(asked.world.taskrouter.get(asked.ids["workspace"], "WS"))


@route("POST", TASKROUTER, rf"{SPACE}/Tasks/(?P<sid>\w+)")
def _update_task(asked: Asked) -> tuple[int, Any]:
    task = asked.world.taskrouter.get(asked.ids["sid"], "WT")
    wanted = asked.headers.get("If-Match")
    if wanted and wanted != etag(task):
        raise TwilioRefusal(412, 20412, "Precondition Failed: the task has changed")
    return 200, dict(asked.world.taskrouter.update_task(task, asked.params))


@route("POST", TASKROUTER, rf"{SPACE}/Workers/(?P<sid>\w+)")
def _update_worker(asked: Asked) -> tuple[int, Any]:
    worker = asked.world.taskrouter.get(asked.ids["sid"], "WK")
    return 200, dict(asked.world.taskrouter.set_worker(worker, asked.params))


@route("GET", TASKROUTER, rf"{SPACE}/(?P<kind>Tasks|Workers)/(?P<sid>\w+)/Reservations")
def _list_reservations(asked: Asked) -> tuple[int, Any]:
    router, sid = asked.world.taskrouter, asked.ids["sid"]
    found = router.reservations(task=sid) if asked.ids["kind"] == "Tasks" else router.reservations(worker=sid)
    return 200, page_v1(asked, "reservations", router.sifted(found, asked.params))


RESERVATION = rf"{SPACE}/(?:Tasks|Workers)/(?P<parent>\w+)/Reservations/(?P<sid>\w+)"


@route("GET", TASKROUTER, RESERVATION)
def _fetch_reservation(asked: Asked) -> tuple[int, Any]:
    return 200, dict(asked.world.taskrouter.get(asked.ids["sid"], "WR"))


@route("POST", TASKROUTER, RESERVATION)
def _update_reservation(asked: Asked) -> tuple[int, Any]:
    reservation = asked.world.taskrouter.get(asked.ids["sid"], "WR")
    status = asked.params.get("ReservationStatus")
    if status:
        asked.world.taskrouter.move_reservation(reservation, status)
    return 200, dict(reservation)
