"""The Spanish half of desk/safety.py: what danger is said with, and what only sounds like it."""

from __future__ import annotations

SPELLED = (
    (r"\b(?:kiero|qiero|kero)\b", "quiero"), (r"\b(?:bibir|vibir|bivir)\b", "vivir"), (r"\bboy a\b", "voy a"),
    (r"\b(?:kitar|kitarme)\b", "quitarme"), (r"\b(?:ganaz|gana)\b", "ganas"), (r"\b(?:x|xq|pq|porq)\b", "por"),
    (r"\b(?:q|ke|k)\b", "que"), (r"\b(?:pa)\b", "para"), (r"\baser\b", "hacer"), (r"\b(?:toy)\b", "estoy"),
    (r"\b(?:mendo|suisid\w+)\b", "suicidio"),
)  # fmt: skip

_WANT = r"(?:quiero|quisiera|voy a|vamos a|pienso|pensando|prefiero|preferiria|deseo|deseando|ganas de|debo|deberia|mejor|ojala|estoy por|decidi\w*|trate de|trato de|intente|intento de|planeando|planeo|listo para|lista para|solo|que se va a|se va a|se quiere|me quiero|me voy a|va a|quiere|dejenme|dejame)"
_LOVED = r"(?:esposo|esposa|marido|mujer|papa|mama|padre|madre|hijo|hija|hermano|hermana|novio|novia|pareja|ex|el|ella|hombre|vecino|padrastro)"

