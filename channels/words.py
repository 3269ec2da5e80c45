"""What the line says is a key of domain.yml and some facts; here they become one sentence, strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from channels import ear, eye
from channels.errors import WordsError
from channels.speakable import speakable

LANGUAGES = ("en", "es")
CHANNELS = ("web", "sms", "voice")
PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
DEEPEST = 4


@dataclass(frozen=True)
class Variation:
    """One way of saying a key: for one language, for one channel or (None) for all of them."""

    language: str
    channel: str | None
    text: str


class Words:
    """The responses of one domain.yml. Load once, then `render` from any thread."""

    def __init__(self, responses: Mapping[str, list[Mapping[str, Any]]]) -> None:
        self._variations = {
            key: [_variation(key, entry) for entry in entries or []] for key, entries in responses.items()
        }

    @classmethod
    def load(cls, path: Path | str) -> Words:
        """Reads `responses:` of domain.yml (or any file of that form); WordsError when there are none."""
        with open(path, encoding="utf-8") as file:
            content = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
        if not content.get("responses"):
            raise WordsError(f"{Path(path).name} has no responses.", key="responses")
        return cls(content["responses"])

    def keys(self) -> frozenset[str]:
        """Every key that has words."""
        return frozenset(self._variations)

    def template(self, words: str, *, language: str, channel: str) -> str:
        """The text before its facts are filled in: this language only, this channel's own text first."""
        if language not in LANGUAGES or channel not in CHANNELS:
            raise WordsError(f"There is no language '{language}' or channel '{channel}'.", key=words)
        mine = [v for v in self._variations.get(words, ()) if v.language == language]
        for wanted in (channel, None):
            for variation in mine:
                if variation.channel == wanted:
                    return variation.text
        raise WordsError(f"'{words}' has no words for {language}/{channel} in domain.yml.", key=words)

    def placeholders(self, words: str) -> frozenset[str]:
        """The names of all facts any variation of this key uses."""
        if words not in self._variations:
            raise WordsError(f"'{words}' has no words in domain.yml.", key=words)
        return frozenset(name for v in self._variations[words] for name in PLACEHOLDER.findall(v.text))

    def render(self, words: str, facts: Mapping[str, Any], *, language: str, channel: str) -> str:
        """The finished text. WordsError names the response or the fact that is missing or ill-formed."""
        text = self._fill(words, facts, language, channel, DEEPEST)
        return speakable(text, language) if channel == "voice" else text

    def label(self, choice: str, *, language: str, channel: str) -> str:
        """The words of one choice (key `choice_<id>`)."""
        return self.render(f"choice_{choice}", {}, language=language, channel=channel)

    def labels(self, choices: Iterable[str], *, language: str, channel: str) -> list[dict[str, str]]:
        """Choices as the chat shows them: [{"id", "label"}]."""
        return [{"id": c, "label": self.label(c, language=language, channel=channel)} for c in choices]

    def _fill(self, words: str, facts: Mapping[str, Any], language: str, channel: str, depth: int) -> str:
        if not depth:
            raise WordsError(f"'{words}' goes round in circles.", key=words)

        def fact(found: re.Match[str]) -> str:
            name = found[1]
            if name not in facts:
                raise WordsError(f"'{words}' needs the fact '{name}'.", key=name)
            try:
                return self._fact(facts[name], facts, language, channel, depth)
            except (ValueError, KeyError, TypeError) as reason:
                raise WordsError(
                    f"The fact '{name}' of '{words}' is not usable: {reason}.", key=name
                ) from None

        return PLACEHOLDER.sub(fact, self.template(words, language=language, channel=channel)).strip()

    def _fact(self, fact: Any, facts: Mapping[str, Any], language: str, channel: str, depth: int) -> str:
        kind, value = (fact["kind"], fact["value"]) if isinstance(fact, Mapping) else ("text", fact)
        if kind == "words":
            return self._fill(str(value), facts, language, channel, depth - 1)
        if kind == "list":
            parts = [self._fact(one, facts, language, channel, depth) for one in value]
            return eye.joined(parts, language)
        if kind == "text":
            return _text(value, language)
        return _for_ear(kind, value, language) if channel == "voice" else _for_eye(kind, value, language)


def _for_eye(kind: str, value: Any, language: str) -> str:
    match kind:
        case "money":
            return eye.money(value)
        case "date":
            return eye.day(value, language)
        case "number":
            return eye.number(value)
        case "phone":
            return eye.phone(value)
        case "notice" | "form" | "year":
            return _text(value, language)
    raise ValueError(f"there is no kind of fact '{kind}'")


def _for_ear(kind: str, value: Any, language: str) -> str:
    match kind:
        case "money":
            return ear.money(value, language)
        case "date":
            return ear.day(value, language)
        case "phone":
            return ear.phone(value, language)
        case "notice":
            return ear.notice(str(value), language)
        case "form":
            return ear.form(str(value), language)
        case "year":
            return ear.period(str(value), language)
        case _:
            # A number stays in digits until the whole sentence is made speakable, so that in Spanish it
            # agrees with the noun that follows it.
            return _for_eye(kind, value, language)


def _text(value: Any, language: str) -> str:
    chosen = value[language] if isinstance(value, Mapping) else value
    if isinstance(chosen, bool) or not isinstance(chosen, str | int) or chosen == "":
        raise ValueError("text is empty or not text")
    return str(chosen)


def _variation(key: str, entry: Mapping[str, Any]) -> Variation:
    language = "en"
    for condition in entry.get("condition") or []:
        if condition.get("type") != "slot" or condition.get("name") != "language":
            raise WordsError(f"'{key}' has a condition that is not about language.", key=key)
        language = condition.get("value")
    channel = entry.get("channel")
    if (
        language not in LANGUAGES
        or channel not in (None, *CHANNELS)
        or not str(entry.get("text", "")).strip()
    ):
        raise WordsError(
            f"'{key}' has a variation with a wrong language or channel, or without text.", key=key
        )
    return Variation(language, channel, str(entry["text"]))
