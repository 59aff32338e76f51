"""A question as it is asked, whatever way it comes: folded, and refused where it is none."""

import unicodedata

from assistant.ask import MAX_QUESTION_CHARACTERS
from web.problem import CONTROL_CHARACTERS, EMPTY_QUESTION, QUESTION_TOO_LONG, FieldProblem, Problem
from widget.page import number_label


def clean_question(text: str) -> str:
    """The question in NFC with white space folded.

    Raises:
        Problem: it is empty, longer than 2,000 characters, or holds characters that no keyboard types.
    """
    folded = " ".join(unicodedata.normalize("NFC", text).split())
    if len(folded) > MAX_QUESTION_CHARACTERS:
        raise Problem(
            QUESTION_TOO_LONG,
            f"Câu hỏi dài {number_label(len(folded))} ký tự; tối đa là {number_label(MAX_QUESTION_CHARACTERS)}. "
            "Xin rút gọn rồi hỏi lại.",
            errors=[FieldProblem(pointer="#/question", detail=f"cần không quá {MAX_QUESTION_CHARACTERS} ký tự")],
        )
    for position, char in enumerate(text):
        if char == "�" or (unicodedata.category(char) in {"Cc", "Cs"} and not char.isspace()):
            raise Problem(
                CONTROL_CHARACTERS,
                f"Ký tự thứ {position + 1} (U+{ord(char):04X}) không phải chữ. Xin gõ lại câu hỏi bằng chữ thường.",
                errors=[FieldProblem(pointer="#/question", detail="cần văn bản Unicode không có ký tự điều khiển")],
            )
    if not any(char.isalnum() for char in folded):
        raise Problem(
            EMPTY_QUESTION,
            "Xin gõ một câu hỏi về OCOP, ví dụ “Giấy chứng nhận OCOP có hiệu lực bao lâu?”.",
            errors=[FieldProblem(pointer="#/question", detail="cần ít nhất một chữ hoặc số")],
        )
    return folded
