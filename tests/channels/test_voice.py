"""Every document of a call is one Twilio would take, listens in the right way and never ends in silence."""

import json
from xml.etree import ElementTree

import pytest

from channels import voice
from channels.twiml_lint import lint
from channels.voice import Keys, Spoken

HERE = "https://line.example/twilio/voice/abc"
WAIT = "https://line.example/twilio/voice/wait"
LONG = "You have the right to a hearing. " * 800
BOTH = [Spoken("Welcome.", "en"), Spoken("Para español, oprima dos.", "es")]

EVERY = {
    "ask": voice.ask("How can I help?", action=HERE, language="en"),
    "ask both": voice.ask(BOTH, action=HERE, language="en"),
    "ask notice": voice.ask("¿Qué aviso?", action=HERE, language="es", listen="notice"),
    "ask amount": voice.ask("How much?", action=HERE, language="en", listen="amount"),
    "ask yes or no": voice.ask("¿Sí o no?", action=HERE, language="es", listen="yes_no"),
    "ask long": voice.ask(LONG, action=HERE, language="en"),
    "ask keys": voice.ask_keys("Key it in.", action=HERE, language="en", keys=Keys(None)),
    **{
        item: voice.ask_identity("Key it in.", item=item, action=f"{HERE}/{item}", language=language)
        for item in ("tin", "date_of_birth", "zip", "caller_id")
        for language in ("en", "es")
    },
    "confirm": voice.confirm("Two hundred dollars. One is yes.", action=HERE, language="en"),
    "say": voice.say("Thank you.", language="en", then=HERE),
    "hold": voice.hold("Un momento.", language="es", then=HERE),
    "enqueue": voice.enqueue("One moment.", language="en", action=HERE, wait_url=WAIT, workflow_sid="WW1",
                             attributes={"handoff_key": "h1"}, priority=5),
    "enqueue by name": voice.enqueue("One moment.", language="en", action=HERE, wait_url=WAIT, queue="urgent",
                                     attributes={"handoff_key": "h1"}),
    "wait": voice.wait("Three people are ahead of you.", language="en"),
    "wait with a key": voice.wait("Press 1 to be called back.", language="en", action=HERE),
    "leave": voice.leave_line("We will call you back.", language="en"),
    "redirect": voice.redirect(HERE),
    "connect": voice.connect("+15550100123", said="Connecting you.", language="en"),
    "hang up": voice.hang_up("Good-bye.", language="en"),
    "relay": voice.relay("wss://line.example/twilio/relay", action=HERE, language="es",
                         parameters={"n": "1"}),
    "fallback": voice.fallback(),
    "fallback workflow": voice.fallback(workflow_sid="WW1"),
    "fallback number": voice.fallback(number="+18008297650"),
}  # fmt: skip


def verbs(document):
    return list(ElementTree.fromstring(document))


@pytest.mark.parametrize("name", EVERY)
def test_every_document_passes_the_lint(name):
    assert lint(EVERY[name]) == []


@pytest.mark.parametrize("name", [name for name in EVERY if "Gather" in EVERY[name] and "wait" not in name])
def test_whoever_says_nothing_is_not_hung_up_on(name):
    gather, after = verbs(EVERY[name])
    assert gather.get("actionOnEmptyResult") == "true"
    assert (after.tag, after.text) == ("Redirect", gather.get("action"))


def test_a_question_takes_one_key_or_speech_with_hints_in_its_language():
    gather = verbs(EVERY["ask notice"])[0]
    assert gather.get("input") == "dtmf speech"
    assert (gather.get("numDigits"), gather.get("finishOnKey")) == ("1", "")
    assert gather.get("language") == "es-US"
    assert "ce pe quinientos cuatro" in gather.get("hints")
    assert int(gather.get("speechTimeout")) > 0
    assert gather[0].attrib == {"language": "es-MX", "voice": "Polly.Mia-Neural"}


@pytest.mark.parametrize(
    ("item", "keys"), [("tin", "9"), ("date_of_birth", "8"), ("zip", "5"), ("caller_id", None)]
)
def test_identity_items_are_keyed_and_never_spoken(item, keys):
    gather = verbs(EVERY[item])[0]
    assert gather.get("input") == "dtmf"
    assert gather.get("numDigits") == keys
    assert gather.get("action").endswith(f"/{item}")
    assert not gather.get("hints")


def test_an_amount_is_confirmed_by_key_only():
    gather = verbs(EVERY["confirm"])[0]
    assert (gather.get("input"), gather.get("numDigits"), gather.get("finishOnKey")) == ("dtmf", "1", "")


def test_a_line_may_speak_both_languages():
    said = [(say.get("language"), say.text) for say in verbs(EVERY["ask both"])[0]]
    assert said == [("en-US", "Welcome."), ("es-MX", "Para español, oprima dos.")]


def test_a_long_text_is_said_in_pieces_and_nothing_is_lost():
    pieces = [say.text for say in verbs(EVERY["ask long"])[0]]
    assert len(pieces) > 1
    assert " ".join(" ".join(pieces).split()) == LONG.strip()


def test_the_task_carries_its_attributes_as_json():
    enqueue = verbs(EVERY["enqueue"])[1]
    assert json.loads(enqueue[0].text) == {"handoff_key": "h1"}
    assert enqueue[0].get("priority") == "5"
    assert enqueue.get("workflowSid") == "WW1"
    assert verbs(EVERY["enqueue by name"])[1].text == "urgent"


def test_what_a_person_wrote_cannot_become_a_verb():
    document = voice.say('</Say><Dial>+15550100199</Dial> & "quotes"', language="en", then=HERE)
    assert [verb.tag for verb in verbs(document)] == ["Say", "Redirect"]


def test_the_fallback_tells_the_truth_in_both_languages_and_goes_to_a_person():
    said = verbs(EVERY["fallback"])
    assert [verb.tag for verb in said] == ["Say", "Say", "Enqueue"]
    assert {say.get("language") for say in said[:2]} == {"en-US", "es-MX"}


def test_nothing_is_said_and_still_hung_up():
    assert [verb.tag for verb in verbs(voice.hang_up())] == ["Hangup"]
