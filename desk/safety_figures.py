"""More of what only sounds like danger: worry said large, ill wishes, what is long over, and what comes after a death some day.

Words are compared as desk/safety.py folds them: small letters, no accents, usual spellings. What is left of the sentence is
heard again, so "I am scared to death, he has a knife" stays what it is.
"""

from __future__ import annotations

_NOW = r"(?!.{0,30}\b(?:tonight|today|now|tomorrow|(?:this|by|in the) (?:morning|afternoon|evening|week|weekend)|2nite)\b)"
_LONG_AGO = (
    r"(?:in (?:19|20)\d\d|(?:\w+ )?(?:years?|months?|weeks?) ago|last (?:year|spring|summer|fall|winter|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|back (?:then|in)|that (?:year|spring|summer|fall|winter|april)|(?:when|while) (?:it|they|the \w+) (?:was|were) due|until (?:19|20)\d\d)"
)
_REST = r"(?: (?!(?:i|my|am|and|but|so|y|pero|yo|me|mi)\b)\w+){0,5}"
"""A few words more, and never past where the speaker comes in."""
_BILLS = (
    r"(?:debts?|bills?|papers?|paperwork|taxes|interest|letters?|payments?|loans?|mortgage|penalt(?:y|ies)|fees|garnish\w*|levy|levies|lien|notices?|"
    r"mail|forms|premiums|medical|rent|paycheck|wages|monthly|month|\d+)"
)
_THING = (
    r"(?:phone|cell|battery|laptop|car|truck|van|computer|engine|business|shop|store|line|call|connection|signal|tablet|lawn|plants?|garden|internet|"
    r"wifi|case|bank account|account|debt|app|website|dog|cat|request)"
)

