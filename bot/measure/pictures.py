"""Three small pictures, drawn as SVG by hand: chances against truth, strangers kept out, clean against damaged."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List, Tuple

SIZE, EDGE = 260, 34
INK, SOFT, BLUE, RED = "#1b1b1b", "#c9c9c9", "#005ea2", "#b50909"


def spot(x: float, y: float) -> Tuple[float, float]:
    """Shares (0 to 1) to places on the picture."""
    inner = SIZE - 2 * EDGE
    return EDGE + x * inner, SIZE - EDGE - y * inner


def text(x: float, y: float, words: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}" font-size="11" fill="{INK}">{words}</text>'


def line(points: List[Tuple[float, float]], colour: str, dashes: str = "") -> str:
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in (spot(*one) for one in points))
    return f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'


def frame(title: str, across: str, up: str, body: List[str]) -> str:
    (left, bottom), (right, high) = spot(0, 0), spot(1, 1)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}" '
            f'font-family="sans-serif" role="img" aria-label="{title}">',
            f'<rect width="{SIZE}" height="{SIZE}" fill="white"/>',
            f'<path d="M{left} {high}V{bottom}H{right}" fill="none" stroke="{INK}"/>',
            *(text(left - 4, spot(0, v)[1] + 4, f"{v:g}", "end") for v in (0, 0.5, 1)),
            *(text(spot(v, 0)[0], bottom + 13, f"{v:g}") for v in (0, 0.5, 1)),
            text(SIZE / 2, 16, title),
            text(SIZE / 2, SIZE - 6, across),
            f'<text transform="translate(10 {SIZE / 2}) rotate(-90)" text-anchor="middle" font-size="11">{up}</text>',
            *body,
            "</svg>\n",
        ]
    )


def chances(told: Dict[str, Any]) -> str:
    points = [(said, true) for said, true, _ in told["calibration"]]
    dots = [
        f'<circle cx="{spot(s, t)[0]:.1f}" cy="{spot(s, t)[1]:.1f}" r="{min(9, 2 + n**0.5 / 4):.1f}" fill="{BLUE}"/>'
        for s, t, n in told["calibration"]
    ]
    body = [line([(0, 0), (1, 1)], SOFT, "4 4"), line(points, BLUE), *dots]
    return frame("Stated chance and truth", "stated", "right", body)


def kept_out(told: Dict[str, Any]) -> str:
    body = []
    for name, colour in (("en", BLUE), ("es", RED)):
        curve = told["strangers"].get(name, {}).get("curve", [])
        if curve:
            body.append(line([((kept - 0.7) / 0.3, found) for kept, found in curve], colour))
            body.append(text(spot(0.12, 0.1)[0], spot(0, 0.1 if name == "en" else 0.03)[1], name, "start"))
            body.append(
                line([(0.02, 0.12 if name == "en" else 0.05), (0.1, 0.12 if name == "en" else 0.05)], colour)
            )
    return frame("Strangers recognised", "0 = 70 %, 1 = 100 % of ours kept", "strangers found", body)


def damaged(told: Dict[str, Any]) -> str:
    body = []
    for at, name in enumerate(("en", "es")):
        for step, (kind, colour) in enumerate((("groups", BLUE), ("noise", RED))):
            value = told[kind].get(name, {}).get("top1")
            if value is None:
                continue
            (x, y), (_, floor) = spot(0.1 + 0.5 * at + 0.17 * step, value), spot(0, 0)
            body.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="28" height="{floor - y:.1f}" fill="{colour}"/>'
            )
            body.append(text(x + 14, y - 3, f"{value:.2f}"))
        body.append(text(spot(0.25 + 0.5 * at, 0.06)[0], spot(0, 0.06)[1], name))
    return frame("Clean (blue) and damaged (red)", "", "first guess right", body)


def draw(folder: Path, hand: str, told: Dict[str, Any]) -> Dict[str, Path]:
    """The pictures' titles and files."""
    made = {}
    for name, words in (("chances", chances), ("strangers", kept_out), ("noise", damaged)):
        made[name] = folder / f"understanding-{hand}-{name}.svg"
        made[name].write_text(words(told), encoding="utf-8")
    return made
