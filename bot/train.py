"""Teaches the bot from config.yml, domain.yml and data/: `python -m bot.train`. Skips when nothing changed."""

from __future__ import annotations

import sys

sys.dont_write_bytecode = False  # the next start, and the bot's own, find Rasa's bytecode ready

import argparse  # noqa: E402
import hashlib  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import time  # noqa: E402
import warnings  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Iterable, List  # noqa: E402

from bot.no_tensorflow import USERS, spare  # noqa: E402

warnings.showwarning = lambda *args, **more: None
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("LOG_LEVEL", "WARNING")

HOUSE = Path(__file__).resolve().parent.parent
NAME = "acs-line"
OUTSIDE = {".venv", "models", "weights", "__pycache__", "measure"}
SERVING = {
    "serve.py",
    "line.py",
    "asked.py",
    "answer.py",
    "tracker.py",
    "ledger.py",
    "action_door.py",
    "seal.py",
    "patches.py",
    "past_states.py",
    "plain_graph.py",
    "rule_search.py",
    "processor.py",
    "evaluate.py",
    "no_tensorflow.py",
}  # these do not change what the model learns


def sources(root: Path) -> List[Path]:
    """Every file the model depends on."""
    code = [
        path
        for path in sorted((root / "bot").rglob("*.py"))
        if not OUTSIDE & set(path.relative_to(root).parts) and path.name not in SERVING
    ]
    return [root / "config.yml", root / "domain.yml", *sorted((root / "data").rglob("*.yml")), *code]


def fingerprint(files: Iterable[Path], root: Path) -> str:
    """One hash over the names and contents of these files."""
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.relative_to(root)}\0".encode())
        whole.update(path.read_bytes() + b"\0")
    return whole.hexdigest()


def unchanged(model: Path, mark: str) -> bool:
    note = model.with_suffix("").with_suffix(".json")
    return model.exists() and note.exists() and json.loads(note.read_text())["fingerprint"] == mark


def train(root: Path, models: Path, force: bool = False) -> Path:
    """The trained model's path. Progress goes to stderr."""
    mark = fingerprint(sources(root), root)
    model = models / f"{NAME}.tar.gz"
    if not force and unchanged(model, mark):
        tell(f"{model.name} is up to date (use --force to train anyway).")
        return model
    started = time.monotonic()
    tell("Waking Rasa up ...")
    if not any(name in (root / "config.yml").read_text(encoding="utf-8") for name in USERS):
        spare()
    from rasa.model_training import train as rasa_train

    silence()
    tell("Reading config.yml, domain.yml and data/ ...")
    # Rasa's cache looks at a component's own source only; our judges live in other files, so it is told to retrain.
    result = rasa_train(
        str(root / "domain.yml"),
        str(root / "config.yml"),
        [str(root / "data")],
        str(models),
        force_training=True,
        fixed_model_name=NAME,
    )
    if result.code or not result.model:
        raise SystemExit(result.code or 1)
    seconds = round(time.monotonic() - started, 1)
    note = {"fingerprint": mark, "seconds": seconds, "bytes": model.stat().st_size}
    model.with_suffix("").with_suffix(".json").write_text(json.dumps(note) + "\n", encoding="utf-8")
    tell(f"Trained {model.name} ({model.stat().st_size // 1024} KB) in {seconds} s.")
    return model


def silence() -> None:
    """Rasa's debug lines and progress bars say nothing to the person who waits; ours do."""
    import logging

    import structlog
    from rasa.utils.log_utils import configure_structlog

    logging.getLogger("rasa").setLevel(logging.WARNING)
    configure_structlog(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--force", action="store_true", help="train even when nothing changed")
    parser.add_argument("--root", type=Path, default=HOUSE)
    parser.add_argument("--models", type=Path, default=None)
    given = parser.parse_args()
    print(train(given.root, given.models or given.root / "bot" / "models", given.force))
