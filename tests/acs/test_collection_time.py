"""Ten years from each assessment, and every event that stops the clock, overlaps once."""

import pytest
from build import D, case, hold, letter, module, plan, tax, view

from acs.case import Hearing

ON = "2026-11-22"


def expires(on: str = ON, of=None, **changes):  # type: ignore[no-untyped-def]
    return view(case(of or module(), **changes), on)["modules"][0]["collection_statute_expires"]


@pytest.mark.parametrize(
    ("what", "changes", "day"),
    [
        ("26 USC 6502: ten years", {}, "2034-06-03"),
        ("6331(k)(3): 26 days pending", {"agreements": (plan(requested="2025-06-20", accepted="2025-07-16"),)}, "2034-06-29"),
        ("6331(k)(3)(B): in effect it runs", {"agreements": (plan(accepted="2025-07-16"),)}, "2034-06-03"),
        ("still pending: to today", {"agreements": (plan(status="pending", requested="2026-10-23"),)}, "2034-07-03"),
        ("rejected: 20 days pending and 30 after", {"agreements": (plan(status="rejected", requested="2026-01-01", ended="2026-01-21"),)}, "2034-07-23"),
        ("terminated: 30 days after", {"agreements": (plan(status="terminated", accepted="2025-01-05", ended="2026-01-05"),)}, "2034-07-03"),
        ("a short-term plan stops nothing", {"agreements": (plan("short_term", requested="2025-06-20", accepted="2025-07-16"),)}, "2034-06-03"),
        ("6331(k)(1), (3): an offer and 30 days", {"holds": (hold("offer", "2025-01-01", "2025-03-01"),)}, "2034-08-31"),
        ("an offer still open: to today", {"holds": (hold("offer", "2026-11-02"),)}, "2034-06-23"),
        ("6503(h): the stay and six months", {"holds": (hold("bankruptcy", "2025-01-01", "2025-03-01"),)}, "2035-02-01"),
        ("6015(e)(2): the request and 60 days", {"holds": (hold("innocent_spouse", "2025-01-01", "2025-03-01"),)}, "2034-09-30"),
        ("6503(c): six months abroad", {"holds": (hold("abroad", "2025-01-01", "2025-07-01"),)}, "2034-12-01"),
        ("6503(c): five months abroad do not count", {"holds": (hold("abroad", "2025-01-01", "2025-06-01"),)}, "2034-06-03"),
        ("7508: a combat zone and 180 days", {"holds": (hold("combat_zone", "2025-01-01", "2025-03-01"),)}, "2035-01-28"),
        ("hardship stops nothing", {"holds": (hold("hardship", "2025-01-01"),)}, "2034-06-03"),
        ("identity theft stops nothing", {"holds": (hold("identity_theft", "2025-01-01"),)}, "2034-06-03"),
    ],
)  # fmt: skip
def test_what_stops_the_clock(what: str, changes: dict, day: str) -> None:  # type: ignore[type-arg]
    assert expires(**changes) == day, what


def test_days_that_overlap_count_once() -> None:
    both = (hold("innocent_spouse", "2025-01-01", "2025-03-01"), hold("offer", "2025-02-01", "2025-03-15"))
    assert expires(holds=both) == "2034-09-30"  # 1 January to 30 April: 119 days
    inside = (hold("offer", "2025-01-01", "2025-06-01"), hold("abroad", "2025-01-01", "2025-02-01"))
    assert expires(holds=inside) == expires(holds=inside[:1])
    pending = plan(requested="2025-01-10", accepted="2025-02-10")
    assert expires(holds=(hold("offer", "2025-01-01", "2025-06-01"),), agreements=(pending,)) == expires(
        holds=inside[:1]
    )


def test_a_hearing_and_the_days_to_go_to_court() -> None:
    # 26 USC 6330(e)(1): 60 days until the determination, 30 until it is final; and never less than 90 days left.
    heard = module(hearings=(Hearing(kind="levy", requested=D("2026-01-05"), determined=D("2026-03-06")),))
    assert expires(of=heard) == "2034-09-01"
    open_ = module(hearings=(Hearing(kind="levy", requested=D("2026-11-12")),))
    assert expires(of=open_) == "2034-06-13"  # ten days so far
    late = module(notices=(letter("LT11", "2025-01-06"),), hearings=heard.hearings)
    assert expires(of=late) == "2034-06-03"
    near = module(
        assessments=(tax("10000.00", "2016-03-07"),), hearings=(Hearing(kind="levy", requested=D("2026-03-01"), determined=D("2026-03-06")),)
    )  # fmt: skip
    assert expires("2026-04-20", of=near) == "2026-07-04"  # final on 5 April, 90 days on


def test_six_months_are_left_after_coming_home() -> None:
    # 26 USC 6503(c)
    old = module(assessments=(tax("10000.00", "2016-03-07"),))
    away = (hold("abroad", "2015-01-01", "2016-01-02"),)
    assert expires("2026-01-05", of=old, holds=away) == "2026-03-07"
    back = (hold("abroad", "2025-08-01", "2026-02-05"),)
    assert (
        expires("2026-03-01", of=old, holds=back) == "2026-09-11"
    )  # 188 days away; more than six months from home


def test_each_assessment_has_its_own_time() -> None:
    two = module(assessments=(tax("1000.00"), tax("500.00", "2025-09-08", "additional_tax")))
    seen = view(case(two), ON)["modules"][0]
    assert [s["expires"] for s in seen["statutes"]] == ["2034-06-03", "2035-09-08"]
    assert seen["collection_statute_expires"] == "2034-06-03"


def test_an_event_before_the_assessment_stops_nothing() -> None:
    assert expires(holds=(hold("offer", "2023-01-01", "2023-06-01"),)) == "2034-06-03"


def test_a_spouses_request_reaches_the_joint_period_alone() -> None:
    # 26 USC 6015(e)(1)(B), (2)
    joint, own = module(joint=True), module(period="2022")
    asked = case(joint, own, holds=(hold("innocent_spouse", "2026-01-01", "2026-03-02"),))
    found = view(asked, ON)["modules"]
    assert [m["collection_statute_expires"] for m in found] == ["2034-10-01", "2034-06-03"]
    pending = view(case(joint, own, holds=(hold("innocent_spouse", "2026-01-01"),)), ON)["levy"]["by_period"]
    assert ["innocent_spouse_pending" in p["blocked_by"] for p in pending] == [True, False]
