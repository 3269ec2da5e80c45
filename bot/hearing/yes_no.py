"""Yes or no, in the many ways people say it. None when it is neither, or more than that."""

from __future__ import annotations

from bot.hearing.tokens import fold, tokens_of

YES = {"yes", "yeah", "yep", "yup", "ya", "yea", "yah", "ye", "y", "sure", "ok", "okay", "k", "kk", "correct", "right",
       "absolutely", "definitely", "affirmative", "please", "yessir", "exactly", "true", "uh-huh", "mhm", "si", "sip",
       "claro", "simon", "sale", "correcto", "exacto", "afirmativo", "vale", "bueno", "aja", "ajam", "sii", "siii",
       "andale", "orale", "dale", "seguro", "cierto", "yass", "yeh", "yess", "sipi", "of", "course", "1", "perfecto",
       "totally", "certainly", "indeed", "fine", "cheque", "sep", "efectivamente"}
NO = {"no", "nope", "nah", "naw", "n", "never", "negative", "nel", "nop", "nunca", "tampoco", "negativo", "not", "nopes",
      "noo", "nooo", "incorrect", "incorrecto", "wrong", "2", "nones", "nombre", "jamas", "cancel"}
PHRASES = {"go ahead": True, "do it": True, "sounds good": True, "thats right": True, "that's right": True,
           "that's correct": True, "thats correct": True, "that is right": True, "that is correct": True,
           "i do": True, "i did": True, "i am": True, "por supuesto": True, "asi es": True, "esta bien": True,
           "de acuerdo": True, "como no": True, "por que no": True, "why not": True, "you got it": True,
           "no problem": True, "i agree": True, "uh huh": True, "desde luego": True, "ya estas": True,
           "hagale": True, "adelante": True, "eso es": True, "eso mismo": True, "asi mero": True, "sounds right": True,
           "let's do it": True, "lets do it": True, "i guess so": True, "works for me": True, "me parece bien": True,
           "not really": False, "no way": False, "i don't": False, "i dont": False, "i didn't": False, "i'm not": False,
           "para nada": False, "de ninguna manera": False, "ni modo que si": False, "claro que no": False,
           "absolutely not": False, "of course not": False, "i do not": False, "that's wrong": False, "uh uh": False,
           "thats wrong": False, "no es asi": False, "no gracias": False, "no thanks": False, "not right now": False,
           "ahorita no": False, "mejor no": False, "todavia no": False, "not yet": False, "that's not right": False,
           "no esta bien": False, "no es correcto": False, "not correct": False, "not ok": False, "nuh uh": False}
POLITE = {"please", "pls", "plz", "thanks", "thank", "you", "sir", "ma'am", "maam", "gracias", "senor", "senora", "senorita",
          "por", "favor", "porfa", "porfavor", "that", "that's", "thats", "is", "it", "it's", "um", "uh", "well", "oh",
          "pues", "ps", "eso", "es", "joven", "i", "do", "think", "so", "dear", "honey", "man", "ma", "am", "yo", "ese",
          "mija", "mijo", "esta", "bien", "muchas", "the", "eh", "este", "que", "creo", "de", "course", "usted", "hombre"}
WAVERING = {"but", "pero", "maybe", "quiza", "quizas", "know", "sure?", "depends", "depende", "se", "idea", "tal", "vez",
            "wait", "what", "why", "when", "how", "cuanto", "cuando", "como", "espere", "unsure"}
EMOJI = {"\U0001f44d": True, "\u2705": True, "\U0001f44c": True, "\U0001f44e": False, "\u274c": False}


def yes_or_no(text: str) -> bool | None:
    """True, False, or None. 'Yes but...' and 'I don't know' are None: they need a real answer."""
    for picture, said in EMOJI.items():
        if picture in text:
            return said
    plain = " ".join(token.word for token in tokens_of(text) if token.word[:1].isalnum())
    if plain in PHRASES:
        return PHRASES[plain]
    words = plain.split()
    if not words or len(words) > 8 or WAVERING & set(words) or "?" in fold(text):
        return None
    for phrase, said in PHRASES.items():
        if plain.startswith(phrase + " ") and not said:
            return False
    told = [(word in YES) for word in words if word in YES - POLITE or word in NO]
    rest = [word for word in words if word not in YES and word not in NO and word not in POLITE]
    if not told:
        return PHRASES.get(" ".join(w for w in words if w not in {"um", "uh", "well", "pues", "please"}))
    if (told[0] != told[-1] and len(words) > 3) or (rest and len(words) > 3 and plain not in PHRASES):
        phrase_says = next((said for phrase, said in PHRASES.items() if phrase in plain), None)
        return told[0] if phrase_says == told[0] else None
    return all(told) if not told[0] or not all(told) else True
