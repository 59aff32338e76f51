"""Answers from figures: how many of what was asked, where and when, of every noun and grade asked."""

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.amounts import dated_source, digits_line, grade, in_words, stated_line, when_said
from assistant.answer import vietnamese_date, vietnamese_number
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment, quoted
from assistant.evidence import Evidence
from assistant.fitted import Fitted, all_grades, best_of, evidence_of, standing_of
from assistant.fitting import fit, is_potential
from assistant.limits import LIMITS, limit_groups_in
from assistant.question import Question
from assistant.sought import BY_GRADE, NATION, Ask, Sought, asks_of, seek
from assistant.told import with_columns
from assistant.wording import says, words_of
from crawler.article import Authority
from index.figures.counted import NOUN_FORMS, PLACES, PRODUCERS
from index.figures.figure import NATIONAL, Figure
from index.figures.numbers import find_numbers
from index.places.named import MERGER, PROVINCES, parts_of

# What a sentence, or an article, that states more of what is asked is worth beside the fit of one figure.
_SAME_SENTENCE = 0.6
_SAME_ARTICLE = 0.3
# Figures of one place and time whose fit differs by no more may contradict one another.
_CLOSE = 0.75
_PRODUCT = "sản phẩm"
# Who sends dossiers there sends them for five stars.
_CENTRAL = ("trung ương", "lên bộ", "cấp quốc gia")
_RANKS: dict[Authority, int] = {"official": 0, "state_press": 1, "press": 2, "commercial": 3, "mirror": 4}

# What opens the notice that a figure is of another time than the one asked about.
OTHER_TIME = "Không tìm thấy số liệu của"


def answer_figures(question: Question, corpus: Corpus, within: frozenset[str] = frozenset()) -> Draft | None:
    """The sentences that state the numbers asked for, or None where no figure held counts that.

    `within`: ids of the articles the conversation is about; figures of others are looked at only when these have none.
    """
    sought = seek(question, corpus.subplaces)
    if (question.regions and not question.places) or sets_a_limit(question):
        return None  # one province's number is not its region's, nor what a rule lets anyone have
    asked = [(ask, _fitting(question, sought, ask, corpus, within)) for ask in sought.asks]
    chosen = _together(asked)
    missing = [ask for ask, fitted in asked if not fitted and not ask.extra]
    if not chosen or (missing and all(ask.extra for ask in chosen)):
        return None
    items = list(chosen.values())
    near = {ask: _told_beside(ask, items, corpus) for ask in missing}
    beside = [found for found in near.values() if found is not None]
    missing = [ask for ask, found in near.items() if found is None and not _said_with(ask, items, corpus)]
    # a round is no total of what a place has
    partial = bool(missing) or any(
        item.fits_time is False
        or not item.own_place
        or ((item.round or _of_one_list(item, sought, corpus)) and item.figure.what in HELD_BY_PLACES)
        or _not_yet(ask, item.figure)
        for ask, item in chosen.items()
    )
    disputes = _contradicting(sought, asked, chosen, corpus)
    others = [other for _, rest in disputes for other in rest]
    notices = [*time_notices(sought, items), *_place_notices(items)]
    notices += [_NOT_YET for ask, item in chosen.items() if _not_yet(ask, item.figure)][:1]
    for best, rest in disputes:
        told = "; ".join(dict.fromkeys(_told(item.figure, corpus) for item in (best, *rest)))
        notices.append(f"Các nguồn nêu số khác nhau: {told}.")
    notices += [f"Không tìm thấy số liệu về: {', '.join(_named(ask) for ask in missing)}."] if missing else []
    ordered = _by_authority([*items, *others], corpus) if others else items
    return Draft(
        status="partial" if partial else "answered",
        segments=tuple(
            dict.fromkeys(
                (*_segments(sought, ordered, corpus, short=len(ordered) > 1 or partial), *map(quoted, beside))
            )
        ),
        notices=tuple(dict.fromkeys(notices)),
        strength=min(1.0, 0.6 + 0.4 * max(item.score for item in items) / 6) - (0.3 if partial else 0),
    )


