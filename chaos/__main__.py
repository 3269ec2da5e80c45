"""python -m chaos [D1 M3 ...] [--long] [--kills 1000] [--without GUARD]: measures goals and prints a table."""

from __future__ import annotations

import argparse
import os
import sys
import time
import traceback
from typing import Any

from rich.console import Console
from rich.table import Table

from chaos import report
from chaos.bot_guards import GUARDS as BOT_GUARDS
from chaos.goals import Goal, Result, all_goals
from chaos.guards import GUARDS

screen = Console(soft_wrap=True)


def options() -> argparse.ArgumentParser:
    """The command line; `make chaos` fills it from WHAT, KILLS, SCALE, SEED and WITHOUT."""
    parser = argparse.ArgumentParser("chaos", description=__doc__)
    parser.add_argument("what", nargs="*", help="goals (default: all)")
    parser.add_argument("--long", action="store_true", help="the long run instead of the short slice")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--scale", default="", help="name=value, comma separated, for the goal's own numbers")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--without",
        default="",
        choices=["", *sorted({**GUARDS, **BOT_GUARDS})],
        help="take a guard out first",
    )
    parser.add_argument("--write", action="store_true", help="put the figures into docs/reliability.md")
    return parser


def main() -> int:
    """0 when every bar was met."""
    args = options().parse_args()
    goals = all_goals()
    wanted = [one.upper() for word in args.what for one in word.split(",")] or list(goals)
    if unknown := [one for one in wanted if one not in goals]:
        screen.print(f"[red]No such goal: {', '.join(unknown)}. There are: {', '.join(goals)}[/red]")
        return 2
    found: list[tuple[Goal, Result, str]] = []
    for name in wanted:
        one = goals[name]
        scale = _scale(one, args)
        screen.print(f"[bold]{name}[/bold]  {one.bar}  {scale}")
        begun, load = time.monotonic(), os.getloadavg()[0]
        result = _run(one, scale)
        busy = "alone on the machine" if os.environ.get("ALONE") else f"load {load:.1f}"
        where = f"{time.monotonic() - begun:.0f} s, {busy}"
        screen.print(f"   {'met' if result.good else '[red]NOT MET[/red]'}: {result.figure}  ({where})")
        for detail in result.details:
            screen.print(f"      {detail}", markup=False)
        found.append((one, result, f"{_command(name, args)} ({where})"))
    _table(found)
    if args.write and not args.without:
        report.write(found)
    return 0 if all(result.good for _, result, _ in found) else 1


def _run(one: Goal, scale: dict[str, Any]) -> Result:
    try:
        return one.run(**scale)
    except Exception as trouble:
        return Result(False, f"{type(trouble).__name__}: {trouble}", traceback.format_exc().splitlines()[-6:])


def _scale(one: Goal, args: argparse.Namespace) -> dict[str, Any]:
    scale = dict(one.long if args.long else one.short)
    if args.kills and "kills" in scale:
        scale["kills"] = args.kills
    for pair in filter(None, args.scale.split(",")):
        name, _, value = pair.partition("=")
        if name in scale:
            scale[name] = type(scale[name])(value)
    if args.seed:
        scale["seed"] = args.seed
    if args.without:
        scale["without"] = args.without
    return scale


def _command(name: str, args: argparse.Namespace) -> str:
    more = [f"{key}={value}" for key, value in (("KILLS", args.kills), ("SCALE", args.scale)) if value]
    if args.long:
        more.append("LONG=1")
    return " ".join(["make chaos", f"WHAT={name}", *more])


def _table(found: list[tuple[Goal, Result, str]]) -> None:
    table = Table("goal", "bar", "figure", "met", "command")
    for one, result, command in found:
        table.add_row(one.name, one.bar, result.figure, "yes" if result.good else "NO", command)
    screen.print(table)


if __name__ == "__main__":
    sys.exit(main())
