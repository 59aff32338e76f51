"""What a question takes over from the one before it in a conversation."""

import re
from dataclasses import replace

from assistant.any_kind import of_any_kind
from assistant.content import is_stop
from assistant.matters import matters_asked
from assistant.question import TOO, Question, opens_anew, understand
from assistant.times import shifted
from assistant.wording import places_of, says
from index.figures.counted import PRODUCERS
from index.law.address import find_document_numbers

# What is taken over of the words before tells less than what is asked now.
_INHERITED = 0.35
# A question with no more words of content than this, and without place, time or document, cannot stand alone.
_FEW = 2
# With so many words of its own, those tell more: "còn khâu xúc tiến bán hàng thì sao?"
_OWN = 3
# Kinds that are asked in few words of what was spoken of; of others ("Hồ sơ gồm những gì?") few words may be all.
_ABOUT_THE_SAME = ("figure", "share", "who", "when", "where", "why", "number", "duration", "state", "compare", "sum")
# What was spoken of, named by its kind: "mục đó", "bộ ấy".
_SPOKEN_OF = tuple(
    f"{thing} {pointing}"
    for thing in (
        *("mục", "tiêu chí", "phần", "bộ", "chỗ", "khoản", "việc", "giấy", "hồ sơ", "hạng", "đợt"),
        *("cơ sở", "hợp tác xã", "công ty", "đơn vị", "chủ thể"),
    )
    for pointing in ("đó", "ấy", "này", "vừa nói")
)
_COUNTED = frozenset({"sản phẩm", "hồ sơ"}) | PRODUCERS
_POTENTIAL = frozenset("tiềm năng triển vọng".split())
_AMONG_THOSE = frozenset("đám số nhóm trong loại hạng chủ thể hộ doanh nghiệp tổ".split())
# The same at the beginning of a question that has none before it. "Tỉnh này" may be the portal's.
_POINTED_AT = tuple(
    f"{thing} {pointing}"
    for thing in (
        *("quyết định", "văn bản", "nghị quyết", "kế hoạch", "giấy", "hồ sơ", "sản phẩm", "món", "mặt hàng", "đợt"),
        *("cơ sở", "hợp tác xã", "công ty", "đơn vị", "chủ thể", "cái", "chỗ", "mục", "khoản", "điều", "ông", "bà"),
        *("cuộc họp", "buổi họp", "hội nghị", "hội chợ", "buổi lễ", "lễ", "buổi", "sự kiện", "bài", "bài báo", "tin"),
    )
    for pointing in ("đó", "ấy", "này", "kia", "vừa nói")
)
# "trong đó mấy sản phẩm 4 sao?", "nó có hiệu lực bao lâu?"
_OF_THOSE = ("trong đó", "trong số đó", "trong đám đó", "số đó", "mấy cái đó")
_IT = ("nó", "chúng nó")
_OPENING = 4
# Who did something stands behind "do", which typed so may be "đó".
_BY = (
    "ông", "bà", "anh", "chị", "ai", "ubnd", "ủy", "sở", "bộ", "tỉnh", "huyện", "xã", "chủ", "phó", "hội", "công",
    "ban",
)  # fmt: skip
# What people who were spoken of are called.
_THEM = tuple(
    f"{one} {pointing}"
    for one in ("ông", "bà", "anh", "chị", "cô", "chú", "người")
    for pointing in ("đó", "ấy", "này", "đấy")
)
_HOW_MANY = ("bao nhiêu", "mấy")
# Whether there is one at all: how many tells that too.
_ANY = ("cái nào", "món nào", "sản phẩm nào", "có không", "có chưa", "có cái")
_NOUNS = (
    "huyện", "xã", "nước", "nơi", "địa phương", "đơn vị", "ngành", "thị trường", "người", "cái", "chỗ", "công ty",
    "hợp tác xã", "doanh nghiệp", "sàn", "kênh", "loại", "món", "thứ", "hộ", "làng", "vùng",
)  # fmt: skip
_WHICH_OF = tuple(f"{noun} nào" for noun in _NOUNS)
_HELD = ("tổ chức", "diễn ra", "khai mạc", "bế mạc", "bắt đầu", "kết thúc", "kéo dài")
# What asks of a rule, whatever place was spoken of before.
_BY_RULE = (
    "theo quy định", "theo luật", "quy định bây giờ", "quy định hiện nay", "quy định mới", "luật bây giờ",
    "luật hiện nay", "theo bộ tiêu chí",
)  # fmt: skip
_BINDING = ("phải", "cần", "được đứng", "được đăng ký", "được tham gia", "được làm")
# Whether the paper spoken of still stands, in a question of few words.
_STANDS = ("còn hiệu lực", "hết hiệu lực", "còn giá trị", "còn áp dụng", "có hiệu lực", "bị bãi bỏ", "bị thay")
_SHORT = 8
_MET = ("có đạt", "đạt không", "đạt chưa", "đạt được không", "có vượt", "vượt không", "có kịp", "kịp không")
# What there was already when a target was set.
_BY_THEN = ("mới có", "đã có", "hiện có", "mới được", "đã được", "đang có")
# Syllables of a question that asks which of what was spoken of.
_WITHOUT_FIELD = 10
# Syllables of what was said before that are kept.
_HEARD = 60
_THING = frozenset(
    "ocop sản phẩm san pham chủ thể chu the hợp tác xã doanh nghiệp đơn vị số so quyết định quyet dinh hạng".split()
)


