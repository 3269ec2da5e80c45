"""The notices and forms a taxpayer may name, as the IRS prints them."""

from __future__ import annotations

CP = frozenset(
    "11 12 14 15 16 21A 22A 23 24 40 49 59 71 71A 71C 71D 71H 88 89 90 91 92 120 128 161 163 210 220 "
    "242 297 297A 298 301 501 503 504 504B 508C 508R 515 516 518 521 523 523B 621 623 2000 2501 3219A "
    "15B 14I 14H".split()
)
LT = frozenset("11 14 16 17 18 24 26 27 33 36 37 38 39 40 41 73 75".split())
LETTERS = {
    "1058": "Letter 1058",
    "3172": "Letter 3172",
    "725": "Letter 725-B",
    "6152": "Letter 6152",
    "2797": "Letter 2797",
    "5071": "Letter 5071C",
    "4883": "Letter 4883C",
    "1862": "Letter 1862",
    "2604": "Letter 2604C",
    "2272": "Letter 2272C",
    "4458": "Letter 4458C",
    "668": "Letter 668",
    "1153": "Letter 1153",
    "2975": "Letter 2975",
    "3228": "Letter 3228",
}
# Said without its letters ('I got a five oh four'), which notice is it?
BARE = {
    "501": "CP501",
    "503": "CP503",
    "504": "CP504",
    "523": "CP523",
    "297": "CP297",
    "298": "CP298",
    "521": "CP521",
    "508": "CP508C",
    "1058": "Letter 1058",
    "3172": "Letter 3172",
    "725": "Letter 725-B",
}
# ... and these only right after 'notice', 'letter', 'aviso' or 'carta'.
AFTER_LETTER = {
    **BARE,
    "14": "CP14",
    "90": "CP90",
    "91": "CP91",
    "92": "CP92",
    "242": "CP242",
    "40": "CP40",
    "49": "CP49",
    "71": "CP71",
    "22": "CP22A",
    "11": "LT11",
    "16": "LT16",
    "38": "LT38",
    "39": "LT39",
    "75": "LT75",
    "6152": "Letter 6152",
}

FORMS = {
    "12153": "12153",
    "9465": "9465",
    "2848": "2848",
    "8821": "8821",
    "8857": "8857",
    "14039": "14039",
    "9423": "9423",
    "12277": "12277",
    "14134": "14134",
    "14135": "14135",
    "12203": "12203",
    "8379": "8379",
    "14794": "14794",
    "12508": "12508",
    "13711": "13711",
    "4506": "4506-T",
    "14242": "14242",
}
# Too short or too common to be a form unless the word 'form' stands before them.
FORMS_BY_NAME = {
    **FORMS,
    "433": "433",
    "656": "656",
    "843": "843",
    "911": "911",
    "941": "941",
    "940": "940",
    "1040": "1040",
    "1099": "1099",
    "4180": "4180",
    "2290": "2290",
    "1120": "1120",
    "1065": "1065",
    "4868": "4868",
    "8822": "8822",
    "56": "56",
    "1310": "1310",
    "4852": "4852",
    "668": "668",
}
WITH_LETTER = {
    "433": "ABDFH",
    "668": "ADWYZ",
    "4506": "CT",
    "1040": "VXS",
    "1099": "KCGR",
    "656": "BL",
    "8822": "B",
}
AGENCIES = {
    "cbe group": "CBE Group",
    "cbe": "CBE Group",
    "coast professional": "Coast Professional",
    "conserve": "ConServe",
    "c b e group": "CBE Group",
    "c b e": "CBE Group",
    "see b e": "CBE Group",
    "ce be e": "CBE Group",
    "coast pro": "Coast Professional",
    "coast profesional": "Coast Professional",
    "con serve": "ConServe",
    "conserv": "ConServe",
    "performant": "Performant",
    "pioneer credit": "Pioneer Credit Recovery",
}
