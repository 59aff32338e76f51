"""Sentences about one product, each on the cells and clauses it was read from."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant import answer as say
from assistant.answer import day_number, vietnamese_date
from assistant.check import claim_fault
from assistant.claims import claim
from assistant.corpus import Corpus
from assistant.draft import Reckoning, Segment, connective, quoted
from assistant.evidence import Evidence
from index.decisions.decision import ActTold, DecisionTold, ProductRow, Read
from index.decisions.merged import Decision
from index.law.address import find_document_numbers, find_section
from index.products import rules
from index.products.expiry import state
from index.products.product import Product, ProductState, Recognition
from index.products.rules import Ground
from index.span import Span

# A sentence longer than this holds more than the clause meant.
_SENTENCE_CHARS = 400
_ISSUER = re.compile(
    r"(?P<office>(?:CHỦ TỊCH )?(?:ỦY|UỶ) BAN NHÂN DÂN) (?P<rank>TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN) "
    r"(?P<name>.+)"
)
_POINTS = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_CHANGE_SPOKEN = {"upgraded": ", nâng hạng", "renewed": ", công nhận lại", "new": ", công nhận mới"}
_STATE_PHRASE = {
    "valid": say.HOLDS,
    "renewing": say.HOLDS,
    "late": say.HOLDS,
    "expired": say.HAS_ENDED,
    "undetermined": say.KEPT_OR_NOT,
}


class ProductWriter:
    """Writes what is told of products of one generation, on one day."""

    def __init__(self, corpus: Corpus, on: date | None) -> None:
        """on: the day asked about, None where nothing asked depends on it."""
        self._corpus = corpus
        self.on = on

    def state(self, product: Product) -> ProductState:
        """How a product stands on the day asked about.

        Raises:
            ValueError: no day was given.
        """
        if self.on is None:
            raise ValueError("the state of a product depends on a day; none was given")
        return state(product, self.on)

    def told_by(self, recognition: Recognition) -> tuple[Decision, DecisionTold] | None:
        """The decision of a recognition, and the telling its line is of."""
        decision = self._corpus.held.decision(recognition.decision)
        if decision is None:
            return None
        key = (recognition.article_id, recognition.digest)
        return decision, next((told for told in decision.told if (told.article_id, told.digest) == key), decision.best)

    # ---- The line of a product ---------------------------------------------------------------------------------

    def recognised(self, product: Product, one: Recognition) -> list[Segment]:
        """What a decision's list says of a product, with the decision's number and day: who makes it, where, its star;
        of a correction, the decision it corrects too."""
        told = self.told_by(one)
        if told is None:
            return []
        row = one.row
        held = self.row_evidence(one)
        maker = "" if row.producer is None else f" của {row.producer.text}"
        where = _where(row)
        paper, paper_held = self.paper_spoken(told[1])
        former = _corrected_by(product, one)
        before = None if former is None else self.told_by(former)
        if before is not None:
            mended, mended_held = self.paper_spoken(before[1])
            paper, paper_held = f"{paper}, đính chính {mended}", [*paper_held, *mended_held]
        if one.withdrawn:
            text = f"{row.name.text}{maker}{where}: bị thu hồi theo {paper}."
        elif row.star is None:
            text = f"{row.name.text}{maker}{where}: có tên trong {paper}."
        else:
            verb = {"upgraded": "nâng lên", "renewed": "công nhận lại"}.get(one.change or "", "được công nhận")
            text = f"{row.name.text}{maker}{where}: {verb} {row.star} sao theo {paper}."
        written = self.claimed(text, (*held, *paper_held))
        # what a person put right stands in no text, and is told beside the words that do
        return written or ([quoted(held[0])] if corrected(row) else [])

    def paper_spoken(self, told: DecisionTold) -> tuple[str, list[Evidence]]:
        """A decision spoken of with its day, and where both stand."""
        day = "" if told.issued is None or told.issued_read is None else f" ngày {vietnamese_date(told.issued)}"
        if told.issued is not None and told.issued.count("-") < 2:
            day = f" ({vietnamese_date(told.issued)})"
        held = [self.place(told, read) for read in (told.number_read, told.issued_read if day else None) if read]
        return f"{told.number.name}{day}", held

    def listed(
        self, told: DecisionTold, row: ProductRow, *, points: bool = False, change: bool = False
    ) -> list[Segment]:
        """A line of a decision's list as a sentence: product, maker, place, star, and, where they are asked for and
        printed, its points and how it was recognised."""
        held = self._held(told.article_id, told.digest, row)
        maker = "" if row.producer is None else f" của {row.producer.text}"
        where = _where(row)
        star = "" if row.star is None else f": {row.star} sao"
        act = {"withdraws": ", bị thu hồi", "lists": ": đăng ký đánh giá"}.get(row.act, "")
        score = "" if not points or row.score is None else f"{',' if star else ':'} {points_printed(row)} điểm"
        how = _CHANGE_SPOKEN.get(row.change or "", "") if change else ""
        listed = star if row.act != "lists" else ""
        return self.claimed(f"{row.name.text}{maker}{where}{listed}{score}{how}{act}.", held)

    def paper(self, told: DecisionTold) -> list[Segment]:
        """A decision's number, day, issuer and what it is about, as a sentence."""
        paper, held = self.paper_spoken(told)
        text = paper
        if told.issuer is not None:
            text += f" của {issuer_spoken(told.issuer.text)}"
            held.append(self.place(told, told.issuer))
        if told.subject is not None:
            text += f": {told.subject.text}"
            held.append(self.place(told, told.subject))
        return self.claimed(f"{text.rstrip('.')}.", held)

    def clause(self, told: DecisionTold, act: ActTold) -> Evidence:
        """What a decision says of something it does: the sentence where that is short, else the clause alone."""
        article = self._corpus.article(told.article_id, told.digest)
        clause = Evidence(article=article, start=act.start, end=act.end)
        sentence = self.around(clause, Span(act.start, act.end))
        return sentence if sentence.end - sentence.start <= _SENTENCE_CHARS else clause

    def field(self, one: Recognition, name: str) -> list[Segment]:
        """One field of a product's line as a sentence: "score", "group"."""
        row = one.row
        held = self.row_evidence(one)
        if name == "score" and row.score is not None and row.score_read is not None:
            return self.claimed(f"{row.name.text}: {points_printed(row)} điểm.", held)
        if name == "group" and row.group is not None:
            held = [*held, self.around(held[0], row.group.span)]
            return self.claimed(f"{row.name.text}: {_in_group(row.group.text)}.", held)
        return []

    def row_evidence(self, one: Recognition) -> list[Evidence]:
        """The line of a recognition first, then what stands elsewhere and tells its star, group or place."""
        return self._held(one.article_id, one.digest, one.row)

    def _held(self, article_id: str, digest: str, row: ProductRow) -> list[Evidence]:
        """The line of a product, and the lines elsewhere that tell its star, group or place."""
        article = self._corpus.article(article_id, digest)
        line = Evidence(article=article, start=row.start, end=row.end)
        held = [line]
        for read in _reads(row):
            if not row.start <= read.span.start < row.end:
                held.append(self.around(line, read.span))
        told = (row.star_read, row.score_read, row.group)
        heads = [one.head for one in told if one is not None and one.head is not None]
        return list(dict.fromkeys((*held, *(self.around(line, head) for head in heads))))

    def place(self, told: DecisionTold, read: Read) -> Evidence:
        """The sentence, row or line that a value of a decision was read from."""
        article = self._corpus.article(told.article_id, told.digest)
        return self.around(Evidence(article=article, start=told.start, end=told.end), read.span)

    def around(self, near: Evidence, span: Span) -> Evidence:
        """The sentence or row that a span of the same article stands in."""
        for start, end, _, _ in self._corpus.sentences(near.article):
            if start <= span.start < end and span.end <= end:
                return Evidence(article=near.article, start=start, end=end)
        blocks = near.article.blocks_within(span.start, span.end)
        if blocks:
            return Evidence(article=near.article, start=blocks[0].start, end=blocks[-1].end)
        return Evidence(article=near.article, start=span.start, end=span.end)

    # ---- Until when --------------------------------------------------------------------------------------------

    def certificate(self, product: Product, *, renewal: bool) -> list[Segment]:
        """How a product's certificate stands on the day, until when, and when its renewal may be filed."""
        found = self.state(product)
        if found.recognition is None:
            return []
        one = product.history[found.recognition]
        if found.status == "withdrawn":
            ended = product.history[found.recognition]
            return [connective(say.WITHDRAWN), *self.recognised(product, ended)]
        phrase = _STATE_PHRASE.get(found.status)
        counted = self._counted(product, one, found)
        if phrase is None or not counted:
            return []
        lines = [connective(phrase), *counted]
        if found.status == "undetermined":
            lines += self._quoted(rules.EXTENSION)
        elif renewal or found.status in ("renewing", "late"):
            window = self._window(product, one, found)
            lines += [connective(say.RENEWAL), *window] if window else []
        return lines

    def ends(self, product: Product) -> list[Segment]:
        """Until when a product's certificate holds, with its name and maker; nothing where that is not known."""
        found = self.state(product)
        if found.recognition is None or found.expires is None:
            return []
        one = product.history[found.recognition]
        months, start = self._months(one, found), self._issued(product, one)
        if months is None or start is None:
            return []
        maker = "" if one.row.producer is None else f" của {one.row.producer.text}"
        text = f"{one.row.name.text}{maker}: giấy chứng nhận đến hết ngày {vietnamese_date(found.expires.isoformat())}."
        return self._reckoned(text, start, [(float(one.months), months)], found.expires, besides=self.row_evidence(one))

    def _counted(self, product: Product, one: Recognition, found: ProductState) -> list[Segment]:
        """The last day of a certificate, counted from the day of its decision."""
        months = self._months(one, found)
        start = self._issued(product, one)
        if found.expires is None or start is None or months is None:
            return []
        maker = "" if one.row.producer is None else f" của {one.row.producer.text}"
        text = (
            f"{one.row.name.text}{maker}: giấy chứng nhận {one.months} tháng kể từ "
            f"{vietnamese_date(start[0].isoformat())}, đến hết ngày {vietnamese_date(found.expires.isoformat())}."
        )
        besides = self.row_evidence(one)
        return self._reckoned(text, start, [(float(one.months), months)], found.expires, besides=besides[:1])

    def _window(self, product: Product, one: Recognition, found: ProductState) -> list[Segment]:
        """The first and the last day to file, each counted from the certificate's end."""
        months, start = self._months(one, found), self._issued(product, one)
        rule = self._ground(rules.WINDOW)
        if months is None or start is None or rule is None or found.renew_from is None or found.renew_to is None:
            return []
        lines: list[Segment] = []
        for text, day, days in (
            ("Sớm nhất là ngày {} (trước khi hết hạn 180 ngày).", found.renew_from, rules.WINDOW_OPENS_DAYS),
            ("Muộn nhất là ngày {} (trước khi hết hạn 120 ngày).", found.renew_to, rules.WINDOW_CLOSES_DAYS),
        ):
            told = text.format(vietnamese_date(day.isoformat()))
            lines += self._reckoned(told, start, [(float(one.months), months), (float(-days), rule)], day)
        return lines

    def _issued(self, product: Product, one: Recognition) -> tuple[date, Evidence] | None:
        """The day a certificate counts from, and where the decision of that day prints it."""
        told = self.told_by(_corrected_by(product, one) or one)
        if told is None or told[1].issued_read is None or one.on is None or one.on.count("-") < 2:
            return None
        return date.fromisoformat(one.on[:10]), self.place(told[1], told[1].issued_read)

    def _months(self, one: Recognition, found: ProductState) -> Evidence | None:
        """Where it stands how long the certificate holds: in the decision, else in the law it was given under."""
        told = self.told_by(one)
        if told is not None and told[1].valid_read is not None and told[1].valid_months == one.months:
            return self.place(told[1], told[1].valid_read)
        grounds = [ground for ground in found.grounds if ground not in (rules.KEPT, rules.WINDOW, rules.EXTENSION)]
        return next((held for ground in grounds if (held := self._ground(ground, f"{one.months} tháng"))), None)

    def _ground(self, ground: Ground, says: str = "") -> Evidence | None:
        """Where a rule of law stands in what is held; of a whole document the sentence that says `says`."""
        numbers = find_document_numbers(ground.document)
        document = self._corpus.law.find(numbers[0]) if numbers else None
        for carrier in () if document is None else document.carriers:
            article = self._corpus.article(carrier.article_id, carrier.digest)
            section = find_section(article, ground.labels) if ground.labels else None
            first, last = (0, len(article.text)) if section is None else (section.start, section.end)
            if ground.labels and section is None:
                continue
            for start, end, _, _ in self._corpus.sentences(article):
                sentence = article.text[start:end]
                if first <= start < last and (says in sentence if says else _has_number(sentence)):
                    return Evidence(article=article, start=start, end=end)
        return None

    def _quoted(self, ground: Ground) -> list[Segment]:
        held = self._ground(ground)
        return [] if held is None else [Segment(text=held.quote, kind="quoted", evidence=(held,))]

    def line_evidence(self, told: DecisionTold, row: ProductRow) -> Evidence:
        """A line of a decision's list."""
        article = self._corpus.article(told.article_id, told.digest)
        return Evidence(article=article, start=row.start, end=row.end)

    # ---- Claims ------------------------------------------------------------------------------------------------

    def claimed(self, text: str, held: Sequence[Evidence]) -> list[Segment]:
        """A claim on the least of the evidence that holds it, the first always among it."""
        written = claim(text, held[:1], held[1:])
        return [] if written is None else [written]

    def _reckoned(
        self,
        text: str,
        start: tuple[date, Evidence],
        counts: Sequence[tuple[float, Evidence]],
        result: date,
        *,
        besides: Sequence[Evidence] = (),
    ) -> list[Segment]:
        """A claim of a day counted by months and days. besides: what holds the rest of the sentence."""
        evidence = tuple(dict.fromkeys((*besides, start[1], *(held for _, held in counts))))
        reckoning = Reckoning(
            operation="months_after",
            operands=(
                (day_number(start[0]), evidence.index(start[1])),
                *((count, evidence.index(held)) for count, held in counts),
            ),
            result=day_number(result),
        )
        segment = Segment(text=text, kind="derived", evidence=evidence, reckoning=reckoning)
        return [] if _fault(segment) is not None else [segment]

    def counted(self, text: str, evidence: Sequence[Evidence], reckoning: Reckoning) -> list[Segment]:
        """A claim of a number of lines counted; nothing where they do not hold the rest of it."""
        segment = Segment(text=text, kind="derived", evidence=tuple(evidence), reckoning=reckoning)
        return [] if _fault(segment) is not None else [segment]


