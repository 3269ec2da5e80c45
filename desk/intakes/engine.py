"""One way of taking a request down, whatever it is: offered, asked, corrected, read back, put aside, gone on with."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from desk import forms
from desk.answer import Answer, Say, listing, money, words
from desk.forms import DONE, GOES_ON, LEFT
from desk.intakes import records
from desk.intakes.model import NOT_GIVEN, Intake, Question
from desk.intakes.options import SKIP
from desk.intakes.records import CONFIRM, Place, draft, fact, keep, stand
from desk.intakes.values import amounts_near, bare, plain, read
from desk.safety import in_danger
from desk.visit import Visit

Ended = tuple[str | None, tuple[Answer, ...]]
"""How a message ended for the questions, and what to say."""
MISSES_UNTIL_LEFT_OPEN = 2

_STOP = re.compile(
    r"(?:(?:no|ok|okay|please|wait|lets|i want to|can we|por favor|mejor|espere|quiero)\W+)*"
    r"(?:stop|never ?mind|forget (?:it|that)|cancel|not now|(?:maybe |do it )?later|leave it|quit|enough|i changed my mind|(?:vamos a |vamonos a )?paramos|dejamos|"
    r"para|pare|parar|paremos|paramos|cancel[ae]r?|cancelalo|dejelo|dejemoslo|dejalo|olvidelo|olvidalo|despues|ahora no|luego|ya no|mejor no)"
    r"(?:\W+(?:it|this|that|here|now|please|for now|the questions?|asking|request|todo|aqui|ahora|por favor|esto|eso|gracias|thanks))*\W*"
)
_SKIP = re.compile(
    r"\b(?:skip|pass|next|(?:i )?do ?nt know|not sure|no idea|rather not|omit\w*|salta\w*|siguiente|no se|no sabria|prefiero no)\b"
)
_REPRESENTATIVE_FIRST = re.compile(
    r"\b(?:(?:talk|speak|check|ask|call|consult|see)\w* (?:to |with )?(?:my|a|an) (?:tax )?(?:accountant|lawyer|attorney|cpa|"
    r"representative|preparer|advisor)|my (?:accountant|lawyer|attorney|cpa|preparer) (?:first|before)|"
    r"(?:hablar|consultar|preguntar\w*|ver)\w* (?:con |a )?(?:mi|un|una) (?:contador\w*|abogad\w+|representante|preparador\w*))"
)


def following(here: Visit, intake: Intake) -> Question | None:
    """The first question without an answer; what the case itself answers is filled in."""
    values = draft(here, intake.topic)
    for one in intake.questions:
        if one.name in values or not one.when(here, values):
            continue
        choices = one.choices(here)
        if one.offered and len(choices) == 1:
            keep(here, intake.topic, {one.name: choices[0]})
            values = draft(here, intake.topic)
            continue
        return one
    return None


def step(here: Visit, intake: Intake) -> str:
    """The name of the question that comes now; CONFIRM when nothing is left to ask."""
    question = following(here, intake)
    return question.name if question else CONFIRM


def ask(here: Visit, intake: Intake, at: str) -> Answer:
    """The question of a step, or everything read back with 'shall I send it?'."""
    kept = records.place(here)
    stand(here, Place(intake.topic, at, kept.misses if kept and kept.asked == at else 0))
    question = next((one for one in intake.questions if one.name == at), None)
    if question is None and kept and kept.asked == CONFIRM and kept.misses:
        return Answer(ask=Say("utter_intake_what_to_change"))
    if question is None:
        return _read_back(here, intake)
    key = intake.asks(question)
    return Answer(
        ask=Say(key, dict(question.facts(here))),
        choices=_buttons(here, question),
        listen={"money": "amount", "count": "day", "when": "date", "yes_no": "yes_no"}.get(question.kind),
    )


def _buttons(here: Visit, question: Question) -> tuple[str, ...]:
    if question.kind == "yes_no":
        return ("yes", "no")
    return question.choices(here) if question.kind == "choice" else ()


def _read_back(here: Visit, intake: Intake) -> Answer:
    values = draft(here, intake.topic)
    asked = [one for one in intake.questions if one.name in values and one.when(here, values)]
    facts = {one.name: fact(one, values[one.name]) for one in asked}
    what = {"what": words(f"request_{intake.topic}")}
    if not asked:
        return Answer(ask=Say("utter_intake_confirm_only", what), choices=("yes", "no"), listen="yes_no")
    lines = listing([words(intake.line(one)) for one in asked])
    return Answer(
        say=(Say("utter_intake_read_back", {**facts, "lines": lines}),),
        ask=Say("utter_intake_confirm"),
        choices=("yes", "no"),
        listen="yes_no",
    )


def hear(here: Visit, intake: Intake) -> Ended:
    """What a message does while the questions are open."""
    at = records.place(here) or Place(intake.topic)
    said, intent = plain(here.heard.text), here.heard.intent
    if intent in ("verified", "repeat"):
        return GOES_ON, ()
    if _STOP.fullmatch(said):
        return put_aside(here, intake)
    if intent == "distress" and not _in_distress(here):
        here.heard = replace(here.heard, intent=here.heard.guesses[0])
        intent = here.heard.intent
    if _REPRESENTATIVE_FIRST.search(said):
        return _representative_first(here)
    if intent in LEAVES and not (intent == "complaint" and _wants_words(intake, at)):
        return None, ()
    if intent == "goodbye":
        return put_aside(here, intake)
    if here.view is None and not intake.anyone:
        return GOES_ON, ()
    return _confirming(here, intake, at) if at.asked == CONFIRM else _answering(here, intake, at)


def _in_distress(here: Visit) -> bool:
    """Danger said plainly, or heard as the likeliest meaning; a faint suspicion must not end what will help."""
    return in_danger(here.heard.text) or here.heard.guesses[:1] in ((), ("distress",))


def _wants_words(intake: Intake, at: Place) -> bool:
    return any(one.name == at.asked and one.kind in ("text", "choice") for one in intake.questions)


LEAVES = frozenset("talk_to_agent request_callback distress opt_out complaint".split())
"""Needs that end the questions at once; the draft stays. The dialogue leaves the form for them and asks the desk again,
so that what they open (a call-back) opens."""


def _answering(here: Visit, intake: Intake, at: Place) -> Ended:
    question = next((one for one in intake.questions if one.name == at.asked), None)
    if question is None:
        return GOES_ON, ()
    named = amounts_near(here, intake.questions)
    if _aside_first(here, question):
        return GOES_ON, (_side(here),)
    if named and (question.name not in named):
        return _taken(here, intake, at, named)
    if not named and (could_pay := _could_pay(here, intake, question)) is not None:
        return GOES_ON, (could_pay,)
    value = named.get(question.name) if named else read(here, question)
    if value is not None:
        return _taken(here, intake, at, {**named, question.name: value})
    if here.heard.option == SKIP or (
        _SKIP.search(plain(here.heard.text)) and not _bare_first(here, question, at)
    ):
        return _taken(here, intake, at, {question.name: NOT_GIVEN})
    if here.heard.intent not in NO_NEED:
        return GOES_ON, (_side(here),)
    at.misses += 1
    if at.misses >= MISSES_UNTIL_LEFT_OPEN:
        _taken(here, intake, at, {question.name: NOT_GIVEN})
        return GOES_ON, (Answer(say=(Say("utter_intake_left_open"),)),)
    stand(here, at)
    return GOES_ON, (Answer(say=(Say(f"utter_intake_unclear_{question.kind}"),)),)


NO_NEED = frozenset("inform nlu_fallback out_of_scope affirm deny greet thanks help_menu".split())
"""What is no question of its own: an answer that was not understood."""
_ASKS = re.compile(
    r"\?\s*$|^(?:what|how|when|why|who|where|which|can i|do i|is it|is this|are you|will|que|cual|como|cuanto|cuando|por que|"
    r"quien|donde|puedo|tengo que|es)\b"
)


def _aside_first(here: Visit, question: Question) -> bool:
    """A question of the caller's own in the middle; in a free answer only what is plainly asked counts as one."""
    said, intent = plain(here.heard.text), here.heard.intent
    if intent in NO_NEED or not said:
        return False
    return bool(_ASKS.search(said)) if question.kind in ("text", "when") else said.rstrip().endswith("?")


