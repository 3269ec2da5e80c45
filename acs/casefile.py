"""A case file comes in as YAML and leaves as cases, or as a list of everything wrong with it.

The schema is `acs/case.py` itself: a field is a key. Nothing of a file with a problem is returned.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from acs.case import Case
from acs.casefile_reader import OWN, Reader
from acs.errors import CaseFileError, Problem
from acs.yaml_fast import FastLoader

VERSION = 1


def load(path: str | Path) -> list[Case]:
    """The cases of a file on disk (UTF-8). Raises CaseFileError with every problem found."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CaseFileError([Problem("file", None, 1, "is not UTF-8 text.")], str(path)) from error
    return loads(text, source=str(path))


def loads(text: str, source: str = "case file") -> list[Case]:
    """The cases of a text. Raises CaseFileError with every problem found."""
    try:
        root = yaml.compose(text, Loader=FastLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise CaseFileError([Problem("YAML", None, line, f"{error.problem or error}.")], source) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise CaseFileError([Problem("YAML", None, 1, f"{error}.")], source) from error
    reader = Reader()
    cases = reader.file(root, VERSION)
    if reader.problems:
        raise CaseFileError(reader.problems, source)
    return cases


def dump(cases: Sequence[Case]) -> str:
    """The cases as a case file; reading it back gives equal cases."""
    content = {"version": VERSION, "taxpayers": [_plain(case) for case in cases]}
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            f.metadata.get("key", f.name): _plain(getattr(value, f.name))
            for f in fields(value)
            if _worth(value, f)
        }
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _worth(record: Any, f: Any) -> bool:
    """A field that still has its default is left out, and what no file may say."""
    return f.name not in OWN and (f.default is MISSING or getattr(record, f.name) != f.default)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _money(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{value:.2f}")


def _day(dumper: yaml.SafeDumper, value: datetime.date) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())


_Dumper.add_representer(Decimal, _money)
_Dumper.add_representer(datetime.date, _day)
