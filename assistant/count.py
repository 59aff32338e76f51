"""Answers from figures: how many, how much more, on average."""

import itertools
from dataclasses import dataclass, replace

from assistant.answer import vietnamese_date, vietnamese_number
from assistant.corpus import Corpus
from assistant.draft import Draft, Reckoning, Segment, connective, quoted
from assistant.evidence import Evidence, specific
from assistant.question import Counted, Question
from assistant.wording import coverage, find_phrase, pair_share, says, supplied, tokens, words_of
from index.figures.counted import NOUN_FORMS
from index.figures.figure import NATIONAL, Figure
from index.law.address import find_document_numbers
from index.places.districts import DISTRICTS
from index.places.named import PROVINCES, related
from index.sentence import article_sentences

# What a figure read as a target says, in whatever words its text does.
_AIMS = words_of("mục tiêu kế hoạch phấn đấu chỉ tiêu dự kiến định hướng")
# A figure whose sentence and heading hold less than this share of the telling words does not answer.
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A figure that counts what was asked, where it was asked. `fits_time` is None where no time was asked."""

    figure: Figure
    score: float
    fits_time: bool | None
    own_place: bool


def answer_figures(question: Question, corpus: Corpus, within: frozenset[str] = frozenset()) -> Draft | None:
    """The sentences that state the numbers asked for, or None where no figure held counts that.

    `within`: ids of the articles the conversation is about; figures of others are looked at only when these have none.
    """
    wanted = question.counted or ((Counted(what="%", form="%"),) if question.wanted == "share" else ())
    chosen: list[Fitted] = []
    missing: list[str] = []
    for counted in wanted:
        own = any(one.stars for one in wanted) and len(wanted) > 1
        fitted = fit(replace(question, stars=counted.stars) if own else question, counted, corpus)
        if within and any(item.figure.article_id in within for item in fitted):
            fitted = [item for item in fitted if item.figure.article_id in within]
        best = _best(fitted)
        if best is None:
            missing.append(counted.form)
        else:
            chosen.append(best)
    if not chosen:
        return None
    # a short line would drop what the question limits the number to ("sản phẩm du lịch")
    telling = any(set(specific(question)) - set(tokens(counted.form)) for counted in wanted[:1]) and len(wanted) < 2
    partial = bool(missing) or any(item.fits_time is False or not item.own_place for item in chosen)
    notices = [*_time_notices(question, chosen), *_place_notices(question, chosen)]
    notices += [f"Không tìm thấy số liệu về: {', '.join(missing)}."] if missing else []
    evidences = dict.fromkeys(_evidence(item.figure, corpus) for item in chosen)
    return Draft(
        status="partial" if partial else "answered",
        segments=(
            *(short for item in chosen if not telling and (short := _short(item.figure, corpus))),
            *map(quoted, evidences),
        ),
        notices=tuple(dict.fromkeys(notices)),
        strength=min(1.0, 0.6 + 0.4 * max(item.score for item in chosen) / 6) - (0.3 if partial else 0),
    )


def _best(fitted: list[Fitted]) -> Fitted | None:
    """The figure of the time asked, of the very place asked; then the best fitting; of equals the latest."""
    if not fitted:
        return None
    return max(
        fitted,
        key=lambda item: (
            item.own_place,
            item.fits_time is not False,
            round(item.score, 1),
            item.figure.as_of or "",
        ),
    )


def _short(figure: Figure, corpus: Corpus) -> Segment | None:
    """The number in one line ("An Giang: 92 sản phẩm từ 3 sao trở lên"), or None where no text names the place.

    Only for sentences that state several numbers, where the reader would have to look for the one asked.
    """
    evidence = _evidence(figure, corpus)
    if sum(other.start == figure.start for other in corpus.figures if other.article_id == figure.article_id) < 2:
        return None
    named = _naming(figure, corpus)
    if named is None or figure.subplace is not None:
        return None
    return Segment(
        text=f"{_place_name(figure)}: {amount(figure, evidence)}.",
        kind="stated",
        evidence=tuple(dict.fromkeys((evidence, *named))),
    )


def _place_name(figure: Figure) -> str:
    return "Cả nước" if figure.place == NATIONAL else PROVINCES[figure.place or ""].name


def _naming(figure: Figure, corpus: Corpus) -> tuple[Evidence, ...] | None:
    """What else must be cited so that the place is named: nothing where the sentence does, else the nearest sentence
    of the article that does; None where none does."""
    evidence = _evidence(figure, corpus)
    if figure.place is None:
        return None
    if figure.place == NATIONAL:
        return () if "cả nước" in evidence.quote.lower() else None
    name = PROVINCES[figure.place].name
    if name in evidence.quote:
        return ()
    article = evidence.article
    sentences = [(start, end) for start, end, _ in article_sentences(article) if name in article.text[start:end]]
    if not sentences:
        return None
    start, end = min(sentences, key=lambda span: abs(span[0] - figure.start))
    return (Evidence(article=article, start=start, end=end),)


def amount(figure: Figure, evidence: Evidence) -> str:
    """A figure as its sentence writes it: bound, number, noun, star ("trên 100 sản phẩm từ 3 sao trở lên")."""
    text = evidence.article.text
    number = text[figure.number_start : figure.number_end].lower()  # a count in words may open its sentence
    noun = figure.what_span
    follows = noun is not None and figure.number_end <= noun.start <= figure.number_end + 1
    form = noun.of(text) if noun is not None and follows else figure.what
    bound, upwards = "", ""
    if figure.bound_span is not None:
        if figure.bound_span.start < figure.number_start:
            bound = f"{figure.bound_span.of(text)} "
        else:
            upwards = f" {figure.bound_span.of(text)}"
    star = ""
    if figure.star is not None:
        to_five = figure.star_to == 5 and figure.star < 5
        star = f" từ {figure.star} sao trở lên" if to_five else f" {figure.star} sao"
        if figure.star_to not in (figure.star, 5):
            star = f" {figure.star} - {figure.star_to} sao"
    potential = " tiềm năng" if figure.potential and "tiềm năng" in figure.context else ""
    return f"{bound}{number} {form}{upwards}{potential}{star}"


def _evidence(figure: Figure, corpus: Corpus) -> Evidence:
    return Evidence(article=corpus.article(figure.article_id, figure.digest), start=figure.start, end=figure.end)


def fit(question: Question, counted: Counted, corpus: Corpus) -> list[Fitted]:
    """Every figure held that counts what is asked where it is asked, with how well it fits."""
    words = tuple(word for word in specific(question) if word not in tokens(counted.form))
    found: list[Fitted] = []
    weights = corpus.weights(words, question.emphasis)
    for figure in corpus.figures:
        if figure.what != counted.what or not _fits_star(question, figure):
            continue
        if figure.planned != question.planned and not _unmarked_target(question, figure):
            continue
        own_place = _place_fit(question, figure)
        if own_place is None or not _fits_subplace(question, figure):
            continue
        evidence = _evidence(figure, corpus)
        if not _names_document(question, evidence):
            continue
        sentence = words_of(evidence.quote)
        if not all(sentence.holds(number) for number in question.numbers):
            continue
        clause = words_of(figure.context)
        heading = words_of(f"{evidence.article.title} {evidence.heading}")
        around = supplied(question.synonyms, sentence + heading)
        if figure.planned:
            around += _AIMS
        if coverage(words, around, weights) < _ENOUGH:
            continue
        found.append(
            Fitted(
                figure=figure,
                score=2.0 * coverage(words, clause, weights)
                + 1.5 * coverage(words, sentence, weights)
                + 1.0 * pair_share(words, sentence)
                + (0.8 if figure.whole else 0.0)
                + (0.3 if figure.place_said else 0.0)
                - (1.0 if figure.part and question.stars is None else 0.0)
                - (0.3 if figure.to is not None else 0.0)
                - (1.5 if figure.planned != question.planned else 0.0),
                fits_time=_fits_time(question, figure),
                own_place=own_place,
            )
        )
    return found


def _unmarked_target(question: Question, figure: Figure) -> bool:
    """Whether a figure read as a count may be the target asked for: its text says no cue, its date is the one asked.

    Never the other way round: a target is no count.
    """
    return question.planned and not figure.planned and _fits_time(question, figure) is True


def _names_document(question: Question, evidence: Evidence) -> bool:
    """Whether the sentence, or the title of its article, names the document asked about, where one is."""
    if not question.documents:
        return True
    named = find_document_numbers(f"{evidence.quote}\n{evidence.article.title}")
    return any(number.matches(asked) for asked in question.documents for number in named)


def _fits_star(question: Question, figure: Figure) -> bool:
    if question.stars is not None and figure.what not in ("sản phẩm", "hồ sơ", "%") and figure.star is None:
        return True  # "108 sản phẩm 4 sao thuộc bao nhiêu chủ thể": the star limits the products, not what is counted
    potential = says(question.tokens, "tiềm năng", "định hướng", "trình")
    if question.stars is None:
        return figure.star is None or (figure.star_to == 5 and figure.star < 5 and not figure.potential)
    if (figure.star, figure.star_to) == question.stars:
        return not figure.potential or potential or figure.what != "sản phẩm"
    # "từ 3 sao trở lên" is every recognised product: the total answers it too
    return question.stars == (3, 5) and figure.star is None and figure.what == "sản phẩm" and figure.whole


def _place_fit(question: Question, figure: Figure) -> bool | None:
    """True: of the very place asked. False: of another part of today's province. None: of somewhere else."""
    if not question.places:
        return True if figure.place == NATIONAL or not (question.national or _needs_place(question)) else None
    if figure.place in question.places:
        return True
    if figure.place is None or figure.place == NATIONAL:
        return None
    for key in question.places:
        # asked by today's name, counted under a former one; never the other way round
        if PROVINCES[key].today_key == key and figure.place in related(key):
            return False
    return None