def resolve(question: Question, before: Question | None, *, leaning: bool = False) -> Question:
    """Fill what a follow-up leaves out from the question before it: place, time, what is counted, document, kind.

    A question that names its own place and thing and does not open with "còn" or "thế" inherits nothing, unless it is
    to be read as `leaning` on the one before.
    """
    if before is None:
        return replace(question, adrift=_points_at_nothing(question))
    heard = (*before.heard, "|", *before.tokens)[-_HEARD:]
    around = () if _has_place(question) else before.places or before.around
    if _of_rule(question, before):
        before = _without_place(before)
    if not leaning and not _leans(question, before):
        return replace(question, follow_up=False, heard=heard, around=around)
    same_topic = _bare_remainder(question)
    counted = question.counted or (before.counted if same_topic else ())
    if _of_a_star(question, before):
        counted = before.counted
    if question.stars and not question.counted:
        counted = tuple(dict.fromkeys(replace(one, stars=None) for one in counted))
    own_place = bool(question.places or question.national or question.regions)
    own_time = bool(question.dates or question.period)
    when = question.when or (before.when if not own_place or same_topic else ())
    if question.shift is not None and before.when:
        when = tuple(shifted(one, question.shift) for one in before.when[:1])
        own_time = True
    pointing = says(question.tokens, "họ", *_SPOKEN_OF, *_THEM)
    too = says(question.tokens, *TOO)
    takes_words = same_topic or pointing or too or _bare(question) or _of_no_field(question)
    carried = f"{before.carried} {before.text}".strip() if same_topic or _of_those(question, before) else ""
    inherited = tuple(word for word in before.content if not word.isdecimal() and word not in question.content)
    lessened = {word: _INHERITED * before.emphasis.get(word, 1.0) for word in inherited}
    own_words = len(_telling(question)) >= _OWN
    wanted = before.wanted if same_topic and question.wanted in ("text", "how", "list") else question.wanted
    if wanted == "text" and says(question.tokens[:1], "mấy") and _of_those(question, before):
        wanted = "figure"
    if wanted in ("yes_no", "list", "star", "text") and _of_a_star(question, before):
        wanted = "figure"
    if question.shift is not None and not question.counted:
        counted = before.counted
    return replace(
        question,
        places=question.places or (() if question.national else before.places or before.around),
        former=question.former if own_place else before.former,
        today=question.today if own_place else before.today,
        regions=question.regions or (() if own_place else before.regions),
        national=question.national or (before.national and not own_place),
        districts=question.districts or (() if own_place else before.districts),
        here=question.here and not before.places,
        dates=tuple(one.iso for one in when),
        when=when,
        period=question.period or (None if when else before.period if not own_place or same_topic else None),
        stars=question.stars or (before.stars if same_topic or leaning or _counts_points(question) else None),
        counted=counted,
        wanted=wanted,
        content=(*question.content, *inherited) if takes_words else question.content,
        emphasis={**before.emphasis, **question.emphasis, **(lessened if not same_topic or own_words else {})},
        synonyms=(*question.synonyms, *before.synonyms) if takes_words else question.synonyms,
        planned=question.planned
        or (before.planned and (same_topic or says(question.tokens, *_MET)) and not says(question.tokens, *_BY_THEN)),
        documents=question.documents or before.documents,
        unit=question.unit.within(before.unit),
        in_domain=question.in_domain or before.in_domain,
        aim="question" if question.aim in ("foreign", "greeting") else question.aim,
        carried=carried,
        spoken=(*before.spoken, "|", *before.tokens)
        if _only_goes_on(before) and len(question.tokens) <= _SHORT
        else before.tokens,
        heard=heard,
        follow_up=True,
        elsewhere=(own_place and question.places != before.places) or own_time,
    )


