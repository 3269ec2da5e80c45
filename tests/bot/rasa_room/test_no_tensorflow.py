"""The bot without TensorFlow answers word for word as the bot with it, and knows when it may not go without."""
# ruff: noqa: PT009, PT027

import io
import json
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

from bot import no_tensorflow
from tests.bot.rasa_room.small_house import HOUSE, trained

TALK = """
import sys, os, json, asyncio, tempfile, warnings
warnings.simplefilter("ignore")
from bot import no_tensorflow
if sys.argv[2] == "spare":
    no_tensorflow.spare()
from bot import patches
patches.apply()
from bot.line import Line
from bot.asked import read
from tests.bot.rasa_room.small_house import PretendActions

async def main():
    actions = PretendActions()
    url = await actions.start()
    line = Line(sys.argv[1], url, "s3", os.path.join(tempfile.mkdtemp(), "bot.sqlite"))
    no_tensorflow.no_more()
    said = ["hello", "I got a CP504", "set up a plan", "200", "the 15th", "agent please", "hola", "xyzzy"]
    answers = []
    for number, text in enumerate(said):
        turn = {"turn": f"t{number}", "conversation": "c", "channel": "web", "language": "en", "today": "2026-11-22"}
        answers.append(await line.turn(read({**turn, "text": text})))
    await line.close()
    real = getattr(sys.modules["tensorflow"], "__file__", None) is not None
    print(json.dumps({"answers": answers, "real": real}))

asyncio.run(main())
"""


def told(how: str) -> "dict[str, object]":
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", TALK, str(trained()), how],
        cwd=HOUSE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


class WithoutTensorFlow(unittest.TestCase):
    def test_the_answers_are_the_same(self):
        without, with_it = told("spare"), told("real")
        self.assertEqual((without["real"], with_it["real"]), (False, True))
        self.assertEqual(without["answers"], with_it["answers"])

    def test_a_model_that_computes_with_it_keeps_it(self):
        with tempfile.TemporaryDirectory() as folder:
            model = Path(folder) / "model.tar.gz"
            for name, wanted in (("RulePolicy", False), ("DIETClassifier", True)):
                note = json.dumps({"predict_schema": {"nodes": {"run": {"uses": f"rasa.{name}"}}}}).encode()
                with tarfile.open(model, "w:gz") as packed:
                    part = tarfile.TarInfo("metadata.json")
                    part.size = len(note)
                    packed.addfile(part, io.BytesIO(note))
                self.assertEqual(no_tensorflow.wanted_by(model), wanted)

    def test_use_after_start_is_an_error(self):
        layer = no_tensorflow.StandIn("tensorflow").keras.layers.Dense
        try:
            no_tensorflow.no_more()
            with self.assertRaises(no_tensorflow.TensorFlowWanted):
                layer(3)
        finally:
            no_tensorflow._closed = False


if __name__ == "__main__":
    unittest.main()