def _needs_place(question: Question) -> bool:
    """Whether the question is about some province without naming it, so that any province's number may be wrong."""
    return not specific(question) and not question.documents


def _fits_subplace(question: Question, figure: Figure) -> bool:
    if figure.subplace is None:
        return True
    name = " ".join(tokens(figure.subplace)[-2:])
    if find_phrase(question.tokens, name) >= 0:
        return True
    return question.follow_up and any(
        " ".join(tokens(DISTRICTS[key].name)[-2:]) == name for keys in question.districts for key in keys
    )


def _fits_time(question: Question, figure: Figure) -> bool | None:
    if not question.dates and question.period is None:
        return None
    if figure.as_of is None:
        return False
    if question.period is not None:
        return question.period[0] <= figure.as_of[:4] <= question.period[1]
    return any(asked.agrees(figure.as_of) for asked in question.when)


def _time_notices(question: Question, chosen: list[Fitted]) -> list[str]:
    notices = []
    for item in chosen:
        as_of = item.figure.as_of
        if item.fits_time is False:
            asked = ", ".join(vietnamese_date(date) for date in question.dates) or "giai đoạn được hỏi"
            known = f"; số liệu tìm thấy là của {_when(as_of)}" if as_of else ""
            notices.append(f"Không tìm thấy số liệu của {asked}{known}.")
        elif as_of is not None:
            notices.append(f"Số liệu tính đến {_when(as_of)}.")
        else:
            notices.append("Nguồn không ghi ngày của số liệu này.")
    return notices