def _of_one_list(item: Fitted, sought: Sought, corpus: Corpus) -> bool:
    """Whether a figure counts the list of one decision where what a place has in all was asked."""
    return item.occasion and not sought.occasion and evidence_of(item.figure, corpus).article.kind == "decision"


_NOT_YET = "Nguồn chỉ nói tiềm năng hay đề xuất, chưa phải kết quả công nhận."


def _not_yet(ask: Ask, figure: Figure) -> bool:
    """Whether a figure counts what only may be of the grade asked for one day."""
    return ask.stars is not None and not ask.potential and ask.what == figure.what == _PRODUCT and is_potential(figure)


def differing_sources(question: Question, sought: Sought, corpus: Corpus) -> list[Fitted]:
    """The best figure of the first count asked for, and those that contradict it; empty where none does."""
    ask = sought.asks[0]
    fitted = fit(question, sought, ask, corpus)
    best = best_of(item for item in fitted if item.figure.bound is None)
    if best is None:
        return []
    return [
        one for first, rest in _contradicting(sought, [(ask, fitted)], {ask: best}, corpus) for one in (first, *rest)
    ]


def sets_a_limit(question: Question) -> bool:
    """Whether a question asks how many a rule lets each have ("mỗi chủ thể được đăng ký tối đa mấy sản phẩm?")."""
    named = question.places or question.districts or question.dates or question.period or question.documents
    return not named and says(question.tokens, *_EACH) and says(question.tokens, *_AT_MOST)


_EACH = ("mỗi", "một", "từng")
_AT_MOST = ("tối đa", "giới hạn", "hạn chế", "được phép", "không quá", "nhiều nhất là")


def counts(question: Question) -> bool:
    """Whether a question asks for counts, also by the grades of what is counted ("mỗi hạng mấy cái")."""
    if question.wanted in ("figure", "share"):
        return True
    return question.wanted in ("star", "breakdown") and says(question.tokens, "bao nhiêu", "mấy cái", *BY_GRADE)


def nouns_of(question: Question) -> frozenset[str]:
    """The nouns a question counts, as figures have them; of nouns figures do not know ("đơn vị"), as asked."""
    forms = {ask.form: ask.what for ask in asks_of(question)} | {item.form: item.what for item in question.counted}
    return frozenset(what if form in _FORMS else form for form, what in forms.items())


_FORMS = frozenset(form for form, _ in NOUN_FORMS) | {"phần trăm", "tiền", "triệu", "tỷ"}
# What figures are read of.
READ_NOUNS = frozenset(what for _, what in NOUN_FORMS)
# What a place has some number of, which no rule for the whole country tells.
HELD_BY_PLACES = PRODUCERS | PLACES | {"sản phẩm", "điểm bán", "gian hàng", "siêu thị", "giấy chứng nhận"}


def of_nation(question: Question) -> bool:
    """Whether a question is about the whole country and says so."""
    return not question.places and says(question.tokens, *NATION)


def _fitting(question: Question, sought: Sought, ask: Ask, corpus: Corpus, within: frozenset[str]) -> list[Fitted]:
    fitted = fit(question, sought, ask, corpus)
    stars = ask.stars or ((5, 5) if says(question.tokens, *_CENTRAL) else None)
    if not fitted and ask.what == "hồ sơ" and stars is not None:
        # a dossier is of one product: "đề xuất 8 sản phẩm xét 5 sao"
        fitted = fit(question, sought, replace(ask, what=_PRODUCT, stars=stars, potential=True), corpus)
    if not fitted and ask.what == _PRODUCT and stars is not None and not ask.extra:  # not yet of that star
        fitted = fit(question, sought, replace(ask, stars=stars, potential=True), corpus)
    near = [item for item in fitted if item.figure.article_id in within]
    # what was spoken of, unless only another page has the time that is asked now
    if any(item.fits_time is not False for item in near) or all(item.fits_time is False for item in fitted):
        fitted = near or fitted
    return fitted