_COULD_PAY = re.compile(
    r"\b(?:can|could|able to|might|afford to) (?:\w+ )?pay\b|\b(?:puedo|podria|podemos|alcanza para) pagar\b"
)


def _could_pay(here: Visit, intake: Intake, question: Question) -> Answer | None:
    """'I could pay 50 a month' where a cost was asked: noted as that, and the question comes again."""
    amount = here.heard.amount
    monthly = (
        intake.topic in ("hardship", "finances") and question.kind == "money" and question.name != "monthly"
    )
    if not monthly or amount is None or not _COULD_PAY.search(plain(here.heard.text)):
        return None
    here.asks_for(f"could pay ${amount:.2f} a month")
    return Answer(say=(Say("utter_intake_could_pay", {"amount": money(amount)}),))


def _bare_first(here: Visit, question: Question, at: Place) -> bool:
    """'I don't know' to a question for their own words: asked once more in other words before it is left open."""
    return question.kind == "text" and not at.misses and bare(here.heard.text)


def _side(here: Visit) -> Answer:
    """The answer to something else; the open question comes right after it."""
    answer = forms.aside(here)
    return replace(answer, ask=None, choices=(), start=None, listen=None)


def _taken(here: Visit, intake: Intake, at: Place, values: dict[str, Any]) -> Ended:
    known = draft(here, intake.topic)
    changed = [one for one in intake.questions if one.name in values and known.get(one.name) is not None]
    keep(here, intake.topic, values)
    if values.get("who") == "rep_first":
        return _representative_first(here)
    stand(here, Place(intake.topic, at.asked))
    if not changed or at.asked == CONFIRM:
        return GOES_ON, ()
    lines = listing([words(intake.line(one)) for one in changed])
    facts = {one.name: fact(one, values[one.name]) for one in changed}
    return GOES_ON, (Answer(say=(Say("utter_intake_changed", {**facts, "lines": lines}),)),)


