"""S7 and S8: what proves who somebody is, is hidden whatever way it is written or said, and little else is."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desk.masking import HIDDEN, mask, plain
from tests.security.canary import Nose, number_forms
from tests.security.corpus import ONES, UNOS, WRITINGS, plain_lines, private_lines, spoken

Measured = Callable[..., None]
Scale = Callable[[int, int], int]


def survives(line: str, number: str) -> bool:
    """Whether what was private can still be read, or nothing was hidden at all."""
    masked = mask(line)
    left = re.sub(r"\D", "", masked.text)
    return HIDDEN not in masked.text or number in left or number[-6:] in left


def test_s8_nine_hundred_ninety_in_a_thousand_are_hidden_and_one_in_a_hundred_for_nothing(
    measured: Measured,
) -> None:
    figures = {}
    for kind in ("learned", "held_out", "unseen"):
        private, public = private_lines(kind, 500, 7), plain_lines(kind, 500, 7)
        missed = [line for line, number in private if survives(line, number)]
        wrong = [line for line in public if mask(line).hidden]
        figures[kind] = (1 - len(missed) / 500, len(wrong) / 500)
        assert len(missed) <= 5, missed[:10]
        assert len(wrong) <= 5, wrong[:10]
    recall, false = figures["unseen"]
    measured(
        "S8", "recall 99 % or more of 500, false hits 1 % or less of 500, held out",
        f"unseen frames: recall {recall:.1%}, false {false:.1%}; frames looked at: {figures['held_out'][0]:.1%} and {figures['held_out'][1]:.1%}; 500 lines each",
    )  # fmt: skip


def test_s7_no_number_rests_in_clear_whatever_way_it_came(
    lively: Any, caplog: Any, scale: Scale, measured: Measured
) -> None:
    line, chance, turns = lively, random.Random(3), scale(60, 2_000)
    numbers = [f"9{chance.randrange(10**8):08d}" for _ in range(min(turns, 500))]
    ways = [*WRITINGS["learned"], *WRITINGS["held_out"]]
    forms: set[str] = set()
    chat, call = line.chat(), line.call()
    for at in range(turns):
        number = numbers[at % len(numbers)]
        written = ways[at % len(ways)](number, chance)
        forms |= number_forms(number) | {spoken(ONES)(number, chance), spoken(UNOS)(number, chance), written}
        match at % 4:
            case 0 | 1:
                chat = line.chat() if at % 40 == 0 else chat
                chat.post(f"my number is {written}")
            case 2:
                line.text(f"it is {written}", phone=f"+1512557{at % 10_000:04d}")
            case 3:
                call = call if call.url and "<Gather" in call.twiml else line.call()
                call.say(f"{written}")
        if at % 50 == 0:
            line.clock.forward(minutes=30)
    line.settled(60)
    nose, file = Nose(forms), Path(line.settings.database_url.removeprefix("sqlite:///"))
    heard = [plain(str(one.get("text") or "")) for one in line.bot.turns]
    assert heard
    places = {
        "database": nose.in_file(file),
        "write-ahead log": nose.in_file(file.with_name(file.name + "-wal")),
        "logs": nose.in_text(caplog.text),
        "metrics": nose.in_text(line.http.get("/metrics").text),
        "dialogue engine": [n for n in numbers for text in heard if n in re.sub(r"\D", "", text)]
        + nose.in_text("\n".join(heard)),
        "Twilio": nose.in_text("\n".join(line.phones.bodies())),
        "transcript": nose.in_text(chat.ask("GET", "messages").text),
    }
    assert {place: found for place, found in places.items() if found} == {}
    measured(
        "S7", "2,000 turns with 500 numbers in 12 ways: 0 in database, log, dialogue engine, logs, metrics, addresses",
        f"0 after {turns:,} turns with {len(numbers)} numbers in {len(ways)} ways on three channels; the same watch runs after every test of the doors and of the line",
    )  # fmt: skip
