"""With the bot dead, danger said in words no pattern knows is heard by what the bot was taught."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from api.metrics import REGISTRY
from api.second_ear import SecondEar
from desk import safety
from store.handoffs import HandoffStore

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "bot" / "models" / "acs-line.tar.gz"
UNHEARD = "i dont think ill be around by the time this gets resolved"


class ToldEar:
    """Hears danger in one sentence; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def hears_danger(self, text: str) -> bool:
        self.asked.append(text)
        return text == UNHEARD


def counted(result: str) -> float:
    return REGISTRY.get_sample_value("acs_second_ear_total", {"result": result}) or 0.0


@pytest.fixture
def dead(line: Any) -> Any:
    assert not safety.in_danger(UNHEARD), "a pattern hears it now: choose another sentence"
    line.bot.broken = "dead"
    line.line.ear = ToldEar()
    return line


def test_what_no_pattern_hears_still_gets_safe_words_and_the_urgent_queue(dead: Any) -> None:
    chat = dead.chat()
    answer = chat.post(UNHEARD).json()
    said = answer["messages"][0]["text"]
    assert said.startswith("<utter_distress ")
    assert "utter_distress_person" in said
    assert "utter_degraded" not in said
    assert not answer["messages"][0]["choices"]
    assert answer["state"] == "queue"
    with dead.db.read() as session:
        row = HandoffStore(session, dead.clock).of(chat.id)
    assert row is not None
    assert row.queue == "urgent"


def test_by_text_and_on_a_call_too(dead: Any) -> None:
    dead.text(UNHEARD)
    dead.settled()
    assert "utter_distress " in dead.phones.bodies()[0]
    call = dead.call()
    assert "utter_distress " in call.say(UNHEARD)
    assert call.verb("Enqueue")


def test_everybody_else_hears_the_true_words_and_the_offer(dead: Any) -> None:
    answer = dead.chat().post("how much do i owe for 2021").json()
    assert "utter_degraded" in answer["messages"][0]["text"]
    assert answer["state"] == "bot"


def test_a_living_bot_answers_alone(line: Any) -> None:
    line.line.ear = ear = ToldEar()
    line.chat().post("how much do i owe for 2021")
    assert ear.asked == []


def test_shut_it_says_nothing_and_is_counted() -> None:
    before = counted("shut")
    assert asyncio.run(SecondEar().hears_danger(UNHEARD)) is False
    assert counted("shut") == before + 1


def test_late_or_broken_it_holds_nobody_up() -> None:
    late, broken = counted("late"), counted("broken")
    done = threading.Event()
    ear = SecondEar(within=0.05)
    ear._danger = lambda text: done.wait(5)
    started = time.monotonic()

    async def ask() -> bool:
        heard = await ear.hears_danger(UNHEARD)
        done.set()
        return heard

    assert asyncio.run(ask()) is False
    assert time.monotonic() - started < 1

    def breaks(text: str) -> bool:
        raise RuntimeError(text)

    ear._danger = breaks
    assert asyncio.run(ear.hears_danger(UNHEARD)) is False
    assert (counted("late"), counted("broken")) == (late + 1, broken + 1)


def test_without_a_model_it_stays_shut_and_the_line_works_on(tmp_path: Path, caplog: Any) -> None:
    ear = SecondEar()
    ear.open(tmp_path / "no-model.tar.gz").join(20)
    assert asyncio.run(ear.hears_danger(UNHEARD)) is False
    assert "word patterns alone" in caplog.text


@pytest.mark.skipif(not MODEL.exists(), reason="the bot is not trained yet")
def test_what_the_bot_was_taught_is_heard_here_without_rasa() -> None:
    program = (
        "import sys; sys.modules.update(dict.fromkeys(['rasa', 'tensorflow', 'sklearn', 'scipy']))\n"
        "from pathlib import Path\n"
        "from api.second_ear import understanding\n"
        f"hears = understanding(Path({str(MODEL)!r}))\n"
        f"print(hears({UNHEARD!r}), hears('how much do i owe for 2021'))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert ran.stdout.split() == ["True", "False"], ran.stderr[-600:]
