"""What a file is refused for: as the criteria set of the product says, else as a set held says."""

from datetime import date

from assistant.basis import basis
from assistant.corpus import Corpus
from assistant.draft import Draft, quoted
from assistant.evidence import Evidence
from assistant.law import state_notices
from assistant.question import Question
from assistant.units import law_day, state_at
from assistant.wording import says
from index.criteria.held import sets_on
from index.criteria.products import find_sets

_REFUSED = (
    "bị loại", "bị gạt", "bị đánh trượt", "bị đánh rớt", "gạt hồ sơ", "gạt thẳng", "loại hồ sơ", "loại thẳng",
    "loại ngay", "loại khi", "rớt hồ sơ", "rớt luôn", "rớt ngay", "không được chấm",
)  # fmt: skip
# What a product without its papers is refused for.
_WITHOUT = tuple(
    f"{lacking} {paper}"
    for lacking in ("không có", "chưa có", "thiếu", "không", "chưa")
    for paper in ("giấy phép", "giấy phép sản xuất", "công bố", "bản công bố", "an toàn thực phẩm", "giấy an toàn")
)
_MAY = ("được không", "được chấm không", "có được", "được ko", "thi ocop", "làm ocop")
_ASKED = ("khi nào", "trường hợp nào", "lý do", "vì sao", "tại sao", "lúc nào", "gì", "nào", "sao", "thế nào")


def rejected_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The lines on when a file is refused; None where that is not asked, or no set held says it."""
    words = question.tokens
    matches = find_sets(question.text)
    lacks, refused = says(words, *_WITHOUT), says(words, *_REFUSED)
    without = bool(matches) and lacks and says(words, *_MAY)
    asked = (refused and (lacks or says(words, *_ASKED))) or without
    # a place beside a product that lacks its papers is where it is made
    placed = question.places and not (matches and refused and lacks)
    if placed or question.documents or not asked:
        return None
    day = law_day(question, on)
    plain = [match for match in matches if match.why is None]  # "viên uống … làm từ nghệ" are pills
    numbers = {match.number for match in plain or matches}
    held = sets_on(corpus.criteria, corpus.law, day)
    for one in [*(one for one in held if one.number in numbers), *(() if numbers else held)]:
        if not one.rejected_when:
            continue
        article = corpus.article(one.article_id, one.digest)
        told = [Evidence(article=article, start=start, end=end) for start, end in one.rejected_when]
        based = basis(told[0], corpus, on)
        notices = state_notices(article, state_at(article, corpus, day), corpus, on, told=bool(based))
        note = f"Nêu theo bộ {one.number} ({one.name}); câu chữ ở mỗi bộ có thể khác nhau."
        return Draft(
            status="answered",
            segments=(*map(quoted, told), *based),
            notices=(note, *notices),
            strength=1.0,
        )
    return None
