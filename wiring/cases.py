"""Case files into the database, and a look at one case without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from acs.casefile import load
from acs.view import case_view
from acs.view_types import CaseView
from store.cases import import_cases
from store.db import Database


def import_files(database: Database, files: Sequence[Path]) -> int:
    """Reads every file first and imports all of them in one transaction; gives the number of taxpayers."""
    cases = [case for file in files for case in load(file)]
    with database.work() as session:
        import_cases(session, cases)
    return len(cases)


def view_of(file: Path, taxpayer: str, as_of: date) -> CaseView:
    """The case view of one taxpayer in a case file; KeyError when the file has no such taxpayer."""
    cases = {case.id: case for case in load(file)}
    return case_view(cases[taxpayer], as_of, cases=cases)