def _when(iso: str) -> str:
    text = vietnamese_date(iso)
    return text if len(iso) == 4 else f"ngày {text}" if len(iso) > 7 else f"tháng {text}"


def _place_notices(question: Question, chosen: list[Fitted]) -> list[str]:
    notices = []
    for item in chosen:
        key = item.figure.place
        if key is None or key == NATIONAL:
            continue
        province = PROVINCES[key]
        if not item.own_place:
            notices.append(
                f"Đây là số liệu của {province.label} (trước 1/7/2025), nay thuộc {province.today_label}; "
                "không phải số liệu của toàn địa phương hiện nay."
            )
    return notices


# ---- Comparing provinces ------------------------------------------------------------------------------------------


def compare(question: Question, corpus: Corpus) -> Draft | None:
    """Which province has most (or least) of what is asked, every figure shown with its own date, or None."""
    if not question.counted:
        return None
    counted = question.counted[0]
    if says(question.tokens, "huyện nào", "xã nào", "địa phương nào") and len(question.places) == 1:
        return _leading_subplace(question, counted, corpus)
    least = says(question.tokens, "ít nhất", "ít hơn", "thấp nhất")
    asked = question.places or tuple(
        sorted({figure.place for figure in corpus.figures if figure.place and figure.place != NATIONAL})
    )
    rows: list[tuple[str, Figure]] = []
    words = _limits(question, counted)
    paired = len(question.dates) == len(question.places) > 1  # "Quảng Nam (2024) và Quảng Ngãi (2022)"
    for place, key in enumerate(asked):
        when = (question.when[place],) if paired else question.when
        dates = tuple(one.iso for one in when)
        alone = replace(question, places=(key,), dates=dates, when=when, wanted="figure", content=words, numbers=())
        best = _best([item for item in fit(alone, counted, corpus) if item.own_place])
        if best is not None and best.fits_time is not False:
            rows.append((key, best.figure))
    if len(rows) < 2 or (question.places and len(rows) < len(question.places)):
        return None
    rows.sort(key=lambda row: row[1].value if least else -row[1].value)
    evidences = tuple(_evidence(figure, corpus) for _, figure in rows)
    winner, figure = rows[0]
    verdict = _verdict(corpus, winner=winner, figure=figure, evidences=evidences, rows=rows, least=least)
    lines = [_line(figure, corpus) for _, figure in rows]
    dates = "; ".join(
        f"{PROVINCES[key].name}: {_when(figure.as_of) if figure.as_of else 'không ghi ngày'}" for key, figure in rows
    )
    notices = [f"Các số liệu khác thời điểm ({dates}), nên chỉ so sánh để tham khảo."]
    return Draft(
        status="answered",
        segments=(verdict, connective("Các số liệu được so sánh:"), *lines),
        notices=tuple(notices),
        strength=0.9,
    )


