"""Lists of products that decisions recognise: of a commune, of a maker, of a star; and certificates that end soon."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from assistant import answer as say
from assistant.answer import vietnamese_date
from assistant.corpus import Corpus
from assistant.decision_place import said
from assistant.draft import Draft, Reckoning, Segment, connective
from assistant.product_asked import OTHERS
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.wording import says, tokens
from index.catalogue.product_query import Found, Map, ProductQuery
from index.period import first_day, last_day
from index.places.named import MERGER, PROVINCES
from index.products.product import Product

LIST = (
    "sản phẩm nào", "sản phẩm gì", "những sản phẩm", "các sản phẩm", "danh sách sản phẩm", "liệt kê", "kể tên",
    "sản phẩm ocop nào", "sản phẩm ocop gì", "sản phẩm ocop của", "giấy chứng nhận nào", "những giấy nào",
)  # fmt: skip
_MANY_PRODUCTS = tuple(
    f"{many} {noun}" for many in ("bao nhiêu", "mấy") for noun in ("sản phẩm", "món", "mặt hàng", "thứ")
)
_MANY = ("bao nhiêu sản phẩm", "mấy sản phẩm", "bao nhiêu giấy", "mấy giấy", "bao nhiêu chứng nhận")
_ENDING = ("sắp hết hạn", "hết hạn", "đến hạn", "sắp đến hạn", "hết hiệu lực", "phải nộp lại", "phải đánh giá lại")
_SOON = ("sắp hết hạn", "sắp đến hạn", "sắp tới", "tới đây", "thời gian tới")
_SOON_MONTHS = 6
_SHOWN = 12


def ending_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """Certificates that end in the time asked about, the soonest first; None where that is not asked or none does."""
    if not says(question.tokens, *_ENDING) or not says(question.tokens, *LIST, *_MANY) or question.documents:
        return None
    within = _window(question, on)
    if within is None or not len(corpus.held):
        return None
    products = corpus.held.catalogue.products
    query = ProductQuery(
        on=on,
        provinces=_provinces(question),
        by=_map(question),
        stars=_stars(question),
        expires_from=within[0],
        expires_to=within[1],
        sort="expires",
        limit=_SHOWN,
    )
    found = products.find(query)
    writer = ProductWriter(corpus, on)
    rows = tuple(int(row) for row in found.rows)
    lines = [line for product in corpus.held.products(rows) for line in writer.ends(product)]
    if not lines:
        return None
    span = f"từ {vietnamese_date(within[0].isoformat())} đến {vietnamese_date(within[1].isoformat())}"
    notice = f"Có {found.total} giấy chứng nhận hết hạn {span} trong các quyết định kho đọc được{_where(query)}."
    return _draft([connective(say.ENDING), *lines], found, (notice,))


def listed_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The products of a commune, district or maker that a question names; None where it names none in the lists."""
    many = says(question.tokens, *_MANY_PRODUCTS) and not (question.when or question.period)
    if not (many or says(question.tokens, *LIST, *OTHERS)) or question.documents or not len(corpus.held):
        return None
    besides, asked = _maker_of(question, corpus)
    for names in (corpus.held.makers, corpus.held.communes):
        named = names.find(asked)
        if named is not None and named.whole:
            break
    else:
        return None
    writer = ProductWriter(corpus, on)
    wanted = [
        product
        for product in corpus.held.products(named.rows)
        if product.key != besides and _fits(product, question, writer)
    ]
    lines = [line for product in wanted[:_SHOWN] for line in writer.recognised(product, product.history[-1])]
    if not lines:
        return None
    by_maker = names is corpus.held.makers
    counted = _counted(wanted, question, by_maker=by_maker, writer=writer) if many else []
    if many and not counted:
        return None
    left = len(wanted) - _SHOWN
    notices = [say.READ_DECISIONS_ONLY]
    if left > 0:
        notices.append(f"Còn {left} sản phẩm nữa; xem trang Sản phẩm để thấy đủ.")
    return _draft([*counted, connective(say.LISTED), *lines], None, tuple(notices))