def _only_goes_on(before: Question) -> bool:
    """Whether a question is a few words that lean on the one before it: what that one said is spoken of still."""
    return before.follow_up and len(before.tokens) <= _SHORT


def with_document(asked: Question, said: str) -> Question:
    """The question with the document its answer named, where it asked for one: the next may ask about it."""
    if asked.wanted != "number" or asked.documents:
        return asked
    named = find_document_numbers(said)
    return replace(asked, documents=tuple(named[:1])) if len({number.name for number in named}) == 1 else asked


def of_paper(text: str, before: Question) -> str:
    """A few words on whether a paper still stands ("còn hiệu lực không?") with the one paper spoken of; else the
    text."""
    asked = understand(text)
    own = asked.documents or asked.places or asked.counted or not asked.unit.empty
    if len(before.documents) != 1 or own or len(asked.tokens) > _SHORT or not says(asked.tokens, *_STANDS):
        return text
    return f"{before.documents[0].name} {text[:1].lower()}{text[1:]}"


def of_withdrawal(text: str, before: Question) -> str | None:
    """A text that says no more than "thu rồi" of the withdrawal spoken of with what was withdrawn; None of others."""
    taken = _TAKEN.match(text)
    if taken is None or not says((*before.heard, "|", *before.tokens), *_WITHDRAWN):
        return None
    return f"bị thu hồi giấy chứng nhận{text[taken.end() :]}"


_TAKEN = re.compile(
    r"(?:(?:thế|còn|vậy|nếu|lỡ)\s+)*(?:bị\s+)?(?:thu|rút|tước)(?=\s+(?:rồi|xong|mất)(?!\w))", re.IGNORECASE
)
_WITHDRAWN = ("thu hồi", "rút giấy", "bị rút", "bị thu", "thu giấy")


def _points_at_nothing(question: Question) -> bool:
    """Whether a question opens on something spoken of before, where nothing was, or asks a grade of nothing."""
    named = bool(question.places or question.districts or question.documents or question.national or question.regions)
    words = question.tokens
    if opens_anew(words) and named and not (question.content or question.counted or question.documents):
        return True  # "còn An Giang?"
    if named or not question.unit.empty:
        return False
    if says(words[:_OPENING], *_OF_THOSE) or says(words[:2], *_IT):
        return True
    graded = question.wanted == "star" and not (question.content or question.numbers or question.stars)
    return graded or any(
        # "cuộc họp do ông …" is no "cuộc họp đó"
        not (words[place.stop - 1] == "do" and says(words[place.stop : place.stop + 1], *_BY))
        for place in places_of(words[:_OPENING], _POINTED_AT)
    )


def _of_those(question: Question, before: Question) -> bool:
    """Whether a question counts some of what the one before counted and says nothing of where or when: "mấy cái 5
    sao?", "trong đám đó có mấy sản phẩm 4 sao?"."""
    return (
        bool(question.counted and before.counted)
        and all(one.what in _COUNTED for one in (*question.counted, *before.counted))
        and bool(before.places or before.around or before.national or before.districts)
        and not (question.places or question.national or question.regions or question.districts)
        and not (question.dates or question.period or question.documents or question.numbers)
        and len([word for word in _telling(question) if word not in _AMONG_THOSE]) <= _FEW
    )


def _of_a_star(question: Question, before: Question) -> bool:
    """Whether a question asks of a star how many of what the one before counted have it: "4 sao bao nhiêu?"."""
    return (
        question.stars is not None
        and not question.counted
        and question.wanted in ("figure", "star", "text", "yes_no", "list")
        and says(question.tokens, *_HOW_MANY, *_ANY)
        and any(one.what in _COUNTED for one in before.counted)
        and bool(before.places or before.around or before.national or before.districts)
        and not (question.places or question.national or question.documents or question.numbers)
        and _POTENTIAL.issuperset(_telling(question))
    )


