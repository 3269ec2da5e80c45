"""What may be chosen in an intake, and how people say it. The label of each is `choice_<id>` in domain.yml."""

from __future__ import annotations

GO_ON, SKIP = "go_on", "skip"

SAID: dict[str, str] = {
    # hearing: why, and what instead
    "hear_cannot_pay": r"\b(?:ca ?nt|cannot|can not|unable|afford|no puedo|no podemos|no tengo (?:con que|dinero))\b|hardship|dificultad",
    "hear_not_owed": r"\b(?:do ?nt|do not|dont|no) (?:owe|debo|es mi|think i owe)|\bnot mine\b|wrong amount|disagree|no estoy de acuerdo|incorrect|\bmistake\b|\berror\b",
    "hear_spouse": r"\b(?:spouse|husband|wife|ex|espos[oa]|marido|mujer|conyuge)\b",
    "hear_lien": r"\b(?:lien|gravamen)\b",
    "hear_other": r"\b(?:other|something else|otra (?:cosa|razon)|otro)\b",
    "want_plan": r"\b(?:plan|monthly|installments?|payments|mensual|pagos|a plazos|cada mes)\b",
    "want_hold": r"\b(?:hold|pause|not pay|nothing (?:now|for now)|pausa|suspend\w*|no pagar|esperar)\b",
    "want_offer": r"\b(?:offer|settle|less|oferta|menos|arreglo)\b",
    "want_none": r"\b(?:none|nothing|neither|no se|not sure|do ?nt know|nada|ninguno)\b",
    # collection appeal
    "cap_lien": r"\b(?:lien|gravamen)\b",
    "cap_levy": r"\b(?:levy|levied|took|taking|garnish\w*|embarg\w*|quitaron|quitan)\b",
    "cap_proposed_levy": r"\b(?:announced|going to|about to|proposed|notice|letter|anunciad\w+|van a|carta|aviso)\b",
    "cap_plan_rejected": r"\b(?:reject\w*|turned down|refused|denied|rechaz\w+|nega\w+)\b",
    "cap_plan_ended": r"\b(?:ended?|terminat\w+|cancel\w+|default\w*|termin\w+)\b",
    # release of a levy
    "levy_wages": r"\b(?:wages?|pay(?:check)?|salary|job|employer|sueldo|salario|trabajo|patron)\b",
    "levy_bank": r"\b(?:bank|account|banco|cuenta)\b",
    "levy_social_security": r"\b(?:social security|benefits?|seguro social|beneficios?)\b",
    "levy_state_refund": r"\b(?:refund|reembolso)\b",
    "levy_other": r"\b(?:other|otro)\b",
    "free_hardship": r"\b(?:rent|food|bills|eat|ca ?nt (?:live|pay)|cannot|hardship|survive|renta|comida|comer|vivir|no puedo|no me alcanza|dificultad)\b",
    "free_plan": r"\b(?:plan|payments|monthly|arrange\w*|pagos|mensual)\b",
    "free_paid": r"\b(?:paid|already|pague|pagad\w+)\b",
    "free_not_mine": r"\b(?:not mine|not my|somebody else|someone else|wrong person|no es (?:mi[oa]|mi)|de otra persona)\b",
    # liens
    "lien_withdraw": r"\b(?:withdraw\w*|take (?:it )?off|remove\w*|erase|retir\w+|quit\w+|borr\w+)\b",
    "lien_discharge": r"\b(?:sell\w*|sale|sold|vend\w+|venta)\b",
    "lien_subordinate": r"\b(?:refinanc\w+|loan|mortgage|prestamo|hipoteca)\b",
    "lien_paid": r"\b(?:paid|pague|pagad\w+)\b",
    # spouse
    "spouse_married": r"\b(?:married|together|casad[oa]s?|juntos)\b",
    "spouse_separated": r"\b(?:separated|apart|separad[oa]s?)\b",
    "spouse_divorced": r"\b(?:divorced?|ex|divorciad[oa]s?)\b",
    "spouse_widowed": r"\b(?:widow\w*|died|dead|passed|viud[oa]|murio|fallecio)\b",
    # Taxpayer Advocate
    "harm_money": r"\b(?:rent|evict\w*|utilities|light|food|medicine|job|lose|shut ?off|renta|desaloj\w+|luz|comida|medicina|trabajo|perder)\b",
    "harm_delay": r"\b(?:wait\w*|delay\w*|months?|weeks|slow|no answer|days|esper\w+|demora|meses|tard\w+|respuesta)\b",
    "harm_cost": r"\b(?:costs?|lawyer|fees|expens\w+|gastos?|abogado|caro)\b",
    "harm_other": r"\b(?:other|something else|otra cosa|otro)\b",
    # what is wrong
    "wrong_theft": r"\b(?:stole|stolen|theft|identity|somebody|someone (?:else )?(?:used|filed)|used my|fraud|robo|robaron|usaron|identidad|alguien (?:uso|declaro))\b",
    "wrong_amount": r"\b(?:amount|too much|high|cantidad|demasiado|mucho)\b",
    "wrong_income": r"\b(?:income|1099|w-?2|job i never|never worked|ingresos?|nunca trabaje)\b",
    "wrong_filed": r"\b(?:return|filed|deduct\w*|declaracion|declare|deduc\w+)\b",
    # how it was paid
    "paid_bank": r"\b(?:bank|direct pay|online|account|banco|cuenta|en linea)\b",
    "paid_card": r"\b(?:card|credit|debit|tarjeta)\b",
    "paid_check": r"\b(?:check|cheque|mail|money order|correo|giro)\b",
    "paid_cash": r"\b(?:cash|store|efectivo|tienda)\b",
    # representative
    "rep_first": r"\b(?:first|before|primero|antes)\b",
    "rep_act": r"\b(?:act|speak|talk|handle|represent|deal|2848|actu\w+|habl\w+|represent\w+)\b",
    "rep_hear": r"\b(?:hear|see|look|information|only|8821|ver|informacion|recib\w+|solo)\b",
    "rep_am": r"\b(?:i am|im|i represent|my client|soy|represento|mi cliente)\b",
    # someone has died
    "dead_executor": r"\b(?:executor|executrix|administrat\w+|estate|albacea|herencia)\b",
    "dead_spouse": r"\b(?:spouse|husband|wife|widow\w*|espos[oa]|marido|viud[oa])\b",
    "dead_family": r"\b(?:son|daughter|father|mother|mom|dad|brother|sister|family|friend|hij[oa]|padre|madre|papa|mama|herman[oa]|familia|amig[oa])\b",
    # bankruptcy
    "chapter_7": r"\b(?:7|seven|siete)\b",
    "chapter_11": r"\b(?:11|eleven|once)\b",
    "chapter_12": r"\b(?:12|twelve|doce)\b",
    "chapter_13": r"\b(?:13|thirteen|trece)\b",
    "chapter_unknown": r"\b(?:not sure|do ?nt know|no idea|no se)\b",
}  # fmt: skip
"""Option id -> what names it, without accents, in both languages."""

OPTIONS = (*SAID, GO_ON, SKIP)
