"""Danger to a life outranks every other reading: heard here, in both languages, with the bot alive or dead.

Not a list of sentences but of what people say it with: a wish to die, no wish to live, means at hand, farewells,
somebody who hurts or threatens, a night without shelter. Figures of speech about money are taken out first.
"""

from __future__ import annotations

import re
import unicodedata

from desk import safety_figures as more
from desk.safety_spanish import FIGURES as SPANISH_FIGURES
from desk.safety_spanish import OTHERS as SPANISH_OTHERS
from desk.safety_spanish import SELF as SPANISH_SELF
from desk.safety_spanish import SHELTER as SPANISH_SHELTER
from desk.safety_spanish import SPELLED as SPANISH_SPELLED

_SPELLED = (
    (r"\b(?:wanna|wana)\b", "want to"), (r"\b(?:gonna|gon|finna|goin to|bout to|about to)\b", "going to"),
    (r"\b(?:im|i m|iam)\b", "i am"), (r"\bive\b", "i have"), (r"\bid\b", "i would"), (r"\b(?:ill|imma|ima)\b", "i will"),
    (r"\b(?:dont|don t|dnt|didnt|doesnt|wont)\b", "do not"), (r"\b(?:cant|can not|cannot|couldnt)\b", "cannot"),
    (r"\b(?:isnt|aint|is not)\b", "is not"), (r"\btheres\b", "there is"), (r"\b(?:whats|what s)\b", "what is"),
    (r"\b(?:hed|shed|theyll|he ll|she ll)\b|\bs?hell(?= (?:kill|hurt|shoot|beat|find|come|be|do|hit|stab))", "he will"), (r"\b(?:hes|shes)\b", "he is"),
    (r"\bmy ?(?:slef|self|sefl|selfs|slf)\b", "myself"), (r"\b(?:anymore|any more|no more|any longer|no longer)\b", "anymore"),
    (r"\b(?:suiside|sucide|suicde|suidice|sewerslide)\b", "suicide"), (r"\bu\b", "you"), (r"\b(?:just|really|even|like|honestly|so|bad(?:ly)?) ", ""),
)  # fmt: skip

_WHO = r"(?:husband|wife|boyfriend|girlfriend|partner|spouse|ex|dad|father|mom|mother|stepdad|son|roommate|man|guy|somebody|someone|he|she|they)"
_LOVED = r"(?:husband|wife|mom|mother|dad|father|son|daughter|brother|sister|friend|kid|partner|boyfriend|girlfriend|he|she|grandma|grandpa|uncle|cousin)"
_SELVES = r"(?:myself|himself|herself|themselves|themself)"
_LIFE = r"(?:live|living|alive|life|lives|exist|existing|existence|be here|being here|be around|on this earth|(?:in|of) this world)"
_WANT = r"(?:want|wants|wanted|wish|wishes|hope|hoping|ready|rather|prefer|plan|planning|going|should|could|would|let me|help me|think\w*|thought|dream\w*|pray\w*|beg\w*|better|might|will)"

