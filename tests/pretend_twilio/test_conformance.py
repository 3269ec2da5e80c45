"""The pretend Twilio answers only what Twilio's own OpenAPI allows, and the checker can tell the difference."""

import json
from pathlib import Path

import pytest

import pretend_twilio
from pretend_twilio import contract, rest_api, rest_taskrouter
from pretend_twilio.contract import ContractBroken, check_answer, request_problems
from pretend_twilio.rest import ROUTES, answer

HERE = Path(pretend_twilio.__file__).parent / "openapi"
EXAMPLES = [
    (domain, key, name, value)
    for domain, file in contract.FILES.items()
    for key, found in json.loads((HERE / file.replace(".json", "_examples.json")).read_text()).items()
    for name, value in found.items()
]
AC = "AC" + "a" * 32


def real(path):
    """A path of the specification with SIDs of the right kind in it."""
    kinds = {"{AccountSid}": AC, "{WorkspaceSid}": "WS" + "0" * 32}
    for name, sid in kinds.items():
        path = path.replace(name, sid)
    while "{" in path:
        before, _, rest = path.partition("{")
        path = before + "XX" + "0" * 32 + rest.partition("}")[2]
    return path


@pytest.mark.parametrize(("domain", "key", "name", "value"), EXAMPLES)
def test_twilios_own_examples_pass_the_checker(domain, key, name, value):
    method, path = key.split(" ")
    check_answer(domain, method, real(path), int(name.split(" ")[0]), value)


@pytest.mark.parametrize(
    "change",
    [
        {"sid": "XX1"}, {"status": "flying"}, {"num_media": 0}, {"date_sent": "yesterday"}, {"colour": "red"},
        {"error_code": "21610"}, {"subresource_uris": []},
    ],
)  # fmt: skip
def test_the_checker_sees_what_is_wrong(phone, phones, change):
    phones.send_text("+15555550143", "hello")
    good = phone.records()[0]
    path = f"/2010-04-01/Accounts/{AC}/Messages.json"
    check_answer("api", "POST", path, 201, good)
    with pytest.raises(ContractBroken):
        check_answer("api", "POST", path, 201, good | change)
    with pytest.raises(ContractBroken):
        check_answer("api", "POST", path, 418, good)
    with pytest.raises(ContractBroken):
        check_answer("api", "POST", "/2010-04-01/Nothing", 200, {})


def test_every_route_is_one_of_twilios():
    assert {handler.__module__ for *_, handler in ROUTES} == {rest_api.__name__, rest_taskrouter.__name__}
    sids = {"account": AC, "workspace": "WS" + "0" * 32}
    for method, domain, pattern, _ in ROUTES:
        text = pattern.pattern
        for name, sid in sids.items():
            text = text.replace(f"(?P<{name}>AC\\w+)", sid).replace(f"(?P<{name}>WS\\w+)", sid)
        text = text.replace("(?P<kind>Tasks|Workers)", "Tasks").replace("(?:Tasks|Workers)", "Tasks")
        text = text.replace("(?P<sid>\\w+)", "XX0").replace("(?P<parent>\\w+)", "XX0")
        assert contract.operation(domain, method, text), f"{method} {text}"


def test_a_wrong_parameter_is_noticed():
    path = f"/2010-04-01/Accounts/{AC}/Messages.json"
    assert request_problems("api", "POST", path, {"To": ["+15555550143"], "Body": ["x"]}) == []
    assert request_problems("api", "POST", path, {"Body": ["x"]}) == ["missing parameter To"]
    assert request_problems("api", "POST", path, {"To": ["x"], "Boby": ["x"]}) == ["unknown parameter Boby"]
    assert request_problems("api", "POST", path, {"To": ["x"], "Attempt": ["many"]})
    assert request_problems("api", "POST", path, {"To": ["x"], "MessagingServiceSid": ["AC1"]})
    assert request_problems("api", "POST", path, {"To": ["x"], "ContentRetention": ["forever"]})


def test_everything_the_adapter_asks_is_specified(phone, phones):
    phones.ensure_workspace()
    phones.send_text("+15555550143", "hello")
    task = phones.create_task({"handoff_key": "h1"})
    phones.cancel_task(task)
    phones.place_call("+15555550143", url="https://line.example/x", status_callback="https://line.example/y")
    phones.list_inbound(since=phone.world.clock.now())
    assert phone.world.alerts == []


@pytest.mark.parametrize(
    ("path", "auth", "status", "code"),
    [
        (f"/2010-04-01/Accounts/{AC}/Messages.json", None, 401, 20003),
        (f"/2010-04-01/Accounts/{AC}/Messages.json", (AC, "no"), 401, 20003),
        (f"/2010-04-01/Accounts/AC{'b' * 32}/Messages.json", "right", 404, 20404),
        (f"/2010-04-01/Accounts/{AC}/Messages/SM{'0' * 32}.json", "right", 404, 20404),
        (f"/2010-04-01/Accounts/{AC}/Nothing.json", "right", 404, 20404),
    ],
)
def test_refusals_are_worded_as_twilio_words_them(phone, path, auth, status, code):
    given = (phone.world.account_sid, phone.world.auth_token) if auth == "right" else auth
    found = answer(phone.world, "GET", "api", path, [], given)
    assert found.status == status
    assert set(found.body) == {"code", "message", "more_info", "status"}
    assert found.body["code"] == code


def test_rates_of_faults_repeat_with_their_seed(phone, phones):
    phone.world.faults.rate_429 = phone.world.faults.rate_5xx_before = phone.world.faults.rate_5xx_after = 0.1
    failed = 0
    for number in range(200):
        try:
            phones.send_text("+15555550143", f"text {number}")
        except Exception:
            failed += 1
    assert 30 <= failed <= 90
    assert failed == phone.world.faults.count
    assert len(phone.texts()) > 200 - failed


def test_the_licence_travels_along():
    assert "MIT License" in (HERE / "LICENSE").read_text()
