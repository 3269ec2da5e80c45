"""What people write with numbers in it: lines where something must be hidden and lines where nothing may be.

`learned` and `held_out` lines were looked at when the masking was changed; `unseen` ones come from frames that were
written after it and are only counted.
"""

from __future__ import annotations

import random
from collections.abc import Callable

ONES = "zero one two three four five six seven eight nine".split()
UNOS = "cero uno dos tres cuatro cinco seis siete ocho nueve".split()
Writing = Callable[[str, random.Random], str]


def grouped(gap: str) -> Writing:
    return lambda n, _: f"{n[:3]}{gap}{n[3:5]}{gap}{n[5:]}"


def spoken(words: list[str], gap: str = " ") -> Writing:
    return lambda n, _: gap.join(words[int(one)] for one in n)


def fullwidth(n: str, _: random.Random) -> str:
    return "".join(chr(0xFF10 + int(one)) for one in n)


def broken_up(n: str, chance: random.Random) -> str:
    return "".join(one + chance.choice(["", "\u200b", "\u200d", "\u2060"]) for one in n)


def in_halves(n: str, _: random.Random) -> str:
    return f"{spoken(ONES)(n[:3], _)}, {spoken(ONES)(n[3:5], _)}, {spoken(ONES)(n[5:], _)}"


def with_oh(n: str, _: random.Random) -> str:
    return " ".join("oh" if one == "0" else ONES[int(one)] for one in n)


def ein(n: str, _: random.Random) -> str:
    return f"{n[:2]}-{n[2:]}"


def card(n: str, chance: random.Random) -> str:
    digits = [int(one) for one in "4" + n + str(chance.randrange(10**5)).zfill(5)]
    total = sum(d if at % 2 else (d * 2 - 9 if d > 4 else d * 2) for at, d in enumerate(digits))
    whole = "".join(map(str, digits)) + str(-total % 10)
    return chance.choice(
        [
            whole,
            " ".join(whole[at : at + 4] for at in range(0, 16, 4)),
            whole[:4] + "-" + whole[4:8] + "-" + whole[8:12] + "-" + whole[12:],
        ]
    )


WRITINGS: dict[str, list[Writing]] = {
    "learned": [
        grouped("-"), grouped(" "), grouped(""), grouped("."), spoken(ONES), spoken(UNOS), fullwidth, broken_up, ein, card,
        with_oh, grouped("/"),
    ],
    "held_out": [
        grouped(" - "), grouped("–"), grouped("_"), grouped(""), grouped("-"), spoken(ONES, ", "), spoken(UNOS, " "), in_halves,
        lambda n, c: broken_up(f"{n[:3]}-{n[3:5]}-{n[5:]}", c), lambda n, _: " ".join(n), lambda n, _: "-".join(n), ein, card,
        lambda n, _: f"({n[:3]}) {n[3:5]}-{n[5:]}", lambda n, _: f"{n[:3]} {n[3:5]} {n[5:]}",
    ],
}  # fmt: skip
FRAMES = {
    "learned": (
        "my social is {}", "SSN {}", "{}", "it's {} thanks", "mi seguro social es {}", "here you go: {}", "{} and I owe $1,250.00",
        "I got a CP504 dated 11/09/2026, number {}", "ITIN {} please check", "our EIN is {}", "soy {}", "the number you want is {} ok",
    ),
    "held_out": (
        "ok so {} thats me", "look me up under {} pls", "tax id: {}", "hi its Maria, social {}, about the levy on my wages",
        "puede buscar {} por favor", "el número es {} y vivo en Austin", "last year you had me as {}", "charge it to {}",
        "{} is my wifes", "I already told the other guy {} three times", "numero de seguro {}", "ssn={}",
        "letter LT11, {} and my zip is 78701", "was {} changed?", "send the transcript for {} please",
    ),
}  # fmt: skip
FRAMES["unseen"] = (
    "Good morning, {} is the one on my W-2",
    "mine: {}",
    "do you have {} on file?",
    "sorry typo, {}",
    "yes {}, same as always",
    "busque mi caso con {}",
    "{} - Maria, owing since 2021",
    "is {} right or did I mix it up",
    "the old EIN was {}",
    "card {} exp 04/28",
    "dije {} pero me equivoqué",
    "my dad's was {} he passed away",
    "under {}, balance was $8,868.94",
    "please fix: {}",
)
WRITINGS["unseen"] = [*WRITINGS["learned"], *WRITINGS["held_out"]]
BIRTHDAYS = {
    "learned": ("born {m}/{d}/{y}", "dob {y}-{m:02d}-{d:02d}", "nací el {d} de marzo de {y}", "my birthday is {m}-{d}-{y}"),
    "held_out": ("I was born on March {d}, {y}", "DOB: {m:02d}{d:02d}{y}", "fecha de nacimiento {d} de junio de {y}", "{m:02d}/{d:02d}/{y} is when I was born"),
}  # fmt: skip
BIRTHDAYS["unseen"] = (
    "birthdate {m}/{d}/{y} here",
    "nacimiento: {d}/{m}/{y}",
    "{d} May {y} is me",
    "b-day August {d}, {y}",
)
PLAIN = {
    "learned": (
        "I owe ${a:,}.{c:02d}", "the CP{n} says ${a:,}", "dated {m}/{d}/2026", "call me at 512-555-{p:04d}", "zip {z}", "zip {z}-{p:04d}",
        "tax year {y} and {y2}", "I can pay {k} a month on the {d}th", "form 1040 for {y}", "letter LT{n} of 2026-{m:02d}-{d:02d}",
        "debo {a:,} dólares", "me llegó una carta del {d} de noviembre de 2026", "{k} dollars every two weeks", "case from {y}, {k} pages",
        "+1 512 555 {p:04d}", "I make {a} a year", "about {h} hundred a month", "I have {d} days left", "notice CP{n}A page {d} of {k}",
    ),
    "held_out": (
        "they took ${k}.{c:02d} from my paycheck on {m}/{d}", "balance {a}.{c:02d} for {y}, {y2} too", "reach me on (737) 555-{p:04d} after {h}",
        "you sent a 668-W and a CP90 in {y}", "plan of {k} starting 12/{d:02d}/2026", "my rent is {k}, car {h}50, food {h}00", "Form 433-F, 9465 or 12153?",
        "received letter 3172 on {d} Oct 2026", "2020 2021 and 2022 are not filed", "I paid {k}.00 with check number {p}", "78{h}0{h}, Texas",
        "el aviso dice {a:,}.{c:02d} y yo gano {k} al mes", "penalty of {h}.5 percent since {y}", "two thousand {h} hundred dollars", "it is suite {p}, {z}",
        "my hearing was 0{h}/{d:02d}/2025 at 10:30", "twenty twenty three", "one hundred fifty a month", "fax 1-855-555-{p:04d}", "we are {h} people at home, {k} in savings",
        "I called {h} times, waited {k} minutes", "between ${a:,} and ${a2:,}", "{d} de enero de 2027, antes de las {h}",
    ),
}  # fmt: skip