_SELF = (
    rf"\b(?:kill|killing|hurt|hurting|harm|harming|hang|hanging|shoot|shooting|cut|cutting|drown|drowning|end|ending|off|offing|unalive|burn|starve|poison) {_SELVES}\b",
    r"\bkms\b|\bkys\b|\bunaliv\w+\b|\bsuicid\w*\b|\bself ?(?:harm|injur)\w*\b",
    rf"\b{_WANT}(?: \w+){{0,3}} (?:die|dying|be dead|am dead|was dead|were dead|dead than|never wake up|not wake up|never been born|be gone forever|disappear forever|be with (?:him|her) in heaven)\b",
    r"\bi (?:do not|would not|will not|hope i do not|wish i do not|wish i would not) (?:want to )?wake up\b|\bnever wake up\b|\bgo to sleep (?:and|forever)\b.{0,12}\b(?:forever|wake)\b|\bdie in my sleep\b",
    rf"\b(?:do not|cannot|no|not|nothing|never|done|tired of|sick of|hate|no will|what is the|no point|is the point|see (?:the|a|any|no)|without)(?: \w+){{0,4}} {_LIFE}(?: (?:for|anymore|like this|with this|without (?:him|her)))?$",
    rf"\b(?:do not|cannot|no longer) (?:\w+ ){{0,2}}(?:want to|wish to|care to|see) (?:\w+ ){{0,3}}{_LIFE}\b",
    r"\b(?:no|any|nothing|not much|only|there is no) (?:\w+ )?(?:reason|point|left|purpose|will|desire)?(?: \w+){0,3} (?:to|for|in|of) (?:me )?(?:to )?(?:liv\w+|go on|be here|be alive|being here|being alive)\b",
    r"\b(?:life|living|it) (?:is )?(?:is not|not|no longer) worth (?:it|living|anything)?(?: anymore)?\b(?<!it)|\bnot worth living\b|\bnothing to live for\b|\bwill to live\b|\b(?:i am|been) done (?:with )?(?:living|life|with life|being alive|with this life)\b",
    rf"\bcannot (?:\w+ ){{0,3}}(?:this|my) life\b|\bcannot (?:\w+ ){0,2}be alive\b|\blife (?:has|got|is without) (?:no )?(?:meaning|purpose|value|sense)\b|\bno (?:meaning|purpose) (?:in|to|of) (?:my )?life\b|\b(?:was|were|had been|been) never born\b|\bnot been born\b|\bgoodbye (?:cruel )?world\b|\blook\w* at (?:the|my) (?:river|bridge|rope|gun|pills|tracks)\b.{0,30}\b(?:should|could|want|think)\b|\bout of this life\b|\bleave this (?:world|earth|life)\b|\b(?:tired|sick) of (?:living|life|being alive)\b",
    r"\b(?:end|ending|take|taking|took|ended) (?:it all|my own life|my life|his life|her life|their life|it tonight|it today|it right now|things tonight)\b|\bend(?:ing)? it\b.{0,12}\b(?:tonight|forever|all|goodbye|for good)\b",
    r"\bmy life is over\b.{0,30}\b(?:gun|pills|rope|goodbye|bridge)\b|\bdeath is\b|\b(?:way out|option|answer|escape)(?: \w+){0,4} (?:death|dying|to die|suicide)\b",
    r"\b(?:better|easier)(?: off)?(?: \w+){0,4} (?:without me|if i (?:was|were|am|would be) (?:dead|gone|not here)|when i am gone|with (?:the|my) (?:life )?insurance(?: money)?(?: than)?)\b|\b(?:worth more|better off) dead\b",
    r"\b(?:nobody|no one|noone|who)(?: \w+){0,2} (?:would|will|going to)? ?(?:miss|notice|care)(?: \w+){0,3} (?:me|i am|i was|if i|when i)\b.{0,16}\b(?:gone|dead|die|died|disappear\w*)\b",
    r"\b(?:blow|blowing|splatter) my (?:brains|head)\b|\b(?:bullet|gun|shotgun|pistol|barrel) (?:in|to|at|against|through|on) my (?:head|mouth|brain|temple|chin)\b",
    r"\b(?:slit\w*|cut|cutting|open) my (?:wrists?|veins|throat|arms?)\b|\bbeen cutting\b|\b(?:hanging|hang) from\b|\bfind me (?:hanging|dead|swinging)\b|\b(?:rope|noose)\b.{0,30}\b(?:done|ready|neck|garage|tonight|goodbye|tied)\b",
    r"\b(?:tak\w+|took|swallow\w*|have|got|eat|ate|down)(?: \w+){0,4} (?:all|every|bunch|bottle|too many|handful|whole|those|these|lot)(?: \w+){0,4} (?:pills?|tablets|tylenol|sleeping pills)\b|\btook too many\b",
    r"\bpills\b.{0,20}\b(?:in front of me|in my hand|right now|right here|counted|lined up|end it)\b|\b(?:i|he|she) (?:have |has )?overdos(?:ed|ing)\b|\b(?:going|want|try\w*|tried|will|plan\w*) to (?:od|overdose)\b",
    r"\b(?:going to|will|want to|ready to|about to) jump\b(?! (?:on|in|through|to|the gun|ahead|at))|\bjump\w* off (?:the|a|my|that) \w+|jump\w* (?:off|from|in front of|out of|into)(?: \w+){0,3} (?:bridge|roof|building|train|overpass|window|traffic|bus|truck|river|cliff|ledge)\b",
    r"\b(?:standing|sitting|am|i am) on (?:the|a|this) (?:ledge|overpass|bridge|roof|edge|tracks|train tracks|railing)\b|\b(?:driv\w+|crash\w*|steer)(?: \w+){0,4} (?:off|into)(?: \w+){0,2} (?:bridge|tree|wall|pole|cliff|river|traffic|lake|overpass)\b",
    r"\bloaded (?:gun|pistol|shotgun|weapon|rifle)\b|\b(?:have|got|holding|bought)(?: \w+){0,2} (?:gun|pistol)\b.{0,20}\b(?:right (?:now|here)|on the table|in my (?:hand|lap)|to my|done|over|goodbye|end)\b",
    r"\b(?:goodbye|suicide|farewell) (?:letters?|notes?)\b|\blast (?:message|call|text|words|night)(?: \w+){0,3} (?:to anyone|to anybody|ever|on earth|you will hear|alive)\b|\btell (?:my|the) \w+ (?:that )?i (?:love|loved)\b|\bsay(?:ing)? goodbye to (?:everyone|my family|my kids)\b",
    rf"\b{_LOVED}(?: \w+){{0,6}} (?:locked himself|locked herself)(?: \w+){{0,4}} (?:gun|pills|rope|knife)\b|\b{_LOVED} (?:just )?(?:took|swallowed|drank)(?: \w+){{0,5}} (?:pills|bleach|poison|meds)\b",
    r"\bin heaven\b(?= |$)|\bsleep forever\b|\bgod (?:would |will |to |please )?(?:takes?|taking) (?:me|my life)\b|\bnot (?:going to )?be alive\b|\b(?:walk|go|going|get|step)(?: \w+)? (?:in|into)(?: the)? (?:river|ocean|lake|sea|traffic|water)\b|\b(?:have|got|holding)(?: \w+){0,2} (?:knife|gun|razor|rope|pills|blade)\b.{0,30}\b(?:on myself|use it|end it|over|goodbye)\b|\bdo it tonight\b|\bdo something (?:stupid )?to myself\b|\bdo something (?:drastic|terrible|i cannot take back) (?:tonight|today|to me)\b|\bjust let me die\b|\blet me die\b|\bi should die\b|\bwant it to be over for good\b",
)  # fmt: skip
_THEM = (
    r"(?:you|him|her|them|somebody|someone|everybody|everyone|anybody|anyone|people|one of you|every one of you|yall|that (?:\w+ )?(?:officer|agent|man|woman|guy|lady|collector|judge|person)|"
    r"(?:the|your|next|an?|this|my)(?: \w+){0,2} (?:agent|officer|man|woman|guy|lady|collector|boss|wife|husband|ex|kids?|children|family|neighbou?r|accountant|judge|landlord|person|next agent|people|cop|brother|sister|mother|father))"
)
_WEAPON = r"(?:gun|rifle|shotgun|pistol|knife|machete|weapon|guns|ak|ar15|bat)"
_OTHERS = (
    rf"\b(?:i|we|going|want|swear|ready)(?: \w+){{0,7}} (?:kill|shoot|stab|murder|strangle|hurt|beat|slaughter|blow up|execute|knife|gun down) {_THEM}\b",
    rf"^(?:going to |want to )?(?:kill|shoot|stab|murder) {_THEM}\b",
    r"\b(?:bomb|blow up|burn|burning|burn down|shoot up|set fire to|torch)\b(?: \w+){0,4} (?:office|offices|building|place|irs|house|car|you|down|everyone|them all)\b|\bplant(?:ed|ing)? a bomb\b|\bthere is a bomb\b|\b(?:have|got|bring\w*|put) a bomb\b",
    rf"\b(?:bring\w*|load\w*|get\w*|grab\w*|tak\w+|come\w*|coming|show up|go\w*|walk\w*)(?: \w+){{0,7}} (?:my|a|with (?:a|my)) {_WEAPON}\b",
    rf"\b(?:have|got|bring\w*)(?: \w+){{0,3}} {_WEAPON}\b.{{0,24}}\b(?:coming|come|use it|waiting for|ready for|for you|at the door)\b|\bpull\w* an? (?:\w+ )?{_WEAPON} on\b|\b(?:beat|kick|smash|knock|bash)(?: \w+){{0,2}} (?:hell|shit|crap|life|head|face|teeth|skull)\b(?: out| in)?(?: of)?(?! (?:debt|taxes))",
    r"\bknow where (?:he|she|they|you)(?: \w+){0,2} (?:live|lives|live at|sleep|park)\b|\b(?:someone|somebody|people|you|he|they) (?:is |are )?(?:going to|will) (?:get|be) (?:shot|killed|stabbed|hurt)\b|\bdo something violent\b|\b(?:put|putting) a bullet (?:in|through)\b|\bpay (?:with|in) blood\b|\bblood on your hands\b",
    rf"\b{_WHO} (?:\w+ ){{0,3}}(?:hit|hits|hitting|beat|beats|beating|chok\w+|punch\w*|strangl\w+|slap\w*|kick\w*|abus\w+|rap(?:e|es|ed|ing)|stalk\w*|attack\w*|burn\w*|stabb\w*|shot)(?: (?:on|up))? (?:me|us|my (?:kids?|children|son|daughter|baby|mom|mother))\b",
    rf"\b{_WHO} (?:\w+ ){{0,4}}(?:kill|hurt|shoot|stab|murder|harm) (?:me|us|my kids?|my children|himself|herself)\b",
    r"\b(?:threaten\w*)(?: \w+){0,3} (?:kill|hurt|shoot|stab|beat|my life|my kids)\b|\b(?:afraid|scared|fear|terrified)(?: \w+){0,2} (?:my life|my (?:husband|wife|boyfriend|girlfriend|partner|ex)|for my kids|he is going to|he will)\b|\bmy life is in danger\b|\bnot safe (?:at home|here|in my house)\b",
    r"\b(?:hiding|hide|running|run away|escape|fled)(?: \w+){0,2} from (?:my )?(?:husband|wife|boyfriend|girlfriend|partner|ex|him|her|stepdad|dad)\b|\bdomestic violence (?:right now|tonight|situation)\b|\b(?:is|am|are|being|been) (?:being )?(?:abused|abusing|trafficked|held against|beaten|raped)\b",
    rf"\b{_WHO} (?:is |are |has |have |\w+ ){{0,3}}(?:outside|here|at (?:my|the) door|coming|has|have|with|got)(?: \w+){{0,5}} {_WEAPON}\b|\bbreak\w* in(?:to)? (?:my|our|the) (?:house|home|apartment|door)\b|\bcall (?:911|the police|an ambulance)\b.{0,16}\b(?:for me|please|help|hurry)\b",
)  # fmt: skip
_NOW = r"(?:tonight|right now|today|this (?:morning|afternoon|evening|very night)|as of now)"
_OUT = (
    r"(?:nowhere|no ?where|no (?:place|roof|home|house|bed|shelter)|(?:do not|not) have (?:a place|anywhere|a home|a roof|nowhere|any place)|homeless(?! last)|evict\w*(?! last)|(?:am|are|be|is|us|me|them|out|i am|family|kids) on the streets?|out on the street|"
    r"(?:threw|thrown|throwing|kick\w*|put|putting|toss\w*|locked|being put) (?:us |me |them |we )?out|chang\w+ (?:the|my|our) locks|"
    r"(?:sleep\w*|stay\w*|living|live|spend\w*)(?: \w+){0,3} (?:in|on|at|under) (?:my |the |our |a |this )?(?:car|van|truck|street|streets|park|bench|bus|bus station|station|shelter|bridge|subway|parking lot|tent|cold))"
)
_SHELTER = (
    rf"\b{_OUT}\b(?:.{{0,40}})\b{_NOW}\b",
    rf"\b{_NOW}\b.{{0,40}}\b{_OUT}\b",
    r"\b(?:sleep\w*|living|live) (?:in|on) (?:my |the |a |our )?(?:car|truck|van|street|streets|park|bench)\b.{0,16}\bwith (?:my|the|our|two|three) (?:\w+ )?(?:kids|children|baby|family)\b",
)  # fmt: skip
_FIGURES = (
    r"\b(?:kill|killing|hurt|hurting|destroy\w*) (?:my|our|the) (?:credit|business|score|budget|chances|shop|company|cash flow|retirement)\b",
    r"\b(?:shoot|drop) (?:you|me|them|him|her|us|over|that|the)(?: \w+){0,2} ?(?:e ?mail|text|message|note|line|quick|form|copy)\b|\bshoot (?:straight|me straight)\b|\bshoot for\b",
    r"\b(?:dying|die|died|dead) (?:to know|laughing|over here|on hold|of (?:boredom|curiosity|laughter|embarrassment)|when i saw|line|end|beat|broke|serious|tired|lines?|wrong)\b|\bnearly died\b|\bi am dying over\b",
    r"(?<!said )(?<!says )(?<!swears )(?<!swore )\b(?:he|she|they|husband|wife|boss|partner|boyfriend|girlfriend|spouse|mom|dad|mother|father|accountant)(?: \w+){0,2} (?:kill|murder|strangle) (?:me|us)(?: \w+)? (?:when|if|once) (?:he|she|they) (?:finds?|sees?|hears?|knows?|reads?)\b",
    r"\bi (?:could|would) kill for\b|\bkill time\b|\bkill two birds\b|\bkiller\b|\boverkill\b|\bphoto ?bomb\w*|\bbomb(?:shell|ed (?:the|my)|s)\b|\bbomb shelter\b|\bbath bombs?\b|\bshot in the dark\b|\btake a shot\b|\blong shot\b|\bjump\w* (?:the gun|through hoops)\b",
    r"\bsuicide (?:squad|prevention|insurance|clause)\b|\bcommitted suicide\b|\b(?:died by|death by|his|her) suicide\b|\b(?:killed|shot|hanged|hung) (?:himself|herself|themselves)\b",
    r"\b(?:debts?|taxes|tax|irs|interest|interests|penalties|fees|bills?|this|it|that|stress|levy|payments?|letters?|feet|kids|back|head|traffic|you(?: guys| people)?|yall) (?:is |are |s |re )?(?:going to )?kill(?:ing)? (?:me|us)\b(?! and)",
    r"\bkill (?:this|the|that|my|a|it) (?:levy|lien|debt|plan|balance|bill|penalty|request|case|account|process|payment|agreement|direct|auto\w*)\w*(?: plan)?\b",
    r"\b(?:hit|beat|beating|hitting|slammed|hammered|attack\w*) (?:me|us) (?:with|by|up with|for|again with|over the head|hard|twice|every)\b|\bused to (?:beat|hit|abuse|hurt|choke)\b|\b(?:was|were) (?:a victim|abused|beaten|hit) (?:of|when|back|in|during|while)\b",
    r"\b(?:i|we) say\b.{0,20}\bgun to my head\b|\bgun to my head\b.{0,6}\b(?:i|we) (?:say|would|guess|pick)\b|\b(?:sell|own|collect|shop|store|license)(?: \w+){0,2} guns?\b|\btook my guns?\b|\bgun (?:shop|store|show|dealer|range|club|permit)\b|\boverdose of\b",
    r"\b(?:afford|supposed|how am i|how do i|how are we|room|place|places) (?:\w+ ){0,2}to live(?: on| off)?\b|\b(?:nothing|anything|something|little|enough|money|left) (?:\w+ ){0,2}to live (?:on|off)\b|\blive (?:on|off|within|paycheck|check to check|at|in an? rv|near|alone|far|abroad|for tax\w*|with (?:my|in|a|two|three|roommates?|family|parents?))\b|\bcost of living\b|\bliving (?:expenses|costs?|room|trust|wage|in|at|with)\b|\b(?:for|make|earn) a living\b|\blife (?:insurance|savings|policy|estate|changing|event)\b(?! money than)|\bterm life\b|\bno life i\b|\bsocial life\b|\bin my (?:whole |entire )?life\b",
    r"\b(?:end|ending|cancel|terminate|finish) (?:my|the|this|our|that) (?:\w+ )?(?:plan|agreement|installment|payment|call|chat|levy|lien|account|direct|debit)\w*\b|\bend of my rope\b|\bdebt die\b|\bbridge toll\b|\bgoodbye (?:and|thanks|thank)\b",
    r"\b(?:people|dealers?|you|customers) (?:shoot|kill) (?:deer|time|birds|bugs)\b|\bput (?:me |us )?out of business\b|\b(?:haul|trucker|trucking|per diem|drive long)\b.*|\b(?:donation|donate|we run|i run|form 990|volunteer)\b.*",
)  # fmt: skip


