"""Builds of the index killed (SIGKILL) at random instants: does the former index serve, and the next build end well?

The archive of the demo portals goes back and forth between two editions that differ in a fifth of the articles:
changed, come and gone. Each trial kills a build of the other edition one to three times and then lets one end. After
every kill the index in use must be whole and answer as before (or as after, where the switch had been made); in the end
it must be, file for file, the one that an undisturbed build from nothing makes.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crawler.archive import FILE_NAME, Archive
from demo.corpus import crawl_demo
from demo.pages import FOLDER as DEMO_FOLDER
from evaluation.answers import read_questions
from evaluation.kills import Killed
from index.embed import HASH_EMBEDDER
from index.manifest import FOLDER, IndexUnusable, current_name, in_use, read_manifest, verify
from index.search import Searcher

_ROOT = Path(__file__).resolve().parent.parent
_ONE_IN = 5  # articles that differ between the editions
_MOST_IN_A_ROW = 3
_QUESTIONS = 12
_EDITIONS = ("one", "other")

# What a kill found the build at.
BEFORE, WRITING, WHOLE, SWITCHED = "chưa ghi gì", "đang ghi", "ghi xong, chưa đổi", "đã đổi"


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What an index is and answers: sha256 of its files, passages found per question, its records as text."""

    files: dict[str, str]
    found: tuple[tuple[tuple[str, int, int, float], ...], ...]
    records: str


@dataclass(slots=True, kw_only=True)
class _Trials:
    """The folder worked on and what was counted."""

    data: Path
    questions: Sequence[str]
    expected: dict[str, _State]
    undisturbed_s: float = 0.0
    kills: int = 0
    faults: list[str] = field(default_factory=list)
    phases: dict[str, int] = field(default_factory=lambda: dict.fromkeys((BEFORE, WRITING, WHOLE, SWITCHED), 0))


def kill_builds(count: int, *, seed: int = 1, tell: Callable[[str], None] = lambda text: None) -> Killed:
    """Kill builds over the demo portals' archive until `count` were killed; `tell` hears of each trial."""
    instants = random.Random(seed)
    questions = [asked.question for asked in read_questions(DEMO_FOLDER / "questions.toml")][:_QUESTIONS]
    done = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / _EDITIONS[0]).mkdir()
        crawl_demo(folder / _EDITIONS[0])
        articles = _other_edition(folder / _EDITIONS[0], folder / _EDITIONS[1])
        expected = {}
        for edition in _EDITIONS:
            _build(folder / edition).wait()
            expected[edition] = _state(folder / edition, questions)
        trials = _Trials(data=folder / "data", questions=questions, expected=expected)
        shutil.copytree(folder / _EDITIONS[0], trials.data)
        trials.undisturbed_s = _undisturbed(trials, folder)
        while trials.kills < count:
            former, latter = _EDITIONS[done % 2], _EDITIONS[1 - done % 2]
            done += 1
            _take_archive(folder / latter, trials.data)
            for _ in range(min(instants.randint(1, _MOST_IN_A_ROW), count - trials.kills)):
                if not _killed(trials, instants.uniform(0.0, trials.undisturbed_s), former, latter):
                    break
            _end(trials, done, latter)
            tell(f"{trials.kills} lần giết, {len(trials.faults)} lỗi")
    return Killed(
        kills=trials.kills,
        trials=done,
        articles=articles,
        undisturbed_s=round(trials.undisturbed_s, 2),
        faults=tuple(trials.faults),
        phases=trials.phases,
    )


def _killed(trials: _Trials, after_s: float, former: str, latter: str) -> bool:
    """Start a build and kill it after so long; whether it was killed before its end."""
    process = _build(trials.data)
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        trials.kills += 1
        phase, faults = _after_kill(trials, former, latter)
        trials.phases[phase] += 1
        trials.faults += [f"lần giết {trials.kills} ({phase}): {fault}" for fault in faults]
        return phase != SWITCHED
    return False


