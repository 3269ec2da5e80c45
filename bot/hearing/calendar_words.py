"""Names of months, weekdays and ordinals, and the words that tell past from future."""

from __future__ import annotations

_MONTHS = [("january", "jan", "enero", "ene"), ("february", "feb", "febrero"), ("march", "mar", "marzo"),
           ("april", "apr", "abril", "abr"), ("may", "mayo"), ("june", "jun", "junio"),
           ("july", "jul", "julio"), ("august", "aug", "agosto", "ago"),
           ("september", "sept", "sep", "septiembre", "setiembre"), ("october", "oct", "octubre"),
           ("november", "nov", "noviembre"), ("december", "dec", "diciembre", "dic")]
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
LOOSE_MONTHS = {"may", "march", "mar", "ago", "dec", "sep"}  # words in their own right; they need a day beside them

_WEEKDAYS = [("monday", "mon", "lunes"), ("tuesday", "tues", "tue", "martes"), ("wednesday", "wed", "miercoles"),
             ("thursday", "thurs", "thu", "jueves"), ("friday", "fri", "viernes"),
             ("saturday", "sat", "sabado"), ("sunday", "sun", "domingo")]
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names if len(name) > 3}

_ORDINALS = ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
             "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth").split()
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, 1)}
ORDINALS.update({"thirtieth": 30, "primero": 1, "primer": 1, "1ro": 1, "1ero": 1})
TENS = {"twenty": 20, "thirty": 30}

TODAY = {"today": 0, "tonight": 0, "hoy": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "yesterday": -1, "ayer": -1,
         "antier": -2, "anteayer": -2, "antes de ayer": -2}
UNITS = {"day": 1, "days": 1, "dia": 1, "dias": 1, "week": 7, "weeks": 7, "semana": 7, "semanas": 7,
         "month": 30, "months": 30, "mes": 30, "meses": 30}
PAST = {"dated", "date", "received", "got", "came", "sent", "mailed", "ago", "last", "was", "arrived", "since", "paid",
        "fechada", "fechado", "fecha", "recibi", "llego", "mandaron", "enviaron", "hace", "pasado", "pasada", "letter",
        "notice", "carta", "aviso", "from", "says", "dice", "pague", "trae", "tiene", "recibimos", "called", "llame"}
FUTURE = {"pay", "start", "by", "until", "till", "before", "next", "can", "will", "pagar", "puedo", "empezar", "para",
          "antes", "hasta", "proximo", "proxima", "viene", "call", "due", "vence", "deadline", "on", "starting",
          "empezando", "payment", "pago", "payday", "gonna", "voy", "cobro", "hearing", "paid"}
RECURRING = {"month", "monthly", "mes", "mensual", "mensuales", "every", "each", "cada", "meses", "months", "payment",
             "payments", "pago", "pagos", "pay", "pagar", "withdraw", "debit", "draft", "plan", "due"}
PRINTED = {"dated", "date", "letter", "notice", "received", "got", "carta", "aviso", "fecha", "fechada", "recibi",
           "llego", "came", "sent", "mailed", "arrived", "fechado", "says", "mandaron", "recibimos"}
