"""At the door, before the bot: danger, a person wanted, keys and buttons, private numbers, empty words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from api.outcome import Outcome
from api.parts import wants_more
from bot.hearing import hear, language_of
from bot.hearing.commands import is_command
from desk import safety
from desk.answer import Say, money
from desk.answer import text as fact
from desk.choices import CHOICES, MENU, by_key
from desk.masking import HIDDEN, mask, plain
from store.tables.conversations import Conversation, Inbound, Message

LONGEST = 1600
NOT_OFFERED = "utter_key_not_offered"
IN_VAIN = ("missed", "wrong_key")
_PERSON = re.compile(
    r"\b(?:person|human|agent|representative|operator|somebody|someone|people|persona|humano|agente|"
    r"representante|alguien|operadora?)\b",
    re.IGNORECASE,
)
_JUST_A_PERSON = re.compile(
    r"\W*(?:(?:i (?:want|need)|i would like|id like|can i|could i|may i|let me|give me|get me|please|just|hey|hi|hello|"
    r"quiero|necesito|deseo|puedo|d[eé]jeme|p[oó]ngame(?: con)?|comun[ií]queme(?: con)?|por favor|hola)[\s,]+)*"
    r"(?:to )?(?:(?:talk|speak|chat) (?:to|with) |hablar con |with )?(?:an? |the |una? |un |alg[uú]n |alguna |la |el )?"
    r"(?:real |live |human |actual |customer service |verdader[oa] )?"
    r"(?:agent|person|human(?: being)?|representative|rep|operator|somebody|someone|customer service|"
    r"persona|agente|representante|humano|ser humano|operadora?|alguien)"
    r"(?:[\s,]+(?:please|now|thanks|thank you|por favor|ya|ahora|gracias|real|humana|de verdad))*\W*",
    re.IGNORECASE,
)
"""Whoever asks for nothing but a person has one, in the middle of anything, and whether or not the bot is there."""
_YES = re.compile(
    r"\W*(?:y|yes|yeah|yep|yup|ok|okay|sure|please|s[ií]|simon|claro|dale|por favor)"
    r"(?:[\s,.!]+(?:yes|please|do|ok|sure|thanks|thank you|s[ií]|claro|por favor|gracias))*\W*",
    re.IGNORECASE,
)
_SPANISH = re.compile(r"(?:in |en )?(?:espa[nñ]ol|spanish)(?: please| por favor)?[.!]?", re.IGNORECASE)


@dataclass(frozen=True)
class ToBot:
    """The bot shall answer: words as typed or heard, or a need that a button or key stands for."""

    text: str | None = None
    intent: str | None = None
    entities: list[dict[str, Any]] = field(default_factory=list)
    first: tuple[Say, ...] = ()
    """Said before the bot's answer."""


@dataclass(frozen=True)
class ToPerson:
    """A person shall take over; works without the bot."""

    reason: str
    queue: str | None = None
    first: tuple[Say, ...] = ()
    text: str = ""
    danger: bool = False


@dataclass(frozen=True)
class ToAgent:
    """A person is there already: the words are in the thread, and that is all."""


Way = ToBot | ToPerson | ToAgent | Outcome


def clean(raw: str) -> dict[str, Any]:
    """What may be kept of something typed or said: visible, not too long, nothing private, no command."""
    text = plain(raw[: LONGEST * 8])
    cut = len(text) > LONGEST
    # Masking looks at a little more than is kept, so that a number on the edge is seen whole.
    masked = mask(text[: LONGEST + 40])
    kept = masked.text[:LONGEST].strip()
    command = is_command(kept)
    kept = "" if command else kept
    while kept.startswith(("/", "\\")):
        kept = kept[1:].lstrip()
    body = {"text": kept, "hidden": masked.hidden, "cut": cut}
    return {**body, "command": True} if command else body