SELF = (
    rf"\b{_WANT}(?: \w+){{0,3}} ?(?:morir(?:me|se)?|muer[aot]\w*|matar(?:me|se)|suicidar(?:me|se)?|quitar(?:me|se) la vida|quitarme de en medio|ahorcar(?:me|se)|colgar(?:me|se)|pegar(?:me|se) un tiro|"
    r"dar(?:me|se) un (?:tiro|balazo)|tirar(?:me|se)|aventar(?:me|se)|lanzar(?:me|se)|cortar(?:me|se)|hacer(?:me|se) dano|no despertar|desaparecer (?:para siempre|de este mundo|de la tierra)|irme de este mundo|acabar con (?:mi vida|todo)|terminar con (?:mi vida|todo)|saltar)\b",
    r"\bme (?:mato|muero) (?:hoy|esta noche|ya|si|y ya|de una vez)\b|\b(?:hoy|esta noche|mejor|asi que|casa|entonces) me (?:mato|muero)\b|\bme (?:quiero|voy a) (?:matar|morir|suicidar|ahorcar|colgar|cortar|tirar|aventar|lanzar|ir de este mundo|pegar un tiro|dar un (?:tiro|balazo))\b|\bse (?:va a|quiere|quieren) (?:matar|suicidar|morir|colgar|ahorcar)\b|\bme mato\b(?! trabajando)",
    r"\b(?:matarme|matarse|ahorcarme|ahorcarse|colgarme|suicidarse|morirme|morirse)\b|\bmejor (?:ya )?(?:me|se) (?:muer[oae]|mata)\b|\bno quiero (?:seguir |estar )+(?:aqui|en este mundo|vivo|viva)\b",
    r"\bsuicid(?:io|arme|arse|a|as|ar|andome|ando)\b",
    r"\b(?:quitar|quito|acabar|acabo|terminar|termino)(?:me|le)?(?: con)? (?:mi|la) (?:propia )?vida\b(?! (?:util|estos))|\bacab\w+ con todo (?:hoy|esta noche|ya)?$|\bquiero acabar con todo\b",
    r"\b(?:ya )?no (?:quiero|deseo|tengo ganas de|aguanto|puedo|le encuentro|encuentro|veo|le veo|hallo|tiene|tengo|hay|soporto)(?: \w+){0,4} ?(?:vivir|viviendo|la vida|esta vida|estar viv[oa]|despertar|existir|seguir aqui|seguir en este mundo)\b",
    r"\b(?:para|por) que (?:sigo|seguir|quiero|estoy) (?:\w+ )?(?:viv[oa]|viviendo|aqui|la vida)\b|\b(?:ya )?no tengo (?:por|para) que (?:vivir|seguir)\b|\bsin (?:razon|motivos?|sentido|ganas)(?: \w+)? (?:para|de|a) (?:seguir )?(?:vivir|viviendo|la vida)\b|\bcansad[oa] de (?:vivir|la vida|esta vida)\b",
    r"\b(?:la|mi) vida (?:ya )?no (?:vale|tiene|merece)\b|\bno vale la pena (?:vivir|seguir|la vida)\b|\bla vida no vale\b",
    r"\b(?:mejor|mas valgo|valgo mas|valdria mas|estaria\w* mejor|estarian mejor|estan mejor|viven mejor|mejor estar)(?: \w+){0,4} ?(?:muert[oa]|sin mi|si yo no (?:estuviera|existiera|estoy)|si me muero|si no estoy)\b|\b(?:estar|estuviera|estaria) (?:mejor )?muert[oa]\b",
    r"\b(?:nadie|quien)(?: \w+){0,3} (?:extran\w+|importa\w*|lloraria|nota\w*)\b.{0,16}\b(?:muero|muriera|muerto|falto|desaparezco|no estoy)\b",
    r"\b(?:dormir|dormirme|dormido|acostarme)(?: \w+){0,3} (?:no|nunca|jamas)(?: \w+)? (?:despertar|despierte|volver a despertar)\b|\bojala (?:que )?(?:ya )?(?:no|nunca) (?:despierte|amanezca)\b|\bpienso en (?:morir\w*|la muerte|el suicidio)\b|\bdios (?:mio )?(?:ya )?lleva(?:me|telo)\b|\bllevame dios\b",
    r"\b(?:tengo|tiene|agarre|compre|saque)(?: \w+){0,3} (?:pastillas|soga|cuerda|pistola|arma|cuchillo|veneno|navaja)\b.{0,24}\b(?:mano|cabeza|boca|cuello|frente|lista|enfrente|cargada|sien|mesa)\b",
    r"\b(?:tom[eoa]\w*|trag\w+)(?: \w+){0,4} (?:todas|frasco|bote|muchas|unas|puno|monton|demasiadas|veneno|cloro)\b(?:.{0,12}\b(?:pastillas|pildoras|medicinas?))?|\bsobredosis\b",
    r"\b(?:tirarme|tiro|aventarme|aviento|saltar|brincar|lanzarme)(?: \w+){0,3} (?:del?|desde|al|por|en)(?: \w+)? ?(?:puente|edificio|techo|tren|metro|balcon|ventana|azotea|vias|rio|camion)\b|\b(?:estoy|parad[oa]|sentad[oa]) (?:en|sobre) (?:el|la|las|un) (?:puente|techo|azotea|vias|balcon|orilla|cornisa)\b",
    r"\bme (?:corto|lastimo|hago dano|quemo|golpeo)\b(?! (?:la mano|el dedo))|\bhacer(?:me|se) dano\b|\b(?:cort\w+)(?: \w+){0,2} (?:las venas|las munecas|los brazos)\b|\b(?:lastimarme|cortarme|danarme)\b",
    r"\b(?:carta|nota|cartas) de (?:despedida|adios|suicidio)\b|\b(?:digale|diganle|dile) a (?:mi|mis) \w+ que (?:l[oae]s? )?(?:amo|quiero|ame)\b|\bultimo mensaje\b|\bme despido de (?:todos|este mundo|la vida)\b",
    rf"\b{_LOVED} (?:se |ya se )?(?:tomo|trago)(?: \w+){{0,4}} (?:pastillas|veneno|pildoras|cloro)\b|\b{_LOVED}(?: \w+){{0,4}} (?:quitarse la vida|se quiere (?:morir|matar)|quiere morirse)\b",
)  # fmt: skip

_THEM = r"(?:a (?:todos|alguien|ese|esa|mi|su|un|una|el|la|los|las|uno|ustedes|quien|esos|cualquiera)\b|al\b|los\b|les\b|lo\b|la\b|te\b)"
_WEAPON = r"(?:pistola|arma|armas|escopeta|cuchillo|rifle|machete|navaja|bomba)"

