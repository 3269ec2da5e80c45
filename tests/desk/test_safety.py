"""Danger is heard in both languages and in every style; taxes alone never sound like danger."""

from __future__ import annotations

import pytest

from desk.safety import in_danger

DANGER = [
    "I want to kill myself",
    "im gonna kill myself if you take my check",
    "i dont want to live anymore",
    "I don’t want to be here anymore.",
    "id be better off dead",
    "my family would be better off without me",
    "I am going to end it all",
    "thinking about suicide",
    "i feel suicidal",
    "I have nothing left to live for",
    "there is no reason to live",
    "I wish I was dead",
    "kms",
    "i took all my pills",
    "I have a gun to my head right now",
    "i will jump off the bridge tonight",
    "I AM GOING TO TAKE MY OWN LIFE",
    "i just want to die",
    "I'm going to shoot someone at your office",
    "i will come down there with a gun",
    "there is a bomb in the building",
    "I'll blow up your office",
    "my husband is beating me",
    "he said he is going to kill me and my kids",
    "im scared for my life",
    "we have nowhere to sleep tonight",
    "I got evicted today and I have three kids",
    "sleeping in my car tonight with my kids",
    "me quiero morir",
    "ya no quiero vivir",
    "me voy a matar",
    "kiero morirme",
    "quiero quitarme la vida",
    "estoy pensando en suicidarme",
    "pienso en el suicidio",
    "mi familia estaria mejor sin mi",
    "no tengo razón para vivir",
    "quiero acabar con todo",
    "ojalá estuviera muerta",
    "me voy a tomar todas las pastillas, quiero morir",
    "voy a matar a alguien",
    "los voy a matar",
    "voy a ir a su oficina con una pistola",
    "hay una bomba en el edificio",
    "mi esposo me golpea",
    "temo por mi vida",
    "no tengo donde dormir esta noche",
    "hoy dormimos en la calle con mis hijos",
    "nos desalojan hoy",
]

NO_DANGER = [
    "stop the levy",
    "stop",
    "what is a CP504",
    "I owe 12000 and can't pay",
    "kill this levy please",
    "my father died last year and owed taxes",
    "my late husband killed himself and left tax debt",
    "the levy is killing my business",
    "can you shoot me an email",
    "I could kill for a straight answer",
    "I am dead broke",
    "what is the deadline",
    "this will hurt my credit",
    "they are taking my house",
    "will you take my car",
    "can the IRS take my life insurance",
    "I live in my car",
    "I lost my job and I am behind on rent",
    "the penalty hit me with 300 dollars",
    "I want to end the plan",
    "end it",
    "cancel all of it",
    "i want to live within my means",
    "how do I go on a payment plan",
    "I can't do this anymore, I need a payment plan",
    "me están matando los intereses",
    "quiero matar la deuda",
    "mi papá murió y debía impuestos",
    "no puedo pagar",
    "me muero de hambre esperando",
    "detengan el embargo",
    "quiero terminar con el plan",
    "vivo en la calle Elm 12",
    "acabar con la deuda",
    "se me acaba la vida útil del plan",
    "I need a person",
    "hello",
    "",
]


@pytest.mark.parametrize("text", DANGER)
def test_danger_is_heard(text: str) -> None:
    assert in_danger(text)


@pytest.mark.parametrize("text", NO_DANGER)
def test_taxes_alone_are_not_danger(text: str) -> None:
    assert not in_danger(text)
