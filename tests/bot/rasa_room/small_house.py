"""A house of nine intents, trained in seconds, and a pretend action server that can be told to fail."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

from aiohttp import web

HOUSE = Path(__file__).resolve().parents[3]
DOMAIN = """
version: "3.1"
intents: [greet, talk_to_agent, notice_question, setup_payment_plan, out_of_scope, affirm, deny, inform, goodbye]
entities: [notice, tax_year, amount, date, day, form, language, agency, phone]
slots:
  language: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  amount: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: amount}]}
  day: {type: text, influence_conversation: false, mappings: [{type: from_entity, entity: day}]}
forms: {plan_form: {required_slots: [amount, day]}}
actions: [action_explain_notice, action_unknown_words, action_silent]
responses:
  utter_greet:
    - {text: "Hello."}
    - {text: "Hola.", condition: [{type: slot, name: language, value: es}]}
    - {text: "Hola, le escucho.", channel: voice, condition: [{type: slot, name: language, value: es}]}
  utter_ask_amount: [{text: "How much?"}]
  utter_ask_day: [{text: "Which day?"}]
  utter_plan: [{text: "{amount} on day {day}."}]
  utter_agent: [{text: "A person."}]
  utter_sorry: [{text: "Sorry?"}]
  utter_notice: [{text: "It is {notice}."}]
session_config: {session_expiration_time: 1440, carry_over_slots_to_new_session: true}
"""
EXAMPLES = {
    "greet": "hello|hi there|good morning|hola|buenos días|hola, buenas tardes",
    "talk_to_agent": "I want a person|let me talk to a human|agent please|quiero hablar con una persona",
    "notice_question": "I got a CP504|what does this letter mean|I got a notice|me llegó una carta|recibí un aviso",
    "setup_payment_plan": "I want to start a payment plan|set up monthly payments|quiero un plan de pagos",
    "out_of_scope": "where is my refund|what's the weather|tell me a joke|dónde está mi reembolso|cuéntame un chiste",
    "affirm": "yes|sure|that's right|sí|claro",
    "deny": "no|nope|not that|no gracias|para nada",
    "inform": "200|the 15th|march 3|el 15|200 dólares",
    "goodbye": "bye|see you|goodbye now|adiós|hasta luego",
}
RULES = [
    ("greet", "utter_greet"),
    ("talk_to_agent", "utter_agent"),
    ("notice_question", "action_explain_notice"),
    ("nlu_fallback", "utter_sorry"),
    ("out_of_scope", "utter_sorry"),
    ("deny", "action_unknown_words"),
    ("goodbye", "action_silent"),
]


def data() -> str:
    lines = ['version: "3.1"', "nlu:"]
    for intent, said in EXAMPLES.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {one}" for one in said.split("|"))]
    lines += ["rules:"]
    for intent, action in RULES:
        lines += [f"- rule: {intent}", f"  steps: [{{intent: {intent}}}, {{action: {action}}}]"]
    lines += [
        "- rule: plan",
        "  steps: [{intent: setup_payment_plan}, {action: plan_form}, {active_loop: plan_form}]",
        "- rule: plan done",
        "  condition: [{active_loop: plan_form}]",
        "  steps: [{action: plan_form}, {active_loop: null}, {action: utter_plan}]",
    ]
    return "\n".join(lines) + "\n"


def trained() -> str:
    """The path of the small model; trained once for each run of the tests."""
    from rasa.model_training import train

    root = Path(tempfile.mkdtemp(prefix="small-house-"))
    (root / "data").mkdir()
    (root / "domain.yml").write_text(DOMAIN)
    (root / "data" / "all.yml").write_text(data())
    shutil.copy(HOUSE / "config.yml", root)
    result = train(
        str(root / "domain.yml"),
        str(root / "config.yml"),
        [str(root / "data")],
        output=str(root),
        force_training=True,
        fixed_model_name="small",
    )
    return str(result.model)


class PretendActions:
    """Answers like rasa-sdk. `mood` is 'well', 'slow', 'down' or 'broken'; `calls` keeps the requests."""

    def __init__(self) -> None:
        self.mood, self.calls, self.secrets, self.runner = "well", [], [], None

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/webhook", self.answer)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}/webhook"

    async def answer(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        self.calls.append(body)
        self.secrets.append(request.headers.get("X-ACS-Secret"))
        if self.mood == "slow":
            await asyncio.sleep(3)
        if self.mood == "broken":
            return web.json_response({"events": "none"})
        if self.mood == "down":
            return web.Response(status=500)
        return web.json_response({"events": [], "responses": self.words(body)})

    def words(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        if body["next_action"] == "action_silent":
            return []
        if body["next_action"] == "action_unknown_words":
            return [{"response": "utter_no_such_key", "words": "utter_no_such_key"}]
        named = [e["value"] for e in body["tracker"]["latest_message"]["entities"] if e["entity"] == "notice"]
        fact = {"kind": "notice", "value": named[0] if named else "?"}
        empty = {"text": None, "buttons": [], "elements": [], "custom": {}, "image": None, "attachment": None}
        return [
            {
                **empty,
                "response": "utter_notice",
                "words": "utter_notice",
                "facts": {"notice": fact},
                "notice": fact["value"],
            },
            {
                **empty,
                "custom": {"answer": {"choices": ["plan"], "sources": ["26 USC 6330"], "listen": "yes_no"}},
            },
        ]