def _fault(segment: Segment) -> str | None:
    """Why a derived claim is not held by its evidence, or None."""
    return claim_fault(
        segment.text,
        segment.kind,
        [one.quote for one in segment.evidence],
        None if segment.reckoning is None else segment.reckoning.result,
        headings=[one.heading for one in segment.evidence],
        titles=[one.article.title for one in segment.evidence],
    )


def corrected(row: ProductRow) -> tuple[str, ...]:
    """What was put right in a line after it was read, as readers are told it."""
    fields = (
        ("tên", row.name),
        ("chủ thể", row.producer),
        ("địa chỉ", row.address),
        ("xã", row.commune),
        ("huyện", row.district),
        ("tỉnh", row.province),
        ("nhóm", row.group),
        ("hạng sao", row.star_read),
        ("điểm", row.score_read),
        ("loại công nhận", row.change_read),
    )
    return tuple(
        f"Khi rà soát, {name} ở dòng này được sửa thành “{read.text}”; nguyên văn là như đã trích."
        for name, read in fields
        if read is not None and read.correction is not None
    )


def points_printed(row: ProductRow) -> str:
    """The points of a line as it prints them ("64,0"), which are read of a cell that may say more ("64,0 điểm").

    Raises:
        ValueError: the line has none.
    """
    if row.score is None:
        raise ValueError(f"the line of {row.name.text!r} has no points")
    match = None if row.score_read is None else _POINTS.search(row.score_read.text)
    same = match is not None and float(match[0].replace(",", ".")) == row.score
    return match[0].replace(".", ",") if match is not None and same else say.vietnamese_number(row.score)