OTHERS = (
    rf"\b(?:voy|vamos|quiero|pienso|juro|ganas)(?: \w+){{0,4}} (?:matar|disparar|apunalar|golpear|quemar|acuchillar|balacear)(?:l[oae]s?|te|se)? ?(?:{_THEM})?(?! (?:el tiempo|dos|la deuda|deudas|esta deuda|el hambre))",
    r"\b(?:los|lo|las|la|te|les|le) (?:voy a|vamos a|quiero) (?:matar|disparar|golpear|apunalar|quemar|balacear|reventar)\b|\b(?:lo|los|la|las) mato\b|\ble disparo\b|\b(?:a|los|lo|de) (?:balazos|tiros|punaladas|machetazos|plomazos)\b|\ba punta de (?:pistola|balazos)\b",
    r"\b(?:poner|pongo|puse|hay|llevo|llevar|tengo|detonar|explotar)(?:les)? (?:una )?bomba\b|\b(?:quemar|quemo|volar|vuelo|explotar|incendiar)(?:les)? (?:su|la|el|esa|ese|tu|las|sus|todo) ?(?:oficinas?|edificio|casa|irs|lugar)?\b(?! (?:presupuesto|dinero))",
    rf"\b(?:ir|voy|llegar|llego|presentarme|aparecer|vengo|caigo)\b.{{0,24}}con (?:una|mi|la|un|el) {_WEAPON}\b|\bse donde (?:vive|viven|vives)\b|\b(?:tengo|traigo|agarro) (?:un|una|mi) {_WEAPON}\b.{{0,30}}\b(?:usar|listo|cargad|agente|oficial|ustedes|oficina)\b",
    rf"\b{_LOVED}\b(?: \w+){{0,4}} (?:pega|pego|golpea|golpeo|golpeando|pegando|ahorco|ahorca|amenaza\w*|amenazo|maltrata|abusa|viola|violo|persigue|patea|patean|empuja)\b(?! (?:con (?:los|las|una|embargar|quitar)|en el bolsillo|duro|fuerte))",
    r"\b(?:me|nos) (?:esta |estan |quiere |quieren |va a |van a |amenaza con |amenazo con |amenaza de |amenazan con )*(?:pega|pegan|golpea|golpean|pegando|golpeando|golpear|golpearme|pegar|matar|matarme|matarnos|ahorca|ahorco|ahorcar|violo|viola|muerte|apunta|apunto)\b(?! (?:con (?:los|las|tantos|sus|una|el)|los|el bolsillo|una? (?:multa|recargo)|duro|la pandemia))",
    r"\b(?:temo por mi vida|mi vida corre peligro|mi vida esta en peligro)\b|\b(?:miedo|temo|aterrad[oa])(?: \w+){0,3} (?:de que me (?:mate|golpee|haga)|mi (?:esposo|esposa|marido|pareja|novio|ex)|me mate)\b|\b(?:escondid[oa]|escondiendome|huyendo|escapando|escape|hui)(?: \w+){0,2} (?:de|del) (?:mi |el |ella|un )?(?:pareja|esposo|marido|novio|ex|hombre|el|padrastro)?\b",
    rf"\b(?:hay|esta|anda|entro|llego|vino|afuera)(?: \w+){{0,5}} con (?:una |un )?{_WEAPON}\b|\b(?:se (?:estan |esta )?meti(?:endo|o|eron)|entraron|entrando) a (?:mi|nuestra) casa\b|\bviolencia domestica (?:ahora|hoy|ahorita)\b|\b(?:me tienen|estoy) (?:encerrad[oa]|secuestrad[oa])\b|\bllamen? (?:al 911|a la policia|una ambulancia)\b",
)  # fmt: skip

_NOW = r"(?:esta (?:misma )?(?:noche|tarde|manana)|hoy|ahora|ahorita|en este momento|ya mismo|desde (?:hoy|ayer))"
_OUT = (
    r"(?:en la calle|a la calle|sin (?:casa|techo|hogar|donde)|no (?:tengo|tenemos|hay|tiene)(?: \w+){0,2} ?(?:techo|casa|hogar|a ?donde|donde|lugar|refugio|cama)|desaloj\w+|"
    r"(?:nos|me|los) (?:echan|echaron|sacan|sacaron|corren|corrieron|botan|botaron|aventaron|pusieron)|cambi(?:o|aron|e) (?:la|las) (?:cerraduras?|chapas?|llaves?)|"
    r"(?:duermo|dormimos|dormir|durmiendo|quedamos|quedo|vivo|vivimos|pasar la noche|pasamos la noche)(?: \w+){0,3} ?(?:en|bajo|debajo)(?: \w+)? ?(?:calle|carro|coche|auto|parque|troca|camioneta|estacion|terminal|van|banca|puente|albergue|estacionamiento|metro))"
)

