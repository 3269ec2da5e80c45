"""Danger to a life outranks every other reading: heard here, in both languages, with the bot alive or dead."""

from __future__ import annotations

import re
import unicodedata

_SELF = (
    # English
    r"\b(?:kill|hurt|harm|hang|shoot|cut|drown)(?:ing)? (?:my ?self|myslf)\b",
    r"\bkms\b",
    r"\b(?:end|ending|take|taking) (?:it all|my (?:own )?life)\b(?! insurance| savings)",
    r"\b(?:want|wanna|going|gonna|plan|planning|ready|wish|rather|prefer) (?:to )?(?:just )?(?:die|be dead|i was dead|i were dead|"
    r"not wake up|disappear forever)\b",
    r"\bi (?:just )?(?:wish i (?:was|were) dead|wish i (?:was|were) never born|want it (?:all )?to be over)\b",
    r"\b(?:dont|do not|didnt|no longer|cant|cannot) (?:really |even )?(?:want to|wanna|wish to|care to) "
    r"(?:live|be alive|be here anymore|be here any more|exist|wake up)\b",
    r"\b(?:cant|cannot|can not) (?:go on|keep going|do this) (?:living|any ?more|any longer|no more)\b.{0,40}"
    r"\b(?:life|living|live|die|pills|gun)\b",
    r"\b(?:no|any|nothing) (?:reason|left|point)(?: left)? (?:to live|to go on|for living|in living|to living|being alive)\b",
    r"\bnothing (?:left )?to live for\b",
    r"\bnot worth living\b|\btired of (?:living|being alive)\b",
    r"\b(?:better off|worth more) (?:dead|without me)\b|\bbetter if i (?:was|were) (?:dead|gone)\b",
    r"\b(?:i am|im|feel|feeling|been|getting) suicidal\b|\bsuicidal (?:thoughts?|feelings?)\b",
    r"\b(?:commit(?:ting)?|thinking (?:about|of)|considering|contemplat\w+|thoughts of|attempt(?:ing)?) suicide\b",
    r"^suicid(?:e|al)\b.{0,20}$",
    r"\b(?:overdos(?:e|ing)|swallow(?:ed|ing)?|took|take) (?:on |all |a bottle of |a whole bottle of |too many )+(?:my |the |of )*pills\b",
    r"\boverdos(?:e|ing)\b",
    r"\bjump(?:ing)? (?:off|from|in front of) (?:a|the|of)\b.{0,12}(?:bridge|roof|building|train|overpass)",
    r"\bgun (?:to|in|at|against) my (?:head|mouth)\b|\bbullet (?:in|through) my (?:head|brain)\b",
    r"\b(?:slit|cut) my wrists?\b",
    r"\bi(?:m| am| will|ll| might)? (?:going to |gonna )?do something (?:to myself|stupid to myself)\b",
    r"\bsay(?:ing)? goodbye to (?:everyone|my family|my kids)\b.{0,40}\b(?:over|end|forever|last)\b",
    # Spanish
    r"\b(?:me )?(?:quiero|kiero|quisiera|voy a|pienso|prefiero|deseo|ganas de|debo|ganaz de) "
    r"(?:ya )?(?:morir(?:me)?|matar ?me|suicidar ?me|quitar ?me la vida|kitarme la vida|desaparecer para siempre|colgarme|tirarme)\b",
    r"\b(?:me (?:quiero|kiero|voy a)|kiero|ganas de) (?:matar|morir|suicidar|ahorcar|colgar)\b",
    r"\b(?:quitar|acabar|terminar)(?:me|le)? (?:con )?(?:mi|la) vida\b",
    r"\b(?:acabar|terminar) con todo\b",
    r"\b(?:ya )?no (?:quiero|kiero|deseo|tengo ganas de|aguanto|puedo) (?:mas )?(?:seguir )?(?:vivir|viviendo|estar vivo|estar viva|despertar)\b",
    r"\b(?:no (?:tengo|hay|le veo|veo)|sin) (?:ninguna? )?(?:razon|motivos?|sentido|ganas)(?: alguna)? (?:para|de|a) (?:seguir )?(?:vivir|viviendo|la vida)\b",
    r"\bno vale la pena (?:vivir|seguir viviendo)\b|\bcansad[oa] de vivir\b",
    r"\b(?:mejor|mas valgo|valgo mas|estaria mejor|estarian mejor) (?:muert[oa]|sin mi)\b",
    r"\bojala (?:me muriera|estuviera muert[oa]|me muera)\b",
    r"\b(?:pensamientos|ideas|pensando en(?: el)?|cometer|intento de|intentar(?: el)?) suicid\w+\b|\bpienso en (?:el )?suicid\w+\b|^suicid\w+$",
    r"\b(?:hacer|lastimar|cortar|danar)me\b.{0,8}(?:dano|a mi mism[oa]|las venas|la vida)?$",
    r"\b(?:hacerme dano|cortarme las venas|tomarme (?:todas )?(?:las|un frasco de|todas mis) pastillas|pegarme un tiro)\b",
    r"\b(?:tirarme|aventarme|saltar) (?:de|desde|del|al) (?:un |el |la )?(?:puente|edificio|techo|tren)\b",
)
_OTHERS = (
    r"\b(?:i(?:m| am| will|ll)?|we(?:ll)?|going|gonna|want|ready) (?:to |gonna |going to |wanna |want to |swear i will )*"
    r"(?:kill|shoot|stab|murder|strangle|hurt) (?:you|him|her|them|somebody|someone|everybody|everyone|people|one of you|that|an?|"
    r"the|my (?:wife|husband|kids?|children|family|boss)|your)\b(?!.{0,12}\b(?:e ?mail|email|text|message|note|line|credit|debt|lien|levy|budget|feelings?))",
    r"\b(?:bomb|blow up|burn down|shoot up|set fire to)\b.{0,20}\b(?:office|building|place|irs|house|you|them|all)\b",
    r"\b(?:have|got|plant(?:ed)?|bring(?:ing)?|put|there is|theres) (?:a )?bomb\b",
    r"\b(?:come|coming|go|going|show up|drive|driving|be) (?:down |over |up )?(?:there|to (?:your|the|an?) .{0,16}) with (?:a|my) (?:gun|rifle|shotgun|knife)\b",
    r"\b(?:bring(?:ing)?|load(?:ed|ing)?|get(?:ting)?|grab(?:bing)?) (?:my|a) (?:gun|rifle|shotgun)\b",
    r"\b(?:he|she|husband|wife|boyfriend|girlfriend|partner|ex|dad|father|somebody|someone) (?:is |was |keeps |just |has )?(?:been )?"
    r"(?:hit|hits|hitting|beat|beats|beating|chok\w+|punch\w+|strangl\w+|threaten\w* to (?:kill|hurt)) (?:on |up )?(?:me|my kids?|us)\b",
    r"\b(?:going to|gonna|will|tried to|threatened to|wants to) (?:kill|hurt) (?:me|us|my kids?|my children)\b(?! credit| business| financially)",
    r"\b(?:afraid|scared|fear) (?:for|of) my life\b|\bmy life is in danger\b|\bnot safe at home\b|\bafraid (?:he|she)(?:ll| will| is going to) (?:kill|hurt)\b",
    r"\b(?:los|te|lo|la|le|les|l[oa]s) (?:voy a|quiero|vamos a) (?:matar|disparar|golpear|apunalar)\b",
    r"\b(?:voy a|quiero|vamos a) (?:matar(?:l[oae]s?|te)?|disparar(?:le|les)?|apunalar(?:lo|la|los|las)?) ?(?:a |al )?\w*",
    r"\b(?:poner|pongo|puse|tengo|hay|llevo|llevar) (?:una )?bomba\b|\b(?:quemar|volar|explotar|incendiar) (?:su|la|el|esa|ese|tu|las) (?:oficinas?|edificio|casa|irs|lugar)\b",
    r"\b(?:ir|voy|llegar|llego|presentarme|aparecer) .{0,20}con (?:una|mi|la) (?:pistola|arma|escopeta|cuchillo)\b",
    r"\b(?:me|nos) (?:esta |estan |quiere |va a |amenaza con |amenazo con )?(?:pega|golpea|pegando|golpeando|golpear|pegar|matar|ahorca|amenaza de muerte)\b(?! (?:con los|los|con las|con tantos|con sus|el bolsillo))",
    r"\b(?:temo por mi vida|mi vida corre peligro|tengo miedo de que me mate)\b",
)
_SHELTER = (
    r"\b(?:sleep(?:ing)?|live|living|stay(?:ing)?) (?:in|on) (?:my |the |a |our )?(?:car|truck|van|street|streets|park|bench) (?:tonight|right now|now|with (?:my|the) (?:kids|children|baby))\b",
    r"\b(?:nowhere|no ?where|no place|dont have (?:a place|anywhere)|no home|not have a place) (?:else )?(?:to (?:sleep|stay|go|live))\b.{0,20}\btonight\b",
    r"\btonight\b.{0,40}\b(?:nowhere|no place) to (?:sleep|stay|go)\b",
    r"\b(?:homeless|evicted|on the streets?|thrown out|kicked out|locked out)\b.{0,25}\b(?:tonight|right now|today)\b",
    r"\b(?:tonight|today)\b.{0,25}\b(?:homeless|on the streets?|evict(?:ed|ing)|being evicted)\b",
    r"\b(?:dormir|duermo|durmiendo|voy a dormir|dormimos|quedo|quedamos|estoy|vivo) (?:hoy |esta noche )?(?:en|a) (?:la |el |mi |un )?(?:calle|carro|coche|auto|parque|troca)\b.{0,25}(?:esta noche|hoy|ahora|con mis (?:hijos|ninos))",
    r"\b(?:esta noche|hoy)\b.{0,30}\b(?:en la calle|en mi carro|en el carro|sin (?:casa|techo|hogar)|no tengo (?:donde|a ?donde))\b",
    r"\b(?:no tengo|no tenemos|sin) (?:a ?)?(?:donde|lugar para|un lugar para|techo para) (?:dormir|quedarme|quedarnos|pasar la noche|ir)\b.{0,25}(?:esta noche|hoy)",
    r"\b(?:me|nos) (?:desalojan|echan|sacan|corren|desalojaron|echaron|botan|botaron) (?:hoy|esta noche|a la calle|de la casa hoy)\b",
)
_NOT_DANGER = re.compile(
    r"\b(?:kill|killing|hurt|hurting) (?:my|our|the) (?:credit|business|score|budget|chances|shop|company)\b"
    r"|\b(?:shoot|drop) (?:you|me|them|him|her|us) (?:an?|the|your|over) (?:e ?mail|text|message|note|line|quick)\b"
    r"|\b(?:dying|die|muero|morir|muriendo|muero) (?:to know|laughing|of (?:boredom|curiosity|laughter|embarrassment)|de (?:risa|hambre|ganas|verguenza|curiosidad|aburrimiento|sueno))\b"
    r"|\bgoing to kill (?:me|us) (?:when|if) (?:he|she|they) (?:finds?|sees?|hears?|knows?)\b"
    r"|\bi (?:could|would) kill for\b|\bkill time\b|\bphoto ?bomb\w*|\bbomb(?:shell|ed (?:the|my) (?:test|interview|exam))\b"
    r"|\bsuicide (?:squad|prevention|insurance|clause)\b|\bdead(?:line)? (?:line|end|beat|broke)\b"
    r"|\b(?:debts?|taxes|tax|irs|interest|interests|penalties|bills?|this|it|that|stress|levy|payments?|letters?|you(?: guys)?) (?:is|are|s|re)? ?(?:going to |gonna )?kill(?:ing)? me\b"
    r"|\b(?:me (?:estan?|van a) mat(?:ando|ar)|me matan?) (?:con )?(?:los|las|sus|tantos|el|la|estos|estas) (?:intereses|multas|deudas?|impuestos|cobros|pagos|recargos|cartas)\b"
    r"|\bmatar (?:dos pajaros|el tiempo|la deuda|el hambre)\b|\bmatar (?:\w+ )?deudas?\b|\bkill (?:this|the|that|my|a) (?:levy|lien|debt|plan|balance|bill|penalty|request|case|account|process)\b"
    r"|\b(?:hit|beat|beating|hitting) (?:me|us) (?:with|by|up with|for|again with|over the head)\b"
    r"|\bme (?:pega|pego|golpea|pegan|golpean) (?:con|duro|fuerte|en el bolsillo|la deuda|el)\b"
)


def in_danger(text: str) -> bool:
    """Whether the words speak of self-harm, violence, or a night without shelter."""
    said = _NOT_DANGER.sub(" ~ ", _folded(text))
    return any(pattern.search(said) for pattern in _PATTERNS)


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.lower())
    bare = "".join(character for character in apart if unicodedata.category(character) != "Mn")
    bare = re.sub(r"['\u2019\u2018`]", "", bare)
    bare = re.sub(r"[^\w\s]+", " ", bare)
    bare = re.sub(r"(.)\1{2,}", r"\1", bare)
    return re.sub(r"\s+", " ", bare).strip()


_PATTERNS = tuple(re.compile(pattern) for pattern in (*_SELF, *_OTHERS, *_SHELTER))
