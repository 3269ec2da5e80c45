"""Which need leads to which request, and the message somebody wants to leave for an agent."""

from __future__ import annotations

import re
from collections.abc import Callable

import desk.intakes.forms  # noqa: F401  (makes the intakes known as forms)
from desk.answer import Answer, Say
from desk.intakes import offering, records
from desk.intakes.model import Intake
from desk.intakes.options import GO_ON as GO_ON
from desk.intakes.topics import INTAKES
from desk.intakes.values import plain
from desk.visit import Visit, needs_identity

LEADS: dict[str, str | Callable[[Visit], str]] = {
    "cdp_appeal": "hearing",
    "collection_appeal_other": "appeal",
    "cannot_pay_hardship": "hardship",
    "penalty_abatement": lambda here: _of_penalties(here),
    "wage_levy": "levy_release",
    "bank_levy": "levy_release",
    "tax_lien": "lien",
    "transfer_question": lambda here: "recall" if _at_agency(here) else "transfer",
    "private_collection_agency": "recall",
    "taxpayer_advocate": "advocate",
    "innocent_spouse": "innocent_spouse",
    "dispute_debt": "dispute",
    "already_paid": "already_paid",
    "authorize_representative": "representative",
    "deceased_taxpayer": "deceased",
    "bankruptcy": "bankruptcy",
    "unfiled_returns": "unfiled",
    "business_payroll_tax": "payroll",
}
"""Need -> the request it may become."""


def _of_penalties(here: Visit) -> str:
    """First-time relief comes before reasonable cause (the IRS looks at it first); each is asked for once."""
    asked = records.open_request(here, "first_time")
    return "first_time" if INTAKES["first_time"].fits(here) and asked is None else "reasonable_cause"


def _at_agency(here: Visit) -> bool:
    """'Take my case back' means back from whoever has it."""
    return here.view is not None and here.view["assignment"]["to"] == "private_agency"


MESSAGE = "message_for_agent"
"""The desk's own name for this need; the bot hears it as one of MAY_BE_MESSAGE."""
MAY_BE_MESSAGE = frozenset(
    "talk_to_agent request_callback inform nlu_fallback out_of_scope case_status help_menu complaint".split()
)
_MESSAGE = re.compile(
    r"\b(?:leave|pass|send|give|take) (?:on )?(?:a |my |the |this )?message\b|\b(?:leave|tell) (?:the|that|my) (?:agent|person|lady|guy|man|woman)\b"
    r"(?! i (?:want|need) (?:a|to (?:talk|speak)))|\bdeja(?:r|rle|rles)? (?:un |el )?(?:mensaje|recado)\b|\b(?:mensaje|recado) (?:para|al?) (?:el |la )?(?:agente|persona|senor\w*)\b"
)


def taken_down(intent: str, explain: Callable[[Visit], Answer]) -> Callable[[Visit], Answer]:
    """The explanation of a need, followed by the offer to take the request down."""

    def answer(here: Visit) -> Answer:
        told = explain(here)
        leads = LEADS[intent]
        topic = leads if isinstance(leads, str) else leads(here)
        if here.contact.asked == "plan":
            # An amount was named, and a plan is being offered for it: one question is enough.
            records.asked_now(here, INTAKES[topic])
            return told
        return offering.offer(here, topic, told)

    return answer


def officer_asked(explain: Callable[[Visit], Answer]) -> Callable[[Visit], Answer]:
    """A person is found at once; that a revenue officer was wanted is kept as a request of its own."""

    def answer(here: Visit) -> Answer:
        told = explain(here)
        known = records.open_request(here, OFFICER.topic)
        if here.case is not None and known is None and not here.only_hears:
            records.put(here, OFFICER, status="handed", facts={})
        return told

    return answer


OFFICER = Intake(topic="officer", wish="to speak with a revenue officer", status="handed")
"""No questions: it is kept, and a person goes on."""


def wants_message(here: Visit) -> bool:
    """Whether a message shall be left for the agent spoken to before."""
    return here.heard.intent in MAY_BE_MESSAGE and bool(_MESSAGE.search(plain(here.heard.text)))


def message(here: Visit) -> Answer:
    """A message for the agent spoken to last: taken down at once, kept in the case notes."""
    if here.view is None:
        return needs_identity(here, Say("utter_message_general"))
    return offering.begin(here, "message")