def _maker_of(question: Question, corpus: Corpus) -> tuple[str | None, tuple[str, ...]]:
    """Of "chủ thể của … còn sản phẩm nào khác?" the product that is named and the name of its maker; of any other
    question None and its tokens."""
    named = corpus.held.names.find(question.tokens) if says(question.tokens, *OTHERS) else None
    if named is None or not named.whole:
        return None, question.tokens
    (product, *more) = corpus.held.products(named.rows)
    if more or product.producer is None:
        return None, question.tokens
    return product.key, tokens(product.producer)


def _counted(
    products: Sequence[Product], question: Question, *, by_maker: bool, writer: ProductWriter
) -> list[Segment]:
    """How many products a maker or place has in the lists, those withdrawn left out, as a sum of ones over the latest
    line of each; nothing where no line names it as the question does. Districts are not counted: lists since July 2025
    name none."""
    latest = [product.history[-1] for product in products if not product.history[-1].withdrawn]
    reads = (
        read
        for one in latest
        if (read := one.row.producer if by_maker else one.row.commune) is not None and said(read, question.tokens)
    )
    whose = next(reads, None)
    if whose is None:
        return []
    held = [writer.row_evidence(one)[0] for one in latest]
    evidence = tuple(dict.fromkeys(held))
    reckoning = Reckoning(
        operation="sum", operands=tuple((1.0, evidence.index(line)) for line in held), result=float(len(held))
    )
    stars = "" if question.stars is None else f" {question.stars[0]} sao"
    return writer.counted(f"{whose.text}: {len(held)} sản phẩm{stars}.", evidence, reckoning)


def _draft(segments: list[Segment], found: Found | None, notices: tuple[str, ...]) -> Draft:
    shown = sum(bool(segment.evidence) for segment in segments)
    if found is not None and found.total > shown:
        notices = (*notices, f"Trên đây là {shown} giấy hết hạn sớm nhất.")
    return Draft(status="answered", segments=tuple(dict.fromkeys(segments)), notices=notices, strength=1.0)


def _fits(product: Product, question: Question, writer: ProductWriter) -> bool:
    """Whether a product is of the star and the province asked about."""
    if question.stars is not None:
        star = writer.state(product).star
        if star is None or not question.stars[0] <= star <= question.stars[1]:
            return False
    keys = [key for key in question.places if key in PROVINCES]
    if not keys or product.province is None:
        return True
    return any(key in (product.province, product.province_today) for key in keys) or any(
        PROVINCES[key].today_key == product.province_today for key in keys
    )


def _window(question: Question, on: date) -> tuple[date, date] | None:
    """The days asked about: a year, a month, a number of months from now, or the next six where "sắp" is said."""
    if question.period is not None:
        return _days(question.period[0], question.period[1])
    if len(question.dates) == 1:
        return _days(question.dates[0], question.dates[0])
    if question.dates:
        return None
    months = _months(question)
    if months is None:
        return None
    return on, _later(on, months)


def _days(first: str, last: str) -> tuple[date, date]:
    return date.fromordinal(first_day(first)), date.fromordinal(last_day(last))


def _months(question: Question) -> int | None:
    for place, word in enumerate(question.tokens[:-1]):
        if word.isdecimal() and 1 <= int(word) <= 60 and says(question.tokens[place + 1 : place + 2], "tháng"):
            return int(word)
    return _SOON_MONTHS if says(question.tokens, *_SOON) else None


def _later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, min(day.day, monthrange(day.year + year, month + 1)[1]))


def _provinces(question: Question) -> tuple[str, ...]:
    return tuple(key for key in question.places if key in PROVINCES)


def _map(question: Question) -> Map:
    """The map a question's provinces are meant on: a name that is no more, or said to be of before, is of then."""
    keys = _provinces(question)
    return "then" if any(PROVINCES[key].today_key != key or key in question.former for key in keys) else "today"


def _stars(question: Question) -> tuple[int, ...]:
    return () if question.stars is None else tuple(range(question.stars[0], question.stars[1] + 1))


def _where(query: ProductQuery) -> str:
    if not query.provinces:
        return ""
    names = ", ".join(PROVINCES[key].name for key in query.provinces)
    side = "trước" if query.by == "then" else "từ"
    return f", của {names} theo bản đồ {side} {vietnamese_date(MERGER.isoformat())}"
