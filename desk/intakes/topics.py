"""Every request that can be taken down here, by topic, and the needs that lead to it."""

from __future__ import annotations

from desk.intakes import appeals, collection, finances, living, people
from desk.intakes.model import Intake

INTAKES: dict[str, Intake] = {
    one.topic: one
    for one in (
        appeals.HEARING, appeals.APPEAL, living.HARDSHIP, living.FIRST_TIME, living.CAUSE, living.UNFILED, living.PAID,
        finances.FINANCES,
        collection.RELEASE, collection.LIEN, collection.TRANSFER, collection.RECALL, collection.ADVOCATE,
        people.SPOUSE, people.DISPUTE, people.REPRESENTATIVE, people.DECEASED, people.BANKRUPTCY, people.PAYROLL,
        people.MESSAGE,
    )
}  # fmt: skip