def _after_kill(trials: _Trials, former: str, latter: str) -> tuple[str, list[str]]:
    """(how far the build was, what is wrong with the index right after it was killed)."""
    index = trials.data / FOLDER
    try:
        current = current_name(trials.data)
        state = _state(trials.data, trials.questions)
    except IndexUnusable as error:
        return WRITING, [f"chỉ mục không mở được: {error}"]
    if state == trials.expected[latter]:
        return SWITCHED, []
    newest = max(path.name for path in index.glob("generation-*"))
    phase = WHOLE if newest > current else WRITING if (index / ".building").exists() else BEFORE
    return phase, _differences(trials.expected[former], state)


def _end(trials: _Trials, number: int, edition: str) -> None:
    """Let a build end and compare what it made with what an undisturbed one makes."""
    code = _build(trials.data).wait()
    faults = [] if code == 0 else [f"lần dựng sau đó kết thúc với mã {code}"]
    faults += _differences(trials.expected[edition], _state(trials.data, trials.questions))
    index = trials.data / FOLDER
    left = sorted(path.name for path in index.iterdir() if path.is_dir())
    if len(left) > 2 or ".building" in left:
        faults.append(f"còn sót: {', '.join(left)}")
    trials.faults += [f"lượt {number}: {fault}" for fault in faults]


def _undisturbed(trials: _Trials, folder: Path) -> float:
    """Seconds of a build of one edition over the other left alone; of two, the first warms what the system reads."""
    seconds = 0.0
    for edition in reversed(_EDITIONS):
        _take_archive(folder / edition, trials.data)
        begun = time.monotonic()
        _build(trials.data).wait()
        seconds = time.monotonic() - begun
        trials.faults += [
            f"lần dựng yên ổn: {fault}"
            for fault in _differences(trials.expected[edition], _state(trials.data, trials.questions))
        ]
    return seconds


def _build(data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "index", "build", "--embedder", HASH_EMBEDDER, "--quiet", "--data", str(data)]
    return subprocess.Popen(
        command, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _state(data: Path, questions: Sequence[str]) -> _State:
    """What the index in use is and answers.

    Raises:
        IndexUnusable: it is not whole.
    """
    generation = in_use(data)
    manifest = read_manifest(data, generation)
    verify(data, generation.name, manifest)
    searcher = Searcher.open(data)
    try:
        return _State(
            files=manifest.files,
            found=tuple(
                tuple(
                    (hit.passage.article_id, hit.passage.start, hit.passage.end, hit.score)
                    for hit in searcher.search(question).hits
                )
                for question in questions
            ),
            records=repr((searcher.figures(), searcher.sums(), searcher.criteria())),
        )
    finally:
        searcher.close()


def _differences(expected: _State, found: _State) -> list[str]:
    names = sorted(expected.files.keys() | found.files.keys())
    faults = [f"tệp {name} khác" for name in names if expected.files.get(name) != found.files.get(name)]
    if expected.found != found.found:
        faults.append("kết quả tìm khác")
    if expected.records != found.records:
        faults.append("dữ liệu đọc từ bài khác")
    return faults


def _other_edition(data: Path, other: Path) -> int:
    """Write the archive's other edition into another folder, and take from each articles that the other has; how many
    articles the first has."""
    shutil.copytree(data, other)
    with Archive(data) as first, Archive(other) as second:
        for number, (article_id, digest) in enumerate(list(first.current())):
            article = first.get(article_id, digest)
            raw = None if article is None else first.raw(article.raw_digest)
            if number % _ONE_IN or article is None or raw is None:
                continue
            match number // _ONE_IN % 3:
                case 0:
                    second.put(replace(article, title=f"{article.title} (bản sửa)"), raw)
                case 1:
                    second.mark_gone(article_id)
                case _:
                    first.mark_gone(article_id)
        return first.count()


def _take_archive(source: Path, target: Path) -> None:
    """Put the archive of one folder in the place of another's."""
    for suffix in ("-wal", "-shm"):
        (target / (FILE_NAME + suffix)).unlink(missing_ok=True)
    shutil.copy(source / FILE_NAME, target / (FILE_NAME + ".new"))
    (target / (FILE_NAME + ".new")).replace(target / FILE_NAME)
