"""The question before asked of another product or other stars, where a follow-up names nothing else: "thế cà phê?",
"vậy mỹ phẩm thì sao?", "còn 4 sao?" after a question on what a product must have.

What is asked of a product's set is found by its words, which a follow-up leaves out; so they are put in.
"""

import re
from itertools import pairwise

from assistant.criterion_names import criteria_named
from assistant.product_before import without_opening
from assistant.question import Question, opens_anew
from assistant.set_remarks import goes_into
from assistant.wording import says, tokens
from index.criteria.products import find_sets
from index.law.address import find_document_numbers
from index.places.named import find_places

STAR = re.compile(r"(?<!\w)[1-5]\s*sao(?!\w)", re.IGNORECASE)
_END = re.compile(r"\s*[?.!…]*\s*$")
# Syllables of a follow-up that names a thing and asks nothing of it.
_MOST = 7
_ASKING = ("gì", "mấy", "bao nhiêu", "ai", "đâu", "khi nào", "bao giờ", "bộ nào", "ở đâu", "được không", "có được")
_LEADS = re.compile(
    r"^(?:(?:với|đối với|nếu|nếu là|nếu làm|là|làm|bên em làm|nhà em làm|sản phẩm|mặt hàng|món|nhóm|ngành|"
    r"bộ tiêu chí|bộ)\s+)+",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*,\s*")
_FROM = re.compile(r"(?<!\w)(?:từ|bằng)\s+$", re.IGNORECASE)
# What may stand beside a star where only that is changed.
_BESIDESTAR = frozenset(
    "thế còn vậy rồi thì sao nhỉ à ạ hả không có khác gì hơn nhẹ dễ khó cao thấp cũng được cần phải bao nhiêu mấy ra "
    "như nào hạng mức lên đạt muốn nếu so với đó này giống hay và loại hàng".split()
)


def with_slot(text: str, before: Question) -> str | None:
    """The question before with the product or the star of a follow-up in the place of its own; None where the
    follow-up says more, or the question before has none or several."""
    if before.places or before.districts or before.documents:
        return None
    if (of_points := _of_points(text, before.text) or _of_extreme(text, before.text)) is not None:
        return of_points
    spoken = one_product(before.text) or _several(before.text)
    of_product = None if spoken is None else _of_product(text, before.text, spoken)
    if spoken is not None and of_product is None and (of_part := _of_part(text, before.text, spoken)) is not None:
        return of_part
    return of_product or (_of_star(text, before.text) if opens_anew(tokens(text)) or spoken is not None else None)


def _of_points(text: str, former: str) -> str | None:
    """The former question of another number of points, where that is all that the text gives: "còn 69 thì sao?"."""
    own, theirs = _POINTS_ALONE.fullmatch(text), list(_POINTS.finditer(former))
    if own is None or len(theirs) != 1:
        return None
    start, end = theirs[0].span("points")
    return f"{former[:start]}{own['points']}{former[end:]}"


_POINTS = re.compile(r"(?<![\w.,])(?P<points>\d{1,3}(?:[.,]\d+)?)(?=\s*(?:điểm|diem|đ(?!\w)))", re.IGNORECASE)
_POINTS_ALONE = re.compile(
    r"(?:(?:còn|thế|vậy|con|the|vay|rồi|nếu|được|duoc)\s+)*(?P<points>\d{1,3}(?:[.,]\d+)?)\s*(?:điểm|diem|đ)?"
    r"(?:\s+(?:thì sao|thi sao|thì|sao|vậy|nhỉ|ạ))*\s*[?.!…]*",
    re.IGNORECASE,
)


_EXTREMES = (r"sớm|muộn|chậm|trễ", r"nhiều|ít", r"cao|thấp", r"lớn|nhỏ")
_EXTREME_ALONE = re.compile(
    r"(?:(?:còn|thế|vậy|và)\s+)*(?P<most>(?P<kind>\w+) nhất)"
    r"(?:\s+(?:thì sao|là|thì|bao nhiêu|vậy|nhỉ|ạ|mấy))*\s*[?.!…]*",
    re.IGNORECASE,
)


def _of_extreme(text: str, former: str) -> str | None:
    """The former question of the other end, where that is all that the text names: "muộn nhất?" after "sớm nhất"."""
    own = _EXTREME_ALONE.fullmatch(text)
    pair = None if own is None else next((one for one in _EXTREMES if re.fullmatch(one, own["kind"], re.I)), None)
    if own is None or pair is None:
        return None
    theirs = list(re.finditer(rf"(?<!\w)(?:{pair}) nhất(?!\w)", former, re.IGNORECASE))
    if len(theirs) != 1:
        return None
    return f"{former[: theirs[0].start()]}{own['most'].lower()}{former[theirs[0].end() :]}"


def _of_part(text: str, former: str, spoken: slice) -> str | None:
    """A part or a criterion of the set spoken of, with what it is the set of, where that is all that is asked: "phần B
    thì sao?", "trong đó câu chuyện sản phẩm mấy điểm?"."""
    rest = _OF_IT.sub("", without_opening(text))
    words = tokens(rest)
    named = says(words, "phần a", "phần b", "phần c") or bool(criteria_named(words))
    if not named or find_sets(text) or len(words) > _MOST_OF_PART or not says(tokens(former), *_SCORED):
        return None
    if find_places(text, typed=True) or find_document_numbers(text) or STAR.search(text):
        return None
    goods = former[spoken]
    return f"Bộ {goods[:1].lower()}{goods[1:]}: {rest}"  # "Bộ Homestay" would be a name


_OF_IT = re.compile(r"^(?:(?:trong đó|ở đó|của nó|riêng|thế|vậy|còn|rồi)[\s,]+)+", re.IGNORECASE)
_MOST_OF_PART = 12
# What is said of a set as a whole or of its parts.
_SCORED = ("điểm", "chấm", "tiêu chí", "phần a", "phần b", "phần c")


def _of_product(text: str, former: str, spoken: slice) -> str | None:
    """The former question of another product, where that is all that the text names."""
    rest = _LEADS.sub("", _END.sub("", without_opening(text)))
    named = one_product(rest) or _several(rest)
    words = tokens(rest)
    if named is None or named.start > 0 or len(words) > _MOST or says(words, *_ASKING):
        return None
    if not opens_anew(tokens(text)) and named.stop < len(rest):
        return None  # "Rượu trắng?" names nothing else
    if STAR.search(rest):
        return None
    return f"{former[: spoken.start]}{rest}{former[spoken.stop :]}"


def _of_star(text: str, former: str) -> str | None:
    """The former question of another star, where that is all that the text names."""
    own, theirs = list(STAR.finditer(text)), list(STAR.finditer(former))
    if not own or len(theirs) != 1 or find_sets(text):
        return None
    beside = [word for word in tokens(STAR.sub(" ", text)) if word not in _BESIDESTAR]
    if beside:
        return None
    stars = text[own[0].start() : own[-1].end()]  # "3 sao với 4 sao"
    return f"{former[: theirs[0].start()]}{stars}{former[theirs[0].end() :]}"


_JOINED = re.compile(r"\s*(?:,|và|với|cùng|hay|hoặc)\s*", re.IGNORECASE)
_SET_BESIDE = ("khác", "cùng", "chung", "giống", "so với", "so sánh", "hơn")


def _several(text: str) -> slice | None:
    """Where several goods stand that are named one after the other ("hoa với cây cảnh"); None where a text names goods
    elsewhere too, or sets them beside one another."""
    spans = sorted({(match.start, match.end) for match in find_sets(text)})
    if len(spans) < 2 or says(tokens(text), *_SET_BESIDE):
        return None
    if not all(_JOINED.fullmatch(text, end, start) for (_, end), (start, _) in pairwise(spans)):
        return None
    return slice(spans[0][0], spans[-1][1])


def one_product(text: str) -> slice | None:
    """Where the one thing named stands that has a set, whichever it may be of, with what it is made from ("thực phẩm
    chức năng từ dược liệu"); None of several."""
    every = list(find_sets(text))
    found = [match for match in every if not _FROM.search(text[: match.start])]
    first = min((match.start for match in found), default=0)
    every = [match for match in every if match.start == first or match not in found or not goes_into(text, match)]
    found = [match for match in found if match in every]
    starts = sorted({match.start for match in found})
    if not starts:
        return None
    last = starts[-1]  # "mật ong hoa nhãn … mật ong" is one thing, said twice
    for start in starts[-2::-1]:  # "rau, củ, quả, hạt" are one set by its name
        end = max(match.end for match in found if match.start == start)
        if not _LISTED.fullmatch(text, end, last):
            break
        last = start
    sets_of = {frozenset(match.number for match in found if match.start == start) for start in starts if start <= last}
    if len(sets_of) != 1:
        return None
    return slice(last, max(match.end for match in every if match.start >= last))
