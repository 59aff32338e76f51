"""A corpus whose decisions and products are known cell by cell, for the pages that show them.

Texts of our own are archived and indexed as any other; their decisions are written down here beside them, so that what
a page shows can be compared with what stands at the place it links to.
"""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.archive import Archive, Raw, now_iso
from crawler.article import Article, Rights
from crawler.draft import Origin
from crawler.read import read_article
from index.catalogue.catalogue import Catalogue
from index.decisions.decision import Act, ActTold, Change, DecisionTold, Doubt, ProductRow, Read, Stated
from index.decisions.merged import Decision
from index.law.address import DocumentNumber
from index.manifest import FOLDER, checksums, in_use, read_manifest, write_manifest
from index.products.product import Product, Recognition
from index.records import ADAPTERS, FILE_NAME
from index.span import Span
from index.switch import switch
from tests.conftest import AN_GIANG, NAM_DINH, ROOT, put

LONG_NAME = "Mật ong " + "hoa nhãn vườn nhà " * 280  # about 5,000 characters
HOSTILE_NAME = "<script>alert(1)</script> \u202eđảo ngược\u202c <img src=x onerror=alert(2)>"
_PROSE = (
    "Hội đồng đánh giá, phân hạng sản phẩm OCOP của tỉnh đã chấm các sản phẩm dưới đây và đề nghị công nhận hạng sao."
)
FORMULA = "=HYPERLINK(“http://hai.example”)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a list as it is to be written and read."""

    name: str
    producer: str
    commune: str
    district: str
    star: int
    score: str = ""
    change: Change | None = None
    doubts: tuple[Doubt, ...] = ()


def decision_text(number: str, day: str, issuer: str, lines: Sequence[Line]) -> str:
    """The text of a decision with a list."""
    cells = [
        {
            "serial": str(number),
            "name": line.name,
            "producer": line.producer,
            "address": f"{line.commune}, {line.district}",
            "score": line.score,
            "star": f"{line.star} sao",
        }
        for number, line in enumerate(lines, start=1)
    ]
    rows = "\n".join(" ; ".join(value for value in row.values() if value) for row in cells)
    head = f"Quyết định về công nhận sản phẩm OCOP\n\n{issuer} ban hành Quyết định {number} {day}. {_PROSE}"
    return f"{head}\n\nDanh sách sản phẩm được công nhận hạng sao OCOP.\n\n{rows}\n"


def read_decision(
    article: Article,
    key: str,
    *,
    number: str,
    issued: str,
    place: str,
    lines: Sequence[Line],
    acts: tuple[tuple[Act, str | None], ...] = (("recognises", None),),
    changed_by: tuple[str, ...] = (),
    reported: bool = False,
    stated: int | None = None,
) -> Decision:
    """The record of a decision whose cells stand in the article's text, each at the first place after the former."""
    text, at = article.text, article.text.index("Danh sách")

    def read(words: str, doubts: tuple[Doubt, ...] = ()) -> Read:
        nonlocal at
        # reading a page takes marks of direction out of its text; a record that holds some must do no harm all the same
        printed = " ".join(words.replace("\u202e", "").replace("\u202c", "").split())
        start = text.index(printed, at)
        at = start + len(printed)
        return Read(text=" ".join(words.split()), span=Span(start, at), doubts=doubts)

    rows = []
    for place_in_list, line in enumerate(lines, start=1):
        serial = read(str(place_in_list))
        name = read(line.name, line.doubts)
        producer = read(line.producer)
        commune, district = read(line.commune), read(line.district)
        score = read(line.score) if line.score else None
        star = read(f"{line.star} sao")
        rows.append(
            ProductRow(
                start=serial.span.start,
                end=star.span.end,
                act="recognises",
                serial=serial,
                name=name,
                producer=producer,
                commune=commune,
                district=district,
                star=line.star,
                star_read=star,
                score=float(line.score.replace(",", ".")) if line.score else None,
                score_read=score,
                change=line.change,
            )
        )
    where = text.index(number)
    told = DecisionTold(
        article_id=article.id,
        digest=article.digest,
        reported=reported,
        start=0,
        end=len(text),
        number=_number(number),
        number_read=Read(text=number, span=Span(where, where + len(number))),
        issued=issued,
        issuer=Read(text="UBND tỉnh", span=Span(text.index("UBND tỉnh"), text.index("UBND tỉnh") + 9)),
        level="province",
        place=place,
        subject=Read(text=article.title, span=Span(0, min(60, len(text)))),
        valid_months=36,
        acts=tuple(
            ActTold(act=act, target=None if target is None else _number(target), whole=True, start=where, end=where + 9)
            for act, target in acts
        ),
        stated=()
        if stated is None
        else (Stated(count=stated, star=None, span=Span(text.index("Danh sách"), text.index("Danh sách") + 18)),),
        rows=tuple(rows),
    )
    return Decision(key=key, told=(told,), rows=tuple(rows), changed_by=changed_by)


