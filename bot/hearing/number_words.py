"""The words people use for numbers, English and Spanish, with the spellings texts are full of."""

from __future__ import annotations

ENGLISH_UNITS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
ENGLISH_TEENS = {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
ENGLISH_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
ZERO = {"zero", "cero", "sero"}
OH = {"oh", "o"}  # a zero only inside a row of digits

SPANISH_UNITS = {
    "un": 1,
    "uno": 1,
    "una": 1,
    "dos": 2,
    "tres": 3,
    "cuatro": 4,
    "cinco": 5,
    "sinco": 5,
    "seis": 6,
    "siete": 7,
    "ocho": 8,
    "nueve": 9,
    "nuebe": 9,
}
SPANISH_TEENS = {
    "diez": 10,
    "dies": 10,
    "once": 11,
    "onse": 11,
    "doce": 12,
    "dose": 12,
    "trece": 13,
    "trese": 13,
    "catorce": 14,
    "catorse": 14,
    "quince": 15,
    "quinse": 15,
    "dieciseis": 16,
    "diesiseis": 16,
    "diecisiete": 17,
    "dieciocho": 18,
    "diecinueve": 19,
}
SPANISH_TENS = {
    "veinte": 20,
    "beinte": 20,
    "treinta": 30,
    "cuarenta": 40,
    "cincuenta": 50,
    "sincuenta": 50,
    "sesenta": 60,
    "setenta": 70,
    "ochenta": 80,
    "noventa": 90,
    "nobenta": 90,
}
SPANISH_TWENTIES = {
    f"{start}inti{word}": 20 + value for start in ("ve", "be") for word, value in SPANISH_UNITS.items()
}
_STEMS = {"dos": 2, "tres": 3, "cuatro": 4, "seis": 6, "sete": 7, "ocho": 8, "nove": 9, "nobe": 9}
SPANISH_HUNDREDS = {
    f"{stem}{ending}": value * 100
    for stem, value in _STEMS.items()
    for ending in ("cientos", "cientas", "sientos", "sientas")
}
SPANISH_HUNDREDS.update(
    {"quinientos": 500, "quinientas": 500, "kinientos": 500, "cien": 100, "ciento": 100, "sien": 100}
)
# 'once' is an English word too; it counts as eleven only in a Spanish sentence or after a notice's letters.
SHARED = {"once"}
