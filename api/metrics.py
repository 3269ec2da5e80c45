"""Counters for /metrics: how many, how long, never who or what."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
TURNS = Counter("acs_turns_total", "Turns put to the bot", ["channel", "result"], registry=REGISTRY)
FORGED = Counter("acs_forged_total", "Posts to Twilio's doors that Twilio did not sign", registry=REGISTRY)
PROOFS = Counter("acs_identity_total", "Attempts to prove identity", ["result"], registry=REGISTRY)
SENT = Counter("acs_outbox_total", "What went out to Twilio", ["kind", "result"], registry=REGISTRY)
SECONDS = Histogram("acs_request_seconds", "Time to answer, by door", ["door"], registry=REGISTRY)
