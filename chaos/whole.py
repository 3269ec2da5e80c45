"""M2 and M5 on the line with its trained bot: the actions broken in every way, or one of them asleep."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from chaos.degraded import BOT_FAULTS, share
from chaos.goals import Result, goal, slack
from chaos.real import Person, RealLine, real_line, words

ASKS = (
    "what is a lien",
    "can i pay over time",
    "I got a CP504",
    "what happens if i do nothing",
    "how do i stop a levy",
)


@goal(
    "M2",
    "actions blackholed, slow, dead, torn, `[]`, HTML, 500: 0 empty answers; a reply or a place in line within 10 s",
    guard="look-at-answers",
    short={"asks": 2, "ways": "blackhole empty html cut"},
    long={"asks": 10, "ways": " ".join(BOT_FAULTS)},
    whole=True,
)
def broken_actions(asks: int, ways: str, without: str = "", seed: int = 0) -> Result:
    """Each kind of fault, some people each; each asks something, goes on, and then asks for a person."""
    line = real_line(without)
    bad, took, people, truly, back = list[str](), list[float](), 0, 0, list[float]()
    for way in ways.split():
        line.proxy.turn(way, seconds=30 if way == "latency" else 0.5)
        with ThreadPoolExecutor(4) as pool:
            for trouble, seconds, real in pool.map(
                lambda at: _asked(line.url, ASKS[at % len(ASKS)]), range(asks)
            ):
                people += 1
                took.append(seconds)
                truly += real
                bad += [f"{way}: {trouble}"] if trouble else []
        line.proxy.turn("pass")
        back.append(_until_back(line, 40))
    good = not bad and max(took) <= 10 and max(back) <= 30
    return Result(
        good,
        f"{people} people under {len(ways.split())} faults, {truly} met the fault: {len(bad)} without a reply and a place in line, "
        f"p95 {share(took, 0.95):.1f} s, longest {max(took):.1f} s; back at most {max(back):.1f} s after",
        bad[:5],
    )


def _asked(url: str, asks: str) -> tuple[str, float, bool]:
    """What was wrong ("" when nothing was), the longest wait in seconds, and whether the fault was met at all."""
    person, trouble, longest, met = Person(url), "", 0.0, False
    for text in (asks, "and what does that cost"):
        said = person.says(text)
        longest = max(longest, person.took)
        if said["status"] != 200 or not words(said):
            trouble = f"nothing said to {text!r} ({said['status']})"
        met = met or "cannot read messages well" in words(said)
    then = person.says("a person please")
    if then.get("state") != "queue" or not words(then):
        trouble = trouble or f"no place in line, but {then.get('state')}"
    return trouble, max(longest, person.took), met


def _until_back(line: RealLine, seconds: float) -> float:
    """Seconds until the actions answer through the bot again."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if "lien" in words(Person(line.url).says(ASKS[0])).lower():
            break
        time.sleep(0.25)
    return time.monotonic() - start


@goal(
    "M5",
    "one action asleep for 60 s: 20 other conversations p95 < 2 s",
    guard="own-lock",
    short={"people": 20, "turns": 1},
    long={"people": 20, "turns": 10},
    whole=True,
)
def one_asleep(people: int, turns: int, without: str = "", seed: int = 0) -> Result:
    """The wire holds every question of one conversation for a minute; twenty others go on talking."""
    line = real_line(without)
    sleeper, others = Person(line.url), [Person(line.url) for _ in range(people)]
    others[0].says(ASKS[0])
    line.proxy.turn("latency", seconds=60, only=sleeper.conversation.encode())
    took: list[float] = []
    silent = 0

    def talks(at: int) -> None:
        nonlocal silent
        for turn in range(turns):
            time.sleep(0.2 * (at % 5))
            said = others[at].says(ASKS[(at + turn) % len(ASKS)])
            took.append(others[at].took)
            silent += said["status"] != 200 or not words(said) or "cannot read" in words(said)

    with ThreadPoolExecutor(8) as pool:
        asleep = pool.submit(sleeper.says, ASKS[1])
        time.sleep(0.5)
        list(pool.map(talks, range(people)))
        held = asleep.result()
    line.proxy.turn("pass")
    p95 = share(took, 0.95)
    good = p95 < 2 * slack() and silent == 0 and held["status"] == 200 and bool(words(held))
    return Result(
        good,
        f"{people} others, {len(took)} turns: p95 {p95:.2f} s, longest {max(took):.2f} s, {silent} not answered; "
        f"the one itself heard true words after {sleeper.took:.1f} s",
    )