def _together(asked: list[tuple[Ask, list[Fitted]]]) -> dict[Ask, Fitted]:
    """For every count asked for its best figure; of those that fit alike, the ones that stand together.

    A count nobody asked for by name ("theo từng hạng sao") only where it stands in the article, and is of the time, of
    the rest.
    """
    firm = [(ask, fitted) for ask, fitted in asked if not ask.extra]
    extra = [(ask, fitted) for ask, fitted in asked if ask.extra]
    spots = [{_spot(item.figure) for item in fitted if item.fits_time is not False} for _, fitted in asked]
    chosen: dict[Ask, Fitted] = {}
    for ask, fitted in firm:
        others = [spot for spot, (other, _) in zip(spots, asked, strict=True) if other is not ask]
        best = best_of(replace(item, score=item.score + _beside(item.figure, others)) for item in fitted)
        if best is not None:
            chosen[ask] = best
    anchors = [item.figure for item in chosen.values()]
    for ask, fitted in extra:
        best = max(
            (item for item in fitted if any(_goes_with(item, anchor) for anchor in anchors)),
            key=lambda item: (*standing_of(item)[:2], -min(abs(item.figure.start - one.start) for one in anchors)),
            default=None,
        )
        if best is not None and all(best.figure is not figure for figure in anchors):
            chosen[ask] = best
    return chosen


def _spot(figure: Figure) -> tuple[str, int]:
    return figure.article_id, figure.start


def _beside(figure: Figure, others: list[set[tuple[str, int]]]) -> float:
    """What it is worth that the sentence, or the article, of a figure states other counts asked for."""
    return sum(
        _SAME_SENTENCE
        if _spot(figure) in spot
        else _SAME_ARTICLE
        if any(figure.article_id == article for article, _ in spot)
        else 0.0
        for spot in others
    )


def _goes_with(item: Fitted, anchor: Figure) -> bool:
    """Whether a figure may be a part of another: of one article, place and time."""
    figure = item.figure
    one, two = figure.as_of or "", anchor.as_of or ""
    shared = min(len(one), len(two), 10)
    return (
        figure.article_id == anchor.article_id
        and figure.place == anchor.place
        and (one[:shared] == two[:shared] or item.borrowed)
    )


def _contradicting(
    sought: Sought, asked: list[tuple[Ask, list[Fitted]]], chosen: dict[Ask, Fitted], corpus: Corpus
) -> list[tuple[Fitted, list[Fitted]]]:
    """For every figure chosen that others contradict: those, the best of each value."""
    found: list[tuple[Fitted, list[Fitted]]] = []
    for ask, fitted in asked:
        best = chosen.get(ask)
        if best is None or best.figure.as_of is None:
            continue
        rest: dict[float, Fitted] = {}
        for item in sorted(fitted, key=standing_of, reverse=True):
            value = item.figure.value
            beside = _set_beside(best, item, fitted)
            other = value != best.figure.value and value not in rest and _contradicts(sought, best, item, beside=beside)
            if other and not _EARLIER.search(evidence_of(item.figure, corpus).quote):
                rest[value] = item
        if rest:
            found.append((best, list(rest.values())))
    return found


# "Một tháng trước, tổng số mới là 133": of another time than its article.
_EARLIER = re.compile(
    r"(?:tháng|năm|tuần|ngày|kỳ|quý)\s+trước(?!\w)|trước\s+(?:đó|đấy)|(?:khi|lúc|hồi)\s+(?:ấy|đó)", re.I
)


def _set_beside(best: Fitted, other: Fitted, fitted: Iterable[Fitted]) -> bool:
    """Whether another article states this figure's number too, in a sentence of its own: it sets the two beside one
    another. What is less than half, or more than twice, is no other telling of the same."""
    low, high = sorted((best.figure.value, other.figure.value))
    return low > high / 2 and any(
        item.figure.value == best.figure.value
        and item.figure.article_id == other.figure.article_id != best.figure.article_id
        and item.figure.start != other.figure.start
        for item in fitted
    )