SHELTER = (
    rf"\b{_OUT}\b.{{0,44}}\b{_NOW}\b",
    rf"\b{_NOW}\b.{{0,44}}\b{_OUT}\b",
    rf"\b{_OUT}\b.{{0,20}}\bcon (?:mis|los|mi|las|el) (?:hijos|ninos|bebe|hijas|familia|nina|nino)\b",
    r"\bno (?:tengo|tenemos|hay) (?:techo|donde dormir|lugar) para (?:esta noche|hoy)\b",
)  # fmt: skip

FIGURES = (
    r"\b(?:me|nos) (?:estan?|van a|va a)? ?(?:mat(?:ando|ar|an|a)) (?:con )?(?:los|las|sus|tantos|tantas|el|la|estos|estas|ustedes|a (?:impuestos|multas))(?: \w+)?\b|\b(?:intereses|multas|deudas?|impuestos|cobros|pagos|recargos|cartas|ustedes|pies|estres)(?: \w+){0,2} (?:me|nos) (?:estan?|van a) mat(?:ando|ar)\b",
    r"\b(?:me|nos) (?:va|van) a matar (?:cuando|si|por)(?: \w+){0,2} (?:vea|ve|ven|sepa|sepan|entere|enteren|encuentre)\w*\b|\bestos? \w+ me estan? matando\b",
    r"\bmatar (?:dos pajaros|el tiempo|la deuda|el hambre|esta deuda|esa deuda|deudas)\b|\bmatar (?:\w+ )?deudas?\b|\bmatarme trabajando\b|\bme mato trabajando\b",
    r"\b(?:me muero|muero|morir|muriendo|me muero) (?:de|por) (?:risa|hambre|ganas|verguenza|curiosidad|aburrimiento|sueno|pena|frio|calor|cansancio|saber|nervios)\b|\bcasi me muero\b|\b(?:pasa|pasaria|sucede|deuda|debe|hereda\w*|paga)\b.{0,30}\bsi me muero\b|^si me muero\b.{0,30}\b(?:paga\w*|deuda|debe\w*|cobra\w*)\b",
    r"\bme (?:pega|pego|golpea|pegan|golpean|pegaron|golpearon|golpeo|pegaba|golpeaba) (?:con|duro|fuerte|en el bolsillo|la deuda|el|la pandemia|una? multa|los)\b|\bex(?: \w+)? me (?:pegaba|golpeaba)\b|\bme (?:pegaba|golpeaba|maltrataba)\b",
    r"\b(?:acabar|terminar|acabo) con (?:la|esta|esa|mi) (?:deuda|llamada|tramite|pago|plan)\b|\bterminar (?:con )?(?:el|mi|este) (?:plan|acuerdo|pago)\w*\b|\bvida util\b|\bseguro de vida\b(?! estarian)|\bme quitan la vida\b|\bcosto de (?:la )?vida\b|\bganar(?:me)? la vida\b",
    r"\b(?:de que|como|con que|no puedo|no me alcanza(?: para)?|alcanza para|para|poder) (?:voy a |vamos a |se puede )?vivir (?:con|de|si|bien|en|aqui)\b|\bde que (?:voy a|vamos a) vivir\b|\b(?:alcanza|dinero|suficiente|sobra) para vivir\b|\bno aguanto (?:estas|las|sus|mas cartas|mas llamadas)\b",
    r"\bvivo en la calle (?:\w+ )?\d*\b(?= \d|$)|\bcalle (?:\w+ ){1,3}\d+\b|\bse (?:suicido|mato|murio|quito la vida)\b|\b(?:trailero|camionero)\b.*|\btienda de armas\b|\bvendo armas\b|\bsaltar(?:me)? (?:un pago|una cuota|el pago)\b|\b(?:tire|tirar|tirarme) (?:la carta|el papel)\b|\bcolgar(?:me|on)? (?:el telefono|la llamada|dos veces)\b|\bmiedo(?: \w+){0,3} (?:carta|cartas|embargo|abrir|irs)\b|\b(?:amenaza|amenazan|amenazaron)(?:n)? con (?:embargar|quitar|multar|demandar)\w*\b|\btom[eoa]\w* (?:unas|muchas) (?:fotos|decisiones|horas|vacaciones)\b",
)  # fmt: skip
