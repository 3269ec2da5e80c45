"""'I get 400 a month unemployment': money that comes in or goes out is no offer to pay."""

from __future__ import annotations

import re
import unicodedata

_COMES_IN = re.compile(
    r"\b(?:unemployment|social security|ssi|ssdi|disability|pension|retirement|food stamps|benefits?|income|salary|"
    r"(?:i|we) (?:only |just )?(?:get|make|earn|receive|bring home|live on)|my (?:pay|check|wages)|"
    r"desempleo|seguro social|discapacidad|pension|jubilacion|ingresos?|sueldo|salario|gano|ganamos|recibo|recibimos|me dan|cobro|vivo con)\b"
)
_GOES_OUT = re.compile(
    r"\b(?:rent|mortgage|groceries|food|bills?|child support|car payment|insurance|medicines?|"
    r"renta|alquiler|hipoteca|comida|manutencion|seguro medico|medicinas?)\b"
)
_OFFERS = re.compile(
    r"\b(?:(?:can|could|able to|afford to|want to|like to|willing to|might|will|ill|would) (?:\w+ ){0,2}(?:pay|do|send|afford|manage)|"
    r"(?:puedo|podria|podemos|quiero|quisiera) (?:\w+ ){0,2}(?:pagar|dar|abonar|mandar)|payments? of|pagos? de)\b"
)
_NEGATED = re.compile(
    r"\b(?:ca ?nt|cannot|can not|could ?nt|not able to|unable to|no (?:puedo|podemos|podria)) (?:afford to )?(?:pay|pagar)\b"
)


def of_living(said: str) -> bool:
    """Whether an amount in these words is what somebody lives on or spends, and not what they offer to pay."""
    bare = _plain(said)
    offers = _OFFERS.search(_NEGATED.sub(" ", bare))
    return bool((_COMES_IN.search(bare) or _GOES_OUT.search(bare)) and not offers)


def comes_in(said: str) -> bool:
    """Whether the words speak of income alone."""
    bare = _plain(said)
    return bool(_COMES_IN.search(bare)) and not _GOES_OUT.search(bare)


def _plain(said: str) -> str:
    apart = unicodedata.normalize("NFD", said.lower().replace("'", "").replace("’", ""))
    return "".join(one for one in apart if unicodedata.category(one) != "Mn")