def _limits(question: Question, counted: Counted) -> tuple[str, ...]:
    """The words of a comparison that limit what is counted: those between the noun and "nhất" or "hơn"."""
    at = find_phrase(question.tokens, counted.form)
    rest = question.tokens[at + len(counted.form.split()) :] if at >= 0 else ()
    return tuple(
        word
        for word in itertools.takewhile(lambda word: word not in ("nhất", "hơn", "nhat", "hon"), rest)
        if word in question.content
    )


def _leading_subplace(question: Question, counted: Counted, corpus: Corpus) -> Draft | None:
    """The sentence that gives the largest number of one district or commune of a province, or None.

    What a source names may not be all there is: it is the largest of those stated.
    """
    least = says(question.tokens, "ít nhất", "thấp nhất")
    stated = [
        figure
        for figure in corpus.figures
        if figure.subplace is not None
        and figure.what == counted.what
        and not figure.planned
        and _place_fit(question, figure)
        and _fits_star(question, figure)
        and _fits_time(question, figure) is not False
    ]
    if not stated:
        return None
    best = min(stated, key=lambda figure: figure.value if least else -figure.value)
    return Draft(
        status="answered",
        segments=(quoted(_evidence(best, corpus)),),
        notices=("Chỉ so trong các địa phương mà nguồn nêu số liệu.",),
        strength=0.9,
    )


def total(question: Question, corpus: Corpus) -> Draft | None:
    """The sum over the places named, each figure shown with its own date, or None where one of them is not known."""
    if not question.counted or len(question.places) < 2:
        return None
    figures: list[Figure] = []
    for key in question.places:
        alone = replace(question, places=(key,), wanted="figure", content=(), numbers=())
        best = _best([item for item in fit(alone, question.counted[0], corpus) if item.own_place])
        if best is None or best.fits_time is False:
            return None
        figures.append(best.figure)
    evidences = tuple(_evidence(figure, corpus) for figure in figures)
    result = sum(figure.value for figure in figures)
    terms = " + ".join(vietnamese_number(figure.value) for figure in figures)
    derived = Segment(
        text=f"Cộng các số liệu tìm thấy: {terms} = {vietnamese_number(result)} {question.counted[0].form}.",
        kind="derived",
        evidence=evidences,
        reckoning=Reckoning(
            operation="sum",
            operands=tuple((figure.value, place) for place, figure in enumerate(figures)),
            result=result,
        ),
    )
    dates = "; ".join(
        f"{PROVINCES[key].name}: {_when(figure.as_of) if figure.as_of else 'không ghi ngày'}"
        for key, figure in zip(question.places, figures, strict=True)
    )
    return Draft(
        status="answered",
        segments=(derived, connective("Số liệu dùng để tính:"), *(_line(figure, corpus) for figure in figures)),
        notices=(f"Các số liệu khác thời điểm ({dates}), nên tổng chỉ để tham khảo.",),
        strength=0.9,
    )


