"""Lists of what decisions of a place recognised, upgraded or withdrew in a year or round: counted, and product by
product, of the star, maker, commune and kind asked about."""

import re
from dataclasses import dataclass, replace

from assistant import answer as say
from assistant.aimed_stars import NOT_YET, aimed_star, aimed_told
from assistant.called import asks_signer
from assistant.corpus import Corpus
from assistant.decision_place import issued_within, issuer_said, of_place, round_of, said
from assistant.decision_signer import signer
from assistant.draft import Draft, Reckoning, Segment, connective
from assistant.later_decisions import clauses_changing, replaced_whole
from assistant.limits import rounds_in
from assistant.listed_groups import Kind, groups_said, kind_said, of_group
from assistant.listed_points import Extreme, Window, asks_points, extreme_asked, extreme_told, points_window
from assistant.paper_asked import asks_number
from assistant.product_asked import REASONS
from assistant.product_lines import ProductWriter
from assistant.product_notes import reason_in_line
from assistant.question import Question
from assistant.times import days_meant
from assistant.wording import says, tokens
from index.decisions.decision import Act, Change, ProductRow
from index.decisions.merged import Decision
from index.products.product import Product
from index.text import CAPITALS

WHICH = (
    "sản phẩm nào", "sản phẩm gì", "những cái nào", "cái nào", "những cái gì", "món nào", "món gì", "những món",
    "thứ nào", "thứ gì", "những thứ", "gồm những gì", "có những gì", "là những gì", "gồm cái gì", "liệt kê", "kể tên",
    "kể ra", "kể giúp", "nêu giúp", "nêu tên",
    "danh sách", "những sản phẩm", "các sản phẩm", "sao nào", "sao gì", "hàng nào", "mặt hàng nào",
    "tên gì", "gồm những", "có gì trong", "những gì trong", "được gì trong",
)  # fmt: skip
# Of these the products themselves are meant, whatever else is asked.
_LISTING = ("sản phẩm nào", "sản phẩm gì", "những sản phẩm", "danh sách", "những gì", "gồm gì", "liệt kê", "kể tên")
_NOUNS = ("sản phẩm", "món", "thứ", "mặt hàng", "cái", "loại")
_MANY = tuple(f"{many} {noun}" for many in ("bao nhiêu", "mấy") for noun in _NOUNS)
_ENDING = ("hết hạn", "đến hạn", "hết hiệu lực", "phải nộp lại", "phải đánh giá lại", "còn hạn")
_ALSO = ("và", "hoặc", "lẫn", "hay")
_REACHED = ("lên 4 sao", "lên 5 sao")
_CHANGES: tuple[tuple[Change, tuple[str, ...]], ...] = (
    (
        "upgraded",
        (
            "nâng hạng", "nâng sao", "lên hạng", "nâng lên", "được nâng", "nâng cấp", "tăng hạng", "tăng sao",
        ),
    ),
    (
        "renewed",
        (
            "công nhận lại", "đánh giá lại", "phân hạng lại", "chấm lại", "giữ hạng", "giữ nguyên", "giữ sao",
            *(f"{kept} {star} sao" for kept in ("giữ", "giữ được") for star in (3, 4, 5)),
            *(f"mới {also} lại" for also in _ALSO),
        ),
    ),
    (
        "new",
        (
            "công nhận mới", "mới được công nhận", "sản phẩm mới", "lần đầu",
            *(f"công nhận lại {also} mới" for also in _ALSO),
        ),
    ),
)  # fmt: skip
WITHDRAWN = ("thu hồi", "bị rút", "mất giấy", "mất sao", "rút giấy", "rút sao", "rút lại", "lấy lại giấy", "tước")
_REGISTERED = ("đăng ký", "danh mục", "dự kiến", "nhắm", "nhằm", "phấn đấu", "mục tiêu", "hướng tới")
_COMMUNE = re.compile(rf"(?<!hợp tác )(?<!\w)(?i:xã|phường|thị trấn)\s+[{CAPITALS}]")
_MAKER = re.compile(
    rf"(?<!\w)(?i:công ty|htx|hợp tác xã|cơ sở|hkd|hộ kinh doanh|tổ hợp tác|doanh nghiệp)\s+[{CAPITALS}]"
)
_THEY = (
    "họ",
    *(f"{maker} {pointing}" for maker in ("cơ sở", "hợp tác xã", "công ty", "đơn vị", "chủ thể", "hộ", "nhà")
            for pointing in ("đó", "ấy", "này", "kia")),
)  # fmt: skip
_OTHERS = ("nữa", "khác", "ngoài ra", "còn")
_ACT_SPOKEN: dict[str, str] = {
    "upgraded": " được nâng hạng", "renewed": " được công nhận lại", "new": " công nhận mới",
    "withdraws": " bị thu hồi", "lists": " đăng ký", "recognises": "",
}  # fmt: skip
# Lines of a list that are read before it becomes a page to open.
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What lines a question asks for.

    asked: its tokens, with the maker it speaks of as "họ". besides: of whom it asks for others. changes: how lines
    were recognised, any of them where it names several ("nâng hạng hoặc giữ hạng"), all where none. groups: the groups
    of goods, as `listed_groups.groups_said`; kind: what their names say. window: the points they have; extreme: whether
    most or least points are meant; points: whether points are to be said. of_maker, of_commune: it names one, whose
    lines alone are meant, held or not.
    """

    question: Question
    asked: tuple[str, ...]
    besides: Product | None
    act: Act
    changes: frozenset[Change]
    groups: frozenset[tuple[str, str]]
    kind: Kind | None
    window: Window | None
    extreme: Extreme | None
    points: bool
    of_maker: bool
    of_commune: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Lines of one decision's list that a question asks for. narrowed: by more than the star."""

    decision: Decision
    rows: tuple[ProductRow, ...]
    narrowed: bool


