"""Whoever wants no more texts gets none; whoever wants the levy stopped gets an answer."""

import pytest

from channels.keywords import Keyword, keyword


@pytest.mark.parametrize(
    "body",
    [
        "STOP",
        " stop ",
        "Stop.",
        "STOPALL",
        "unsubscribe",
        "CANCEL",
        "End",
        "quit",
        "REVOKE",
        "optout",
        "stop!!",
    ],
)
def test_twilios_stop_words_are_answered_by_twilio(body):
    assert keyword(body) == Keyword("stop", silent=True)


@pytest.mark.parametrize(
    "body",
    [
        "ALTO", "¡Alto!", "parar", "PARE", "Cancelar", "detener", "baja", "basta",
        "please stop", "Stop please", "stop stop stop", "STOP now", "opt out", "alto por favor",
        "please stop texting me", "Quit texting me!", "stop messaging me", "don't text me",
        "Do not text me again",
        "stop sending me messages", "stop sending these texts", "stop sending me text messages",
        "no more texts",
        "I don't want any more messages", "don't send me any more texts", "take me off your list",
        "remove my number", "I want to unsubscribe", "unsubscribe me", "Stop the texts",
        "no me manden mas mensajes", "No me mande más mensajes por favor", "no me envíen mensajes",
        "ya no me manden mensajes", "no quiero recibir más mensajes", "no quiero mas textos",
        "dejen de mandarme mensajes", "deje de enviarme textos", "dejen de escribirme", "no me escriban más",
        "no más mensajes", "sáquenme de la lista", "quiero darme de baja de los mensajes",
    ],
)  # fmt: skip
def test_our_own_stop_words_and_free_phrases_get_one_confirmation(body):
    assert keyword(body) == Keyword("stop", silent=False)


@pytest.mark.parametrize(
    "body",
    [
        "stop the levy", "please stop the levy", "Stop levy", "stop the garnishment",
        "stop garnishing my wages", "take me off hold", "remove me from collections",
        "salir", "no más", "para",
        "stop taking my pay", "how do I stop a levy?", "can you stop this levy please", "STOP THE LEVY NOW",
        "I need to stop the lien", "don't stop texting me", "why did you stop texting me",
        "stop sending me letters", "stop sending me bills", "cancel my plan", "please cancel my payment",
        "I want to cancel", "the end of the month", "quit my job", "end of year", "what stops interest?",
        "alto al embargo", "paren el embargo", "parar el embargo", "detener el embargo de mi salario",
        "no me quiten mi salario", "quiero cancelar mi plan", "no me manden más cartas",
        "dejen de quitarme el sueldo", "para pagar el impuesto", "no quiero pagar mas", "dejen de cobrarme",
        "yes", "sí", "1", "", "   ", "I got a CP504", "Recibí un CP504", "please help me",
        "info about levies",
        "I want to start a plan", "can I start over",
    ],
)  # fmt: skip
def test_what_is_for_the_conversation_stays_in_it(body):
    assert keyword(body) is None


def test_start_and_yes():
    assert keyword("START") == Keyword("start", silent=True)
    assert keyword("unstop") == Keyword("start", silent=True)
    assert keyword("Yes", opted_out=True) == Keyword("start", silent=True)
    assert keyword("Yes") is None
    assert keyword("comenzar") == Keyword("start", silent=False)


def test_help():
    assert keyword("HELP") == Keyword("help", silent=True)
    assert keyword("info") == Keyword("help", silent=True)
    assert keyword("Ayuda") == Keyword("help", silent=False)


@pytest.mark.parametrize("kind", ["STOP", "START", "HELP"])
def test_what_twilio_says_it_handled_is_believed(kind):
    assert keyword("arrêt", opt_out_type=kind) == Keyword(kind.lower(), silent=True)


@pytest.mark.parametrize(
    "said",
    ["no me llamen", "por favor ya no me escriban", "Ya no me escriban por favor.", "dejen de llamarme ya",
     "no quiero mas llamadas", "stop calling me please", "don't ever call me again", "no me contacten"],
)  # fmt: skip
def test_no_more_calls_in_ones_own_words(said):
    found = keyword(said)
    assert found is not None
    assert (found.kind, found.silent) == ("stop", False)


@pytest.mark.parametrize(
    "said",
    ["stop the levy", "paren el embargo", "no me llamen al trabajo, llámenme a casa", "don't call me at work",
     "why did you call me", "llámenme mañana", "no me llamaron", "they never call me back when they say"],
)  # fmt: skip
def test_what_only_sounds_like_it_is_for_the_conversation(said):
    assert keyword(said) is None
