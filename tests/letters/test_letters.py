"""Every letter of the collection system, in both languages, with the case's own figures and the law's own days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
import yaml

from acs import law
from acs.case import Assessment, Payment
from acs.notices import canonical, known_codes, notice_info
from acs.view import case_view
from channels import eye
from letters.html import html
from letters.letter import NoLetter, entry, letter
from letters.page import Heading, Table
from letters.plain import text
from letters.press import pdf
from tests.letters.sample import CODES, DAY, D, module, person

BOTH = ("en", "es")


def read(file: bytes) -> str:
    """What another program reads in a PDF, in one line."""
    pages = pypdfium2.PdfDocument(file)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def amounts(page) -> set[str]:
    return {cell for b in page.blocks if isinstance(b, Table) for row in b.rows for cell in row[1:]}


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("code", CODES)
def test_every_letter_is_a_whole_page(code, language):
    page = letter(person(code), code, DAY, language)
    heads = [b.text for b in page.blocks if isinstance(b, Heading)]
    assert len(heads) >= 6
    assert len(set(heads)) == len(heads)
    said = text(page)
    shown = read(pdf(page))
    for part in (page.title, *page.to, "4321", "4471902", eye.day("2026-10-20", language)):
        assert part in said
        assert part in shown, part
    assert "{" not in said
    assert "None" not in said
    assert page.title in html(page)


@pytest.mark.parametrize("code", CODES)
def test_the_figures_are_those_of_the_view_that_day(code):
    case = person(code)
    page = letter(case, code, DAY, "en")
    view = case_view(case, DAY)
    if entry(code).get("scope") == "none":
        assert amounts(page) == set()
        return
    shown = read(pdf(page))
    for m in view["modules"]:
        penalties = sum(Decimal(m[k]) for k in ("failure_to_file", "failure_to_pay", "other_penalties"))
        for amount in (m["tax"], str(penalties), m["interest"], m["payoff"]):
            assert eye.money(amount) in amounts(page)
            assert eye.money(amount) in shown
            assert eye.money(amount) in html(page)
    assert eye.money(view["balance"]["payoff"]) in text(page)


def test_a_demonstration_says_so_and_a_real_one_does_not():
    case = person("LT11")
    assert "not from the IRS" in read(pdf(letter(case, "LT11", DAY, "en")))
    assert "no es del IRS" in html(letter(case, "LT11", DAY, "es"))
    assert "emonstration" not in text(letter(case, "LT11", DAY, "en", demo=False))


def test_every_letter_the_rules_know_has_its_page():
    table = yaml.safe_load((Path(entry.__code__.co_filename).parent / "words" / "codes.yml").read_text())
    for code in known_codes():
        assert code in table, f"{code} has no letter in letters/words/codes.yml"
    for code in table:
        assert notice_info(code) is not None, f"{code} is a letter that the rules do not know"
        whole = entry(code)
        assert whole["title"]
        assert "answer" in whole, code


def test_every_letter_with_days_in_the_law_has_its_page():
    keys = yaml.safe_load((law.FOLDER / "notices.yml").read_text())
    codes = [
        key.replace("letter_", "L").upper()
        for key, value in keys.items()
        if isinstance(value, dict) and "reply_days" in value
    ]
    assert len(codes) >= 13
    table = yaml.safe_load((Path(entry.__code__.co_filename).parent / "words" / "codes.yml").read_text())
    for code in codes:
        assert code in table, f"law/notices.yml has days for {code}, but no letter prints them"


@pytest.mark.parametrize(
    ("code", "sent", "last_day", "source"),
    [
        ("LT11", "2026-10-20", "November 19, 2026", "26 USC 6330(a)(3)(B): 30 days"),
        ("CP297", "2026-11-09", "December 9, 2026", "26 USC 6330(a)(3)(B): 30 days"),
        ("CP90", "2026-10-26", "November 25, 2026", "26 USC 6330(a)(3)(B): 30 days, not Thanksgiving"),
        ("LT11", "2026-10-27", "November 27, 2026", "26 USC 7503: November 26 is Thanksgiving"),
        ("CP504", "2026-11-09", "December 9, 2026", "26 USC 6331(d)(2): 30 days"),
        ("CP14", "2026-11-16", "December 7, 2026", "26 USC 6601(e)(3): 21 days"),
        ("LT16", "2026-11-09", "November 19, 2026", "irs.gov, Understanding your LT16: 10 days"),
        ("CP523", "2026-10-26", "November 25, 2026", "26 USC 6159(b)(5): 30 days"),
        ("CP92", "2026-10-19", "November 18, 2026", "26 USC 6330(f), irs.gov CP92: 30 days"),
        ("Letter 3172", "2026-10-20", "November 19, 2026", "26 USC 6320(a)(3)(B): filed October 13, 5 business days, 30 days"),
        ("CP2000", "2026-10-19", "November 18, 2026", "CP2000, as printed: 30 days"),
        ("CP11", "2026-10-20", "December 21, 2026", "26 USC 6213(b)(2): 60 days, moved off a Saturday"),
    ],
)  # fmt: skip
def test_the_last_day_is_the_laws(code, sent, last_day, source):
    page = letter(person(code, D(sent)), code, D(sent), "en")
    assert last_day in text(page), source
    assert last_day in read(pdf(page))


def test_the_printed_day_wins_and_the_counted_one_stands_beside_it():
    page = letter(person("LT11", deadline=D("2026-11-25")), "LT11", DAY, "en")
    said = " ".join(text(page).split())
    assert "Last day to ask for a hearing: November 25, 2026 Printed on the notice. It counts." in said
    assert "Counting the days of the law gives November 19, 2026." in said


def test_a_second_hearing_notice_opens_no_new_days():
    from acs.case import Notice

    first, second = Notice(code="LT11", date=D("2026-03-02")), Notice(code="LT11", date=DAY)
    case = person("LT11", modules=(module("2023", "9200.00", first, second),))
    said = " ".join(text(letter(case, "LT11", DAY, "en")).split())
    assert "got a notice with a hearing right before, on March 2, 2026" in said
    assert "Last day to ask for a hearing" not in said


def test_the_newest_letter_up_to_the_day_is_printed():
    from acs.case import Notice

    letters = (Notice(code="CP71", date=D("2025-05-12")), Notice(code="CP71", date=D("2026-05-11")))
    case = person("CP71", modules=(module("2023", "9200.00", *letters),))
    assert letter(case, "CP71", DAY, "en").day == "2026-05-11"
    assert letter(case, "CP71", D("2026-05-10"), "en").day == "2025-05-12"


def test_a_letter_printed_later_still_has_the_figures_of_its_own_date():
    case = person("LT11")
    assert letter(case, "LT11", D("2026-11-22"), "en") == letter(case, "LT11", DAY, "en")


def test_a_spouse_gets_the_letter_of_the_joint_year():
    from acs.case import Notice

    sent = Notice(code="CP504", date=DAY)
    first = person("CP504", id="T-1", spouse="T-2", modules=(module("2023", "9200.00", sent, joint=True),))
    other = person("CP504", id="T-2", spouse="T-1", modules=())
    cases = {"T-1": first, "T-2": other}
    page = letter(other, "CP504", DAY, "en", cases=cases)
    assert amounts(page) == amounts(letter(first, "CP504", DAY, "en", cases=cases)) != set()
    assert "joint return" in text(page)
    with pytest.raises(NoLetter):
        letter(other, "CP504", DAY, "en")


def test_a_letter_that_is_not_there_says_what_is():
    with pytest.raises(NoLetter, match=r"no letter LT11 on October 20, 2026\. There is: CP14 \(2024-06-03\)"):
        letter(person("CP504"), "LT11", DAY)
    with pytest.raises(NoLetter, match="has no letter on January 1, 2020"):
        letter(person("CP504"), "CP504", D("2020-01-01"))


def test_names_of_a_letter_may_be_written_loosely():
    for said in ("lt 11", "LT-11", "lt11"):
        assert letter(person("LT11"), said, DAY, "en").above == "Notice LT11"
    assert letter(person("725-B"), "Letter 725-B", DAY, "en").above == "Letter 725-B"
    assert canonical("Letter 6152") == "L6152"


def test_a_figure_nobody_has_published_is_said_so():
    day = D("2027-02-01")
    page = letter(person("LT16", day), "LT16", day, "en")
    assert "not published yet" in text(page)
    assert "$None" not in text(page)
    assert "aún no publicado" in text(letter(person("LT16", day), "LT16", day, "es"))


def test_rows_add_up_when_payments_went_beyond_the_tax():
    paid = Payment(kind="payment", date=D("2026-09-01"), amount=Decimal("9000.00"))
    extra = (Assessment(kind="tax", date=D("2024-06-03"), amount=Decimal("9200.00")),)
    from acs.case import Notice

    m = module("2023", "9200.00", Notice(code="CP504", date=DAY), assessments=extra, payments=(
        Payment(kind="withholding", date=D("2024-04-15"), amount=Decimal("1000.00")), paid))  # fmt: skip
    page = letter(person("CP504", modules=(m,)), "CP504", DAY, "en")
    table = next(b for b in page.blocks if isinstance(b, Table))
    assert "Credits" in table.head
    *parts, whole = (Decimal(cell.replace("$", "").replace(",", "")) for cell in table.rows[0][1:])
    assert sum(parts) == whole


def test_the_plan_stands_on_its_reminder():
    assert "$300.00 a month, due on day 15" in " ".join(
        text(letter(person("CP521"), "CP521", DAY, "en")).split()
    )
    without = person("CP521", agreements=())
    assert "Your plan:" not in text(letter(without, "CP521", DAY, "en"))


def test_what_the_collection_line_may_not_do_is_said():
    said = " ".join(text(letter(person("LT11"), "LT11", DAY, "en")).split())
    assert "may not take your house, your car or your belongings, and it does not sue" in said
    said = " ".join(text(letter(person("CP504"), "CP504", DAY, "en")).split())
    assert "does not let the IRS take your pay or your bank account" in said
    assert "Form 12153" not in said  # a CP504 gives no hearing


def test_many_periods_fit():
    from acs.case import Notice

    sent = Notice(code="LT11", date=DAY)
    case = person("LT11", modules=tuple(module(str(year), "123456.78", sent) for year in range(2018, 2025)))
    page = letter(case, "LT11", DAY, "es")
    shown = read(pdf(page))
    for year in range(2018, 2025):
        assert f"1040, {year}" in shown
    assert date.fromisoformat(page.day) == DAY
