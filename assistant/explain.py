"""How an answer came about, step by step, as text: what each step took, gave and cost (`--explain`)."""

from collections.abc import Iterable, Iterator

from assistant.draft import Draft
from assistant.generate import Worded
from assistant.judge import Judgement
from assistant.question import Question, When
from assistant.recorded import Recorded
from assistant.retrieve import Found
from assistant.steps import Step, StepName
from assistant.terminal import visible
from index.passage import Hit
from index.period import first_day, last_day
from index.places.named import PROVINCES

_NAMES: dict[StepName, str] = {
    "read": "Đọc câu hỏi",
    "understand": "Hiểu câu hỏi",
    "split": "Tách câu hỏi",
    "records": "Xem số liệu và hồ sơ đã ghi",
    "retrieve": "Tìm đoạn văn",
    "judge": "Xét bằng chứng",
    "compose": "Soạn câu trả lời",
    "check": "Soát từng câu",
    "generate": "Diễn đạt bằng mô hình ngôn ngữ",
    "cite": "Dẫn nguồn",
}
_SHOWN = 5
_WIDTH = 110


def explained(steps: Iterable[Step]) -> str:
    """The steps in order, each with its milliseconds and what it gave in lines of at most some 110 characters."""
    return "\n".join(
        line
        for number, step in enumerate(steps, 1)
        for line in (f"{number}. {_NAMES[step.name]} ({step.ms:.1f} ms)", *(f"   {one}" for one in _lines(step)))
    )


def _lines(step: Step) -> Iterator[str]:
    given = step.given
    match given:
        case str():
            yield given if given != step.taken else f"{given} (như đã gõ)"
        case Question():
            yield from _question(given)
        case Found():
            yield from _hits("tin tức", given.news)
            yield from _hits("văn bản", given.law)
        case Recorded():
            yield "đủ trả lời, không cần tìm đoạn văn" if given.settled else "còn phải tìm trong các đoạn văn"
            yield from () if given.draft is None else _draft(given.draft)
        case Judgement():
            yield from _judgement(given)
        case Draft():
            yield from _draft(given)
        case Worded():
            yield from _worded(given)
        case None:
            yield "không có gì trả lời được"
        case [Question(), *_]:
            yield from (f"- {part.text}" for part in given if isinstance(part, Question))
        case (Draft() as draft, [*faults]):
            yield f"giữ {len(draft.segments)} câu, bỏ {len(faults)}"
            yield from (_cut(f"bỏ: {fault}") for fault in faults)
        case (str(), [*claims], [*citations]):
            yield f"{len(claims)} ý, {len(citations)} trích dẫn"
        case _:
            yield _cut(repr(given))


def _question(asked: Question) -> Iterator[str]:
    """What a question was understood to mean, empty parts left out."""
    parts = {
        "cần": asked.wanted,
        "loại": asked.aim if asked.aim != "question" else "",
        "nơi": _places(asked),
        "lúc": ", ".join(map(_when, asked.when)) or ("" if asked.period is None else "-".join(asked.period)),
        "hạng sao": "" if asked.stars is None else "-".join(str(star) for star in dict.fromkeys(asked.stars)),
        "đếm": ", ".join(item.form for item in asked.counted),
        "văn bản": ", ".join(number.name for number in asked.documents),
        "điều khoản": "" if asked.unit.empty else ", ".join(asked.unit.labels),
        "số": ", ".join(asked.numbers),
        "từ khóa": " ".join(asked.content),
        "nối câu trước": "có" if asked.follow_up else "",
        "mục tiêu": "có" if asked.planned else "",
    }
    yield from (_cut(f"{name}: {value}") for name, value in parts.items() if value)


def _places(asked: Question) -> str:
    """The places asked about, and whether as before or as since July 2025."""
    era = dict.fromkeys(asked.former, " cũ") | dict.fromkeys(asked.today, " mới")
    named = [PROVINCES[key].name + era.get(key, "") for key in asked.places]
    named += [region.name for region in asked.regions] + (["cả nước"] if asked.national else [])
    return ", ".join(named) + (" (đoán)" if asked.places_fuzzy else "")


def _when(when: When) -> str:
    """A date as asked, and the days it means where those are only a part of it."""
    if (first_day(when.iso), last_day(when.iso)) == (first_day(when.first), last_day(when.last)):
        return when.iso
    return f"{when.iso} ({when.first} đến {when.last})"


def _hits(kind: str, hits: tuple[Hit, ...]) -> Iterator[str]:
    yield f"{kind}: {len(hits)} đoạn"
    for hit in hits[:_SHOWN]:
        parts = [f"{hit.score:.3f}"]
        parts += [
            f"{name} {value:.3f}" for name, value in (("vec", hit.dense), ("bm25", hit.lexical)) if value is not None
        ]
        yield _cut(f"- {' '.join(parts)}  {hit.passage.text}")


def _judgement(evidence: Judgement) -> Iterator[str]:
    yield f"câu: {len(evidence.sentences)} đạt; khả năng không câu nào trả lời: {evidence.none:.2f}"
    for item in evidence.sentences[:_SHOWN]:
        time = {True: "đúng lúc", False: "khác lúc", None: ""}[item.fits_time]
        yield _cut(f"- {item.chance:.3f} {time}  {item.candidate.text}")


def _draft(draft: Draft) -> Iterator[str]:
    yield f"{draft.status}, độ chắc {draft.strength:.2f}, {len(draft.segments)} câu"
    yield from (_cut(f"- {segment.kind}: {segment.text}") for segment in draft.segments)


def _worded(worded: Worded) -> Iterator[str]:
    outcome = worded.outcome
    kept = f"giữ {len(outcome.shown)} câu, bỏ {len(outcome.dropped)}"
    yield kept if outcome.reason is None else f"{kept}; dừng vì {outcome.reason}"
    yield from (_cut(f"- {segment.kind}: {segment.text}") for segment in outcome.shown)
    yield from (_cut(f"bỏ: {one.text} ({one.why})") for one in outcome.dropped)


def _cut(text: str) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"