PLAIN["unseen"] = (
    "took {k} of my {a} refund",
    "CP{n} and CP2000 came on {m}/{d}/25",
    "apartment {h}{h}, {z} Houston",
    "call before {h}, 210-555-{p:04d} ext {k}",
    "I sent {k}.{c:02d} on the {d}th and {k}.{c:02d} on the {m}th",
    "owe for {y}, {y2}, about {a}",
    "letter number {n} page {h} of {d}",
    "the lien is {a:,}.{c:02d} plus {k}",
    "from {m}/{d}/2026 to 12/31/2026",
    "me quitaron {k} dólares cada {h} semanas",
    "reference page {p}",
    "three kids, two jobs, {k} left",
    "form 12153 sent {m}-{d}-2026",
    "1099 for {y} says {a}",
    "twenty five hundred by the fifteenth",
    "I turn {h}{h} in {y}",
)


def private_lines(kind: str, count: int, seed: int) -> list[tuple[str, str]]:
    """(a line, the digits that must not survive)."""
    chance, found = random.Random(f"{kind}{seed}"), []
    for at in range(count):
        if at % 10 == 9:
            year = chance.randint(1935, 2004)
            frame = chance.choice(BIRTHDAYS[kind])
            found.append((frame.format(m=chance.randint(1, 12), d=chance.randint(1, 28), y=year), str(year)))
            continue
        number = (
            f"9{chance.randrange(10**8):08d}"
            if chance.random() < 0.7
            else f"{chance.randint(1, 665):03d}{chance.randint(1, 99):02d}{chance.randint(1, 9999):04d}"
        )
        writing, frame = chance.choice(WRITINGS[kind]), chance.choice(FRAMES[kind])
        found.append((frame.format(writing(number, chance)), number))
    return found


def plain_lines(kind: str, count: int, seed: int) -> list[str]:
    """Lines in which nothing is private."""
    chance = random.Random(f"plain{kind}{seed}")
    return [chance.choice(PLAIN[kind]).format(**figures(chance)) for _ in range(count)]


def figures(chance: random.Random) -> dict[str, int]:
    return {
        "a": chance.randint(1000, 250_000), "a2": chance.randint(1000, 99_000), "c": chance.randrange(100), "n": chance.choice([14, 501, 503, 504, 11, 90]),
        "m": chance.randint(1, 12), "d": chance.randint(1, 28), "p": chance.randrange(10_000), "z": chance.randint(10_001, 99_950),
        "y": chance.randint(2010, 2025), "y2": chance.randint(2010, 2025), "k": chance.randint(25, 999), "h": chance.randint(2, 9),
    }  # fmt: skip
