"""What `python -m crawler status` tells of each source: how it went last, what failed and why, what is held."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.archive import Archive
from crawler.frontier import Frontier, sources_seen
from crawler.sources import Source

_CAUSES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A reason why addresses gave nothing when last asked, how many, and one of them."""

    reason: str
    count: int
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """One source as it stands. Instants are UTC, ISO 8601; None where there was none yet.

    last_success: the end of the latest round without trouble. trouble: why the latest round as a whole failed.
    open_since: when a round began that is still to be gone on with, and `pending` the addresses left of it.
    due: when it may be gone over next (None: at once). held: articles held. oldest_check: when the article unchecked
    for longest was last seen. causes: the most frequent first. listed: it stands in the table of sources.
    """

    id: str
    name: str
    listed: bool
    verified: bool
    held: int
    last_success: str | None
    trouble: str | None
    open_since: str | None
    pending: int
    due: str | None
    oldest_check: str | None
    causes: tuple[Cause, ...]


def statuses(archive: Archive, sources: Sequence[Source]) -> Iterator[SourceStatus]:
    """The table's sources in its order, then those gone over once that stand in it no more."""
    for source in sources:
        yield _status(archive, source.id, source)
    known = {source.id for source in sources}
    for name in sources_seen(archive):
        if name not in known:
            yield _status(archive, name, None)


def _status(archive: Archive, name: str, source: Source | None) -> SourceStatus:
    frontier = Frontier(archive, name)
    last, success = frontier.last_round(), frontier.last_success()
    held, oldest = frontier.held()
    open_since = last.begun if last is not None and last.ended is None else None
    return SourceStatus(
        id=name,
        name=name if source is None else source.name,
        listed=source is not None,
        verified=source is not None and source.verified,
        held=held,
        last_success=None if success is None else success.ended,
        trouble=None if last is None else last.trouble,
        open_since=open_since,
        pending=0 if last is None or open_since is None else frontier.left(last),
        due=None if source is None else frontier.due_at(source.every_h),
        oldest_check=oldest,
        causes=tuple(Cause(reason=r, count=n, example=u) for r, n, u in frontier.errors()[:_CAUSES]),
    )


def lines(status: SourceStatus) -> Iterable[str]:
    """What a terminal shows of one source."""
    marks = ([] if status.listed else ["không còn trong bảng nguồn"]) + (
        ["chưa kiểm tra"] if status.listed and not status.verified else []
    )
    yield f"{status.name} [{status.id}]{' (' + ', '.join(marks) + ')' if marks else ''}: đang giữ {status.held} bài"
    yield f"  thành công gần nhất: {status.last_success or 'chưa lần nào'}"
    if status.trouble is not None:
        yield f"  lượt gần nhất hỏng: {status.trouble}"
    if status.open_since is not None:
        yield f"  lượt bắt đầu {status.open_since} còn {status.pending} địa chỉ, lần chạy sau làm tiếp"
    if status.listed:
        yield f"  lượt tới: {'bất cứ lúc nào' if status.due is None else 'từ ' + status.due}"
    if status.oldest_check is not None:
        yield f"  bài lâu chưa kiểm tra nhất: {status.oldest_check}"
    for cause in status.causes:
        yield f"  {cause.count} địa chỉ: {cause.reason} (như {cause.example})"
