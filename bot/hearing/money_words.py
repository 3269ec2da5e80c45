"""Words that make a number money, and words that make it something else."""

from __future__ import annotations

CURRENCY = {"dollar", "dollars", "dolar", "dolares", "dollares", "bucks", "buck", "usd", "pesos", "dls", "dlls",
            "dolarse", "dolaritos", "verdes", "$", "dolars", "doll"}
PERIOD_STARTS = {"a", "per", "each", "every", "al", "por", "cada", "monthly", "mensual", "mensuales", "/",
                 "mensualmente", "weekly", "biweekly", "mo", "pm"}
PERIODS = {"month", "months", "mo", "mes", "meses", "mnth", "mth", "week", "wk", "semana", "paycheck", "quincena",
           "year", "ano", "pay"}
ALONE_PERIODS = {"monthly", "mensual", "mensuales", "mensualmente", "weekly", "biweekly", "semanales", "quincenales"}
PAYING = {"pay", "paying", "payin", "afford", "send", "manage", "pagar", "pagarles", "pago", "pagarle", "mandar",
          "abonar", "dar", "darles", "put", "spare", "swing", "do", "offer", "ofrecer", "payments", "payment",
          "pagos", "down", "enganche", "abono", "give", "scrape", "paid", "pague", "pagado", "aportar"}
OWING = {"owe", "owed", "owing", "owes", "debo", "debe", "debemos", "deuda", "debt", "balance", "bill", "total",
         "says", "dice", "saldo", "due", "debia", "adeudo", "cobran", "cobrando", "reclaman", "charging"}
BETWEEN = {"about", "around", "like", "maybe", "only", "just", "up", "to", "of", "is", "at", "least", "roughly",
           "almost", "over", "them", "you", "us", "was", "i", "como", "unos", "unas", "solo", "maximo", "max",
           "hasta", "de", "es", "son", "casi", "mas", "o", "menos", "les", "tal", "vez", "nomas", "a", "the",
           "le", "nada", "mucho", "que", "por", "still", "irs", "total", "some", "un", "really",
           "probably", "quiza", "quizas", "approx", "approximately", "aproximadamente", "alrededor", "me", "los"}
NOT_MONEY = {"day", "days", "dia", "dias", "week", "weeks", "semana", "semanas", "month", "months", "mes", "meses",
             "year", "years", "ano", "anos", "hours", "hour", "horas", "hora", "minutes", "minutos", "times", "veces",
             "percent", "%", "letters", "notices", "cartas", "avisos", "kids", "hijos", "children", "people", "am",
             "pm", "payments", "pagos", "th", "st", "nd", "rd", "personas", "jobs", "accounts", "returns", "of",
             "employees", "empleados", "business", "checks", "cheques", "installments", "digits", "calls", "phone"}