def way(row: Conversation, inbound: Inbound, last: Message | None, today: date) -> Way:
    """Where this goes. `last` is the line's last message, whose choices a number may mean."""
    body = inbound.body
    text = str(body.get("text") or "")
    if text and safety.in_danger(text):
        return to_safety(text)
    if row.state == "closed":
        return Outcome(says=(Say("utter_closed"),))
    if row.state == "agent":
        return ToAgent()
    if row.state == "queue" and body.get("state") != "bot":
        return Outcome(says=(Say("utter_in_queue"),), turned_to="queue")
    if body.get("unsure") and row.state == "bot":
        # What may have been misheard is asked about, never acted on.
        said = {"heard": {"kind": "text", "value": text}}
        return Outcome(says=(Say("utter_did_i_hear", said),), listen="confirm", hold=text)
    if row.failures and _takes_offer(inbound, text):
        return ToPerson("asked for a person while the assistant was down", text=text)
    if inbound.kind == "event":
        return _event(str(body.get("event")))
    if inbound.kind == "keys":
        return _keys(str(body.get("keys")), row, last)
    if inbound.kind == "choice":
        return _choice(str(body.get("choice")))
    return _text(row, body, text, last, today)


def just_a_person(text: str) -> bool:
    """Whether nothing but a person is asked for."""
    return bool(_JUST_A_PERSON.fullmatch(text))


def to_safety(text: str) -> ToPerson:
    """Somebody may be in danger: safe words and the urgent queue, whatever else was going on."""
    return ToPerson(
        "possible danger to self or others", "urgent", (Say("utter_distress"),), text, danger=True
    )


def _takes_offer(inbound: Inbound, text: str) -> bool:
    """Yes to the person we offered because the bot was silent: the bot need not be asked about that."""
    body = inbound.body
    return body.get("keys") == "1" or body.get("choice") == "yes" or bool(text and _YES.fullmatch(text))


def with_hello(way: Way, hello: Say) -> Way:
    """The first words to a new number say who writes; not before words about danger."""
    if isinstance(way, Outcome):
        return way.after(hello) if way.says else way
    if isinstance(way, ToAgent) or (isinstance(way, ToPerson) and way.danger):
        return way
    return replace(way, first=(hello, *way.first))


def _event(event: str) -> Way:
    if event == "verified":
        return ToBot(intent="verified", first=(Say("utter_verified"),))
    if event == "silence":
        return Outcome(missed=True)
    if event == "identity_wrong":
        return Outcome(says=(Say("utter_identity_wrong"),), choices=("person",), secure_form="identity")
    if event == "identity_skipped":
        return Outcome(says=(Say("utter_no_is_fine"), Say("utter_what_next")), choices=MENU)
    if event == "identity_limit":
        return Outcome(says=(Say("utter_identity_limit"),), choices=("person",))
    return ToBot(intent=event)


def _text(row: Conversation, body: dict[str, Any], text: str, last: Message | None, today: date) -> Way:
    first = (Say("utter_text_cut"),) if body.get("cut") else ()
    if body.get("hidden"):
        first = (*first, Say("utter_number_hidden"))
    if not re.sub(r"[\W_]+", "", text.replace(HIDDEN, "")) and (body.get("hidden") or not text):
        if body.get("hidden"):
            return Outcome(says=first, secure_form=None if row.taxpayer else "identity")
        return Outcome(says=(Say("utter_say_again" if body.get("command") else "utter_empty"),), choices=MENU)
    if (rest := (row.held or {}).get("more")) and wants_more(text):
        return Outcome(says=(Say("utter_rest", {"rest": fact(str(rest), str(rest))}),))
    if row.channel == "sms" and (picked := _picked(text, last)):
        return _choice(picked)
    if row.channel == "voice" and _SPANISH.fullmatch(text):
        return _choice("spanish")
    if just_a_person(text):
        return ToPerson("asked for a person", text=text, first=first)
    if row.channel == "voice" and (amount := _amount(text, today, last)):
        return Outcome(
            says=(Say("utter_heard_amount", {"amount": money(amount)}),), listen="confirm", hold=text
        )
    return ToBot(text=text, first=first)


def _amount(text: str, today: date, last: Message | None) -> str | None:
    """The amount that was heard on a call, to be read back: recognisers get amounts wrong."""
    listening = last.listen if last and last.listen in ("amount", "day", "date", "notice", "yes_no") else None
    amounts = [str(one["value"]) for one in hear(text, today, listening) if one["entity"] == "amount"]
    return amounts[-1] if amounts else None


