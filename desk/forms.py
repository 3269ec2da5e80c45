"""Small forms: one question at a time, kept as a draft, read back, and only then done. All go the same way.

A topic registers its Form; the dialogue knows a single form and a single slot, and asks here which question comes.
The draft belongs to the taxpayer once identity is proved, so that it goes on in another contact or channel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from desk.answer import Answer, Say
from desk.visit import Visit, needs_identity

OPEN = "open form"
CONFIRM = "confirm"
DONE, NO, LEFT, GOES_ON = "done", "no", "left", "goes on"
"""How a message ended for the form: complete, refused at the end, left for something else, or one step further."""

MISSES_UNTIL_A_PERSON = 2

TOOK = Answer()
"""What a form gives back when it took a value and has nothing to say about it."""


@dataclass(frozen=True)
class Form:
    """One small form. All functions get the visit; values live in the draft and nowhere else."""

    topic: str
    step: Callable[[Visit], str]
    """The step whose question comes now, by what the draft still lacks; CONFIRM when it lacks nothing."""
    ask: Callable[[Visit, str], Answer]
    """The one question of a step; CONFIRM reads everything back."""
    take: Callable[[Visit, str], Answer | None]
    """Takes what it can from a message: TOOK or an Answer to be said; None when the message is not for it."""
    submit: Callable[[Visit], Answer]
    """Does it, once. The draft is dropped by whoever calls."""
    cancelled: str = "utter_form_cancelled"
    """The words for a change of mind."""
    aside: Callable[[Visit], Answer | None] | None = None
    """Side questions the form can answer better than the topic they belong to (what does it cost?)."""
    switches: Mapping[str, str] | None = None
    """Needs heard in the middle that are better served by another form: intent -> its topic."""
    hears: Callable[[Visit], tuple[str | None, tuple[Answer, ...]]] | None = None
    """A form that judges every message by itself: how it ended, and what to say."""
    anyone: bool = False
    """Whether it may be filled in before identity is proved."""


FORMS: dict[str, Form] = {}


def register(form: Form) -> Form:
    """Makes a form known by its topic."""
    FORMS[form.topic] = form
    return form


def owner(here: Visit) -> str:
    """Whose draft it is: the taxpayer's where proved, otherwise this conversation's."""
    return here.contact.taxpayer or here.contact.id


def draft(here: Visit, topic: str) -> dict[str, Any]:
    """What has been given so far."""
    return here.desk.drafts.get(owner(here), topic)


def drafts(here: Visit) -> dict[str, dict[str, Any]]:
    """All that is half filled in, by topic."""
    return {topic: found for topic in FORMS if (found := draft(here, topic))}


def keep(here: Visit, topic: str, **values: Any) -> None:
    """Adds values to the draft; None takes a value out again."""
    kept = {**draft(here, topic), **values}
    here.desk.drafts.put(
        owner(here), topic, {name: value for name, value in kept.items() if value is not None}
    )


def drop(here: Visit, topic: str) -> None:
    """Forgets the draft."""
    here.desk.drafts.drop(owner(here), topic)


def start(here: Visit, topic: str, *say: Say, sources: tuple[str, ...] = (), **values: Any) -> Answer:
    """Opens a form in this conversation; what is known already goes into its draft."""
    known = {name: value for name, value in values.items() if value is not None}
    if known:
        keep(here, topic, **known)
    here.contact.asked = None
    here.desk.drafts.put(here.contact.id, OPEN, {"topic": topic})
    return Answer(say=say, sources=sources, start=topic)


def opened(here: Visit) -> Form | None:
    """The form that is open in this conversation."""
    return FORMS.get(str(here.desk.drafts.get(here.contact.id, OPEN).get("topic")))


def close(here: Visit) -> None:
    """No form is open any more; its draft stays."""
    here.desk.drafts.drop(here.contact.id, OPEN)


def ask(here: Visit) -> Answer:
    """The question that comes now."""
    form = opened(here)
    if form is None:
        return Answer(ask=Say("utter_what_next"))
    if not here.verified and not form.anyone:
        pending = here.contact.pending
        answer = needs_identity(here, Say("utter_form_needs_identity"))
        here.contact.pending = pending
        return answer
    return form.ask(here, form.step(here))


def take(here: Visit) -> tuple[str | None, tuple[Answer, ...]]:
    """What a message means for the open form: how it ended (None: it is not for the form), and what to say."""
    form = opened(here)
    if form is None:
        return LEFT, ()
    if form.hears is not None:
        return form.hears(here)
    if not here.verified and not form.anyone:
        return None, ()
    other = (form.switches or {}).get(here.heard.intent)
    if other in FORMS and other != form.topic:
        return GOES_ON, (_switch(here, str(other)),)
    step = form.step(here)
    answer = form.take(here, step)
    if answer is None and step == CONFIRM and here.heard.intent in ("affirm", "deny"):
        return (DONE if here.heard.intent == "affirm" else NO), ()
    if answer is None:
        return None, ()
    here.contact.misses = 0
    return GOES_ON, ((answer,) if answer.says() else ())


def _switch(here: Visit, topic: str) -> Answer:
    """Another form instead; the draft of the first one is kept."""
    from desk.reply import reply

    answer = reply(here)
    return replace(answer, ask=None, choices=(), start=None) if answer.start == topic else Answer()


def aside(here: Visit) -> Answer:
    """A side question in the middle of a form; the form's own question comes right after."""
    from desk.reply import reply

    form = opened(here)
    own = form.aside(here) if form is not None and form.aside is not None and here.verified else None
    return here.close(own) if own is not None else reply(here)


def again(here: Visit) -> Answer:
    """Nothing the form can use: back to its question, the second time with the offer of a person."""
    form = opened(here)
    own = form.aside(here) if form is not None and form.aside is not None and here.verified else None
    if own is not None:
        return here.close(own)
    here.contact.misses += 1
    if here.contact.misses < MISSES_UNTIL_A_PERSON:
        return here.close(Answer(say=(Say("utter_form_again"),)))
    return here.close(Answer(say=(Say("utter_form_or_person"),)))


def leave(here: Visit) -> Answer:
    """Something that goes before any form: it is answered, the form closes, its draft stays."""
    from desk.reply import reply

    close(here)
    return reply(here)


def finish(here: Visit, how: str | None) -> Answer:
    """After the last step: done, or left alone, as the caller confirmed."""
    form = opened(here)
    close(here)
    if how == LEFT and (form is None or form.hears is not None):
        return Answer()
    if form is None:
        return Answer(ask=Say("utter_what_next"))
    if how != DONE:
        return _cancelled(here, form)
    if not here.verified and not form.anyone:
        return needs_identity(here, Say("utter_form_needs_identity"))
    answer = form.submit(here)
    drop(here, form.topic)
    return answer


def cancel(here: Visit) -> Answer:
    """A change of mind in the middle: nothing is done."""
    form = opened(here)
    close(here)
    if form is None:
        return Answer(say=(Say("utter_form_cancelled"),), ask=Say("utter_anything_else"))
    return _cancelled(here, form)


def _cancelled(here: Visit, form: Form) -> Answer:
    drop(here, form.topic)
    here.contact.asked = "more"
    return Answer(say=(Say(form.cancelled),), ask=Say("utter_anything_else"), choices=("menu", "person"))
