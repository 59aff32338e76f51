"""The questions the benchmark asks: those kept beside the demo portal."""

import tomllib

from demo.pages import FOLDER


def demo_questions() -> tuple[str, ...]:
    """The questions kept beside the demo portal, without repetitions."""
    table = tomllib.loads((FOLDER / "questions.toml").read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(str(entry["question"]) for entry in table["question"]))
