"""A scoring form: a criteria set with the scale of stars of its decision, and the articles both were read from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.article import Article, Kind, Rights
from index.criteria.bands import Band, bands
from index.criteria.held import sets_on
from index.criteria.sets import CriteriaSet
from index.law.address import DocumentNumber, find_document_numbers
from index.law.documents import Law
from index.passage import heading_label


class FormMissing(LookupError):
    """What is held has no such form; the message says what was asked for, what there is, and how to mend it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What is shown, and where it stands: `text[start:end]` of version `digest` of the article.

    text: None where the source's rights do not let its tables be shown.
    """

    text: str | None
    article_id: str
    digest: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSource:
    """An article that quotes of a scorecard stand in. summary: it restates the decision and is not its text."""

    article_id: str
    digest: str
    title: str
    source: str
    url: str | None
    original_url: str | None
    kind: Kind
    rights: Rights
    summary: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Form:
    """What a product is scored by on the day `as_of`.

    article: where the set stands. document: its decision, spoken. scale: five stars first. scale_article: where the
    scale stands. basis: what heads the scale, in its unit of law; unit: that unit, "Điều 3, khoản 3", "" where the
    article has none.
    """

    as_of: date
    criteria_set: CriteriaSet
    article: Article
    document: str
    scale: tuple[Band, ...]
    scale_article: Article
    basis: tuple[int, int]
    unit: str

    def quote(self, start: int, end: int) -> Quote:
        """A stretch of the set's article."""
        return quote(self.article, start, end)

    @property
    def sources(self) -> tuple[FormSource, ...]:
        """The articles its quotes stand in, each once."""
        articles = {article.id: article for article in (self.article, self.scale_article)}
        return tuple(
            FormSource(
                article_id=article.id,
                digest=article.digest,
                title=article.title,
                source=article.source,
                url=article.url,
                original_url=article.original_url,
                kind=article.kind,
                rights=article.rights,
                summary=article.kind == "guide",
            )
            for article in articles.values()
        )


def quote(article: Article, start: int, end: int) -> Quote:
    """A stretch of an article with its words, as far as they may be shown beside all the others of a form."""
    text = article.text[start:end] if article.rights == "full" else None
    return Quote(text=text, article_id=article.id, digest=article.digest, start=start, end=end)


def find_form(
    number: int,
    sets: Sequence[CriteriaSet],
    law: Law,
    on: date,
    article: Callable[[str, str], Article],
    *,
    document: DocumentNumber | None = None,
) -> Form:
    """The form of a set by its number, of the decision in force on a day or of the one named.

    article: gives an article by id and digest.

    Raises:
        FormMissing: no such set is held, or no text with its decision's scale of stars.
    """
    held = sets_on(sets, law, on, document)
    found = next((one for one in held if one.number == number), None)
    if found is None:
        raise FormMissing(_no_set(number, held, on, document))
    return form_of(found, law, on, article)


def form_of(criteria_set: CriteriaSet, law: Law, as_of: date, article: Callable[[str, str], Article]) -> Form:
    """The form of a set, for a day that it applies on.

    Raises:
        FormMissing: no text held gives the scale of stars of its decision.
    """
    number = next(iter(find_document_numbers(criteria_set.document or "")), None)
    known = law.find(number) if number is not None else None
    carriers = known.carriers if known is not None else ()
    # the set's own article, then the decision, then what restates it; a unit of law before a table of a guide
    named = [(criteria_set.article_id, criteria_set.digest), *((one.article_id, one.digest) for one in carriers)]
    scales = [(one, scale) for one in (article(*key) for key in dict.fromkeys(named)) if (scale := bands(one))]
    if not scales:
        name = number.name if number is not None else "quyết định ban hành bộ này"
        raise FormMissing(
            f"Kho không có văn bản nào nêu khoảng điểm của từng hạng sao theo {name}; cần khoản 3 Điều 3 của văn bản "
            "ấy. Thêm văn bản (python -m crawler add … --kind regulation) rồi dựng lại chỉ mục (python -m index build)."
        )
    chosen, scale = min(scales, key=lambda pair: not _unit(pair[0], pair[1][0]))
    unit = _unit(chosen, scale[0])
    return Form(
        as_of=as_of,
        criteria_set=criteria_set,
        article=article(criteria_set.article_id, criteria_set.digest),
        document=known.number.name if known is not None else (criteria_set.document or ""),
        scale=scale,
        scale_article=chosen,
        basis=_basis(chosen, scale),
        unit=unit,
    )


def _unit(article: Article, band: Band) -> str:
    """The unit of law that a scale stands in, without its own point."""
    path = [one for one in article.heading_path(band.start) if one.label.startswith(("Điều", "khoản"))]
    return heading_label(tuple(path)) if path else ""


def _basis(article: Article, scale: Sequence[Band]) -> tuple[int, int]:
    """The lines that head a scale in its khoản; the line of its highest star where it has none."""
    first = min(band.start for band in scale)
    clause = next((one for one in article.heading_path(first) if one.label.startswith("khoản")), None)
    lines = [] if clause is None else [one for one in article.blocks_within(clause.start, first) if one.end <= first]
    if not lines:
        return scale[0].start, scale[0].end
    return lines[0].start, lines[-1].end


def _no_set(number: int, held: Sequence[CriteriaSet], on: date, document: DocumentNumber | None) -> str:
    of = f"của {document.name}" if document is not None else f"của quy định áp dụng ngày {on.strftime('%d/%m/%Y')}"
    if not held:
        return (
            f"Hỏi bộ tiêu chí số {number} {of}, nhưng kho không có bộ nào {of}. Xem các bộ đang có: "
            "python -m index records criteria, hoặc GET /api/criteria; rồi chọn ngày hay văn bản khác."
        )
    numbers = ", ".join(str(one.number) for one in held)
    return f"Hỏi bộ tiêu chí số {number} {of}, nhưng trong kho chỉ có các bộ: {numbers}. Hãy chọn một trong các bộ ấy."