def issued_draft(question: Question, corpus: Corpus) -> Draft | None:
    """The list, the count or both that a question asks of decisions it names by number, or by who issued them and when;
    None where it asks for neither, or the decisions held have nothing of it."""
    if says(question.tokens, *_ENDING) or not question.unit.empty or not len(corpus.held):
        return None
    if question.documents and question.wanted == "state":
        return None  # "danh sách của Quyết định 12 có còn dùng được không?"
    signed = asks_signer(question)
    if signed and not says(question.tokens, *_LISTING):
        return None  # "người ký … tên gì?"
    if asks_number(question.tokens) and not says(question.tokens, *WHICH):
        return None  # "số quyết định … là gì?"
    many = says(question.tokens, *_MANY)
    which = (
        signed  # with what is listed, else it would not be asked here
        or says(question.tokens, *WHICH)
        or (says(question.tokens, *_NOUNS) and says(question.tokens[-3:], "là gì"))
        or extreme_asked(question) is not None
        or _which_kind(question, corpus)
    )
    if not (which or many):
        return None
    named = corpus.held.names.find(question.tokens)
    if named is not None and named.whole:
        return None
    wanted = _wanted(question, corpus)
    meant = _decisions(wanted, corpus)
    writer = ProductWriter(corpus, None)
    found = [one for decision in meant if (one := _lines(decision, wanted, writer)) is not None]
    scored = [one for one in meant if any(row.score is not None for row in one.rows)]
    if not found and wanted.window is not None and scored:
        return _none_has(scored)
    # how many a province or a decision has is told by figures, not by what lines are held
    aimed = wanted.act == "lists" and question.stars is not None
    if not found or not (which or aimed or any(one.narrowed for one in found)):
        return None
    told = _told(found, wanted, corpus, writer, which=which, many=many)
    if told is None or not signed or len(found) > 1:
        return told
    return replace(told, segments=(*told.segments, *signer(found[0].decision.best, corpus, writer)))


def _none_has(scored: list[Decision]) -> Draft:
    """That no line of lists that print points has those asked for."""
    papers = ", ".join(one.listing.number.name for one in scored)
    told = f"Danh sách của {papers} không có sản phẩm nào đạt mức điểm được hỏi."
    return Draft(status="no_evidence", segments=(), notices=(say.NO_EVIDENCE, told), strength=1.0)


def _which_kind(question: Question, corpus: Corpus) -> bool:
    """Whether products of a kind or group are asked for by name: "sản phẩm nước mắm nào", "món đồ uống nào"."""
    kind = kind_said(question, corpus.held)
    phrases = [" ".join(pair) for pair in groups_said(question, corpus.held)]
    phrases += [] if kind is None else [kind.spoken]
    return says(question.tokens, *(f"{phrase} {asking}" for phrase in phrases for asking in ("nào", "gì")))


