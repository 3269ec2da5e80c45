"""Counters for /metrics: how many, how long, never who or what."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
TURNS = Counter("acs_turns_total", "Turns put to the bot", ["channel", "result"], registry=REGISTRY)
FORGED = Counter("acs_forged_total", "Posts to Twilio's doors that Twilio did not sign", registry=REGISTRY)
PROOFS = Counter("acs_identity_total", "Attempts to prove identity", ["result"], registry=REGISTRY)
SENT = Counter("acs_outbox_total", "What went out to Twilio", ["kind", "result"], registry=REGISTRY)
SECONDS = Histogram("acs_request_seconds", "Time to answer, by door", ["door"], registry=REGISTRY)
LONG_WAITS = Gauge(
    "acs_waits_near_a_day", "In line so long that Twilio soon drops the task", registry=REGISTRY
)
SECOND_EAR = Counter(
    "acs_second_ear_total", "Words the bot did not answer, by what was heard", ["result"], registry=REGISTRY
)
UNANSWERED = Counter("acs_unanswered_total", "Hand-offs that three agents did not answer", registry=REGISTRY)
SWEPT = Counter("acs_swept_total", "Texts found that had come in unheard", registry=REGISTRY)
DOOR_WAIT = Histogram("acs_door_seconds", "From the knock to the disk, for what came in", registry=REGISTRY)
INSIDE = Gauge("acs_turns_inside", "Chat messages being answered at this moment", registry=REGISTRY)
MOST_INSIDE = Gauge("acs_turns_inside_most", "How many may be; more are told to come back", registry=REGISTRY)
PEAK = Gauge(
    "acs_turns_inside_peak", "The most there were since the start; never above the cap", registry=REGISTRY
)
TURNED_AWAY = Counter("acs_turned_away_total", "Chat messages told to come back", registry=REGISTRY)
