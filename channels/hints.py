"""Words the recogniser should expect, by what the line is listening for."""

from __future__ import annotations

NOTICES = (
    "CP14,CP501,CP503,CP504,LT11,LT16,LT38,CP90,CP91,CP297,CP523,CP508C,CP2000,CP22A,CP71C,Letter 1058,"
    "Letter 3172,C P five oh four,C P fourteen,C P five oh one,C P five oh three,L T eleven,L T sixteen,"
    "L T thirty-eight,C P ninety,C P five twenty-three"
)
AVISOS = (
    "CP14,CP501,CP503,CP504,LT11,LT16,LT38,CP90,CP91,CP297,CP523,CP508C,CP2000,Carta 1058,Carta 3172,"
    "ce pe quinientos cuatro,ce pe catorce,ce pe quinientos uno,ce pe quinientos tres,ele te once,"
    "ele te dieciséis,ce pe noventa,ce pe quinientos veintitrés"
)
HINTS = {
    "en": {
        "notice": NOTICES,
        "yes_no": "yes,no,yeah,yep,nope,correct,that's right,that's wrong,I don't know",
        "amount": "dollars,a month,per month,hundred,thousand,fifty,one hundred,two hundred,nothing",
        "day": "the first,the fifth,the tenth,the fifteenth,the twentieth,the twenty-eighth",
        "date": ",".join(
            "January February March April May June July August September October November December".split()
        ),
        "open": (
            "a person,representative,agent,Spanish,main menu,repeat,payment plan,installment agreement,"
            "offer in compromise,penalty abatement,first time abatement,levy,wage levy,bank levy,lien,"
            "release the levy,revenue officer,currently not collectible,hardship,appeal,collection due "
            "process,hearing,passport,private collection agency,how much do I owe,balance,interest,penalties"
        ),
    },
    "es": {
        "notice": AVISOS,
        "yes_no": "sí,no,claro,correcto,así es,no es correcto,no sé",
        "amount": "dólares,al mes,por mes,cien,doscientos,quinientos,mil,cincuenta,nada",
        "day": "el primero,el cinco,el diez,el quince,el veinte,el veintiocho",
        "date": "enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre",
        "open": (
            "una persona,un agente,representante,inglés,menú principal,repetir,plan de pagos,acuerdo de pago,"
            "oferta de transacción,quitar la multa,embargo,embargo de salario,embargo bancario,gravamen,"
            "oficial de cobros,no puedo pagar,dificultad económica,apelación,audiencia,pasaporte,"
            "agencia de cobros,cuánto debo,saldo,intereses,multas"
        ),
    },
}


def hints_for(listen: str | None, language: str) -> str:
    """The hints, comma-separated, at most 500 of 100 characters each; the general ones come last."""
    mine = HINTS[language]
    if listen == "yes_no":
        return mine["yes_no"] + "," + mine["open"].split(",", 1)[0]
    first = mine.get(listen or "notice", mine["notice"])
    return f"{first},{mine['open']}"