def _verdict(
    corpus: Corpus,
    *,
    winner: str,
    figure: Figure,
    evidences: tuple[Evidence, ...],
    rows: list[tuple[str, Figure]],
    least: bool,
) -> Segment:
    """The winner in a derived sentence where its quote names it, else its quote alone."""
    reckoning = Reckoning(
        operation="minimum" if least else "maximum",
        operands=tuple((row.value, place) for place, (_, row) in enumerate(rows)),
        result=figure.value,
    )
    degree = "Ít" if least else "Nhiều"
    degree += " nhất" if len(rows) > 2 else " hơn"
    naming = _naming(figure, corpus)
    place = "" if naming is None else f" là {PROVINCES[winner].name}"
    return Segment(
        text=f"{degree}{place}: {amount(figure, evidences[0])}.",
        kind="derived",
        evidence=(*evidences, *(naming or ())),
        reckoning=reckoning,
    )


def _line(figure: Figure, corpus: Corpus) -> Segment:
    """One province's figure in short where a text names the province, else its whole sentence."""
    evidence = _evidence(figure, corpus)
    naming = _naming(figure, corpus)
    if naming is None:
        return quoted(evidence)
    return Segment(
        text=f"- {_place_name(figure)}: {amount(figure, evidence)}", kind="stated", evidence=(evidence, *naming)
    )


def average(question: Question, corpus: Corpus) -> Draft | None:
    """How many of one thing each of another has ("mỗi chủ thể có mấy sản phẩm"), of one article, or None."""
    per = _per(question)
    if per is None or not question.counted:
        return None
    counted = next((item for item in question.counted if item.what != per.what), None)
    if counted is None:
        return None
    plain = replace(question, wanted="figure", content=(), numbers=())
    over = [item for item in fit(plain, counted, corpus) if item.own_place]
    under = [item for item in fit(plain, per, corpus) if item.own_place]
    pairs = [
        (top, bottom)
        for top in over
        for bottom in under
        if top.figure.article_id == bottom.figure.article_id and bottom.figure.value > 0
    ]
    if not pairs:
        return None
    top, bottom = max(pairs, key=lambda pair: (pair[0].score + pair[1].score, pair[0].figure.as_of or ""))
    result = round(top.figure.value / bottom.figure.value, 2)
    evidences = (_evidence(top.figure, corpus), _evidence(bottom.figure, corpus))
    text = (
        f"Trung bình mỗi {per.form} có khoảng {vietnamese_number(result)} {counted.form} "
        f"({vietnamese_number(top.figure.value)} {counted.form} / {vietnamese_number(bottom.figure.value)} {per.form})."
    )
    derived = Segment(
        text=text,
        kind="derived",
        evidence=evidences,
        reckoning=Reckoning(
            operation="quotient", operands=((top.figure.value, 0), (bottom.figure.value, 1)), result=result
        ),
    )
    return Draft(
        status="answered",
        segments=(
            derived,
            connective("Số liệu dùng để tính:"),
            *(quoted(evidence) for evidence in dict.fromkeys(evidences)),
        ),
        notices=tuple(dict.fromkeys(_time_notices(question, [top, bottom]))),
        strength=0.9,
    )


def _per(question: Question) -> Counted | None:
    """What the average is taken over: the noun after "mỗi" or "một"."""
    for cue in ("mỗi", "một", "trên một", "từng"):
        at = find_phrase(question.tokens, cue)
        if at < 0:
            continue
        rest = question.tokens[at + len(cue.split()) :]
        for form, what in NOUN_FORMS:
            if find_phrase(rest[: len(form.split())], form) == 0:
                return Counted(what=what, form=form)
    return None