ENGLISH = (
    r"\b(?:scared?|worried|worry|bored|stressed|taxed|frightened|tired|sick|harass\w*|worked|embarrassed|freez\w*|frozen|love|loved|talked?)(?: \w+)? (?:half )?to death\b",
    r"\bscare[sd]? (?:the )?(?:\w+ )?(?:life|hell|daylights|crap|shit|wits) out of\b",
    r"\b(?:almost|nearly|practically|about|going to) (?:had|have|died|dropped dead|fell over dead|passed out|fainted|keeled over|croaked)(?: (?:a|another) (?:heart attack|stroke|coronary|breakdown))?\b(?= (?:when|at|on|opening|reading|seeing|looking|laughing|from)|$)",
    r"\b(?:gave|give|gives|giving) (?:me|us|him|her|my \w+) (?:a|an|another) (?:heart attack|stroke|coronary|aneurysm|ulcer|panic attack)\b",
    r"\b(?:had|have|having) (?:a|another) (?:heart attack|stroke|coronary|cow|fit) (?:when|opening|reading|seeing|looking|over (?:this|the|your))\b",
    r"\bheart (?:stopped|dropped|sank|skipped|fell)(?: a beat)? (?:when|at|as|seeing|reading|opening)\b",
    r"\bthe death of (?:me|us)\b|\bover my (?:cold )?dead body\b|\bdead (?:broke|wrong|serious|set|tired|last|horse|line|end|battery|zone|letter|certain|sure|weight|beat)\b",
    r"\bdying (?:to (?:know|see|hear|find|get|pay|talk|speak)|for (?:an answer|a break|a drink))\b|^(?:i am |we are )?dying (?:over )?here\b",
    rf"\b{_THING}s?(?: \w+)? (?:is |was |went |just |already |about to |going to |keeps |has )*(?:die[sd]?|dying|dead)\b",
    rf"\b(?:drown\w*|buried|bury\w*|sink\w*|suffocat\w*|smother\w*|swamp\w*|chok\w+|strangl\w+|bleed\w*|bled|crush\w*|starv\w*)(?: (?:me|us|my \w+|our \w+))?(?: dry)?(?: (?:in|under|by|with|on|over))?(?: (?:all|the|this|these|that|my|your|so|much|many|a|an|every|of))* {_BILLS}\b",
    r"\b(?:bleed\w*|bled|suck\w*) (?:me|us|my family) dry\b|\bblood (?:from|out of) a (?:stone|turnip|rock)\b|\bkeep\w* (?:my|our) heads? above water\b|\bup to my (?:neck|ears|eyeballs)\b",
    r"\b(?:garnishment|rates?|amount|worry|worrying|wait|waiting|hold|music|suspense|heat|cold|headache|tooth|knees?|shoulder|commute|rent|prices?|lien|liens|notices?|paperwork|forms?|job|work|inflation|penalty|job|system|process|not knowing|hours|calls)(?: \w+)? (?:is |are |s )?(?:going to )?(?:kill|murder|destroy)(?:s|ing)? (?:me|us)\b",
    r"\b(?:kill|murder|strangl|chok)(?:e|ing|ed)? (?:me|us) (?:with|on|financially|slowly|every (?:month|payday))\b",
    r"\bbite the bullet\b|\bdodged? (?:a|the|that) bullet\b|\bpull(?:ed|ing)? the (?:trigger|plug) on (?:the|a|an|this|my|that) (?:\w+ )?(?:plan|offer|payment|agreement|deal|loan|sale)\b",
    r"\bcut(?:ting|s)? (?:my|our|the|his|her) (?:hours?|pay|losses|paychecks?|check|wages|salary|budget|grass|cards?|credit cards?|shifts?)\b|\bcut (?:me|us) (?:a|some) (?:deal|slack|break|check)\b",
    r"\b(?:want to )?(?:be|sit|wait|stay)(?:ing)? (?:here )?on (?:the |this )?(?:hold|line|phone)\b(?: anymore)?",
    r"\bhang(?:ing)? (?:in there|on a|up on|over (?:my|our) heads?|over me|tight|by a thread)\b|\bblow(?:n|ing)? up (?:my|our) (?:phone|mailbox)\b",
    r"\b(?:i |we )?hope (?:you|yall|they|he|she|the irs|your)(?: \w+){0,4} (?:rot|rots|choke|chokes|burn|burns|die|dies|drop dead|suffer|croak)\b(?: in hell| on it)?",
    r"\b(?:rot|burn|see you) in hell\b|\bgo to hell\b|\bto hell with\b|\bdrop dead\b|^(?:you (?:all |people |guys )?(?:can |should |could )?|yall (?:can )?)?go (?:jump|drown|choke|die|hang|kick|pound)\b(?: (?:yourself|yourselves|rocks|sand))?(?: (?:in|off) an? \w+)?",
    rf"\b(?:if|when|once|before|until|till|after|suppose|case|day) i (?:die|pass(?: away| on)?|drop dead|kick the bucket)\b{_NOW}(?! (?:and |then )?(?:the|my) insurance)",
    rf"\b(?:killed|shot|hung|hanged|drowned|overdosed|stabbed|murdered|took (?:his|her|their) (?:own )?lives?|took (?:his|her) (?:own )?life|died|passed|passed away|suicide|attempt\w*|tried to (?:kill|end) \w+)(?: \w+){{0,4}} {_LONG_AGO}\b",
    rf"\b(?:was|were|been|lived|living|stayed|slept|sleeping) (?:\w+ )?(?:homeless|evicted|in (?:my|our|a|the) (?:car|van|truck|shelter|tent)|on the streets?|on couches)(?: \w+){{0,6}} {_LONG_AGO}\b",
    rf"\b(?:heart attack|stroke|overdose|breakdown|surgery|coma|cancer|accident|chest pains?)(?: \w+){{0,4}} {_LONG_AGO}\b|{_LONG_AGO} i (?:was|had|got) (?:in|a|an|very|so|badly) \w+\b",
    rf"\b(?:will|would|could|might|may|going to|can|afraid to|scared to|do not want to)(?: \w+){{0,2}} (?:be|get|end up|become) (?:evicted|homeless|on the streets?|put out|thrown out|kicked out)\b{_NOW}",
    r"\b(?:lose|losing|lost) (?:\w+ )?sleep\b|\b(?:cannot|do not|not|hardly|barely|never|no) (?:been (?:able to )?)?sleep(?:ing|s)?\b(?! (?:outside|in|on|anywhere))|\bsleep at night\b",
    r"\b(?:be|is|was) (?:financial )?suicide for (?:my|our|the|any) \w+\b|\bsuicid\w+ (?:ward|a few years (?:ago|back)|years (?:ago|back)|back then)\b",
    r"\bhit me (?:w|with) (?:a|an|another|the)\b|\bgun to my head to (?:pay|sign|say)\b|\bguns? collections?\b|\block(?:ed)? me out of my (?:shop|store|account|email|car|phone|truck)\b",
    r"\b(?:i )?(?:could|will|might|would) (?:die|be dead)(?: \w+)? (?:waiting|before (?:somebody|someone|anybody|anyone|you|they|i get))\b|\brather die lol\b",
    rf"\b(?:movie|film|show|episode|game|song|video|book|novel) (?:\w+ ){{0,3}}(?:where|when|in which)\b{_REST}|\bsongs? makes? me want to \w+|\bscared my (?:wife|husband|mother|mom|kids?|daughter|son|grandmother)\b",
    rf"\b(?:deduct\w*|write off|deductible|taxable|claim as)\b{_REST}",
    r"\b(?:dead|ded|dying) (?:rn )?(?:lol|lmao|haha\w*|lmfao|rofl|omg)\b|\b(?:lol|lmao|haha\w*|lmfao|omg) (?:i am )?(?:dead|ded|dying)\b",
    r"\b(?:meaning of life|life of the party|for the life of me|lifesaver|saved my life|life saver|late bloomer|midlife|life goes on)\b",
    r"\bliv(?:e|ing) with (?:this|that|the|it) (?:\w+ )?over my head\b(?= (?:can|could|so|and|let|put|i (?:want|need|will)))",
)  # fmt: skip

