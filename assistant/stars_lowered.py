"""Products that a decision gave fewer stars than the decision before: those of a place, a time, a star asked about."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from assistant import answer as say
from assistant.corpus import Corpus
from assistant.decision_place import of_place, said
from assistant.draft import Draft, Segment, connective
from assistant.listed_products import LIST
from assistant.product_asked import LOWERED
from assistant.product_lines import ProductWriter
from assistant.question import Question
from assistant.times import days_meant
from assistant.wording import says
from index.decisions.merged import Decision
from index.period import first_day, last_day
from index.products.product import Product, Recognition

_WHICH = (*LIST, "món nào", "mặt hàng nào", "cái nào", "những món", "có sản phẩm")
_SHOWN = 6
# What a question of this kind says of no product in particular.
_SAID = frozenset(word for phrase in (*LOWERED, *_WHICH, "ocop hạng sao giảm bị") for word in phrase.split())


def lowered_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """Each product asked about whose grade went down, with the two decisions; that none did, where decisions of the
    place asked are held; None where that is not asked."""
    if not (says(question.tokens, *LOWERED) and says(question.tokens, *_WHICH)) or question.documents:
        return None
    if not len(corpus.held) or corpus.held.names.find(question.tokens) is not None:
        return None
    products = corpus.held.products(tuple(range(len(corpus.held))))
    of_place_asked = of_place(question, corpus, question.tokens)
    of_asked: Callable[[Decision], bool] | None = of_place_asked
    if local := [one for one in products if _named_in_lines(one, question)]:
        products, of_asked = local, None
    elif not any(map(of_place_asked, corpus.held.listings)):
        if not _asks_of_all(question):
            return None
        of_asked = None
    writer = ProductWriter(corpus, on)
    found = [pair for product in products for pair in _lowered(product, question, writer, of_asked)]
    segments: list[Segment] = []
    for product, before, after in found[:_SHOWN]:
        segments += [*writer.recognised(product, before), *writer.recognised(product, after)]
    if not segments:
        none = "Trong các quyết định kho đọc được, không có sản phẩm nào như được hỏi bị xuống hạng."
        return Draft(status="no_evidence", segments=(), notices=(say.NO_EVIDENCE, none), strength=1.0)
    notices = [say.READ_DECISIONS_ONLY]
    if len(found) > _SHOWN:
        notices.append(f"Còn {len(found) - _SHOWN} sản phẩm nữa.")
    return Draft(
        status="answered",
        segments=(connective(say.LISTED), *dict.fromkeys(segments)),
        notices=tuple(notices),
        strength=1.0,
    )


def _named_in_lines(product: Product, question: Question) -> bool:
    """Whether a question names who makes a product, or the commune or district a line of it says."""
    return any(
        said(read, question.tokens)
        for one in product.history
        for read in (one.row.producer, one.row.commune, one.row.district)
    )


def _asks_of_all(question: Question) -> bool:
    """Whether a question names no place, maker or kind of product, known or not."""
    named = question.places or question.regions or question.districts or question.here
    return not named and set(question.content) <= _SAID


def _lowered(
    product: Product, question: Question, writer: ProductWriter, of_asked: Callable[[Decision], bool] | None
) -> list[tuple[Product, Recognition, Recognition]]:
    """A product with two recognitions that follow each other, the later lower, and of the place, time and star asked.
    A correction lowers nothing: what it corrects never was. of_asked: whether a decision is of the place asked, None
    where none is."""
    counted = [one for one in product.history if not one.withdrawn and one.corrected_by is None and one.star]
    windows = days_meant(question.when, question.period)
    found = []
    for before, after in pairwise(counted):
        told = writer.told_by(after)
        if told is None or (of_asked is not None and not of_asked(told[0])) or (after.star or 0) >= (before.star or 0):
            continue
        stars = {before.star, after.star}
        if question.stars is not None and stars.isdisjoint(range(question.stars[0], question.stars[1] + 1)):
            continue
        on = after.on or ""
        within = any(first.toordinal() <= last_day(on) and first_day(on) <= last.toordinal() for first, last in windows)
        if windows and not within:
            continue
        found.append((product, before, after))
    return found