def _of_rule(question: Question, before: Question) -> bool:
    """Whether a question after one on a place asks what a rule says, wherever that is: "theo quy định thì 5 sao phải
    mấy điểm?"."""
    if question.places or question.districts or not (before.places or before.districts):
        return False
    points = _counts_points(question)
    settled = says(question.tokens, *_BINDING) and question.wanted != "figure" and bool(matters_asked(question.tokens))
    of_star = question.stars or question.documents or (before.stars and says(question.tokens, *_BINDING))
    return settled or says(question.tokens, *_BY_RULE) or (points and bool(of_star))


def _counts_points(question: Question) -> bool:
    """Whether nothing but points is asked for: of the star spoken of, where none is named."""
    return bool(question.counted) and all(one.what == "điểm" for one in question.counted) and not question.numbers


def _without_place(question: Question) -> Question:
    """A question as if it had named no place and no time."""
    return replace(
        question,
        places=(), former=(), today=(), regions=(), national=False, districts=(), dates=(), when=(), period=None,
    )  # fmt: skip


def _leans(question: Question, before: Question) -> bool:
    """Whether a question cannot be understood without the one before it."""
    if question.aim in ("instruction", "insult", "health"):
        return False
    if question.unit.within(before.unit) != question.unit and not question.documents:
        return True  # "khoản 4 nói gì?" of the Điều spoken of
    if before.planned and len(question.tokens) <= _SHORT and says(question.tokens, *_MET):
        return True  # "rốt cuộc có đạt không?" of the target spoken of
    opens = opens_anew(question.tokens) or question.shift is not None
    own_place = bool(question.places or question.national or question.documents)
    own_thing = bool(question.counted) or len(_telling(question)) > _FEW
    if opens or _bare_remainder(question):
        return True
    if of_any_kind(question.tokens) and before.places and not _has_place(question):
        return True
    if question.wanted == "compare" and question.in_domain and says(question.tokens, "tỉnh nào", "tỉnh thành nào"):
        return False  # "Tỉnh nào có nhiều sản phẩm OCOP nhất?" asks of all
    if _of_those(question, before) or _of_a_star(question, before):
        return True
    if question.follow_up:  # it points back ("… đó"): within itself, where it has a place and a thing of its own
        return not (own_place and own_thing)
    return _bare(question) or _of_no_field(question)


def _of_no_field(question: Question) -> bool:
    """Whether a few words by themselves are about nothing ("những nước nào?", "tổ chức ở đâu?"): they ask which of what
    was spoken of, or where and when it was. Of gold or the weather others ask."""
    if (
        question.aim != "question"
        or question.in_domain
        or _has_place(question)
        or len(question.tokens) > _WITHOUT_FIELD
    ):
        return False
    if question.planned and says(question.tokens, "mục tiêu", "chỉ tiêu", "kế hoạch"):
        return True
    of_event = question.wanted in ("where", "when", "duration") and says(question.tokens, *_HELD)
    return of_event or says(question.tokens, *_WHICH_OF)


def _has_place(question: Question) -> bool:
    """Whether a question says of where it asks."""
    return bool(question.places or question.districts or question.national or question.regions)


def _bare(question: Question) -> bool:
    """Whether a question has no place, time or document, and next to no words, of its own: "ai ký?", "vì sao?"."""
    return (
        question.aim != "greeting"
        and not (question.places or question.national or question.regions or question.dates or question.period)
        and not (question.documents or question.stars or not question.unit.empty or question.numbers)
        and len(_telling(question)) <= (_FEW if question.wanted in _ABOUT_THE_SAME else 0)
        and len(question.tokens) <= 12
    )


def _telling(question: Question) -> tuple[str, ...]:
    return tuple(word for word in question.content if word not in _THING and not is_stop(word))


def _bare_remainder(question: Question) -> bool:
    """Whether a question only changes the place, time, star or body of the former one ("còn An Giang?", "còn cấp
    quốc gia thì sao?"), so that the rest is the former one's."""
    if not question.follow_up or question.counted:
        return False
    slots = bool(
        question.places or question.districts or question.dates or question.stars or question.national or question.shift
    )
    if slots and len(question.content) <= 1:
        return True
    opens = opens_anew(question.tokens) and len(question.content) <= 3
    return question.wanted in ("text", "how") and (says(question.tokens, "thì sao") or opens)
