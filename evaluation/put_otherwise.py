"""The same question put otherwise: what is asked, and so what is right, stays; a metamorphic test of answers.

(Chen, Cheung and Yiu 1998: where the right output is hard to know, a relation between outputs can be checked.)
"""

from collections.abc import Callable
from dataclasses import replace

from evaluation.answers import Asked
from index.text import strip_marks

FORMS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "lower": lambda text: text.lower().rstrip("?.! "),
    "bare": strip_marks,
    "greeting": lambda text: f"Chào bạn, cho mình hỏi {_going_on(text)}",
    "called": lambda text: f"ad ơi {_going_on(text).rstrip('?.! ')} ad",
    "cooperative": lambda text: f"HTX em muốn hỏi: {text}",
    "introduced": lambda text: f"Tôi ở hợp tác xã, cho tôi hỏi {_going_on(text)}",
    "thanked": lambda text: f"Giúp tôi với, {_going_on(text)} Cảm ơn nhiều.",
    "letter": lambda text: f"Kính gửi Văn phòng điều phối, đơn vị chúng tôi xin hỏi: {text} Trân trọng.",
}


def put(asked: Asked, form: str) -> Asked:
    """A question, and those asked before it, put in one of `FORMS`.

    Raises:
        KeyError: there is no such form.
    """
    way = FORMS[form]
    return replace(asked, question=way(asked.question), after=tuple(map(way, asked.after)))


def _going_on(text: str) -> str:
    """A text as it goes on within a sentence: "Bao nhiêu" as "bao nhiêu", "OCOP" as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