def _contradicts(sought: Sought, best: Fitted, other: Fitted, *, beside: bool) -> bool:
    """Whether two figures cannot both be the one asked for, for all that their dates say. beside: an article sets them
    beside one another.

    Where one says the year alone and the other its month, only where no more than the year was asked, or one article
    tells of both and none was.
    """
    one, two = best.figure, other.figure
    if two.as_of is None or one.as_of is None or (one.article_id, one.start) == (two.article_id, two.start):
        return False
    if one.article_id == two.article_id and one.what_span == two.what_span and one.what_span is not None:
        return False  # two rows of one table
    shared = min(len(one.as_of), len(two.as_of), 10)
    return (
        (one.place, one.subplace, all_grades(one), one.planned)
        == (two.place, two.subplace, all_grades(two), two.planned)
        and (
            len(one.as_of) == len(two.as_of)
            or any(len(time) <= shared for time in sought.times)
            or (one.article_id == two.article_id and not sought.times and sought.period is None)
        )
        and one.as_of[:shared] == two.as_of[:shared]
        and best.occasion == other.occasion
        and best.fits_time == other.fits_time
        and one.bound is None
        and two.bound is None
        and not two.part
        and (beside or other.score >= best.score - _CLOSE)
    )


def _by_authority(items: list[Fitted], corpus: Corpus) -> list[Fitted]:
    """Figures of the better authority first, of one authority the latest."""
    latest = sorted(items, key=lambda item: item.figure.as_of or "", reverse=True)
    return sorted(latest, key=lambda item: _RANKS[evidence_of(item.figure, corpus).article.authority])


def _segments(sought: Sought, items: list[Fitted], corpus: Corpus, *, short: bool) -> tuple[Segment, ...]:
    """A short line for every number where it is wanted, then the sentences, then numbers in words told in digits.

    A short line would drop what the question limits the number to ("sản phẩm du lịch"): then only the sentences.
    """
    limited = bool(sought.limits.words or sought.limits.groups)
    lines: list[Segment] = []
    digits: list[Segment] = []
    for item in items:
        figure = item.figure
        said = figure.as_of_from in ("sentence", "paragraph") and figure.as_of not in sought.times
        dated = said or item.fits_time is False or len({other.figure.as_of for other in items}) > 1
        told = None
        if (
            not limited
            and not (item.occasion and not sought.occasion)
            and (short or _one_of_several(figure, corpus) or in_words(figure, corpus))
        ):
            told = stated_line(figure, corpus, dated=dated)
        if told is not None:
            lines.append(told)
        elif item.fits_time is False and not limited and (told := stated_line(figure, corpus, dated=True)) is not None:
            lines.append(told)  # of another time than asked: the time must be said
        elif in_words(figure, corpus):
            digits.append(digits_line(figure, corpus))
    quotes = dict.fromkeys(evidence_of(item.figure, corpus) for item in items)
    return (*dict.fromkeys(lines), *map(with_columns, quotes), *dict.fromkeys(digits))


def _told_beside(ask: Ask, items: list[Fitted], corpus: Corpus) -> Evidence | None:
    """The sentence next to a figure found that gives the other count asked for with its noun left out ("Thực phẩm có
    135 sản phẩm. Đồ uống có 7."), or None."""
    for item in items if ask.groups else ():
        article = evidence_of(item.figure, corpus).article
        for start, end, _, _ in corpus.sentences(article):
            said = article.text[start:end]
            near = start < item.figure.end + 2 and item.figure.start < end + 2
            if near and ask.groups <= limit_groups_in(words_of(said)) and find_numbers(said):
                return Evidence(article=article, start=start, end=end)
    return None


def _said_with(ask: Ask, items: list[Fitted], corpus: Corpus) -> bool:
    """Whether a sentence told with a figure found gives the other count by the word it is asked with ("21 đơn vị")."""
    counted = re.compile(rf"(?<![\w.,])\d[\d.]*\s+{re.escape(ask.form)}(?!\w)", re.IGNORECASE)
    plain = ask.stars is None and not ask.groups
    return plain and any(counted.search(evidence_of(item.figure, corpus).quote) for item in items)