def _choice(choice: str) -> Way:
    if choice in ("person", "talk_to_agent"):
        return ToPerson("asked for a person")
    if choice not in CHOICES:
        return Outcome(says=(Say("utter_say_again"),), choices=MENU)
    intent, entities = CHOICES[choice]
    return ToBot(intent=intent, entities=list(entities))


def _keys(keys: str, row: Conversation, last: Message | None) -> Way:
    if keys == "0":
        return ToPerson("asked for a person")
    if keys.startswith("*"):
        return ToBot(intent="help_menu")
    if keys.startswith("#"):
        return Outcome(repeats=True)
    held = row.held or {}
    if held.get("first") and keys == "2":
        return _choice("spanish")
    heard = held.get("heard")
    if heard and keys == "1":
        return ToBot(text=str(heard))
    if heard and keys == "2":
        return Outcome(
            says=(Say("utter_heard_wrong"),), listen="amount" if last and last.listen == "amount" else None
        )
    picked = by_key(list(last.choices or ()) if last else []).get(keys)
    if last and last.listen == "amount" and keys.isdigit() and not picked:
        return ToBot(text=f"${int(keys)}")
    if last and last.listen == "yes_no" and keys in ("1", "2"):
        return _choice("yes" if keys == "1" else "no")
    if last and last.listen == "day" and keys.isdigit() and not last.choices:
        return ToBot(text=keys)
    if picked:
        return _choice(picked)
    return _not_offered(in_vain(row), first=bool(held.get("first")))


def in_vain(row: Conversation) -> int:
    """How often in a row this caller was silent or pressed what nobody offered."""
    return sum(int((row.held or {}).get(name) or 0) for name in IN_VAIN)


def _not_offered(before: int, *, first: bool = False) -> Way:
    """A key nobody offered is no silence: it is said, and the question comes again; then the menu; then a person.

    `before`: how often in a row nothing came of a turn, silence counted. `first`: after the greeting, which is not
    given again whole; two stays the key for Spanish.
    """
    if before > 1:
        return ToPerson("pressed keys that were not offered")
    if before == 1:
        return Outcome(says=(Say(NOT_OFFERED), Say("utter_use_keys")), choices=MENU, wrong_key=True)
    if first:
        return Outcome(says=(Say(NOT_OFFERED),), greets=True, wrong_key=True)
    return Outcome(says=(Say(NOT_OFFERED),), repeats=True, wrong_key=True)


def _picked(said: str, last: Message | None) -> str | None:
    """Which offered choice a lone number in a text means."""
    found = re.fullmatch(r"\s*#?(\d)\s*[.)]?\s*", said)
    if not found or last is None or not last.choices or not 1 <= int(found[1]) <= len(last.choices):
        return None
    return last.choices[int(found[1]) - 1]


def language_heard(row: Conversation, text: str, first_words: bool) -> str | None:
    """The language to go on in, when someone writes in the other one; a word or two do not change it."""
    if row.channel == "voice" or (len(text.split()) < 3 and not first_words):
        return None
    heard = language_of(text)
    return heard if heard in ("en", "es") and heard != row.language else None


def without_bot(row: Conversation, asked: ToBot) -> Way:
    """The bot is silent: a person for whoever wants one, true words and the offer for everyone else."""
    if asked.intent == "change_language":
        wanted = next(
            (str(one["value"]) for one in asked.entities if one["value"] in ("en", "es")), row.language
        )
        return Outcome(
            says=(Say("utter_language_changed"),), choices=("person",), language=wanted, failed=True
        )
    said = asked.text or ""
    if asked.intent in ("talk_to_agent", "request_callback") or _PERSON.search(said):
        return ToPerson("asked for a person while the assistant was down", text=said)
    words = "utter_degraded" if row.failures == 0 else "utter_degraded_again"
    return Outcome(says=(*asked.first, Say(words)), choices=("person",), listen="yes_no", failed=True)