def _number(label: str) -> DocumentNumber:
    head, _, tail = label.partition("/")
    code, _, issuer = tail.partition("-")
    return DocumentNumber(number=head, year=None, code=code, issuer=issuer, start=0, end=len(label))


def product_of(key: str, decisions: Sequence[tuple[Decision, int]], *, doubtful: tuple[str, ...] = ()) -> Product:
    """The product of lines, the earliest first."""
    history = []
    for decision, position in decisions:
        told, row = decision.best, decision.rows[position]
        history.append(
            Recognition(
                decision=decision.key,
                article_id=told.article_id,
                digest=told.digest,
                row=row,
                on=told.issued,
                months=36,
                star=row.star,
                change=row.change,
            )
        )
    last = decisions[-1][0].rows[decisions[-1][1]]
    best = decisions[-1][0].best
    return Product(
        key=key,
        name=last.name.text,
        names=tuple(dict.fromkeys(line.row.name.text for line in history)),
        producer=None if last.producer is None else last.producer.text,
        commune=None if last.commune is None else last.commune.text,
        district=None if last.district is None else last.district.text,
        province=best.place,
        province_today=None,
        group="Thực phẩm",
        history=tuple(history),
        doubtful=doubtful,
    )


def _put_file(data: Path, name: str, *, rights: Rights) -> Article:
    raw = Raw(body=(ROOT / "demo" / "documents" / name).read_bytes(), content_type="application/pdf")
    url = f"https://tinh.example/{rights}/{name}"
    article = read_article(raw, Origin(source="Cổng thử", fetched=now_iso(), url=url, rights=rights))
    with Archive(data) as archive:
        archive.put(article, raw)
    return article


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A data folder, and the records of its catalogue."""

    data: Path
    articles: dict[str, Article]
    decisions: dict[str, Decision]
    products: dict[str, Product]


FIRST = "1287-qd-ubnd.nam-dinh.2022"
SECOND = "1754-qd-ubnd.nam-dinh.2024"
HOSTILE = "9-qd-ubnd.bac-giang.2025"


def shown_records(data: Path, base: Path, *, embedder: str = "hash-256") -> Shown:
    """A copy of the corpus at `base` with two news texts, three decisions and their products.

    data: a folder that is not there yet.
    """
    from index.build import build  # noqa: PLC0415 (as in conftest)

    shutil.copytree(base, data)
    put(data, NAM_DINH, "https://bao.example/nam-dinh.html", "2020-06-12")
    put(data, AN_GIANG, None, "2023-09-15")
    many = [
        Line(
            name=f"Gạo nếp số {number}",
            producer=f"Hợp tác xã Hải Tân {number}",
            commune="xã Hải Tân",
            district="huyện Hải Hậu",
            star=3 + number % 2,
            score=f"{70 + number % 20},5",
        )
        for number in range(1, 61)
    ]
    upgraded = [
        Line(
            name="Gạo nếp số 1",
            producer="Hợp tác xã Hải Tân 1",
            commune="xã Hải Tân",
            district="huyện Hải Hậu",
            star=5,
            score="91",
            change="upgraded",
        )
    ]
    hostile = [
        Line(name=HOSTILE_NAME, producer=FORMULA, commune="xã Trù Hựu", district="huyện Lục Ngạn", star=4),
        Line(
            name=LONG_NAME,
            producer="Hộ ông A",
            commune="xã Trù Hựu",
            district="huyện Lục Ngạn",
            star=3,
            doubts=("ocr",),
        ),
    ]
    told = (
        (FIRST, "1287/QĐ-UBND", "2022-12-01", "01/12/2022", "nam-dinh", "UBND tỉnh Nam Định", many),
        (SECOND, "1754/QĐ-UBND", "2024-01-15", "15/01/2024", "nam-dinh", "UBND tỉnh Nam Định", upgraded),
        (HOSTILE, "9/QĐ-UBND", "2025-03-03", "03/3/2025", "bac-giang", "UBND tỉnh Bắc Giang", hostile),
    )
    articles: dict[str, Article] = {}
    for key, number, issued, day, _, issuer, lines in told:
        text = decision_text(number, f"ngày {day}", issuer, lines)
        articles[key] = put(data, text, f"https://tinh.example/{key}.html", issued, source="Cổng thử")
    articles["pdf"] = _put_file(data, "decision.pdf", rights="full")
    articles["closed"] = _put_file(data, "decision.pdf", rights="excerpt")
    build(data, embedder=embedder, progress=False)
    decisions = {
        key: read_decision(
            articles[key], key, number=number, issued=issued, place=place, lines=lines, stated=len(lines)
        )
        for key, number, issued, _, place, _, lines in told
    }
    decisions[SECOND] = replace(
        decisions[SECOND],
        told=(
            replace(
                decisions[SECOND].best,
                acts=(ActTold(act="amends", target=_number("1287/QĐ-UBND"), whole=False, start=0, end=9),),
            ),
        ),
    )
    decisions[FIRST] = replace(decisions[FIRST], changed_by=(SECOND,))
    first, second, third = decisions[FIRST], decisions[SECOND], decisions[HOSTILE]
    products = {
        "gao-nep-so-1": product_of("gao-nep-so-1", [(first, 0), (second, 0)], doubtful=("gao-nep-so-2",)),
        **{f"gao-nep-so-{n}": product_of(f"gao-nep-so-{n}", [(first, n - 1)]) for n in range(2, 61)},
        "doc-hai": product_of("doc-hai", [(third, 0)]),
        "rat-dai": product_of("rat-dai", [(third, 1)]),
    }
    generation = in_use(data)
    folder = data / FOLDER / generation.name
    shutil.rmtree(folder / "catalogue")
    Catalogue.of(list(decisions.values()), list(products.values())).write(folder)
    _put_told(folder, [told for one in decisions.values() for told in one.told])
    manifest = read_manifest(data, generation)
    write_manifest(folder, replace(manifest, files=checksums(folder)))
    switch(folder.parent, folder.name)
    return Shown(data=data, articles=articles, decisions=decisions, products=products)


def _put_told(folder: Path, told: Sequence[DecisionTold]) -> None:
    """Let a generation's articles tell these of decisions, as /ra-soat reads them, in place of what was read."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as db, db:
        db.execute("DELETE FROM records WHERE kind = 'decision'")
        (last,) = db.execute("SELECT coalesce(max(id), -1) FROM records").fetchone()
        db.executemany(
            "INSERT INTO records VALUES (?, 'decision', ?, ?)",
            [
                (number, one.article_id, ADAPTERS["decision"].dump_json(one).decode())
                for number, one in enumerate(told, last + 1)
            ],
        )
