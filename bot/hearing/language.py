"""Which language is this? Counts small words and endings; says None rather than guess."""

from __future__ import annotations

import re

from bot.hearing.tokens import tokens_of

ENGLISH = set(
    "the a an i i'm im i've ive my me you your yours we us our they them their he she his her it its it's is are was "
    "were be been am do does did don't dont doesn't didn't can can't cant could would should will won't wont have "
    "has had haven't got get gets getting and or but if because cuz cause of to from with without for about on in at "
    "by this that these those what what's whats when where who whom whose why how which there here then than just "
    "not please pls plz thanks thank thx hello hi hey yes yeah yep yup nope okay want wanna need owe pay paid letter "
    "letters notice money check paycheck job house tax taxes irs help call called someone somebody talk speak person "
    "human agent back stop keep take took taking took still never ever after before month months year years week day "
    "today tomorrow yesterday late new old more less much many too also very really right wrong good bad sorry know "
    "think tell told say said says send sent mail mailed mean means let's lets u ur r thru gonna gotta dunno idk bc "
    "wtf omg bye goodbye wait hold hours open refund levy lien lawyer bank account bill bills afford stuff thing "
    "any anything something nothing everything sure fine correct maybe might may dated ago last next every first "
    "nah aint ain't yo bro man sir ma'am maam repeat again slower louder quit cancel english form file filed".split()
)
SPANISH = set(
    "el la los las un una unos unas yo mi mis me tu tus su sus te usted ustedes nos nosotros ellos ella es son soy "
    "eres esta estan estoy estaba era fue ser hay tengo tiene tienen tenemos tenia puedo puede pueden podria quiero "
    "quiere quisiera necesito necesita debo debe deben deuda pagar pago pagos pague pagado carta cartas aviso dinero "
    "lana feria cheque sueldo trabajo casa impuestos impuesto ayuda ayudeme ayudenme llamar llame llamo llamaron hablar alguien "
    "persona humano agente y o pero si porque pq xq por para pa de del al con sin en entre sobre que q k como cuando "
    "donde quien cual cuanto cuanta cuantos ya no aun todavia nunca siempre despues antes hoy manana ayer mes meses "
    "ano anos semana dia dias gracias grasias hola ola buenas buenos dias tardes noches adios claro simon sale orale "
    "bueno malo bien mal muy mas menos mucho mucha muchos poco nada algo todo todos esto eso ese esa este aqui ahi "
    "alla se le les lo hace hacer hago hizo dice dicen decir dijeron digo se mande mandaron mandar enviar recibi "
    "llego quitar quitaron quitan banco cuenta espanol ingles abogado esposo esposa marido mujer hijo hija mama papa "
    "favor porfa porfavor xfa tmb tambien entonces pues ps pos nomas ahorita andale disculpe perdon senor senora "
    "joven mijo mija oiga mire dos tres cuatro cinco seis siete ocho nueve diez cien doscientos mil dolares dolar "
    "repita repitame otra vez despacio entiendo entender sé sepa sabe saber qué quienes vale nel nop sip ajá aja "
    "correcto exacto asi primero proximo fecha plan mensual cada hasta desde fin haz dele digame tiempo estafa "
    "nuestro nuestra vivo vive murio fallecio gobierno seguro reembolso multa multas interes intereses".split()
)
BOTH = ENGLISH & SPANISH | {
    "no",
    "plan",
    "me",
    "a",
    "on",
    "in",
    "son",
    "come",
    "an",
    "he",
    "ha",
    "sale",
    "pay",
    "pm",
    "once",
    "real",
    "final",
    "social",
    "agent",
    "irs",
    "levy",
    "am",
    "has",
    "sin",
}
MARKS = re.compile(r"[ñ¿¡áéíóúü]", re.IGNORECASE)
SPANISH_ENDINGS = re.compile(
    r"(cion|ciones|mente|ando|iendo|aron|ieron|ado|ados|adas|ido|idos|arme|irme|erme|aban|"
    r"amos|emos|arlo|arla|erlo|erla|arles|arse|erse|miento|dad|illo|ito|ita|itos|eria)$"
)
ENGLISH_ENDINGS = re.compile(
    r"(ing|tion|tions|ness|ment|ments|ed|ly|ght|ck|wn|sh|ful|less|n't|'s|'re|'ve|'ll|th|ty|ship)$"
)


MACHINE = re.compile(r"\{[^{}]*\}?|(?<!\w)/\w+|\w+_\w+")
"""'/inform{"language": "es"}' is said in no language: what commands are made of is not counted."""


def language_of(text: str) -> str | None:
    """'en', 'es', or None when the words could be either or are not words at all ('CP504', 'ok', 'no')."""
    words = [token.word for token in tokens_of(MACHINE.sub(" ", text)) if token.word[:1].isalpha()]
    english = sum(weight(word, ENGLISH, ENGLISH_ENDINGS) for word in words)
    spanish = sum(weight(word, SPANISH, SPANISH_ENDINGS) for word in words) + 1.5 * bool(MARKS.search(text))
    if english == spanish or max(english, spanish) < 0.5:
        return None
    return "en" if english > spanish else "es"


def weight(word: str, known: set[str], endings: re.Pattern[str]) -> float:
    """1 for a word of this language alone, 0.3 for one of both, 0.5 for a likely ending."""
    if word in known:
        return 0.3 if word in BOTH or len(word) == 1 else 1.0
    if word in BOTH or len(word) < 4:
        return 0.0
    return 0.5 if endings.search(word) else 0.0
