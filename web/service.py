"""What answers: one open index and the assistant over it, taken up when it appears and renewed while serving."""

import logging
import threading
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.generator import Generator
from crawler.archive import Archive
from crawler.article import Article
from index.manifest import IndexUnusable, withdrawn
from index.search import Searcher
from web.admission import AT_ONCE, AT_ONCE_WITH_MODEL, Admission
from web.portals import FILE_NAME, PortalTable
from web.problem import (
    ANSWER_NOT_FOUND,
    ARTICLE_FORGOTTEN,
    ARTICLE_NOT_FOUND,
    NOT_READY,
    VERSION_NOT_FOUND,
    Problem,
    shown,
)
from web.reading import Reading, reading
from web.samples import sample_questions

REFRESH_INTERVAL_S = 1.0
# An index that could not be opened is tried again when its files change, and anyway after this long: what was
# amiss may lie elsewhere (the model's folder, memory).
RETRY_INTERVAL_S = 15.0

_log = logging.getLogger("ocop.server")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether questions can be answered now, and over what.

    status: "ready"; "loading" while the index and its model are first opened; "unavailable" without a usable index.
    trouble: why it is unavailable, or why a newer index was not taken up while the former one goes on serving; it
        names the command that mends it. None where all is well.
    articles, passages: how many the open index holds, 0 where none is open.
    generation, corpus_updated: of the open index; None where none is open.
    """

    status: Literal["ready", "loading", "unavailable"]
    trouble: str | None
    articles: int
    passages: int
    generation: int | None
    corpus_updated: str | None


class Service:
    """The one seam between HTTP and the rest: holds Searcher and Assistant, and keeps them fresh in a thread.

    What asks or searches for a reader is done through `admission`.

    Starting does not wait for the index: `ready` tells, and `searcher` and `assistant` raise a problem until it is
    open. It never serves an empty or half-built index, since opening one fails.
    """

    def __init__(
        self,
        data: Path,
        *,
        generator: Generator | None = None,
        portals: PortalTable | None = None,
        refresh_interval_s: float = REFRESH_INTERVAL_S,
        admission: Admission | None = None,
        noted: Callable[[str, Answer], None] | None = None,
    ) -> None:
        """generator: a language model that may word answers; None for none. portals: None for those of the data folder.
        admission: how much is answered at once. noted: told of each question and its answer (`Assistant`).

        Raises:
            PortalsError: the data folder's table of portals cannot be used.
        """
        self.data = data
        self.portals = portals or PortalTable(data / FILE_NAME)
        self.admission = admission or Admission(at_once=AT_ONCE if generator is None else AT_ONCE_WITH_MODEL)
        self._generator = generator
        self._noted = noted
        self._refresh_interval_s = refresh_interval_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index-refresh", daemon=True)
        self._open: tuple[Searcher, Assistant] | None = None
        self._trouble: str | None = None
        self._tried = threading.Event()
        self._samples: tuple[str, ...] = ()
        self._samples_of: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._finding = threading.Lock()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self.admission.close()
        self._thread.join()

    def ready(self) -> Readiness:
        """The state of the index, as /api/ready shows it."""
        if self._open is None:
            return Readiness(
                status="unavailable" if self._tried.is_set() else "loading",
                trouble=self._trouble,
                articles=0,
                passages=0,
                generation=None,
                corpus_updated=None,
            )
        manifest = self._open[0].manifest
        return Readiness(
            status="ready",
            trouble=self._trouble,
            articles=manifest.articles,
            passages=manifest.passages,
            generation=manifest.generation,
            corpus_updated=manifest.corpus_updated,
        )

    @property
    def index_created(self) -> str | None:
        """When the open index was built, UTC, ISO 8601; None where none is open."""
        return None if self._open is None else self._open[0].manifest.created

    @property
    def samples(self) -> tuple[str, ...]:
        """Questions to offer readers, at most three; none while no index is open."""
        return self._samples

    def samples_of(self, province: str | None) -> tuple[str, ...]:
        """Questions to offer on the portal of a province (its key), found once an index; for None those of all, and
        while somebody else's are being found, for finding them is answering a dozen."""
        if province is None or self._open is None:
            return self._samples
        searcher, assistant = self._open
        generation = searcher.manifest.generation
        made = self._samples_of.get(province)
        if made is not None and made[0] == generation:
            return made[1]
        if not self._finding.acquire(blocking=False):
            return self._samples
        try:
            # nobody asks these: no one is to be noted as having done so
            find = partial(sample_questions, self.data, searcher, assistant, province=province)
            questions = Context().run(find)
            self._samples_of[province] = (generation, questions)
        finally:
            self._finding.release()
        return questions

    @property
    def searcher(self) -> Searcher:
        """The open index.

        Raises:
            Problem: there is none yet (503); it says why and how to mend it.
        """
        return self._opened()[0]

    @property
    def assistant(self) -> Assistant:
        """The assistant over the open index.

        Raises:
            Problem: as for `searcher`.
        """
        return self._opened()[1]

    def wait_opened(self, timeout_s: float) -> None:
        """Wait while the index is being opened for the first time, so many seconds at most."""
        self._tried.wait(timeout_s)

    def answer(self, answer_id: str) -> Answer:
        """An answer given before, unchanged.

        Raises:
            Problem: as for `searcher`; it is unknown or older than a day (404); an article it cites was forgotten on
                purpose since (410).
        """
        answer = self.assistant.answer(answer_id)
        if answer is None:
            raise Problem(
                ANSWER_NOT_FOUND,
                f"Không có câu trả lời mang mã {shown(answer_id)}. Mã là trường id của /api/ask và dùng được trong một "
                "ngày; máy chủ khởi động lại thì mã cũ mất. Hãy hỏi lại câu ấy.",
            )
        with Archive(self.data) as archive:
            if any(archive.was_forgotten(citation.article_id) for citation in answer.citations):
                raise Problem(
                    ARTICLE_FORGOTTEN,
                    "Câu trả lời này dẫn một bài đã được xóa khỏi kho theo yêu cầu, nên không còn đọc được ở đây.",
                )
        return answer

    def article(self, article_id: str, digest: str | None = None) -> Article:
        """One version of an article; the current one where `digest` is None.

        Raises:
            Problem: no such article, or no such version of it (404); it was forgotten on purpose (410).
        """
        with Archive(self.data) as archive:
            article = archive.get(article_id, digest)
            if article is not None:
                return article
            if archive.was_forgotten(article_id):
                raise Problem(
                    ARTICLE_FORGOTTEN,
                    "Bài này đã được xóa khỏi kho theo yêu cầu, nên không còn đọc được ở đây.",
                )
            if digest is not None and archive.get(article_id) is not None:
                raise Problem(
                    VERSION_NOT_FOUND,
                    f"Bài {shown(article_id)} có trong kho nhưng không có phiên bản {shown(digest)}. Bỏ tham số "
                    "digest để đọc bản hiện nay.",
                )
        raise Problem(
            ARTICLE_NOT_FOUND,
            f"Trong kho không có bài mang mã {shown(article_id)}. Mã bài là trường article_id của kết quả tìm kiếm "
            "hay của nguồn dẫn.",
        )

    def reading(
        self, article_id: str, digest: str | None = None, *, span: tuple[int, int] | None = None, seal: str = ""
    ) -> Reading:
        """One version of an article as a reader may see it; without an index, nothing is known of its copies.

        Raises:
            Problem: as for `article`.
        """
        article = self.article(article_id, digest)
        searcher = self._open[0] if self._open is not None else None
        with Archive(self.data) as archive:
            return reading(
                archive,
                article,
                span=span,
                seal=seal,
                also=searcher.also(article_id) if searcher is not None else (),
                lead=searcher.lead(article_id) if searcher is not None else None,
            )

    def _opened(self) -> tuple[Searcher, Assistant]:
        if self._open is not None:
            return self._open
        if not self._tried.is_set():
            raise Problem(
                NOT_READY,
                "Máy chủ đang nạp chỉ mục và mô hình, thường mất vài giây. Xin thử lại.",
                headers={"Retry-After": "2"},
            )
        raise Problem(
            NOT_READY,
            f"Chưa có chỉ mục dùng được nên chưa thể trả lời. Người vận hành cần biết: {self._trouble}",
            headers={"Retry-After": "30"},
        )

    def _run(self) -> None:
        seen: object = None
        waited_s = 0.0
        while True:
            self.portals.refresh()
            if self._open is not None:
                self._refresh()
            if self._open is None:
                signature = _signature(self.data)
                if signature != seen or waited_s >= RETRY_INTERVAL_S:
                    seen, waited_s = signature, 0.0
                    self._try_open()
            if self._stop.wait(self._refresh_interval_s):
                return
            waited_s += self._refresh_interval_s

    def _try_open(self) -> None:
        try:
            searcher = Searcher.open(self.data)
            assistant = Assistant(self.data, searcher, self._generator, noted=self._noted)
            assistant.warm()  # so that the first reader waits no longer than the next
            self._samples = sample_questions(self.data, searcher, assistant)
            self._open = (searcher, assistant)
            self._trouble = None
            _log.info("index open: %s passages", searcher.manifest.passages)
        except Exception as error:  # whatever it is, the server stays up and says so
            self._report(error)
        self._tried.set()

    def _refresh(self) -> None:
        assert self._open is not None
        searcher, assistant = self._open
        if withdrawn(self.data):
            self._open, self._samples = None, ()
            searcher.close()
            return
        try:
            if searcher.refresh():
                assistant.warm()
                self._samples = sample_questions(self.data, searcher, assistant)
                _log.info("index renewed: %s passages", searcher.manifest.passages)
            self._trouble = searcher.trouble
        except Exception as error:  # the former generation goes on serving
            self._report(error)

    def _report(self, error: Exception) -> None:
        trouble = str(error) if isinstance(error, IndexUnusable) else f"{type(error).__name__}: {error}"
        if trouble != self._trouble:
            _log.warning("index not taken up: %s", trouble)
        self._trouble = trouble


def _signature(data: Path) -> tuple[tuple[str, int, int], ...]:
    """Path, size and time of every file of the index: what changes when someone mends it."""
    files: list[tuple[str, int, int]] = []
    for path in sorted((data / "index").rglob("*")):
        try:
            stat = path.stat()
        except OSError:
            continue  # gone while we looked: the next look sees the change
        files.append((str(path), stat.st_size, stat.st_mtime_ns))
    return tuple(files)
