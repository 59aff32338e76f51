"""What the sentences around one that answers carry on of it: which the things are that it counts, and the others.

News count first and name after ("… mới 2 sản phẩm được đề nghị. Đó là …", "… của hai công ty. Công ty A có …. Công ty B
có …"), or name some and then the rest ("Công ty A giữ 4. Sản phẩm còn lại …"). Who asks for them is told them all.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from assistant.asked_parts import asked_parts
from assistant.corpus import Corpus
from assistant.draft import Segment, quoted
from assistant.evidence import Evidence, names_in
from assistant.proper_names import proper_names, says_name
from assistant.question import Question
from assistant.wording import says, words_of
from crawler.article import Article, Block
from index.carried import Carried
from index.figures.numbers import Number, find_numbers
from index.figures.stars import find_stars

# Words that ask which or who.
_WHICH = ("gì", "nào", "những ai", "kể tên", "kể", "nêu tên", "liệt kê", "ai", "chi")
# How a sentence opens that says which the things are that the one before it counts.
_SAYS_WHICH = re.compile(r"(?:(?:Đó|Ấy|Đấy) là|Cụ thể|Gồm|Bao gồm|Trong đó|Trong số đó|Trong số này|Lần lượt)(?!\w)")
# How one opens that names the others.
_THE_OTHERS = re.compile(
    r"Còn lại(?!\w)|(?:\w+\s+){1,4}(?:còn lại|kia|thứ hai|thứ ba|thứ tư|thứ năm)(?!\w)|"
    r"(?:Một|Hai|Ba|Các|Những)(?: \w+){1,2} khác(?!\w)"
)
# "Hai món được 4 sao là …. Hai món được 3 sao là …."
_SO_MANY = re.compile(r"(?P<many>\d+|Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười)\s+(?P<noun>\w+)")
# Who asks for more than one.
_SEVERAL = ("những", "các", "mấy", "hai", "ba", "bốn", "năm", "sáu", "kể", "liệt kê", "gồm", "tên")
# What a number counts stands behind it, and is no measure.
_COUNTING = re.compile(
    r"\s+(?!(?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|tấn|tạ|kg|ha|héc|lít|năm|tháng|ngày|tuần|giờ|phút|phần|lần|sao|điểm|mét|km|"
    r"giống|huyện|tỉnh|xã)(?!\w))[^\W\d_]"
)
# "Mỹ Đức và Đông Anh mỗi huyện góp 2 sản phẩm" counts what it names.
_OF_EACH = re.compile(r"(?<!\w)(?:mỗi|đều|cùng|từng)(?!\w)")
# So many words stand behind the number that a sentence ends on.
_ENDING = 4
# Things counted are named by so many sentences at most; more are no list of names.
_MOST = 6
_TEXT = ("paragraph", "lead", "item")
# Law says all of a rule in one place.
_LAW = ("regulation", "guide")


def carried_on(question: Question, segments: Sequence[Segment], corpus: Corpus) -> tuple[Segment, ...]:
    """Segments, each quote of news with the sentences around it that say which the things are that it counts, or name
    the others, where a question asks for such things."""
    if not says(question.tokens, *_WHICH):
        return tuple(segments)
    found: dict[Segment, None] = {}
    for segment in segments:
        one = segment.evidence[0] if segment.kind == "quoted" and segment.evidence else None
        if one is None or one.article.kind in _LAW:
            found[segment] = None
        else:
            before, behind = _around(question, one, corpus)
            found |= dict.fromkeys((*map(quoted, before), segment, *map(quoted, behind)))
    return tuple(found)


def _around(question: Question, one: Evidence, corpus: Corpus) -> tuple[list[Evidence], list[Evidence]]:
    """The sentence before one that names the others of it, and those behind it that carry it on."""
    sentences = corpus.sentences(one.article)
    at = next((place for place, (start, end, _, _) in enumerate(sentences) if start <= one.start < end), None)
    if at is None or sentences[at][2].role not in _TEXT:
        return [], []
    spans = [
        Evidence(article=one.article, start=start, end=end)
        for start, end, _, _ in takewhile(lambda other: other[2].role in _TEXT, sentences[at + 1 : at + 1 + _MOST])
    ]
    others = _THE_OTHERS.match(one.quote) is not None and _of_all(question, one.quote)
    before = [(start, end) for start, end, block, _ in sentences[:at][-1:] if others and block.role in _TEXT]
    behind = max(
        _so_far(_carries_on(question, one.quote, span.quote, first=not place) for place, span in enumerate(spans)),
        _of_those_counted(question, one.article, sentences, at),
    )
    return [Evidence(article=one.article, start=start, end=end) for start, end in before], spans[:behind]


def _so_far(holds: Iterable[bool]) -> int:
    """How many hold before the first that does not."""
    return sum(1 for _ in takewhile(bool, holds))


def _of_those_counted(
    question: Question, article: Article, sentences: Sequence[tuple[int, int, Block, Carried]], at: int
) -> int:
    """How many sentences behind one name things of those that it ends on counting, or one before it in its paragraph
    whose things it names itself."""
    block = sentences[at][2]
    paragraph = [place for place in range(at - _MOST, at + 1 + _MOST) if 0 <= place < len(sentences)]
    said = {
        place: article.text[sentences[place][0] : sentences[place][1]]
        for place in paragraph
        if sentences[place][2] == block
    }
    best = 0
    for lead in (place for place in said if place <= at):
        named = range(lead + 1, lead + 1 + _announced(question, said[lead]))
        if lead == at or at in named:
            last = _so_far(bool(names_in(question, said.get(place, ""))) for place in named)
            best = max(best, lead + last - at)
    return best


def _carries_on(question: Question, text: str, other: str, *, first: bool) -> bool:
    """Whether a sentence says which the things are that the one told counts, or names the others of all that are asked
    for. first: it stands right behind that one."""
    if first and _SAYS_WHICH.match(other):
        return True
    if not _of_all(question, text) or not _of_the_star(question, other):
        return False
    many, same = _SO_MANY.match(text), _SO_MANY.match(other)
    return _THE_OTHERS.match(other) is not None or (
        many is not None and same is not None and many["noun"] == same["noun"]
    )


def _of_all(question: Question, text: str) -> bool:
    """Whether several things are asked for, and not those of one whose name a sentence says."""
    several = bool(question.numbers) or says(question.tokens, *_SEVERAL)
    return several and not any(says_name(words_of(text), name) for name in proper_names(question.text))


def _of_the_star(question: Question, text: str) -> bool:
    """Whether a sentence names no other star than the only one asked about."""
    stars = {part.stars for part in asked_parts(question)}
    named = {(one.low, one.high) for one in find_stars(text)}
    return None in stars or not named or not named.isdisjoint(stars)


def _announced(question: Question, text: str) -> int:
    """How many things a sentence ends on counting, without naming one of them; 0 where it counts none, or too many."""
    stars = [(star.start, star.end) for star in find_stars(text)]
    last: Number | None = None
    for number in find_numbers(text, stars):
        if not number.rare and number.to is None and 2 <= number.value <= _MOST and _COUNTING.match(text, number.end):
            last = number
    if last is None or _OF_EACH.search(text, 0, last.start):
        return 0
    rest = text[last.end :]
    ends = len(rest.split()) <= _ENDING and ":" not in rest
    return int(last.value) if ends and not names_in(question, rest) else 0