def _wanted(question: Question, corpus: Corpus) -> _Wanted:
    act: Act = "recognises"
    if says(question.tokens, *WITHDRAWN):
        act = "withdraws"
    elif says(question.tokens, *_REGISTERED):
        act = "lists"
    changes = frozenset(change for change, words in _CHANGES if says(question.tokens, *words))
    if changes and says(question.tokens, *_REACHED):
        changes |= {"upgraded"}  # "lên 4 sao hoặc giữ 4 sao"; alone it is having them, raised or not
    product = _spoken_of(question, corpus)
    groups, kind = groups_said(question, corpus.held), kind_said(question, corpus.held)
    maker, commune = corpus.held.makers.find(question.tokens), corpus.held.communes.find(question.tokens)
    return _Wanted(
        question=question,
        asked=question.tokens if product is None else (*question.tokens, *tokens(product.producer or "")),
        besides=product if says(question.tokens, *_OTHERS) else None,
        act=act,
        changes=changes if act == "recognises" else frozenset(),
        groups=groups,
        kind=None if kind is None or any(kind.words[0] in pair for pair in groups) else kind,
        window=points_window(question),
        extreme=extreme_asked(question),
        points=asks_points(question),
        of_maker=product is not None or (maker is not None and maker.whole) or _MAKER.search(question.text) is not None,
        of_commune=(commune is not None and commune.whole) or _COMMUNE.search(question.text) is not None,
    )


def _spoken_of(question: Question, corpus: Corpus) -> Product | None:
    """The product whose maker a follow-up speaks of ("họ", "cơ sở ấy"), named in the question before."""
    if not question.follow_up or not says(question.tokens, *_THEY):
        return None
    named = corpus.held.names.find(question.content)
    products = [] if named is None or not named.whole else corpus.held.products(named.rows)
    return products[0] if len({one.producer for one in products}) == 1 else None


def _decisions(wanted: _Wanted, corpus: Corpus) -> list[Decision]:
    """The decisions with lists that are meant, the earlier first; of a number that several have, none."""
    held, question = corpus.held, wanted.question
    of_asked = of_place(question, corpus, wanted.asked)
    if question.documents:
        if len(question.documents) > 1:
            return []
        named = [one for one in held.decisions(question.documents[0]) if one.rows and of_asked(one)]
        return named if len(named) == 1 else []
    rounds = rounds_in(question.tokens)
    windows = days_meant(question.when, question.period)
    # what was withdrawn, or has such points, is little enough to be told of all time
    ever = not windows and (wanted.act == "withdraws" or wanted.window is not None)
    issued = [
        one
        for one in held.listings
        if (ever or any(issued_within(one, first, last) for first, last in windows))
        and (not rounds or round_of(one) in rounds)
        and of_asked(one)
    ]
    # "huyện … của tỉnh …" means the district's own
    districts = [one for one in issued if one.best.level == "district" and issuer_said(one, question)]
    kept = [one for one in districts or issued if not replaced_whole(one, issued)]
    return sorted(kept, key=lambda one: one.best.issued or "")


def _lines(decision: Decision, wanted: _Wanted, writer: ProductWriter) -> _Found | None:
    """The lines of a decision that are of the act, star, change, maker, place and kind asked; None where none is. One
    named by its number is told by what it does with them, also where another act is asked for."""
    question = wanted.question
    rows = [row for row in decision.rows if row.act == wanted.act]
    if not rows and question.documents and not wanted.changes and wanted.act != "withdraws":
        rows = list(decision.rows)
    if question.stars is not None:
        low, high = question.stars
        starred = [(row, _star(decision, row, writer)) for row in rows]
        rows = [row for row, star in starred if star is not None and low <= star <= high]
    before = len(rows)
    if wanted.changes:
        rows = [row for row in rows if row.change in wanted.changes]
    of_maker = [row for row in rows if said(row.producer, wanted.asked)]
    if wanted.of_maker or of_maker:
        rows = of_maker
    elif (
        (wanted.of_commune and not issuer_said(decision, question))
        or _COMMUNE.search(question.text)
        or (question.districts and decision.best.level != "district")
    ):
        rows = [row for row in rows if any(said(read, wanted.asked) for read in (row.commune, row.district))]
    if wanted.besides is not None:
        rows = [row for row in rows if row.name.text not in wanted.besides.names]
    if wanted.groups and not wanted.of_maker:
        rows = [row for row in rows if of_group(row, wanted.groups)]
    if wanted.kind is not None:
        rows = [row for row in rows if wanted.kind.names(row)]
    if wanted.window is not None:
        rows = [row for row in rows if wanted.window.holds(row)]
    return _Found(decision=decision, rows=tuple(rows), narrowed=len(rows) < before) if rows else None


