"""The certificate spoken of, put with its day into a follow-up that asks until when it holds or when to file again:
"thế bao giờ hết hạn?", "vậy phải nộp hồ sơ trong khoảng thời gian nào?"."""

from datetime import date

from assistant.certificate_day import CertificateDay
from assistant.certificates import certificate_day, certificate_draft
from assistant.corpus import Corpus
from assistant.product_before import without_opening
from assistant.question import Question, understand
from assistant.wording import says
from index.law.reasons import day_text

_HOLDS = (
    "hết hạn", "hết hiệu lực", "đáo hạn", "hết thời hạn", "còn hạn", "còn giá trị", "còn hiệu lực", "hết giá trị",
    "mất sao", "mất hạng", "còn sao", "kéo dài",
)  # fmt: skip
_FILED = (
    "nộp", "làm lại", "chấm lại", "đánh giá lại", "phân hạng lại", "công nhận lại", "xin lại", "gia hạn", "làm hồ sơ",
)  # fmt: skip
_WHEN = (
    "khoảng nào", "khoảng thời gian nào", "khi nào", "bao giờ", "lúc nào", "ngày nào", "hôm nào", "tháng nào",
    "bao nhiêu ngày", "mấy ngày", "mấy tháng", "sớm nhất", "muộn nhất", "chậm nhất", "trễ nhất",
)  # fmt: skip
_LATE = ("trễ", "không kịp", "kéo dài", "quá hạn")
_HOW = ("làm gì", "làm sao", "thế nào", "ra sao", "ở đâu", "gồm", "ai")
_MOST = 25  # syllables


def certificate_of(asked: Question, before: Question | None) -> CertificateDay | None:
    """The day of the certificate that a conversation is about after a question; None where it is about none."""
    if asked.when:
        return certificate_day(asked)
    return None if before is None or asked.places or asked.districts else before.certificate


def with_certificate(text: str, before: Question, corpus: Corpus, on: date) -> str | None:
    """A follow-up with the certificate spoken of; None where it asks of something else."""
    spoken = before.certificate
    if spoken is None:
        return None
    asked = understand(text, on)
    own = asked.places or asked.districts or asked.documents or asked.when or not asked.unit.empty
    filed = says(asked.tokens, *_FILED) and says(asked.tokens, *_WHEN)
    if own or len(asked.tokens) > _MOST or says(asked.tokens, *_HOW) or not (filed or says(asked.tokens, *_HOLDS)):
        return None
    if not spoken.ends and says(asked.tokens, *_LATE):
        return None  # how long one that ended may hold longer is told for all
    of_it = f"Giấy chứng nhận {'hết hạn' if spoken.ends else 'cấp'} ngày {day_text(spoken.day)}"
    reading = f"{of_it}, {without_opening(text)}"
    return reading if certificate_draft(understand(reading, on), corpus, on) is not None else None