def issuer_spoken(written: str) -> str:
    """An issuer printed in capitals as it is spoken of: "ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ" -> "Ủy ban nhân dân tỉnh
    Quảng Trị"; as written elsewhere."""
    match = _ISSUER.fullmatch(" ".join(written.split()))
    if match is None or not match["name"].isupper():
        return written
    office, rank, name = match["office"], match["rank"], match["name"]
    return f"{office.capitalize()} {rank.lower()} {name.title()}"


def _in_group(written: str) -> str:
    return f"thuộc {written}" if written.lower().startswith(("nhóm", "ngành")) else f"thuộc nhóm {written}"


def _where(row: ProductRow) -> str:
    """Where a product is from, in brackets after its maker; "" where its line does not say."""
    parts = [row.address] if row.address is not None else [row.commune, row.district, row.province]
    said = ", ".join(read.text for read in parts if read is not None)
    return f" ({said})" if said else ""


def _corrected_by(product: Product, one: Recognition) -> Recognition | None:
    """The line whose place a correction takes, which counts from that line's day; None of other lines."""
    return next(
        (former for former in product.history if former.corrected_by == one.decision and former.on == one.on), None
    )


def _reads(row: ProductRow) -> Iterator[Read]:
    """What a line's sentence may use of it."""
    yield from (
        read
        for read in (row.name, row.producer, row.address, row.commune, row.district, row.province, row.star_read)
        if read
    )


def _has_number(sentence: str) -> bool:
    return any(char.isdigit() for char in sentence)
