"""What near misses say: a table by swap, every false answer, one JSON object."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from assistant.answer import vietnamese_number
from evaluation.near_miss_judge import Tally, Tried, by_swap, tally
from evaluation.near_misses import Swap
from evaluation.report import answer_record, said_and_cited

_SWAPPED: dict[Swap, str] = {
    "province": "tỉnh", "district": "huyện", "year": "năm", "star": "hạng sao", "thing": "điều được đếm",
    "document": "số hiệu văn bản",
}  # fmt: skip


def near_misses_table(tried: Sequence[Tried]) -> str:
    """Responses by what was swapped, then false answers by kind of question, as Markdown."""
    lines = [
        "| câu không có lời đáp | số câu | không trả lời | nói rõ điều thiếu | trả lời sai | hỏng | cận trên 95 % |",
        "|---|---|---|---|---|---|---|",
        *(_line(f"đổi {_SWAPPED[swap]}", told) for swap, told in by_swap(tried).items()),
        _line("tất cả", tally(tried)),
        "",
        "| loại câu | số câu | trả lời sai |",
        "|---|---|---|",
    ]
    asked = Counter(item.miss.asks for item in tried)
    false = Counter(item.miss.asks for item in tried if item.response == "false")
    lines += [f"| {asks} | {count} | {false[asks]} |" for asks, count in sorted(asked.items())]
    return "\n".join(lines)


def false_ones(tried: Sequence[Tried]) -> str:
    """Every false answer, and every question the assistant broke on: what is absent, what was said and cited."""
    return "\n\n".join(
        "\n".join(
            (
                f"SAI  {item.miss.question}  ({item.miss.swap}, {item.miss.asks})",
                f"     kho không có: {item.miss.absent}; {item.response}",
                *said_and_cited(item.answer),
                *((f"     lưu ý: {' / '.join(item.answer.notices)}",) if item.answer.notices else ()),
            )
        )
        for item in tried
        if item.response in ("false", "broken")
    )


def near_misses_record(tried: Sequence[Tried], *, seed: int) -> dict[str, object]:
    """The whole run as what `json.dumps` takes."""
    return {
        "seed": seed,
        "tally": asdict(tally(tried)),
        "swaps": {swap: asdict(told) for swap, told in by_swap(tried).items()},
        "tried": [
            {**asdict(item.miss), "response": item.response, "answer": answer_record(item.answer)} for item in tried
        ],
    }


def _line(label: str, told: Tally) -> str:
    return (
        f"| {label} | {told.count} | {told.silent} | {told.told} | {told.false} | {told.broken} | "
        f"{vietnamese_number(100 * told.upper)} % |"
    )
