"""The questions the benchmark asks: those kept beside the demo portal, and those that others wrote about it."""

import tomllib

from demo.pages import FOLDER
from evaluation.answers import read_questions
from evaluation.answers_command import OWN_QUESTIONS


def demo_questions() -> tuple[str, ...]:
    """The questions kept beside the demo portal, without repetitions."""
    table = tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(str(entry["question"]) for entry in table["question"]))


def own_questions() -> tuple[str, ...]:
    """The questions about the demo corpus that answers are measured with, but for those and for what goes on from
    another, without repetitions."""
    told = (one for path in sorted(OWN_QUESTIONS.glob("*.toml")) for one in read_questions(path) if not one.after)
    return tuple(dict.fromkeys(one.question for one in told if one.question not in demo_questions()))
