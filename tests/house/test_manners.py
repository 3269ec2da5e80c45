"""The house keeps its own manners: settings explained, no host named, no number of the law in Python."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from wiring.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "acs",
    "actions",
    "api",
    "bot",
    "channels",
    "chaos",
    "desk",
    "letters",
    "pretend_twilio",
    "store",
    "wiring",
)


def tracked(pattern: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).exists()]


def test_every_setting_is_explained_in_the_example_file():
    explained = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    own_names = {"bot_url": "BOT_URL", "actions_url": "ACTIONS_URL", "demo": "ACS_DEMO"}
    for name in Settings.model_fields:
        assert own_names.get(name, name.upper()) in explained, name


def test_no_package_registry_is_named():
    hosts = re.compile(
        "|".join(
            ("pypi" + r"\.org", "pythonhosted" + r"\.org", "registry" + r"\.npmjs", "deb" + r"\.debian\.org")
        )
    )
    for file in tracked("*"):
        if file.suffix not in (".png", ".woff2", ".pdf"):
            assert not hosts.search(file.read_text(errors="ignore")), file


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_says_why_you_came(room):
    for file in tracked(f"{room}/**.py"):
        if "migrations" not in file.parts:
            assert file.read_text().lstrip().startswith(('"""', 'r"""', "#!")), (
                f"{file} has no opening docstring"
            )


def test_no_room_is_too_large_to_see_across():
    long = {
        str(f.relative_to(ROOT)): n
        for r in ROOMS
        for f in tracked(f"{r}/**.py")
        if (n := len(f.read_text().splitlines())) > 300
    }
    assert {k: v for k, v in long.items() if "migrations" not in k} == {}


def test_every_intent_has_examples_in_both_languages_and_a_rule():
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    made_by_the_server = {"verified", "nlu_fallback"}
    heard: dict[str, set[str]] = {"en": set(), "es": set()}
    for file in (ROOT / "data").rglob("*.yml"):
        language = "es" if file.parent.name == "es" else "en"
        for entry in (yaml.safe_load(file.read_text()) or {}).get("nlu", []):
            heard[language].add(entry["intent"])
    rules = (ROOT / "data" / "rules.yml").read_text()
    for intent in set(domain["intents"]) - made_by_the_server:
        assert intent in heard["en"], f"{intent} has no English examples"
        assert intent in heard["es"], f"{intent} has no Spanish examples"
        assert f"intent: {intent}" in rules, f"{intent} leads nowhere"


def test_slots_hold_neither_money_nor_dates_nor_identity():
    slots = yaml.safe_load((ROOT / "domain.yml").read_text())["slots"]
    assert set(slots) == {"language", "form_answer"}


def test_every_action_of_the_domain_is_served_and_the_other_way_round():
    from actions.forms import FORMS
    from actions.topics import TOPICS

    listed = set(yaml.safe_load((ROOT / "domain.yml").read_text())["actions"])
    assert listed == {one().name() for one in (*TOPICS, *FORMS)}
