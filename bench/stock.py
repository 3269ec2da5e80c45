"""A stock Rasa project of the same dialogues: `rasa init`'s pipeline and policies on a sample of our own sentences.

Like the template it has rules and a few stories (without stories its TED policy is neither trained nor run). The sample
is kept small on purpose (`EXAMPLES` an intent, English only): on everything in data/ the stock template trains for
hours. So every ratio of training time says "at least".
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import yaml

from wiring.settings import ROOT

EXAMPLES = 25
EPOCHS = 100
CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "assistant_id": "stock",
    "language": "en",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": EPOCHS},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": EPOCHS},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "TEDPolicy", "max_history": 5, "epochs": EPOCHS},
        {"name": "RulePolicy"},
    ],
}

TALKS = (
    "greet notice_question balance_inquiry setup_payment_plan thanks",
    "greet balance_inquiry payment_plan_options payment_methods goodbye",
    "notice_question wage_levy cannot_pay_hardship talk_to_agent",
    "tax_lien passport cdp_appeal wait_time",
    "greet bank_levy cannot_pay_hardship cdp_appeal thanks goodbye",
    "case_status penalty_abatement payment_plan_options setup_payment_plan",
)
"""Talks as the template's stories are: a handful, of two to five exchanges."""


def make(folder: Path, port_of_actions: int, kept: bool = True, epochs: int = EPOCHS) -> Path:
    """Writes the project into `folder` and returns it. With `kept` its talks rest in SQLite, as ours do; the template
    itself keeps them in memory only. Fewer `epochs` train sooner; a turn takes as long as before."""
    folder.mkdir(parents=True, exist_ok=True)
    rules = plain_rules()
    actions = sorted(set(rules.values()))
    examples = sample()
    _write(folder / "config.yml", config(epochs))
    _write(folder / "credentials.yml", {"rest": {}})
    store = {"type": "SQL", "dialect": "sqlite", "db": str(folder / "tracker.db")}
    actions_at: dict[str, Any] = {"action_endpoint": {"url": f"http://127.0.0.1:{port_of_actions}/webhook"}}
    _write(folder / "endpoints.yml", {**actions_at, "tracker_store": store} if kept else actions_at)
    _write(folder / "domain.yml", {"version": "3.1", "intents": sorted(examples), "actions": actions})
    (folder / "data").mkdir(exist_ok=True)
    nlu = [{"intent": name, "examples": said} for name, said in examples.items()]
    _write(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": nlu})
    told = [
        {"rule": name, "steps": [{"intent": name}, {"action": action}]}
        for name, action in sorted(rules.items())
    ]
    _write(folder / "data" / "rules.yml", {"version": "3.1", "rules": told})
    _write(folder / "data" / "stories.yml", {"version": "3.1", "stories": stories(rules)})
    (folder / "actions.py").write_text(_actions(actions), encoding="utf-8")
    return folder


def config(epochs: int) -> dict[str, Any]:
    """The template's configuration, its neural parts trained for so many epochs."""
    parts = {
        name: [{**one, "epochs": epochs} if "epochs" in one else one for one in CONFIG[name]]
        for name in ("pipeline", "policies")
    }
    return {**CONFIG, **parts}


def plain_rules() -> dict[str, str]:
    """Intent to action, for every rule of ours that is just that."""
    found: dict[str, str] = {}
    for rule in yaml.safe_load((ROOT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]:
        steps = rule["steps"]
        if len(steps) != 2 or "action" not in steps[1] or "condition" in rule:
            continue
        heard = steps[0].get("or", [steps[0]])
        found |= {one["intent"]: steps[1]["action"] for one in heard if "intent" in one}
    return found


def stories(rules: dict[str, str]) -> list[dict[str, Any]]:
    """The talks, each intent answered as its rule says."""
    return [
        {
            "story": f"talk {number}",
            "steps": [
                step for intent in talk.split() for step in ({"intent": intent}, {"action": rules[intent]})
            ],
        }
        for number, talk in enumerate(TALKS, start=1)
    ]


def sample() -> dict[str, str]:
    """Some of our English examples of each intent, always the same ones."""
    chosen = random.Random(7)
    by_intent: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data").glob("*.yml")):
        for one in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu", []):
            if "intent" in one:
                by_intent.setdefault(one["intent"], []).extend(one["examples"].splitlines())
    return {
        name: "\n".join(sorted(chosen.sample(said, min(EXAMPLES, len(said))))) + "\n"
        for name, said in by_intent.items()
    }


def _actions(names: list[str]) -> str:
    """Custom actions as the template's guide shows them: a class each, a sentence, nothing looked up."""
    head = "from rasa_sdk import Action\n\n"
    one = (
        "class {title}(Action):\n    def name(self):\n        return {name!r}\n\n"
        "    def run(self, dispatcher, tracker, domain):\n"
        "        dispatcher.utter_message(text={name!r})\n        return []\n\n\n"
    )
    return head + "".join(
        one.format(title=name.title().replace("_", ""), name=name)
        for name in names
        if name.startswith("action_")
    )


def _write(path: Path, what: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(what, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5155))
