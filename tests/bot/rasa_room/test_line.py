"""The bot as the gateway sees it: words, facts, replays, restarts, and failures that are never silent."""
# ruff: noqa: PT009, PT027

import contextlib
import copy
import os
import statistics
import tempfile
import time
import unittest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from bot import patches

patches.apply()

from rasa.shared.core.events import UserUttered  # noqa: E402

from bot.action_door import ActionFailed  # noqa: E402
from bot.answer import NothingSaid  # noqa: E402
from bot.asked import read  # noqa: E402
from bot.ledger import LedgerError  # noqa: E402
from bot.line import Line, OtherConversation  # noqa: E402
from tests.bot.rasa_room.small_house import PretendActions, trained  # noqa: E402

MODEL = trained()


def asked(turn, text=None, conversation="c1", channel="web", language="en", **more):
    body = {
        "turn": turn,
        "conversation": conversation,
        "channel": channel,
        "language": language,
        "today": "2026-11-22",
        **more,
    }
    return read({**body, "text": text} if text is not None else body)


class TheLine(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.actions = PretendActions()
        self.url = await self.actions.start()
        self.store = os.path.join(tempfile.mkdtemp(), "bot.sqlite")
        self.line = self.opened()

    def opened(self):
        return Line(MODEL, self.url, "s3", self.store)

    async def asyncTearDown(self):
        await self.line.close()
        await self.actions.runner.cleanup()

    async def test_words_and_facts_of_an_action_reach_the_gateway(self):
        answer = await self.line.turn(asked("t1", "I got a c p five oh four"))
        self.assertEqual(
            answer["says"],
            [
                {
                    "words": "utter_notice",
                    "text": "It is CP504.",
                    "facts": {"notice": {"kind": "notice", "value": "CP504"}},
                }
            ],
        )
        self.assertEqual(
            answer["answer"],
            {
                "choices": ["plan"],
                "sources": ["26 USC 6330"],
                "secure_form": None,
                "listen": "yes_no",
                "turned_to": None,
            },
        )
        self.assertEqual(answer["heard"]["entities"][0]["value"], "CP504")
        self.assertEqual(len(answer["heard"]["ranking"]), 3)
        self.assertEqual(self.actions.secrets, ["s3"])
        self.assertEqual(self.actions.calls[0]["domain"], {})
        self.assertEqual(
            self.actions.calls[0]["tracker"]["latest_message"]["metadata"]["today"], "2026-11-22"
        )

    async def test_language_and_channel_choose_the_words(self):
        for turn, channel, language, words in (
            ("a", "web", "en", "Hello."),
            ("b", "web", "es", "Hola."),
            ("c", "voice", "es", "Hola, le escucho."),
        ):
            answer = await self.line.turn(
                asked(turn, "hola" if language == "es" else "hello", turn, channel, language)
            )
            self.assertEqual(answer["says"][0]["text"], words)

    async def test_the_same_turn_again_gives_the_same_answer_and_does_nothing(self):
        first = await self.line.turn(asked("t1", "I got a CP504"))
        self.assertEqual(await self.line.turn(asked("t1", "something else")), first)
        await self.line.close()
        self.line = self.opened()
        self.assertEqual(await self.line.turn(asked("t1", "I got a CP504")), first)
        self.assertEqual(len(self.actions.calls), 1)
        with self.assertRaises(OtherConversation):
            await self.line.turn(asked("t1", "I got a CP504", "someone-else"))

    async def test_a_killed_bot_goes_on_in_the_middle_of_a_form(self):
        answer = await self.line.turn(asked("t1", "set up monthly payments"))
        self.assertEqual(
            (answer["says"][0]["words"], answer["answer"]["listen"]), ("utter_ask_amount", "amount")
        )
        answer = await self.line.turn(asked("t2", "two hundred"))
        self.assertEqual((answer["says"][0]["words"], answer["answer"]["listen"]), ("utter_ask_day", "day"))
        self.line.store.ledger.close()  # as a kill -9 would leave it
        self.line = self.opened()
        answer = await self.line.turn(asked("t3", "the 15th"))
        self.assertEqual(answer["says"][0]["text"], "200.00 on day 15.")

    async def test_a_failing_action_is_an_error_and_leaves_no_trace(self):
        for mood in ("down", "broken", "slow"):
            self.actions.mood = mood
            started = time.monotonic()
            with self.assertRaises(ActionFailed):
                await self.line.turn(asked("t1", "I got a CP504"))
            self.assertLess(time.monotonic() - started, 2.6)
        self.actions.mood = "well"
        answer = await self.line.turn(asked("t1", "I got a CP504"))
        tracker = await self.line.store.retrieve("c1")
        self.assertEqual(sum(isinstance(event, UserUttered) for event in tracker.events), 1)
        self.assertEqual(answer["says"][0]["words"], "utter_notice")

    async def test_unknown_words_and_silence_are_errors(self):
        with self.assertRaises(ActionFailed):
            await self.line.turn(asked("t1", intent="deny"))
        with self.assertRaises(NothingSaid):
            await self.line.turn(asked("t2", intent="goodbye"))

    async def test_nobody_can_type_an_intent(self):
        for number, text in enumerate(("/talk_to_agent", "  //talk_to_agent", '/greet{"language": "es"}')):
            message = asked(f"t{number}", text)
            self.assertFalse(message.text.startswith("/"))
        answer = await self.line.turn(asked("t9", "/restart"))
        self.assertNotEqual(answer["heard"]["confidence"], 1.0)

    async def test_a_button_is_taken_as_given(self):
        answer = await self.line.turn(
            asked("t1", intent="setup_payment_plan", entities=[{"entity": "amount", "value": "75.00"}])
        )
        self.assertEqual(answer["says"][0]["words"], "utter_ask_day")
        self.assertEqual(answer["heard"]["confidence"], 1.0)

    async def test_blank_and_strange_messages_are_answered(self):
        for number, text in enumerate(("", "   ", "\x00", "\u200b", "😂😂", "x" * 100_000, "\ud800 hi")):
            answer = await self.line.turn(asked(f"t{number}", text, f"c{number}"))
            self.assertTrue(answer["says"])

    async def test_a_long_talk_stays_short_in_memory_and_keeps_its_slots(self):
        await self.line.turn(
            asked(
                "a0",
                intent="setup_payment_plan",
                entities=[{"entity": "amount", "value": "75.00"}, {"entity": "day", "value": "5"}],
            )
        )
        for number in range(60):
            await self.line.turn(asked(f"t{number}", intent="greet"))
        tracker = await self.line.store.retrieve("c1")
        self.assertLess(len(tracker.events), 140)
        self.assertEqual(tracker.get_slot("amount"), "75.00")
        rows = self.line.store.ledger._run("SELECT event_pii FROM event WHERE conversation = 'c1'")
        self.assertGreater(sum(len(self.line.store.ledger._opened(row[0])) for row in rows), 200)
        self.line.store.drop("c1")
        again = await self.line.store.retrieve("c1")
        self.assertEqual([e.as_dict() for e in again.events], [e.as_dict() for e in tracker.events])

    async def test_our_search_finds_the_rules_that_stock_rasa_finds(self):
        from rasa.core.policies.rule_policy import RulePolicy

        from bot import rule_search

        compared = []

        def both(policy, lookup, states):
            ours, theirs = (
                rule_search.possible_keys(policy, lookup, states),
                rule_search.stock(policy, lookup, states),
            )
            compared.append((ours, theirs))
            return ours

        RulePolicy._get_possible_keys = both
        for number, text in enumerate(
            (
                "hello",
                "set up monthly payments",
                "two hundred",
                "I got a CP504",
                "the 15th",
                "where is my refund",
                "hola",
                "set up monthly payments",
                "I want a person",
            )
        ):
            with contextlib.suppress(NothingSaid):  # the small house has no rule for everything
                await self.line.turn(asked(f"t{number}", text))
        RulePolicy._get_possible_keys = rule_search.possible_keys
        self.assertGreater(len(compared), 20)
        self.assertTrue(any(ours for ours, _ in compared))
        for ours, theirs in compared:
            self.assertEqual(ours, theirs)

    async def test_the_states_kept_from_before_are_the_states_stock_rasa_plays_again(self):
        from rasa.shared.core.domain import Domain

        from bot import past_states

        compared, walked_on = [], 0

        def both(domain, tracker, **how):
            nonlocal walked_on
            walked_on += any(walk.walked for walk in past_states.walks_of(tracker).by_way.values())
            ours = past_states.states(domain, tracker, **how)
            compared.append((copy.deepcopy(ours), copy.deepcopy(past_states.stock(domain, tracker, **how))))
            return ours

        Domain.states_for_tracker_history = both
        try:
            for number, text in enumerate(
                (
                    "hello",
                    "set up monthly payments",
                    "where is my refund",
                    "two hundred",
                    "I got a CP504",
                    "the 15th",
                    "set up monthly payments",
                    "never mind",
                    "hola",
                    "set up monthly payments",
                    "three hundred",
                    "I want a person",
                )
            ):
                with contextlib.suppress(NothingSaid, ActionFailed):
                    await self.line.turn(asked(f"t{number}", text))
        finally:
            Domain.states_for_tracker_history = past_states.states
        self.assertGreater(len(compared), 40)
        self.assertGreater(walked_on, 20)
        for ours, theirs in compared:
            self.assertEqual(ours, theirs)

    async def test_an_action_sees_the_talk_as_stock_rasa_shows_it(self):
        from bot import processor

        compared = []

        def both(tracker, decided, domain):
            theirs = tracker.copy()
            theirs.update_with_events(decided, domain)
            ours = processor_shown(tracker, decided, domain)
            compared.append((state_of(ours), state_of(theirs), len(decided)))
            return ours

        def state_of(tracker):
            """All but the note itself and its time."""
            events = [event.as_dict() for event in tracker.events if event.type_name != "user_featurization"]
            return {**tracker.current_state(), "events": events, "latest_event_time": None}

        processor_shown, processor.shown_to = processor.shown_to, both
        self.addCleanup(setattr, processor, "shown_to", processor_shown)
        for number, text in enumerate(
            ("hello", "set up monthly payments", "two hundred", "I got a CP504", "the 15th")
        ):
            with contextlib.suppress(NothingSaid):
                await self.line.turn(asked(f"t{number}", text))
        self.assertTrue(any(decided for *_, decided in compared))
        for ours, theirs, _ in compared:
            self.assertEqual(ours, theirs)

    async def test_the_graph_run_step_by_step_gives_what_dask_gives(self):
        from rasa.engine.runner.dask import DaskGraphRunner

        from bot import plain_graph

        compared = []

        def both(runner, inputs=None, targets=None):
            ours = plain_graph.run(runner, copy.deepcopy(inputs), targets)
            theirs = plain_graph.stock(runner, inputs, targets)
            compared.append((told(ours), told(theirs)))
            return theirs

        def told(outputs):
            """What comes out, in a form that compares: a message's data, a prediction's numbers."""
            return {
                name: [one.data for one in value] if isinstance(value, list) else vars(value)
                for name, value in outputs.items()
            }

        DaskGraphRunner.run = both
        try:
            for number, text in enumerate(
                ("hello", "set up monthly payments", "two hundred", "I got a CP504", "hola")
            ):
                await self.line.turn(asked(f"t{number}", text))
        finally:
            DaskGraphRunner.run = plain_graph.run
        self.assertGreater(len(compared), 10)
        for ours, theirs in compared:
            self.assertEqual(ours, theirs)

    async def test_a_late_turn_costs_what_an_early_one_did(self):
        """A ratio of processor time, so that a busy machine does not decide; the goal is 1.5 at turn 500."""
        took = []
        for number in range(210):
            begun = time.process_time()
            await self.line.turn(asked(f"t{number}", intent="greet"))
            took.append(time.process_time() - begun)
        self.assertLess(statistics.median(took[-40:]) / statistics.median(took[4:44]), 1.5)

    async def test_a_ledger_that_cannot_be_written_is_an_error(self):
        await self.line.turn(asked("t1", "hello"))
        other = Line(MODEL, self.url, "s3", self.store)
        other.store.ledger._db.execute("BEGIN EXCLUSIVE")
        with self.assertRaises(LedgerError):
            await self.line.turn(asked("t2", "hello"))
        other.store.ledger._db.rollback()
        await other.close()
        answer = await self.line.turn(asked("t2", "hello"))
        self.assertEqual(answer["says"][0]["words"], "utter_greet")


if __name__ == "__main__":
    unittest.main()
