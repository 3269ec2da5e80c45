"""A page of the line, filled in: the template, its words in the reader's language, and the values of the moment."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent
MONTHS_ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
DEFAULTS: Mapping[str, Any] = {
    "operator": "",
    "demo": False,
    "phone": "",
    "home": "/",
    "pages": (),
    "title": "",
    "next_step": "",
    "state": "form",
}


def page(name: str, language: str, **values: Any) -> str:
    """HTML of the template `name` ("chat.html") in `language` ("en" or "es", else English).

    Values not given take `DEFAULTS`; a template that needs another one (`record`) raises `jinja2.UndefinedError` without it.
    `timezone` (IANA name, default New York) is where times of the written record are told.
    """
    language = language if language in ("en", "es") else "en"
    zone = ZoneInfo(values.pop("timezone", "America/New_York"))
    values["phone_shown"] = shown(str(values.get("phone", "")))
    known = {
        **DEFAULTS,
        **values,
        "language": language,
        "t": words()[language],
        "moment": moments(language, zone),
    }
    return environment().get_template(name).render(known)


@cache
def words() -> dict[str, dict[str, Any]]:
    """All words of the pages: language -> key -> words."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "strings.yml").read_text("utf-8"))
    return loaded


@cache
def environment() -> Environment:
    """Templates with everything escaped, where a missing word is an error and not a hole in the page."""
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def shown(phone: str) -> str:
    """A phone number as it is written in the United States; anything else as it came."""
    found = re.fullmatch(r"(?:\+?1)?(\d{3})(\d{3})(\d{4})", phone)
    return f"{found[1]}-{found[2]}-{found[3]}" if found else phone


def moments(language: str, zone: ZoneInfo) -> Callable[[str], str]:
    """Tells an ISO time, or a day, as people do: "November 22, 2026, 2:05 PM EST"."""

    def moment(at: str) -> str:
        try:
            if len(at) == 10:
                return day(date.fromisoformat(at), language)
            then = datetime.fromisoformat(at).astimezone(zone)
        except (TypeError, ValueError):
            return str(at or "")
        half = ("a. m.", "p. m.") if language == "es" else ("AM", "PM")
        hour = f"{then.hour % 12 or 12}:{then.minute:02d} {half[then.hour // 12]} {then.tzname()}"
        return f"{day(then, language)}, {hour}"

    return moment


def day(on: date, language: str) -> str:
    """As in "November 22, 2026" or "22 de noviembre de 2026"."""
    if language == "es":
        return f"{on.day} de {MONTHS_ES[on.month - 1]} de {on.year}"
    return f"{on:%B} {on.day}, {on.year}"
