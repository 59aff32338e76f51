"""Which recognition of a product a question means: the latest, or the one of a year or place it names."""

from dataclasses import dataclass
from datetime import date

from assistant.answer import vietnamese_date
from assistant.product_asked import Aspect
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.times import days_meant
from assistant.wording import says
from index.period import first_day, last_day
from index.places.named import PROVINCES
from index.products.expiry import state
from index.products.product import Product, Recognition

# What says that the day a product was recognised is meant, not today.
_THEN = ("lúc", "hồi", "khi được", "khi còn", "khi ấy", "khi đó", "ban đầu", "lần đầu", "trước đây", "ngày trước")
_FIRST = ("lần đầu", "đầu tiên", "lần thứ nhất")
# What holds of a product between two recognitions as of the earlier.
_LASTING: frozenset[Aspect] = frozenset(("star", "producer", "where", "group", "paper", "all"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A recognition of a product. of_time: it is of a time that was asked for. another: what is to be said where it is
    of another time than asked; "" else."""

    one: Recognition
    of_time: bool = False
    another: str = ""


def meant_recognition(product: Product, question: Question, wanted: tuple[Aspect, ...], writer: ProductWriter) -> Meant:
    """The recognition meant: of the time asked, else what counted then, else another, which is said; of the place asked
    where "lúc …" is said; else what counts on the day asked."""
    windows = days_meant([one for one in question.when if one.iso.count("-") < 2], question.period)
    if windows and not {"expires", "renewal", "history"} & set(wanted):
        return _of_time(product, windows, wanted, writer)
    if not windows and says(question.tokens, *_FIRST):
        return Meant(one=next((one for one in product.history if not one.withdrawn), product.history[0]), of_time=True)
    if question.places and says(question.tokens, *_THEN):
        then = [one for one in product.history if _place(one, writer) in question.places]
        if then:
            return Meant(one=then[-1])
    return Meant(one=_counting(product, writer))


def each_meant(product: Product, question: Question, wanted: tuple[Aspect, ...], writer: ProductWriter) -> list[Meant]:
    """The recognition meant; of a question that names several times each one, where each time has one of its own
    ("năm 2022 bao nhiêu điểm, năm 2025 bao nhiêu?")."""
    windows = days_meant([one for one in question.when if one.iso.count("-") < 2], question.period)
    if len(windows) > 1 and not {"expires", "renewal", "history"} & set(wanted):
        each = [_of_time(product, (window,), wanted, writer) for window in windows]
        if all(one.of_time for one in each):
            return list({one.one.decision: one for one in each}.values())
    return [meant_recognition(product, question, wanted, writer)]


def _counting(product: Product, writer: ProductWriter) -> Recognition:
    at = writer.state(product).recognition
    return product.history[len(product.history) - 1 if at is None else at]


def _of_time(
    product: Product, windows: tuple[tuple[date, date], ...], wanted: tuple[Aspect, ...], writer: ProductWriter
) -> Meant:
    counted = [one for one in product.history if one.corrected_by is None] or list(product.history)
    within = [one for one in counted if one.on is not None and _within(one.on, windows)]
    if within:
        return Meant(one=within[-1], of_time=True)
    end = max(last for _, last in windows)
    then = state(product, end if writer.on is None else min(end, writer.on))
    if then.recognition is not None and then.status in ("valid", "renewing", "late") and set(wanted) <= _LASTING:
        return Meant(one=product.history[then.recognition])
    before = [one for one in counted if one.on is not None and last_day(one.on) <= end.toordinal()]
    one = (before or counted)[-1]
    of = "" if one.on is None else f" ngày {vietnamese_date(one.on)}"
    return Meant(
        one=one,
        another=f"{product.name}: kho không có quyết định nào trong thời gian được hỏi; điều trên theo quyết định{of}.",
    )


def _within(iso: str, windows: tuple[tuple[date, date], ...]) -> bool:
    return any(first.toordinal() <= last_day(iso) and first_day(iso) <= last.toordinal() for first, last in windows)


def _place(one: Recognition, writer: ProductWriter) -> str | None:
    """The province whose decision it is, as it was named then."""
    told = writer.told_by(one)
    place = None if told is None else told[1].place
    return place if place in PROVINCES else None
