"""What a question about the law at a date means: which day, a dossier filed when and of which kind, which subject."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from assistant.law_days import AGAIN, FILED, Days, days_meant
from assistant.levels import LEVELS, acts_in, level_said
from assistant.paper_asked import asks_changer, asks_force
from assistant.question import Question
from assistant.wanted import of_its_eve
from assistant.wording import find_phrase, says
from index.dates import find_dates
from index.law.address import DocumentNumber, completed, find_document_numbers
from index.law.documents import Document, Law, is_local
from index.law.reasons import begin
from index.law.subjects import Subject
from index.law.transitions import Dossier
from index.places.named import MERGER
from index.text import strip_marks

# rule: which text applies. who: who recognises a star. where: who receives dossiers. state: whether a document stands.
# signed: when it was; begun: since when it is, or was, in force.
Aspect = Literal["rule", "who", "where", "state", "signed", "begun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeAsked:
    """A question about the law at a date, understood.

    first, last: the days meant, one and the same where one day is meant. dated: whether the question says when.
    filed, dossier: of a dossier, where it speaks of one. star: whose recognition is asked about. documents: the rules
    it names, as texts held know them or as typed. receives: where dossiers go is asked too.
    """

    first: date
    last: date
    dated: bool
    filed: date | None
    dossier: Dossier | None
    star: int | None
    subject: Subject
    aspect: Aspect
    receives: bool
    documents: tuple[DocumentNumber, ...]


_NOW = (
    "hiện nay", "hiện tại", "bây giờ", "hôm nay", "hiện hành", "đang", "hiện giờ", "lúc này", "mới nhất", "thời nay",
    "giờ", "còn",
)  # fmt: skip

# Typed without marks "dan nhan" is given marks as "dan nhận".
_LABEL = ("nhãn hiệu", "logo", "quy chế nhãn", "nhãn ocop", "nhãn chứng nhận", "dán nhãn", "in nhãn", "dan nhận")
_FUNDING = (
    "kinh phí", "tiền hỗ trợ", "mức chi", "dự toán", "định mức", "tài chính", "ngân sách", "mức hỗ trợ", "quyết toán",
    "khoản hỗ trợ", "thanh toán", "giải ngân", "khoản chi",
)  # fmt: skip
_PROCEDURE = ("quy trình", "trình tự", "thủ tục", "thẩm quyền", "nơi tiếp nhận", "nơi nhận", "các bước")
_CRITERIA = (
    "bộ tiêu chí", "tiêu chí", "thang điểm", "bảng điểm", "chấm", "bộ nào", "bộ cũ", "bộ mới", "đánh giá", "xét",
    "phân hạng", "thang",
)  # fmt: skip
# Which rule of the country a place went by is no question of what it did.
NEWEST = ("mới nhất", "hiện hành", "hiện nay", "đang áp dụng", "đang có hiệu lực", "còn hiệu lực")
_WHICH_PAPER = tuple(
    f"{paper} {which}" for paper in ("quyết định", "văn bản", "quy định") for which in ("nào", "gì", "số mấy", "số nào")
)
_NATIONAL = ("thủ tướng", "chính phủ", "cả nước", "toàn quốc")
_PROGRAMME = ("chương trình",)
_RECEIVE = ("nộp", "gửi", "mang", "tiếp nhận", "nhận hồ sơ", "đem")
_WHO = (
    "ai", "cấp nào", "bộ nào", "cơ quan nào", "đơn vị nào", "do đâu", "huyện hay tỉnh", "huyện hay do tỉnh", "xã hay",
    "tỉnh hay huyện", "cấp gì", "người nào", "nơi nào", "bên nào", "phải cấp", "ở cấp",
)  # fmt: skip
_WHERE = (
    "ở đâu", "cho ai", "cấp nào", "nơi nào", "tới đâu", "đến đâu", "về đâu", "lên đâu", "là đâu", "chỗ nào",
    "huyện hay tỉnh", "xã hay huyện", "xã hay tỉnh", "ở xã", "lên xã", "cho xã", "cho cấp", "nơi tiếp nhận",
    "xã hay ở tỉnh", "cơ quan nào", "tại đâu",
)  # fmt: skip
_SIGNED = ("ký", "ban hành", "ra", "công bố")
_WHEN = ("ngày ký", "ngày ban hành", "ngày nào", "khi nào", "hôm nào", "bao giờ", "ngày mấy", "lúc nào", "năm nào")
_BEGUN = tuple(
    f"hiệu lực {when}"
    for when in (
        "khi nào", "bao giờ", "lúc nào", "ngày nào", "từ khi nào", "từ bao giờ", "từ ngày nào", "từ lúc nào", "hôm nào",
        "từ hôm nào", "năm nào", "từ năm nào", "từ tháng nào",
    )
)  # fmt: skip
_WHETHER = ("hết hiệu lực", "còn hiệu lực", "mất hiệu lực", "hết")
_STATE = (
    "hiệu lực", "còn dùng", "dùng được", "được dùng", "còn áp dụng", "bị bỏ", "bỏ theo", "bị thay", "thay thế",
    "xài được", "còn xài", "còn chạy", "chạy song song", "bãi bỏ", "hết theo", "còn giá trị", "còn hạn", "còn hay hết",
    "hết chưa", "áp dụng chưa", "áp dụng không",
)  # fmt: skip
# The papers and parts of law asked for by name: "… nào", "… số mấy", "… gì".
_PAPERS = (
    "quyết định", "văn bản", "quy chế", "bộ", "tiêu chí", "thang điểm", "bảng điểm", "quy trình", "trình tự", "thủ tục",
    "chương trình", "thông tư", "luật", "quy định", "nghị định", "định mức", "số", "bộ tiêu chí", "thang", "bài bản",
)  # fmt: skip
_ASKING = ("nào", "gì", "đâu")
# What is asked for is an amount, not a paper.
_AMOUNTS = ("bao nhiêu", "bao lâu", "mấy ngày", "mấy tháng", "mấy năm", "mấy điểm", "mấy phần")
# What a rule says is asked for, not whether it applies: "theo QĐ 1048 thì những biểu gì".
_CONTENT = (
    "là những",
    "gồm những",
    "gồm gì",
    "những gì",
    "thế nào",
    "ra sao",
    "là gì",
    "biểu gì",
    "các bước",
    "mấy phần",
)
_CHOOSING = (
    "cũ hay", "bộ cũ hay", "cũ hay bộ mới", "luật cũ", "luật mới", "quy định cũ", "quy định mới", "theo cũ",
    "dựa vào", "đổi không", "có đổi", "khác đi", "có khác", "đã có", "song song", "nguyên bản", "vướng gì", "quá hạn",
    "cách mới", "bị bỏ", "còn hay", "hạn chót", "sửa đổi", "bắt đầu áp dụng", "bắt đầu được áp dụng", "áp dụng từ",
    "bắt đầu dùng", "bắt đầu có",
)  # fmt: skip


_ROUND = ("đợt nào", "đợt mấy", "kỳ nào", "kỳ mấy", "kịp đợt", "kịp kỳ")
# A dossier filed under one rule that waits until another holds: "nộp trước 22/5/2026 mà chưa chấm thì sao?"
_NOT_JUDGED = ("chưa chấm", "chưa được chấm", "chưa đánh giá", "chưa được đánh giá", "chưa xét", "chưa được xét")
_WHAT_THEN = ("thì sao", "thế nào", "ra sao", "làm sao", "tính sao", "sao đây", "giải quyết sao")


def read_regime(question: Question, law: Law, on: date) -> RegimeAsked | None:
    """What a question asks of the law at a date; None where it asks something else.

    A rule for the whole country says nothing of what one place did, and a count is no rule.
    """
    words = question.tokens
    if (question.places and not says(words, *_NATIONAL)) or any(is_local(number) for number in question.documents):
        return None
    if says(words, *_ROUND):
        return None  # which round a dossier is in time for, the clause on rounds tells
    if says(words, "sản phẩm", "giấy chứng nhận", "giấy") and says(words, "giá trị", "còn hạn", "hết hạn"):
        return None  # how long a certificate holds is no question of whether a document does
    if tells_of_some(question):
        return None
    documents = named_documents(question, law) or (question.documents if question.follow_up else ())
    days = days_meant(question, on)
    if documents and says(words, "bây giờ", "hiện giờ", "giờ còn", "hiện nay", "giờ có", "nay còn"):
        # "148 hồi 2023 giờ còn xài": the year is the rule's own
        days = Days(first=on, last=on, dated=False, filed=None)
    waits = days.filed is not None and says(words, *_NOT_JUDGED) and says(words, *_WHAT_THEN)
    subject = _subject(words, documents, law) or ("criteria" if waits else None)
    if subject is None:
        return None
    new = law.find(documents[0]) if len(documents) == 1 and of_its_eve(words) and says(words, *FILED) else None
    if new is not None and (day := begin(new)) is not None and day <= on:
        days = Days(first=on, last=on, dated=True, filed=day - timedelta(days=1))
    aspect = _aspect(words, subject, star=question.stars, documents=documents)
    if waits and aspect is None:
        aspect = "rule"
    since = None if days.dated else _since(question, law)
    if since is not None:
        subject, aspect = "procedure", "who"
        days = Days(first=since, last=on, dated=True, filed=None)
    if aspect is None or not _concerns_time(question, days, documents, aspect, subject):
        return None
    if subject in ("criteria", "programme") and aspect in ("who", "where"):
        subject = "procedure"
    under = _under(question, documents, law) if aspect in ("who", "where") and not days.dated else None
    return RegimeAsked(
        first=under or days.first,
        last=under or days.last,
        dated=days.dated,
        filed=days.filed,
        dossier=dossier_meant(words),
        star=_star(question) if subject == "procedure" else None,
        subject=subject,
        aspect=aspect,
        receives=aspect == "where" or (says(words, *_RECEIVE) and says(words, *_WHERE)),
        documents=documents,
    )


_DURING = ("theo", "của", "trong", "thời", "hồi", "lúc", "khi", "giai đoạn", "áp dụng", "dưới", "còn", "căn cứ", "dùng")
_BEFORE = (
    "trước quyết định", "trước khi có quyết định", "trước văn bản", "trước khi có văn bản", "trước khi có", "trước đó",
    "trước nó",
)  # fmt: skip


def _under(question: Question, documents: tuple[DocumentNumber, ...], law: Law) -> date | None:
    """The first day of the one document that a question asks by ("theo QĐ 148 thì ai công nhận …"), the day before it
    where it asks what was before; or None."""
    document = law.find(documents[0]) if len(documents) == 1 else None
    day = None if document is None else begin(document)
    if day is not None and says(question.tokens, *_BEFORE):
        eve = day - timedelta(days=1)
        # in the days between the end of the districts and the rule for it, the former one could not be followed
        return MERGER - timedelta(days=1) if MERGER <= eve < MERGER + timedelta(days=31) else eve
    return day if says(question.tokens, *_DURING) else None


_SINCE = (
    "từ khi nào", "từ bao giờ", "từ lúc nào", "từ năm nào", "từ ngày nào", "từ hồi nào", "năm nào",
    "bắt đầu từ khi nào", "khi nào bắt đầu", "từ tháng nào",
)  # fmt: skip


def _since(question: Question, law: Law) -> date | None:
    """The first day any rule held is in force, where a question asks since when a level recognises a star: the rules
    that followed each other tell it."""
    words = question.tokens
    asked = says(words, *_SINCE) and says(words, "công nhận", "cấp giấy", "xếp hạng")
    if not asked or _star(question) is None or question.documents:
        return None
    if not any(acts_in(words, name) for names in LEVELS.values() for name in names):
        return None
    days = [begin(one) for one in law.documents if "procedure" in one.subjects and not is_local(one.number)]
    return min((day for day in days if day is not None), default=None)


def tells_of_some(question: Question) -> bool:
    """Whether a question is about so many products ("Quyết định 377 công nhận 28 sản phẩm"): what was done, no rule."""
    return _SO_MANY.search(question.text) is not None


_SO_MANY = re.compile(
    r"(?<![\w/.,])(?!0|(?:19|20)\d\d\s)\d+(?:[.,]\d+)?\s+(?:sản phẩm|san pham|chủ thể|chu the)(?!\s+(?:mẫu|mau)|\w)",
    re.IGNORECASE,
)


def names_rule(question: Question, law: Law, on: date) -> bool:
    """Whether a question asks about the law by the number of a rule that texts held tell of, whatever else it says."""
    asked = read_regime(question, law, on)
    return asked is not None and any(law.find(number) is not None for number in asked.documents)


def day_meant(question: Question, on: date) -> date:
    """The last day a question may mean; today (`on`) where it says none."""
    return days_meant(question, on).last


def named_documents(question: Question, law: Law, *, placed: bool = False) -> tuple[DocumentNumber, ...]:
    """The rules a question names: by number and kind, or by the bare number of one that texts held tell of ("148 còn
    hiệu lực không", "theo 148 hay 26"). placed: with where each stands in the question."""
    return _named_documents(question.text, law, placed=placed)


@lru_cache(maxsize=64)
def _named_documents(text: str, law: Law, *, placed: bool) -> tuple[DocumentNumber, ...]:
    """The same, remembered: of one question many ways to answer it ask."""
    full = [document.number for document in law.documents if not is_local(document.number)]
    found = [completed(number, full) for number in find_document_numbers(text)]
    taken = [(number.start, number.end) for number in find_document_numbers(text)]
    taken += [(mention.start, mention.end) for mention in find_dates(text)]
    rules = _rules_by_number(law)
    for match in _BARE.finditer(strip_marks(text).lower()):
        document = rules.get(match["number"])
        if document is not None and not any(s < match.end() and match.start() < e for s, e in taken):
            found.append(replace(document.number, start=match.start(), end=match.end()))
    distinct: dict[str, DocumentNumber] = {}
    for number in sorted(found, key=lambda one: one.start):
        distinct.setdefault(number.label, number if placed else replace(number, start=0, end=0))
    return tuple(distinct.values())


# A number that counts nothing and numbers nothing else: "26 bộ" is no Quyết định 26.
_BARE = re.compile(
    r"(?<![\w/.,%-])(?P<number>\d{2,4})(?![\w/%-]|[.,]\d)"
    r"(?!\s+(?:bo|san pham|sp|chu the|sao|diem|ngay|thang|nam|trieu|dong|nhom|ho|huyen|xa|tinh|hop tac|htx|mau|ty|%))"
    r"(?<!dieu \d\d)(?<!khoan \d\d)"
)


@lru_cache(maxsize=4)
def _rules_by_number(law: Law) -> dict[str, Document]:
    """The rules of the country that texts held tell of, by the figure their numbers begin with."""
    amending = {by.number for document in law.documents for item in document.amendments if (by := item.by) is not None}
    return {
        document.number.number: document
        for document in law.documents
        if not is_local(document.number) and (document.subjects or document.number.number in amending)
    }


# ---- Which dossier, star, subject, and what of it ------------------------------------------------------------------


_FILED_AGAIN = ("nộp lại", "đăng ký lại", "nộp hồ sơ lại")
# What is handed in again where a certificate was taken away.
_GIVEN_BACK = ("nộp lại giấy", "nộp lại bản", "thu hồi")


def dossier_meant(words: tuple[str, ...]) -> Dossier | None:
    """The kind of dossier a question speaks of, or None."""
    if says(words, "lần đầu", "lần đầu tiên", "mới tham gia"):
        return "first"
    raised = re.search(r"(?<!\w)(?:nâng|lên)(?: \w+){0,6} [45] sao", " ".join(words))
    if says(words, "nâng hạng", "lên hạng", "nâng sao", "lên sao") or raised is not None:
        return "upgrade"
    if says(words, *AGAIN, *_FILED_AGAIN) and not says(words, *_GIVEN_BACK):
        return "renewal"
    return None


def _star(question: Question) -> int | None:
    """The star whose recognition is asked about; "từ 4 lên 5 sao" is about the higher."""
    raised = re.search(r"l[eê]n\s+(?:h[aạ]ng\s+)?([3-5])\s?sao", question.text, re.IGNORECASE)
    if raised is not None:
        return int(raised[1])
    if question.stars is None or question.stars[0] != question.stars[1] or question.stars[0] not in (3, 4, 5):
        return None
    return question.stars[0]


def _subject(words: tuple[str, ...], documents: tuple[DocumentNumber, ...], law: Law) -> Subject | None:
    """What the question is about; where its words do not tell, what the document it names is about."""
    if says(words, *_FUNDING) or (says(words, "tiền") and says(words, "hỗ trợ")):
        return "funding"  # what is paid for a label is a question of funds
    if says(words, *_LABEL):
        return "label"
    recognised = says(words, "công nhận", "cấp giấy", "quyết định hạng") and says(words, *_WHO)
    received = says(words, *_RECEIVE) and says(words, *_WHERE)
    if says(words, *_PROCEDURE) or recognised or received:
        return "procedure"
    if says(words, *_WHO) and says(words, "sao"):
        return "procedure"
    if says(words, *_CRITERIA) and not _only_programme(words):
        return "criteria"
    if says(words, *_PROGRAMME):
        return "programme"
    for number in documents:
        document = law.find(number)
        if document is not None and document.subjects:
            return document.subjects[0]
    applies = says(words, *NEWEST) and says(words, *_WHICH_PAPER)
    if applies and (says(words, "ocop") or _ANY_PAPER.issuperset(words)):
        return "criteria"  # of papers on OCOP without more, what all is judged by
    if documents or says(words, "công nhận", "hồ sơ"):
        return "procedure" if says(words, "công nhận", "nộp") else "criteria"
    return None


# "hiện nay áp dụng quyết định nào?": on what, nothing is said.
_ANY_PAPER = frozenset(
    "hiện nay hành tại đang được phải thì áp dụng theo căn cứ quyết định văn bản quy nào gì số mấy còn có hiệu lực là "
    "mới nhất".split()
)


def _only_programme(words: tuple[str, ...]) -> bool:
    """Whether the programme is what is asked for, though words of judging stand beside it."""
    return any(says(words, f"chương trình {word}") for word in ("nào", "gì")) or says(
        words, "là chương trình nào", "chương trình ocop nào"
    )


def _aspect(
    words: tuple[str, ...], subject: Subject, *, star: tuple[int, int] | None, documents: tuple[DocumentNumber, ...]
) -> Aspect | None:
    if documents and says(words, *_SIGNED) and says(words, *_WHEN) and not says(words, *_STATE):
        return "signed"
    if len(documents) == 1 and (asks_force(words) or says(words, *_BEGUN)) and not says(words, *_WHETHER):
        return "begun"
    if subject == "procedure":
        if says(words, *_RECEIVE) and says(words, *_WHERE) and star is None:
            return "where"
        if star is not None:
            return "who"
    if documents and says(words, "bao lâu nữa", "khi nào hết", "bao giờ hết", "mới hết"):
        return "state"
    if says(words, *_AMOUNTS) and not asks_paper(words):
        return None
    if documents and (says(words, *_STATE, "hiện hành") or asks_changer(words)) and not of_its_eve(words):
        return "state"
    if asks_paper(words) or says(words, *_CHOOSING) or len(documents) > 1:
        return "rule"
    if says(words, *_STATE) and not of_its_eve(words):
        return "rule"
    if subject == "procedure" and says(words, *_WHO):
        return "who"
    applies = documents and says(words, "chấm", "theo", "áp", "dùng") and not says(words, *_CONTENT)
    return "rule" if applies else None


def asks_paper(words: tuple[str, ...]) -> bool:
    """Whether a paper or rule is asked for: its name with "nào", "gì", "mấy" or "đâu" at most four words after it."""
    for paper in _PAPERS:
        size = len(paper.split())
        for at in range(len(words) - size + 1):
            if find_phrase(words[at : at + size], paper) != 0:
                continue
            # "gồm mấy bước" counts; only "số mấy" asks for a paper
            if says(words[at + size : at + size + 5], *_ASKING) or says(words[at + size : at + size + 5], "số mấy"):
                return True
            if paper == "số" and says(words[at + size : at + size + 1], "mấy"):
                return True
    return False


def _concerns_time(
    question: Question, days: Days, documents: tuple[DocumentNumber, ...], aspect: Aspect, subject: Subject
) -> bool:
    """Whether a time, a dossier under way or a document's state is in question: "thuộc bộ nào" is about a product."""
    counted = question.wanted in ("figure", "share", "sum", "average", "compare", "breakdown") and bool(
        [item for item in question.counted if item.what in ("sản phẩm", "chủ thể", "đồng", "hộ", "%")]
    )
    if counted:
        return False
    if days.dated or days.filed is not None or aspect in ("state", "signed", "begun") or len(documents) > 1:
        return True
    if aspect in ("who", "where") and (level_said(question) is not None or documents):
        return True
    if aspect == "rule" and subject in ("label", "funding") and question.wanted == "number":
        return True  # which paper, of what only one is told of, is asked of the law also without a day
    return aspect == "rule" and says(question.tokens, *_NOW)
