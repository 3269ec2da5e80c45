"""Every intake as one of the desk's small forms."""

from __future__ import annotations

from functools import partial

from desk.forms import Form, register
from desk.intakes import done, engine
from desk.intakes.model import Intake
from desk.intakes.topics import INTAKES


def _form(intake: Intake) -> Form:
    return Form(
        topic=intake.topic,
        step=partial(engine.step, intake=intake),
        ask=lambda here, at: engine.ask(here, intake, at),
        take=lambda here, at: None,
        submit=partial(done.submit, intake=intake),
        cancelled="utter_intake_cancelled",
        hears=partial(engine.hear, intake=intake),
        anyone=intake.anyone,
    )


for _one in INTAKES.values():
    register(_form(_one))
