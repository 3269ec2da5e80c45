"""Commands of a dialogue engine, typed by somebody who wants to see what happens: they are no words of a person."""

from __future__ import annotations

import re
import unicodedata

_COMMAND = re.compile(r"[/\\\s]*[/\\]\s*[a-z]\w*(?:_\w+|\s*\{|@[\d.])", re.IGNORECASE)


def is_command(text: str) -> bool:
    """Whether it begins like '/talk_to_agent' or '/greet{...}', in whatever width the slash was typed."""
    return bool(_COMMAND.match(unicodedata.normalize("NFKC", text[:200]).strip()))
