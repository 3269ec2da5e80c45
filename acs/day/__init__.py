"""The collection system's day for one case: what is due is issued, filed, released, referred. Pure; no clock, no database."""

from acs.day.run import Looked, caught_up, look, run
from acs.day.work import BY, Event

__all__ = ["BY", "Event", "Looked", "caught_up", "look", "run"]
