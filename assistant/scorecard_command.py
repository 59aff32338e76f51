"""`python -m assistant --scorecard SET`: a form filled in from a file, from standard input, or question by question."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.form import Form, FormMissing, find_form
from assistant.scorecard import ScorecardError, score
from assistant.scorecard_text import as_text, question_of
from assistant.scored import Choice, Scorecard
from crawler.archive import Archive
from crawler.article import Article
from index.criteria.products import document, find_sets
from index.law.address import find_document_numbers
from index.law.documents import Law
from index.manifest import FOLDER, in_use, read_manifest
from index.records import Records

_SHAPE = '{"1.1": 2, "1.2": 0}, trong đó 0 là không phương án nào, hoặc [{"criterion": "1.1", "option": 2}]'
_STDIN = "-"


def run(data: Path, asked: str, answers: str | None, on: date, *, as_json: bool) -> int:
    """Score one form and print it; 0 when done, 1 where the form is not held, 2 for answers it has not.

    asked: the number of a set, or a product's name. answers: a file, "-" for standard input; None asks at a terminal,
    and reads standard input elsewhere.

    Raises:
        IndexUnusable: as `index.manifest` tells.
    """
    try:
        with _opened(data) as (records, archive):

            def article(article_id: str, digest: str) -> Article:
                found = archive.get(article_id, digest)
                if found is None:
                    raise LookupError(f"article {article_id} version {digest[:12]} is in the index but not the archive")
                return found

            form = find_form(_number(asked), records.criteria(), Law(records.regulations()), on, article)
            _check_name(asked, form)
        card = score(form, _choices(form, answers))
    except FormMissing as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    except ScorecardError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 2
    print(TypeAdapter(Scorecard).dump_json(card).decode("utf-8") if as_json else as_text(card))
    return 0


@contextmanager
def _opened(data: Path) -> Iterator[tuple[Records, Archive]]:
    """The records of the index in use and the archive; no model is loaded."""
    generation = in_use(data)
    read_manifest(data, generation)  # refuses another format
    records = Records(data / FOLDER / generation.name)
    try:
        with Archive(data) as archive:
            yield records, archive
    finally:
        records.close()


def _number(asked: str) -> int:
    """The set that is asked for.

    Raises:
        ScorecardError: no product of that name is known, or it may belong to more than one set.
    """
    if asked.strip().isdecimal():
        return int(asked)
    found = find_sets(asked)
    numbers = list(dict.fromkeys(match.number for match in found))
    if len(numbers) == 1:
        return numbers[0]
    if not numbers:
        raise ScorecardError(
            f"không biết {asked!r} thuộc bộ tiêu chí nào; hãy ghi số bộ từ 1 đến 26, xem tên các bộ bằng: "
            "python -m index records criteria"
        )
    why = f" ({found[0].why})" if found[0].why else ""
    raise ScorecardError(
        f"{asked!r} có thể thuộc các bộ {', '.join(map(str, numbers))}{why}; hãy ghi số bộ, ví dụ: --scorecard "
        f"{numbers[0]}"
    )


def _check_name(asked: str, form: Form) -> None:
    """Raises ScorecardError where a product's name gave the number of another decision's set."""
    known = document()
    held = find_document_numbers(form.criteria_set.document or "")
    if not asked.strip().isdecimal() and not any(number.matches(known) for number in held):
        raise ScorecardError(
            f"tên sản phẩm chỉ tra được theo các bộ của {known.name}, còn ngày {form.as_of:%d/%m/%Y} áp dụng "
            f"{form.document}; hãy ghi số bộ theo văn bản ấy"
        )


def _choices(form: Form, answers: str | None) -> Sequence[Choice]:
    if answers is None and sys.stdin.isatty():
        return _asked(form)
    if answers is None or answers == _STDIN:
        return _read(sys.stdin.buffer.read(), "đầu vào chuẩn")
    try:
        return _read(Path(answers).read_bytes(), answers)
    except OSError as error:
        raise ScorecardError(f"không đọc được {answers}: {error.strerror}; cần một tệp JSON như {_SHAPE}") from error


def _read(body: bytes, name: str) -> list[Choice]:
    """The answers of a JSON text.

    Raises:
        ScorecardError: it is no such JSON.
    """
    try:
        told: Any = json.loads(body.decode("utf-8-sig"), object_pairs_hook=_Pairs)
    except ValueError as error:
        raise ScorecardError(f"{name} không phải JSON viết bằng UTF-8 ({error}); cần {_SHAPE}") from error
    if isinstance(told, _Pairs) and [key for key, _ in told] == ["answers"]:
        told = told[0][1]
    if isinstance(told, _Pairs):
        return [_choice(code, option, name) for code, option in told]
    if not isinstance(told, list):
        raise ScorecardError(f"{name} chứa {_brief(told)}; cần {_SHAPE}")
    found = []
    for one in told:
        fields = dict(one) if isinstance(one, _Pairs) else {}
        if fields.keys() != {"criterion", "option"}:
            raise ScorecardError(f"{name} có câu trả lời {_brief(one)}; cần {_SHAPE}")
        found.append(_choice(fields["criterion"], fields["option"], name))
    return found


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as its pairs, so that a name that stands twice is seen."""


def _choice(code: object, option: object, name: str) -> Choice:
    if isinstance(option, list) and not isinstance(option, _Pairs):
        raise ScorecardError(
            f"{name} chọn {len(option)} phương án cho tiêu chí {code}: {_brief(option)}; mỗi tiêu chí chỉ nhận một. "
            "Hãy để lại một số."
        )
    if not isinstance(code, str) or not isinstance(option, int) or isinstance(option, bool):
        raise ScorecardError(
            f"{name} có {_brief(code)}: {_brief(option)}; cần mã tiêu chí và số phương án như {_SHAPE}"
        )
    return Choice(criterion=code, option=option)


def _brief(value: object) -> str:
    text = json.dumps(dict(value) if isinstance(value, _Pairs) else value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:59] + "…"


def _asked(form: Form) -> list[Choice]:
    """Ask criterion by criterion at a terminal; a blank line leaves one out, Ctrl-D ends."""
    scored = [one for one in form.criteria_set.criteria if one.options]
    print(
        f"Bộ {form.criteria_set.number}: {form.criteria_set.name}, {len(scored)} tiêu chí. Gõ số phương án; 0 là không "
        "phương án nào; để trống là bỏ qua; Ctrl-D để thôi và xem kết quả.",
        file=sys.stderr,
    )
    found: list[Choice] = []
    for one in scored:
        print(f"\n{question_of(form, one)}", file=sys.stderr)
        try:
            while (typed := input("› ").strip()) and not (typed.isdecimal() and int(typed) <= len(one.options)):
                print(f"“{typed}” không phải phương án nào; gõ một số từ 0 đến {len(one.options)}.", file=sys.stderr)
        except EOFError:
            break
        if typed:
            found.append(Choice(criterion=one.code, option=int(typed)))
    print(file=sys.stderr)
    return found