def in_danger(text: str) -> bool:
    """Whether the words speak of self-harm, violence, or a night without shelter."""
    said = _literal(folded(text))
    return any(pattern.search(said) for pattern in _PATTERNS)


def without_figures(text: str) -> str:
    """The words with figures of speech about money taken out, as folded; the very words where there are none."""
    whole = folded(text)
    left = _literal(whole)
    return text if left == whole else left.replace("~", " ")


def _literal(said: str) -> str:
    for pattern in _FIGURE_PATTERNS:
        said = pattern.sub(" ~ ", said)
    return said


def folded(text: str) -> str:
    """Small letters without accents or marks, the usual misspellings written out."""
    apart = unicodedata.normalize("NFD", text.lower())
    bare = "".join(character for character in apart if unicodedata.category(character) != "Mn")
    bare = re.sub(r"['\u2019\u2018`]", "", bare)
    bare = re.sub(r"[^\w\s]+", " ", bare)
    bare = re.sub(r"(.)\1{2,}", r"\1", bare)
    bare = re.sub(r"\s+", " ", bare).strip()
    for pattern, written in _SPELLINGS:
        bare = pattern.sub(written, bare)
    return re.sub(r"\s+", " ", bare).strip()


_SPELLINGS = tuple((re.compile(pattern), written) for pattern, written in (*_SPELLED, *SPANISH_SPELLED))
_FIGURE_PATTERNS = tuple(
    re.compile(pattern) for pattern in (*_FIGURES, *more.ENGLISH, *SPANISH_FIGURES, *more.SPANISH)
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (*_SELF, *_OTHERS, *_SHELTER, *SPANISH_SELF, *SPANISH_OTHERS, *SPANISH_SHELTER)
)