def _star(decision: Decision, row: ProductRow, writer: ProductWriter) -> int | None:
    """The star of a line; of one that registers a product, the star it aims at."""
    return row.star if row.act != "lists" else aimed_star(decision.listing, row, writer)


def _told(
    found: list[_Found], wanted: _Wanted, corpus: Corpus, writer: ProductWriter, *, which: bool, many: bool
) -> Draft | None:
    segments: list[Segment] = []
    notices: list[str] = []
    shown = 0
    for one in found:
        listing = one.decision.listing
        if wanted.extreme is not None:
            narrowed = len(one.rows) < len(one.decision.rows)
            segments += extreme_told(one.decision, one.rows, wanted.extreme, writer, narrowed=narrowed)
            shown += len(one.rows)
            continue
        if many or len(found) > 1:
            segments += _counted(one, wanted, writer)
        if which or len(one.rows) <= _SHOWN:
            rows = one.rows[: max(0, _SHOWN - shown)]
            shown += len(rows)
            lines = [line for row in rows for line in _line(one.decision, row, wanted, writer)]
            if wanted.act == "withdraws" and says(wanted.question.tokens, *REASONS):
                lines += [line for row in rows for line in reason_in_line(listing, row, writer)]
            segments += [connective(say.LISTED), *lines] if lines else []
        segments += writer.paper(listing) if len(found) == 1 and not many else []
        segments += clauses_changing(one.decision, corpus, writer)
        if one.decision.disputed:
            notices.append(f"Các nguồn của {listing.number.name} ghi không giống nhau ở một số điểm.")
    if not any(segment.evidence for segment in segments):
        return None
    left = sum(len(one.rows) for one in found) - shown
    if left > 0:
        notices.append(f"Danh sách còn {left} sản phẩm nữa; mở quyết định để xem đủ.")
    if any(row.act == "lists" for one in found for row in one.rows):
        notices.append(NOT_YET)
    if not wanted.question.documents:
        notices.append(say.READ_DECISIONS_ONLY)
    return Draft(status="answered", segments=tuple(dict.fromkeys(segments)), notices=tuple(notices), strength=1.0)


def _line(decision: Decision, row: ProductRow, wanted: _Wanted, writer: ProductWriter) -> list[Segment]:
    """A line as a sentence."""
    if row.act == "lists":
        return aimed_told(decision.listing, row, writer)
    return writer.listed(decision.listing, row, points=wanted.points, change=len(wanted.changes) > 1)


def _counted(one: _Found, wanted: _Wanted, writer: ProductWriter) -> list[Segment]:
    """How many lines of a decision's list are meant, as a sum of ones over the lines."""
    listing = one.decision.listing
    paper, held = writer.paper_spoken(listing)
    lines = [writer.line_evidence(listing, row) for row in one.rows]
    evidence = tuple(dict.fromkeys((*lines, *held)))
    stars = wanted.question.stars
    star = "" if stars is None else f" {stars[0]} sao" if stars[0] == stars[1] else f" {stars[0]}-{stars[1]} sao"
    act = " hoặc".join(_ACT_SPOKEN[each] for each in sorted(wanted.changes)) or _ACT_SPOKEN[wanted.act]
    grade = f"{act} hạng{star}" if wanted.act == "lists" and star else f"{star}{act}"
    text = f"{paper}: {len(one.rows)} sản phẩm{grade}{_of_whom(one, wanted)}."
    reckoning = Reckoning(
        operation="sum",
        operands=tuple((1.0, evidence.index(line)) for line in lines),
        result=float(len(one.rows)),
    )
    return writer.counted(text, evidence, reckoning)


def _of_whom(one: _Found, wanted: _Wanted) -> str:
    """What but star and act the lines counted have in common, since others of the list have not."""
    row, spoken = one.rows[0], ""
    if wanted.of_maker and row.producer is not None:
        spoken = f" của {row.producer.text}"
    elif wanted.of_commune and row.commune is not None and len(one.rows) < len(one.decision.rows):
        spoken = f" ở {row.commune.text}"
    return spoken if wanted.kind is None else f"{spoken} có tên chứa “{wanted.kind.spoken}”"
