"""Write the Article expected of every page here: `python tests/pages/regenerate.py`, then read the difference by eye.

`NAME.html` is our own writing; `NAME.json` is the Article, and the rules of the source where the page has some are in
`rules.json`.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from pydantic import TypeAdapter  # noqa: E402

from crawler.archive import Raw  # noqa: E402
from crawler.article import Article  # noqa: E402
from crawler.draft import Origin  # noqa: E402
from crawler.read import read_article  # noqa: E402
from crawler.sources import Select  # noqa: E402

ARTICLE = TypeAdapter(Article)


def names() -> list[str]:
    """The pages here, in order."""
    return sorted(path.stem for path in HERE.glob("*.html"))


def load(name: str) -> Raw:
    """One page as a server would send it, its charset left to the page."""
    return Raw(body=(HERE / f"{name}.html").read_bytes(), content_type="text/html")


def read(name: str) -> Article:
    """One page, read."""
    rules = json.loads((HERE / "rules.json").read_text(encoding="utf-8")).get(name)
    select = TypeAdapter(Select).validate_json(json.dumps(rules)) if rules else None
    origin = Origin(
        source="Trang mẫu", fetched="2026-01-02T03:04:05Z", url=f"https://mau.example.vn/{name}", rights="full"
    )
    return read_article(load(name), origin, select)


def main() -> None:
    """Write every NAME.json."""
    for name in names():
        text = json.dumps(ARTICLE.dump_python(read(name), mode="json"), ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
