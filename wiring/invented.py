"""Invented people and firms. Nobody in here exists: taxpayer numbers begin with 9, phones are 555-01xx."""

from __future__ import annotations

import datetime
import math
import random
from decimal import Decimal
from typing import Any

from acs.case import Address, Case, Consents, Name

FIRST = "Ana Ben Carla Dev Elena Frank Grace Hugo Iris Jorge Kim Luis Maya Noah Olga Pedro Quinn Rosa Sam Tina Uma Victor Wes Ximena Yusuf Zoe".split()
LAST = "Abbott Barrera Castillo Dorsey Eklund Farrow Garza Holm Ibarra Jansen Kaplan Lozano Mercer Nakata Ochoa Pruitt Quiroga Rendon Salas Tate Ueda Vidal Whitlow Xiong Yates Zamora".split()
TRADES = "Roofing Cleaning Catering Landscaping Trucking Plumbing Printing Framing Tutoring Salon".split()
STREETS = "Elm Oak Birch Cedar Willow Maple Aspen Juniper Laurel Spruce".split()
PLACES = [("Austin", "TX", "78701", "512"), ("Columbus", "OH", "43215", "614"), ("Fresno", "CA", "93721", "559"),
          ("Tampa", "FL", "33602", "813"), ("Newark", "NJ", "07102", "973"), ("Tucson", "AZ", "85704", "520"),
          ("Omaha", "NE", "68102", "402"), ("Yakima", "WA", "98901", "509")]  # fmt: skip
FIRMS = 0.14


def key(number: int, seed: int) -> str:
    """The id of a generated case."""
    return f"G-{seed}-{number:07d}"


class Person:
    """Makes whoever owes, from a source of chance of its own: the same number and seed, the same person."""

    def __init__(self, number: int, seed: int) -> None:
        self.number, self.seed = number, seed
        self.chance = random.Random(f"{seed}/{number}")
        self.business = self.chance.random() < FIRMS

    def pick(self, shares: dict[str, float]) -> Any:
        return self.chance.choices(list(shares), weights=list(shares.values()))[0]

    def who(self) -> Case:
        return self.firm() if self.business else self.person()

    def person(self) -> Case:
        c = self.chance
        first, last = c.choice(FIRST), c.choice(LAST)
        status = self.pick(
            {
                "single": 52,
                "married_separate": 8,
                "head_of_household": 20,
                "surviving_spouse": 2,
                "married_joint": 18,
            }
        )
        return Case(
            kind="individual", name=Name(first=first, last=last), household_size=c.choice((1, 1, 1, 2, 2, 3, 4, 5)),
            date_of_birth=datetime.date(c.randint(1945, 2002), c.randint(1, 12), c.randint(1, 28)),
            filing_status=status, agi=Decimal(int(c.lognormvariate(math.log(46_000), 0.7))), **self._common(),
        )  # fmt: skip

    def firm(self) -> Case:
        c = self.chance
        name = f"{c.choice(LAST)} {c.choice(TRADES)} LLC"
        payroll = c.random() < 0.7
        return Case(
            kind="business", name=Name(business=name), operating=c.random() < 0.8, trust_fund=payroll, **self._common()
        )  # fmt: skip

    def _common(self) -> dict[str, Any]:
        c, n = self.chance, self.number
        city, state, code, area = c.choice(PLACES)
        serial = (n * 7919 + self.seed) % 100_000_000
        return {
            "id": key(n, self.seed), "tin": f"9{serial // 1_000_000:02d}-{serial // 10_000 % 100:02d}-{serial % 10_000:04d}",
            "modules": (), "address": Address(street=f"{c.randint(1, 999)} {c.choice(STREETS)} St", city=city, state=state, zip=code),
            "phone": f"+1{area}55501{c.randint(0, 99):02d}", "language": "es" if c.random() < 0.13 else "en",
            "caller_id": f"{c.randint(1_000_000, 9_999_999)}", "consents": Consents(sms=c.random() < 0.6, calls=c.random() < 0.6),
        }  # fmt: skip