_HOY = r"(?!.{0,30}\b(?:hoy|esta noche|ahorita|ahora|manana|esta semana)\b)"
_HACE = r"(?:en (?:19|20)\d\d|hace (?:\w+ ){1,2}(?:anos?|meses|mes|semanas)|el ano pasado|el (?:invierno|verano) pasado|ese ano|aquel ano|aquellos anos|cuando vencia)"

SPANISH = (
    r"\b(?:esta|este|esa|la|el|ese)?(?: \w+)? ?(?:deuda|cuenta|gravamen|embargo|trafico|calor|frio|espera|esperar|duda|angustia|preocupacion|renta|mensualidad|pago|musiquita|coraje)(?: \w+)? (?:me|nos) (?:esta|va a|estan|van a)? ?(?:mat(?:a|o|ando|ar))\b|\b(?:me|nos) (?:va|van) a matar de (?:un )?(?:coraje|disgusto|risa|nervios|susto)\b",
    r"\bmat(?:o|a|ando) (?:la venta|el credito|el negocio|las ventas)\b|\bme mat(?:o|a) (?:el credito|la venta|el negocio)\b",
    r"\bun infarto (?:cuando|al|con|de)\b|\bcasi (?:me|le|nos) (?:da|dio|muero|desmayo|mata)\b(?: un infarto)?|\bpor poco me (?:da|muero)\b|\bme asust\w+ de muerte\b|\bme paro el corazon\b",
    r"\b(?:me|nos) (?:ahogo|ahogamos|estoy ahogando|estamos ahogando|estaba ahogando|ahoga|ahorca|ahorcan|estan ahorcando|estoy ahorcando|tienen asfixiad[oa]|exprimen|estan exprimiendo)(?: (?:en|con|de|por))?(?: (?:las?|los?|el|esta|este|estas|tantas?|tantos?|mis|su|sus|ese|tanta))* ?(?:deudas?|cuentas?|pagos?|intereses|embargo|descuento|mensualidad|cobros?|impuestos|taxes|\d+)\b",
    r"\b(?:soga|agua) al cuello\b|\bagua hasta el cuello\b|\bbien muert[oa] de\b|\bmuert[oa]s? de (?:risa|hambre|sueno|miedo|frio|cansancio)\b|\bme muero por\b(?! (?:dentro|mi culpa))|\bme quiero morir del? (?:la |el )?(?:calor|risa|verguenza|sueno|pena)\b|\bme muero de\b",
    r"(?<!extranar )(?<!importa )(?<!importaria )\b(?:si|cuando|hasta que|antes de que) (?:yo )?(?:me )?(?:muero|muera|fallezco|fallezca)\b" + _HOY + r"(?! (?:les|el seguro|mejor))",
    r"\b(?:no (?:quiero|puedo) )?seguir (?:con|pagando|en) (?:este|el|ese|mi|los) (?:plan|pagos?|acuerdo|tramite|contrato)\b",
    r"\bprimero muert[oa]\b|\bni muert[oa]\b|\bhasta la (?:muerte|tumba)\b|\bmuert[oa] y enterrad[oa]\b|\bhacerme el muerto\b|\bhice el muerto\b|\bescriben a un muerto\b",
    rf"\b(?:se (?:mato|suicido|quito la vida|ahorco|ahogo)|lo mataron|la mataron|mataron a|a \w+ \w+ lo mataron|murio|fallecio|sobredosis)(?: \w+){{0,5}} {_HACE}\b|{_HACE}(?: \w+){{0,4}} (?:se (?:mato|suicido|quito la vida)|lo mataron|murio)\b|\bmurio de (?:una )?sobredosis\b",
    rf"\b(?:vivi|vivia|viviamos|dormi|dormia|estuve|estuvimos|estaba) (?:\w+ )?(?:en|sin) (?:la calle|mi carro|el carro|un albergue|casa|el hospital|coma)(?: \w+){{0,5}} {_HACE}\b|{_HACE}(?: \w+){{0,2}} (?:vivi|dormia|dormi|no tenia casa|estuve)\b(?: \w+){{0,4}}",
    r"\bse (?:quemo|incendio) (?:la|mi|nuestra) casa\b|\b(?:celular|telefono|cel|pila|carro|negocio|taller|caso|cuenta)(?: \w+)? (?:ya )?(?:se )?(?:va a morir|esta muriendo|murio|muere|muert[oa])\b|\bse (?:me )?(?:esta muriendo|murio) (?:el|mi) (?:telefono|celular|carro|negocio|perro|gato)\b",
    r"\bseria (?:un )?suicidio para (?:la|el|mi) (?:empresa|negocio|taller)\b|\bun suicidio para (?:la|el|mi) \w+\b|\bpelear hasta (?:la muerte|el ultimo|que me muera)\b",
    r"\b(?:ojala|que) (?:se |todos se |los )?(?:pudran|mueran|atraganten|quemen en el infierno)\b|\bpudranse\b|\bvayanse (?:al|mucho al) \w+\b",
    r"\b(?:me|nos) (?:amenaza|amenazan|amenazo|amenazaron) con (?:la|el|mi|quitarme|quitarnos|embargarme|deportarme|carcel|eso)\b|\bamenaz\w+ (?:por telefono )?si no (?:pago|compro|mando|paga)\b",
    r"\b(?:la|el) ultimo mensaje\b(?= que|$)|\bel ultimo mensaje\b|\bpagar por mes\b|\bcada mes\b",
    r"\b(?:no|casi no|apenas) (?:puedo |pego |he podido )?(?:dorm\w+|duermo|el ojo)\b(?! (?:en|afuera))|\bme quita el sueno\b|\bduermo mal\b",
    r"\bme (?:estaba |estoy )?ahogando y meti\b|\bel ex vea\b|\b(?:que )?mi (?:ex|esposo|marido|mujer|esposa|jefe|patron) (?:no )?(?:vea|sepa|oiga|se entere)\b",
    r"\b(?:mi )?ex\b(?: \w+){0,2} (?:me )?(?:pegaba|amenazaba|golpeaba|maltrataba)\b|\b(?:el )?me amenazaba\b|\bescap\w+ de el en (?:19|20)\d\d\b|\bviv(?:ir|iendo) (?:con esta deuda encima|debiendo)\b",
    r"\b(?:donde|dnd|como|ya|yo|quiero) me apunto\b|\bquemo (?:el|mi) dinero\b|\bviviendo al dia\b|\bmatar jaja\w*\b|\bhace (?:\w+ )?anos quise quitarme la vida\b",
    rf"\b(?:deduc\w+|se declara|descontar|descuentan)\b{_REST}",
)  # fmt: skip
