"""What a text says of a criteria set beside its table: what is misprinted in it, and how it differs from another."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.basis import basis
from assistant.corpus import Corpus
from assistant.criterion_names import criteria_named
from assistant.draft import Draft, quoted
from assistant.evidence import Evidence
from assistant.form import Form, FormMissing, find_form
from assistant.law import state_notices
from assistant.question import Question
from assistant.units import law_day, state_at
from assistant.wording import says, tokens
from index.criteria.products import Match, find_sets
from index.criteria.sets import Criterion, Item
from index.sentence import sentence_spans

# A question about what is printed wrongly is answered by what the text says of it.
MISPRINT = (
    "bản in", "quyết định in", "sao in", "in số", "in sai", "in lỗi", "in nhầm", "hai số", "số nào", "lỗi", "nhầm",
    "mâu thuẫn",
)  # fmt: skip
_DIFFERS = ("khác", "khác nhau", "so với", "so sánh", "khác gì", "giống", "khác biệt")
_OF_PRINT = re.compile(r"(?<!\w)(?:bản in|in lỗi|in sai|in nhầm|in thiếu|để trống)(?!\w)", re.IGNORECASE)
_AGAINST = re.compile(r"(?<!\w)(?:so với|khác với|khác|giống)(?!\w)", re.IGNORECASE)
_CODE = re.compile(r"(?<!\w)mục\s+(\d+(?:\.\d+)*)(?![\d.]\d)", re.IGNORECASE)


def misprint_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """What is said of a misprint in the set of the product a question names: at the criterion it names or with the
    numbers it gives, else every one. None where it asks of none, or nothing is said."""
    if question.places or not says(question.tokens, *MISPRINT):
        return None
    for form in forms_of(question, corpus, on):
        remarks = [one for one in _remarks(form) if _OF_PRINT.search(one.quote)]
        coded = [one for one in remarks if _CODE.search(one.quote)]
        codes = _codes_asked(question, form)
        telling = [one for one in coded if codes.intersection(_CODE.findall(one.quote))]
        if not telling and question.numbers:
            telling = [one for one in coded if all(number in tokens(one.quote) for number in question.numbers)]
        if telling or (remarks and not codes and not question.numbers):
            return _draft(telling or coded or remarks, form, question, corpus, on)
    return None


def differences(question: Question, corpus: Corpus, on: date) -> list[Evidence]:
    """What the texts of two sets that a question sets against each other say of how they differ."""
    if not says(question.tokens, *_DIFFERS):
        return []
    forms = list(forms_of(question, corpus, on))
    numbers = {form.criteria_set.number for form in forms}
    return [
        one
        for form in forms
        for remark in _remarks(form)
        for one in _sentences(remark)
        if _AGAINST.search(one.quote)
        and {match.number for match in find_sets(one.quote)} & (numbers - {form.criteria_set.number})
    ]


# Before what goes into the product named before it.
_MADE_OF = re.compile(
    r"(?<!\w)(?:dùng|xài|mua|nhập|lấy|bằng|từ|dung|xai|nhap|lay|bang|tu)(?:\s+(?!hay |hoặc |và )\w+){0,2}\s+$",
    re.IGNORECASE,
)
# And behind it: "cá thì mua hết của nơi khác".
_BOUGHT = re.compile(
    r"\s+(?:(?:thì|mà|đều|toàn|phải|thi|ma|deu|toan|phai)\s+)?(?:mua|nhập|lấy|gom|thu mua|nhap|lay)(?!\w)",
    re.IGNORECASE,
)


def goes_into(text: str, match: Match) -> bool:
    """Whether a text says of goods that they go into other goods: that they are bought, or what those are made of."""
    return _MADE_OF.search(text[: match.start]) is not None or _BOUGHT.match(text, match.end) is not None


def sets_named(question: Question) -> Iterator[Match]:
    """The products a question names, of a follow-up those of the conversation, each with the one set it has; what one
    of them is made of ("làm nước mắm mà mua cá nhập khẩu") is none."""
    found = find_sets(question.text)
    if not found and question.follow_up:
        found = find_sets(" ".join(question.content))
    seen: set[int] = set()
    for start in dict.fromkeys(match.start for match in found):
        of_one = [match for match in found if match.start == start]
        if len(of_one) == 1 and of_one[0].number not in seen and not (seen and goes_into(question.text, of_one[0])):
            seen.add(of_one[0].number)
            yield of_one[0]


def forms_of(question: Question, corpus: Corpus, on: date) -> Iterator[Form]:
    """The forms of the sets of the products a question names, of those held that may be shown whole."""
    document = question.documents[0] if question.documents else None
    day = law_day(question, on)
    for match in sets_named(question):
        try:
            form = find_form(match.number, corpus.criteria, corpus.law, day, corpus.article, document=document)
        except FormMissing:
            continue
        if form.article.rights == "full":
            yield form


def _remarks(form: Form) -> Iterator[Evidence]:
    """The paragraphs of a set's article that stand outside its table."""
    for block in form.article.blocks:
        if block.role not in ("heading", "row", "byline", "caption"):
            yield Evidence(article=form.article, start=block.start, end=block.end)


def _sentences(paragraph: Evidence) -> Iterator[Evidence]:
    for start, end in sentence_spans(paragraph.article.text, paragraph.start, paragraph.end):
        yield Evidence(article=paragraph.article, start=start, end=end)


def _codes_asked(question: Question, form: Form) -> set[str]:
    """The codes of the items and criteria of a set that a question names."""
    asked = criteria_named(question.tokens)
    nodes: tuple[Item | Criterion, ...] = (*form.criteria_set.items, *form.criteria_set.criteria)
    return {node.code for node in nodes if asked & criteria_named(tokens(node.label.split("\n")[0].split("(")[0]))}


def _draft(remarks: Sequence[Evidence], form: Form, question: Question, corpus: Corpus, on: date) -> Draft:
    based = basis(remarks[0], corpus, on)
    state = state_at(form.article, corpus, law_day(question, on))
    return Draft(
        status="answered",
        segments=(*map(quoted, dict.fromkeys(remarks)), *based),
        notices=tuple(state_notices(form.article, state, corpus, on, told=bool(based))),
        strength=1.0,
    )
