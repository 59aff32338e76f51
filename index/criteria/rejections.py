"""What a set says a file is refused for, and where it says that judging ends."""

import re
from collections.abc import Iterator

from crawler.article import Article
from index.criteria.sets import CriteriaSet
from index.span import Span

# "Bị loại nếu …"; "… sẽ không đánh giá các bước tiếp theo"; "gặp thì dừng, không chấm những bước sau".
_ENDS = re.compile(
    r"(?<!\w)(?:bị\s+loại|không\s+(?:đánh\s+giá|chấm)(?:\s+\w+){0,3}\s+(?:bước|phần)|dừng\s+(?:đánh\s+giá|chấm))(?!\w)",
    re.IGNORECASE,
)


def rejections(criteria_set: CriteriaSet, article: Article) -> Iterator[tuple[str | None, Span]]:
    """What stands above the set or under it, and the notes of items and criteria that say so with their codes."""
    for span in criteria_set.rejected_when:
        yield None, span
    for item in criteria_set.items:
        noted = [(item.code, note) for note in item.notes]
        noted += [(one.code, note) for one in item.criteria for note in one.notes]
        for code, note in noted:
            if _ENDS.search(article.text, *note):
                yield code, note
