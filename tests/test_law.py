"""Which law applied on a day: 108 cases written before the code, over the demo's guides and over QĐ 26/2026 itself."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive, Raw
from crawler.article import Article
from crawler.draft import Origin
from crawler.read import read_article
from index.law.address import find_document_numbers, find_section, find_unit
from index.law.documents import Law, is_local
from index.law.in_force import Ruling, in_force
from index.law.regulations import read_regulation

ROOT = Path(__file__).parents[1]
CASES: list[dict[str, Any]] = tomllib.loads((ROOT / "evaluation" / "law.toml").read_text(encoding="utf-8"))["case"]
DECISION_26 = ROOT.parent / "shared" / "data" / "regulations" / "26-2026-QD-TTg.html"


def law_of(data: Path) -> Law:
    with Archive(data) as archive:
        return Law([found for article in archive.articles() if (found := read_regulation(article)) is not None])


@pytest.fixture(scope="module")
def law(demo_data: Path) -> Law:
    return law_of(demo_data)


def ruling(law: Law, case: dict[str, Any]) -> Ruling:
    return in_force(
        law,
        case["on"],
        case["subject"],
        filed=case.get("filed"),
        dossier=case.get("dossier"),
        star=case.get("star"),
    )


def check(law: Law, case: dict[str, Any]) -> None:
    found = ruling(law, case)
    assert found.outcome == case["outcome"]
    assert [list(item.labels) for item in found.rules] == case["rules"]
    said = " ".join(reason.text for reason in found.reasons).lower()
    for words in case["why"]:
        assert words.lower() in said
    for label, status in case.get("state", {}).items():
        (number,) = find_document_numbers(label)
        assert law.state(number, case["on"]).status == status, label
    for name in ("since", "until"):
        if name in case:
            days = [reason for reason in found.reasons if reason.on == case[name]]
            assert any(reason.computed for reason in days) if case.get("computed") else days


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_rule_that_applies_its_state_and_why(law: Law, case: dict[str, Any]) -> None:
    check(law, case)


def test_every_reason_that_states_a_day_points_at_what_tells_it(law: Law) -> None:
    for case in CASES:
        for reason in ruling(law, case).reasons:
            for source in reason.sources:
                assert source.article_id
            # the end of the district level is law of its own; a limit that is over rests on the reason before it
            if reason.on is not None and "Hạn ấy đã qua" not in reason.text and "Đúng ngày" not in reason.text:
                assert reason.sources, reason.text


def test_guides_never_pass_for_the_document(law: Law) -> None:
    held = {document.number.label: document.held for document in law.documents}
    assert {held[label] for label in ("26/2026/QĐ-TTg", "148/QĐ-TTg", "1489/QĐ-TTg", "1048/QĐ-TTg")} == {"guide"}
    assert held["1162/QĐ-VPĐP-OCOP"] == "citation"


def test_papers_of_a_province_are_no_rules_of_the_country(law: Law) -> None:
    for subject in ("criteria", "procedure", "programme", "label", "funding"):
        for on in (date(2020, 1, 1), date(2024, 1, 1), date(2026, 11, 1)):
            found = in_force(law, on, subject)
            assert not [item for rule in found.rules for item in rule.documents if is_local(item.number)]


def test_what_cannot_be_asked(law: Law) -> None:
    with pytest.raises(ValueError, match="after the day asked about"):
        in_force(law, date(2026, 1, 1), "criteria", filed=date(2026, 1, 2))
    with pytest.raises(ValueError, match="only 3, 4 and 5"):
        in_force(law, date(2026, 1, 1), "procedure", star=2)


# ---- QĐ 26/2026/QĐ-TTg alone: all that it tells of itself and of what it ends -------------------------------------


@pytest.fixture(scope="module")
def decision() -> Article:
    if not DECISION_26.exists():
        pytest.skip("../shared/data/regulations is not beside this checkout")
    raw = Raw(body=DECISION_26.read_bytes(), content_type="text/html")
    return read_article(raw, Origin(source="Trang luật", fetched="2026-01-01T00:00"))


@pytest.fixture(scope="module")
def alone(decision: Article) -> Law:
    found = read_regulation(decision)
    assert found is not None
    return Law([found])


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["on"] >= date(2026, 5, 22) and case["subject"] in ("criteria", "procedure")],
    ids=lambda case: str(case["id"]),
)
def test_the_decision_alone_settles_its_time(alone: Law, case: dict[str, Any]) -> None:
    held = ("26/2026/QĐ-TTg", "148/QĐ-TTg", "1489/QĐ-TTg", "9876/QĐ-TTg")
    check(alone, {**case, "state": {label: state for label, state in case["state"].items() if label in held}})


def test_its_units_are_addressable_and_its_forms_whole(decision: Article) -> None:
    labels = [section.label for section in decision.sections]
    assert [label for label in labels if label.startswith("Điều")] == [f"Điều {number}" for number in range(1, 14)]
    assert [label for label in labels if label.startswith("Phụ lục")] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    point = find_section(decision, find_unit("QĐ 26/2026/QĐ-TTg, Điều 7 khoản 6 điểm a").labels)
    assert point is not None
    assert "180 ngày" in decision.text[point.start : point.end]
    assert "120 ngày" in decision.text[point.start : point.end]
    forms = [find_section(decision, find_unit(f"Mẫu số {number}").labels) for number in ("01", "02", "03")]
    held = [form for form in forms if form is not None]
    assert len(held) == 3
    # each ends where the next begins, the last with the document
    assert [form.end + 1 for form in held[:2]] == [form.start for form in held[1:]]
    assert held[2].end == len(decision.text)
    assert [decision.text[form.start :].split("\n", 1)[0][:10] for form in held] == [
        "Mẫu số 01:", "Mẫu số 02:", "Mẫu số 03:",
    ]  # fmt: skip


def test_it_is_the_document_and_what_it_cites_is_not_held(alone: Law) -> None:
    held = {document.number.label: document.held for document in alone.documents}
    assert (held["26/2026/QĐ-TTg"], held["148/QĐ-TTg"], held["1489/QĐ-TTg"]) == ("document", "citation", "citation")


def test_the_year_it_misprints_is_kept_beside_the_right_one(alone: Law) -> None:
    document = alone.find(find_document_numbers("148/QĐ-TTg")[0])
    assert document is not None
    assert document.signed is not None
    assert (document.signed.on, document.signed.where) == (date(2023, 2, 24), "Điều 11, khoản 2")
    assert [item.on for item in document.conflicts] == [date(2025, 2, 24)]