def _one_of_several(figure: Figure, corpus: Corpus) -> bool:
    """Whether the sentence states other numbers too, so that the reader would have to look for the one asked."""
    return sum(other.start == figure.start for other in corpus.figures_of(figure.article_id)) > 1


def _named(ask: Ask) -> str:
    if ask.groups:
        return " ".join((ask.form, *(LIMITS[group][0] for group in sorted(ask.groups))))
    if ask.stars is None or ask.what != "sản phẩm":
        return ask.form
    low, high = ask.stars
    return f"{ask.form} {low} sao" if low == high else f"{ask.form} từ {low} đến {high} sao"


def _told(figure: Figure, corpus: Corpus) -> str:
    return f"{vietnamese_number(figure.value)} {figure.what}{grade(figure)} ({dated_source(figure, corpus)})"


# What a product is given on one occasion, and no place has a total of.
_POINTS = "điểm"


def time_notices(sought: Sought, items: list[Fitted]) -> list[str]:
    """Of when each figure is, and that it is not of the time asked where it is not."""
    notices = []
    for item in items:
        as_of = item.figure.as_of
        if item.fits_time is False:
            asked = ", ".join(vietnamese_date(date) for date in sought.times) or "giai đoạn được hỏi"
            known = f"; số liệu tìm thấy là của {when_said(as_of)}" if as_of else ""
            notices.append(f"{OTHER_TIME} {asked}{known}.")
        elif as_of is None and item.borrowed:
            notices.append("Thời gian lấy theo tiêu đề bài nguồn; nguồn không ghi riêng ngày của số liệu này.")
        elif as_of is None:
            notices.append("Nguồn không ghi ngày của số liệu này.")
        elif item.borrowed and not item.beside:
            notices.append(f"Nguồn ({when_said(as_of)}) không ghi riêng ngày của số liệu này.")
        elif item.figure.as_of_from == "published" and not item.beside:
            notices.append(f"Số liệu theo bài đăng {when_said(as_of)}; nguồn không ghi riêng ngày của số liệu.")
        elif not item.beside and item.figure.planned and sought.planned:
            notices.append(f"Đây là mục tiêu đến {when_said(as_of)}.")
        elif not item.beside:  # else the sentence says both times
            notices.append(f"Số liệu tính đến {when_said(as_of)}.")
        if item.occasion and not sought.occasion and not item.figure.whole and item.figure.what != _POINTS:
            notices.append("Số liệu này thuộc một đợt hay một danh mục; chưa chắc là tổng số của địa phương.")
        if item.figure.planned and not sought.planned:
            notices.append("Số liệu thuộc về sau ngày ghi trên bài nguồn; hãy đối chiếu với cơ quan công bố.")
    return notices


def _place_notices(items: list[Fitted]) -> list[str]:
    notices = []
    for item in items:
        key = item.figure.place
        if key is None or key == NATIONAL:
            continue
        province = PROVINCES[key]
        joined = [PROVINCES[other].name for other in parts_of(province.today_key) if other != key]
        as_of = item.figure.as_of or ""
        since = as_of >= MERGER.isoformat()[:7]
        before = bool(as_of) and as_of < MERGER.isoformat()[: len(as_of)]
        if item.fits_time is False and since and joined and not province.merged:
            notices.append(f"Số liệu từ 1/7/2025 của {province.name} gồm cả {' và '.join(joined)}.")
        if province.today_key == key and joined and before and item.fits_time is None:
            # the province of today bears its name and is more
            notices.append(
                f"Đây là số liệu của {province.label} trước 1/7/2025, chưa gồm {' và '.join(joined)} "
                f"(nay cùng thuộc {province.today_label})."
            )
            continue
        if item.own_place:
            continue
        notices.append(
            f"Đây là số liệu của {province.label} (trước 1/7/2025), nay thuộc {province.today_label}; "
            "không phải số liệu của toàn địa phương hiện nay."
        )
    return notices
