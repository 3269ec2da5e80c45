"""The small words between: yes, no, again, another language, and what we did not understand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from desk import balance, handoff, notices, outbound, plan_form, plans, promises
from desk.answer import Answer, Say
from desk.choices import MENU
from desk.intakes import offering
from desk.visit import Visit, needs_identity

MISSES_UNTIL_A_PERSON = 2
GUESSED = "guess:"
"""`asked` after "did you mean": a bare yes is a yes to the likeliest, which stands first."""
WORDS_OF_A_REQUEST = 2


def _change(here: Visit) -> Answer:
    here.heard = replace(here.heard, intent="change_plan")
    return plans.offer(here)


AFTER_YES: dict[str, Callable[[Visit], Answer]] = {
    "plan": plan_form.resume,
    "change": _change,
    "promise": promises.start,
    outbound.ASKED: outbound.accepted,
}
"""What a yes begins, by the question that was asked."""


def yes(here: Visit) -> Answer:
    """'Yes' to whatever was asked last."""
    asked = here.contact.asked
    if asked and asked.startswith(offering.OFFERED):
        return offering.begin(here, asked.removeprefix(offering.OFFERED))
    if asked and asked.startswith(GUESSED):
        from desk.reply import TOPICS

        here.heard = replace(here.heard, intent=asked.removeprefix(GUESSED), guesses=())
        here.contact.asked = None
        return TOPICS.get(here.heard.intent, menu)(here)
    if asked in AFTER_YES:
        return AFTER_YES[asked](here)
    if asked == "person":
        return handoff.person(here)
    if asked == "identity" and not here.verified:
        return Answer(ask=Say("utter_ask_identity"), secure_form="identity")
    return Answer(say=(Say("utter_yes_to_what"),), ask=Say("utter_what_next"), choices=MENU)


def no(here: Visit) -> Answer:
    """'No' leaves things as they are; after 'anything else?' it ends the talk. 'No, 2022' is another year."""
    if (another := _another_year(here)) is not None:
        return another
    asked, here.contact.asked = here.contact.asked, None
    if asked == "more":
        return Answer(say=(Say("utter_goodbye"),))
    if asked and asked.startswith(offering.OFFERED):
        return offering.declined(here)
    if asked == outbound.ASKED:
        return outbound.declined(here)
    if asked == "identity":
        return Answer(say=(Say("utter_no_identity_is_fine"),), ask=Say("utter_anything_else"), choices=MENU)
    if asked == "person":
        return Answer(say=(Say("utter_no_person_is_fine"),), ask=Say("utter_anything_else"), choices=MENU)
    return Answer(say=(Say("utter_no_is_fine"),), ask=Say("utter_anything_else"), choices=MENU)


def menu(here: Visit) -> Answer:
    """What can be done here."""
    return Answer(say=(Say("utter_help_menu"),), ask=Say("utter_what_next"), choices=MENU)


def inform(here: Visit) -> Answer:
    """A bare answer: a date after 'which date', an amount after 'how much'."""
    waiting_for_date = not here.verified and bool(here.contact.story.notices)
    if here.heard.notice or (here.heard.date and waiting_for_date):
        return notices.explain(_with_last_notice(here))
    if here.heard.amount:
        return _plans(here)
    return did_not_understand(here)


def _another_year(here: Visit) -> Answer | None:
    """'I meant 2022', after a balance: the same question for that year."""
    told = here.contact.story.told
    last = [one["words"] for one in told if one.get("turn") == told[-1].get("turn")]
    about_balance = any(one.startswith("utter_balance_") for one in last)
    if not (here.verified and here.heard.tax_years and about_balance):
        return None
    here.heard = replace(here.heard, intent="balance_inquiry")
    return balance.tell(here)


def _with_last_notice(here: Visit) -> Visit:
    if not here.heard.notice:
        here.heard = replace(here.heard, notices=(here.contact.story.notices[-1]["code"],))
    return here


def did_not_understand(here: Visit) -> Answer:
    """First in other words and with the best guesses; the second time a person is offered first."""
    plain = _named(here)
    if plain is not None:
        return plain
    here.contact.misses += 1
    if here.contact.misses >= MISSES_UNTIL_A_PERSON:
        return Answer(
            say=(Say("utter_missed_twice"),), ask=Say("utter_offer_person"), choices=("person", *MENU[:3])
        )
    guesses = tuple(
        one for one in here.heard.guesses if one not in ("out_of_scope", "inform", "nlu_fallback")
    )[:3]
    if guesses:
        here.contact.asked = f"{GUESSED}{guesses[0]}"
        return Answer(ask=Say("utter_did_you_mean"), choices=(*guesses, "person"))
    return Answer(ask=Say("utter_say_again"), choices=MENU)


def _named(here: Visit) -> Answer | None:
    """A letter, an amount or a year is plain enough, even where the rest of the sentence was not."""
    if (another := _another_year(here)) is not None:
        return another
    guesses = set(here.heard.guesses[:2])
    if here.heard.amount and guesses & {"setup_payment_plan", "payment_plan_options", "change_plan"}:
        return _plans(here)
    if here.heard.notice and "out_of_scope" not in guesses:
        here.heard = replace(here.heard, intent="notice_question")
        return notices.explain(here)
    return None


def _plans(here: Visit) -> Answer:
    """An amount is about a plan, now and when the question comes back after identity."""
    here.heard = replace(here.heard, intent="payment_plan_options")
    return plans.offer(here)


def out_of_scope(here: Visit) -> Answer:
    """Not for this line: says so kindly, and what is; the second time a person is offered. A stray word or a smile
    was just not understood."""
    if here.heard.text and len(re.findall(r"[^\W\d_]{2,}", here.heard.text)) < WORDS_OF_A_REQUEST:
        return did_not_understand(here)
    here.contact.misses += 1
    if here.contact.misses >= MISSES_UNTIL_A_PERSON:
        return Answer(
            say=(Say("utter_out_of_scope"),), ask=Say("utter_offer_person"), choices=("person", *MENU[:3])
        )
    return Answer(say=(Say("utter_out_of_scope"),), ask=Say("utter_what_next"), choices=MENU)


def switch_language(here: Visit) -> Answer:
    """English and Spanish here; any other language through a person with an interpreter."""
    wanted = here.heard.language or ("es" if here.contact.language == "en" else "en")
    if wanted not in ("en", "es"):
        here.asks_for(f"an interpreter ({wanted})")
        return Answer(say=(Say("utter_other_language"),), ask=Say("utter_offer_person"), choices=("person",))
    here.contact.language = wanted
    return Answer(say=(Say("utter_language_changed"),), ask=Say("utter_what_next"), choices=MENU)


def ask_identity(here: Visit) -> Answer:
    """Why we ask, and the way to answer."""
    if here.verified:
        return Answer(say=(Say("utter_identity_already"),), ask=Say("utter_what_next"), choices=MENU)
    pending = here.contact.pending
    answer = needs_identity(here, Say("utter_identity_why"), sources=("26 USC 6103",))
    here.contact.pending = pending
    return answer


def opt_out(here: Visit) -> Answer:
    """No more texts or calls from us."""
    here.asks_for("no more texts or calls")
    return Answer(say=(Say("utter_opt_out_done"),), sources=("47 CFR 64.1200(a)(10)",))


def repeat(here: Visit) -> Answer:
    """The last reply, again."""
    told = [
        one
        for one in here.contact.story.told
        if not one["words"].startswith(("utter_repeat", "utter_missed"))
    ]
    if not told:
        return menu(here)
    return Answer(
        say=tuple(Say(one["words"], one["facts"]) for one in told if one.get("turn") == told[-1].get("turn"))
    )


def distress(here: Visit) -> Answer:
    """Danger comes before everything: 988, 911, and a person first in line. No collection talk."""
    here.contact.story.reason = "possible danger to self or others"
    safe = Answer(say=(Say("utter_distress"),))
    to_person = handoff.person(here, reason="possible danger to self or others", queue="urgent")
    return Answer(say=(*safe.say, Say("utter_distress_person")), turned_to=to_person.turned_to)