def _confirming(here: Visit, intake: Intake, at: Place) -> Ended:
    corrected = _corrections(here, intake)
    if corrected:
        return _taken(here, intake, at, corrected)
    if here.heard.intent == "affirm" and at.misses:
        stand(here, Place(intake.topic, CONFIRM))
        return GOES_ON, ()
    if here.heard.intent == "affirm":
        return DONE, ()
    named = [one for one in intake.questions if one.hears and re.search(one.hears, plain(here.heard.text))]
    if named and here.heard.intent in (*NO_NEED, "affirm"):
        records.reopen(here, intake.topic, named[0].name)
        return GOES_ON, ()
    if here.heard.intent == "deny":
        at.misses += 1
        if at.misses >= MISSES_UNTIL_LEFT_OPEN or not intake.questions:
            return put_aside(here, intake)
        stand(here, at)
        return GOES_ON, ()
    if here.heard.intent not in NO_NEED:
        return GOES_ON, (_side(here),)
    return GOES_ON, ()


def _corrections(here: Visit, intake: Intake) -> dict[str, Any]:
    """'No, the rent is 900': the answers named in the message, with their new values."""
    found = amounts_near(here, intake.questions)
    said = plain(here.heard.text)
    for one in intake.questions:
        if (
            one.name not in found
            and one.hears
            and one.kind not in ("text", "yes_no")
            and re.search(one.hears, said)
        ):
            value = read(here, one)
            if value is not None and value != draft(here, intake.topic).get(one.name):
                found[one.name] = value
    return found


def _representative_first(here: Visit) -> Ended:
    """Whoever wants to talk to a representative first is asked nothing more (26 USC 7521(b)(2))."""
    here.asks_for("to talk to a representative first")
    forms.close(here)
    here.contact.asked = "more"
    answer = Answer(
        say=(Say("utter_intake_representative_first"),),
        ask=Say("utter_anything_else"),
        choices=("authorize_representative", "person", "menu"),
        sources=("26 USC 7521(b)(2)",),
    )
    return LEFT, (answer,)


def put_aside(here: Visit, intake: Intake) -> Ended:
    """Stopped: nothing is sent, what was given is kept, and the wish stands with its time."""
    what = {"what": words(f"request_{intake.topic}")}
    say = Say("utter_intake_put_aside" if draft(here, intake.topic) else "utter_intake_not_sent", what)
    forms.close(here)
    here.contact.asked = "more"
    return LEFT, (Answer(say=(say,), ask=Say("utter_anything_else"), choices=("menu", "person")),)
