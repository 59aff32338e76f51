"""Public test sets given by path, read into `QuestionSet`: SQuAD's JSON, ALQAC's pair of files, BEIR's folders."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from crawler.archive import Archive, Raw, now_iso
from crawler.article import Article, Block, article_id, fold_space, raw_digest, text_digest
from evaluation.question_set import Place, Question, QuestionSet, files_digest

Texts = Mapping[str, tuple[str, str]]
"""Documents by name, each with title and text."""


def read_squad(path: Path) -> QuestionSet:
    """A set in SQuAD's JSON (XQuAD-vi and the like): each paragraph is a document, and answers what is asked of it.

    The halves are made of whole Wikipedia articles, not paragraphs: paragraphs of one article share their words.

    Raises:
        ValueError: it is no such file, or holds no question.
        OSError: it cannot be read.
    """
    texts: dict[str, tuple[str, str]] = {}
    questions: list[Question] = []
    try:
        for number, entry in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
            work = str(entry.get("title") or number)
            for paragraph in entry["paragraphs"]:
                name = str(len(texts))
                texts[name] = ("", paragraph["context"])
                for asked in paragraph["qas"]:
                    identity = str(asked.get("id") or len(questions))
                    questions.append(_question(identity, asked["question"], (name,), group=work))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(
            f"{path} is no SQuAD file ({error!r}); expected data[].paragraphs[].context and .qas[].question: "
            "get it anew from where the set is published"
        ) from error
    return _made(path.stem, (path,), texts, questions)


def read_alqac(articles: Path, questions: Path) -> QuestionSet:
    """ALQAC's articles of law by "law@article", and questions with `relevant_articles`.

    Raises:
        ValueError: they are no such files, or a question names an article that is not there.
        OSError: one cannot be read.
    """
    try:
        texts = {
            name: (name.partition("@")[0], text)
            for name, text in json.loads(articles.read_text(encoding="utf-8")).items()
        }
        asked = [
            _question(
                str(question.get("question_id") or number),
                question["text"],
                tuple(f"{law['law_id']}@{law['article_id']}" for law in question["relevant_articles"]),
            )
            for number, question in enumerate(json.loads(questions.read_text(encoding="utf-8")))
        ]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(
            f"{articles} and {questions} are no ALQAC files ({error!r}); expected an object of texts by "
            '"law@article", and a list of {text, relevant_articles: [{law_id, article_id}]}'
        ) from error
    return _made(questions.stem, (articles, questions), texts, asked)


def read_beir(folder: Path) -> QuestionSet:
    """A set in the form of BEIR (Thakur et al., NeurIPS 2021): corpus.jsonl, queries.jsonl, qrels/test.tsv.

    A judgement above 0 makes a document relevant, all alike; a query without one is not asked.

    Raises:
        ValueError: a file is damaged; the message names the file, the line, what is wrong and how to mend it.
        OSError: a file cannot be read.
    """
    paths = (folder / "corpus.jsonl", folder / "queries.jsonl", folder / "qrels" / "test.tsv")
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        raise ValueError(
            f"{folder} is no BEIR folder: {', '.join(missing)} not found; expected corpus.jsonl, queries.jsonl and "
            "qrels/test.tsv: unpack the whole archive of the set"
        )
    texts: dict[str, tuple[str, str]] = {}
    for name, line, where in _json_lines(paths[0]):
        if name in texts:
            raise ValueError(f"{where}: the document {name!r} stands twice; remove one of the two lines")
        title, text = _string(line, "title", where, default=""), _string(line, "text", where)
        if not (title.strip() or text.strip()):
            raise ValueError(f"{where}: the document {name!r} has neither title nor text; remove the line or fill it")
        texts[name] = (title, text if text.strip() else title)
    queries: dict[str, str] = {}
    for name, line, where in _json_lines(paths[1]):
        if name in queries:
            raise ValueError(f"{where}: the query {name!r} stands twice; remove one of the two lines")
        queries[name] = _string(line, "text", where)
    relevant: dict[str, list[str]] = {}
    for query, document, where in _judgements(paths[2]):
        if query not in queries:
            raise ValueError(f"{where}: the query {query!r} is not in {paths[1]}; the files are not of one set")
        if document not in texts:
            raise ValueError(f"{where}: the document {document!r} is not in {paths[0]}; the files are not of one set")
        if document not in relevant.setdefault(query, []):
            relevant[query].append(document)
    questions = [_question(query, queries[query], tuple(names)) for query, names in relevant.items()]
    return _made(folder.resolve().name, paths, texts, questions)


def _json_lines(path: Path) -> Iterator[tuple[str, dict[str, object], str]]:
    """("_id", the object, "file, line n") of every line that is not blank."""
    for number, line in _lines(path):
        where = f"{path}, line {number}"
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(
                f"{where}: no JSON ({error.msg} at column {error.colno}); expected one whole object a line: the file "
                "may be cut short, get it anew"
            ) from error
        if not isinstance(value, dict):
            raise ValueError(f"{where}: {type(value).__name__}, expected an object with _id and text")
        name = value.get("_id")
        if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
            raise ValueError(f"{where}: _id is {name!r}; expected a name that qrels/test.tsv can use")
        yield str(name), value, where


def _judgements(path: Path) -> Iterator[tuple[str, str, str]]:
    """(query, document, "file, line n") of every judgement above 0."""
    for number, line in _lines(path):
        where = f"{path}, line {number}"
        fields = line.split("\t")
        if len(fields) != 3:
            raise ValueError(
                f"{where}: {len(fields)} fields, expected three with tabs between: query-id, corpus-id, score"
            )
        query, document, score = (field.strip() for field in fields)
        if number == 1 and score == "score":
            continue
        try:
            grade = int(score)
        except ValueError as error:
            raise ValueError(f"{where}: the score is {score!r}; expected a whole number, 0 for not relevant") from error
        if grade > 0:
            yield query, document, where


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, with their numbers from 1."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            try:
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise ValueError(f"{path}, line {number}: no UTF-8 ({error.reason}); save the file as UTF-8") from error
            if line.strip():
                yield number, line


def _string(line: dict[str, object], key: str, where: str, *, default: str | None = None) -> str:
    value = line.get(key, default)
    if not isinstance(value, str):
        raise ValueError(f"{where}: {key} is {value!r}; expected a text")
    return value


def _question(identity: str, text: str, relevant: tuple[str, ...], *, group: str | None = None) -> Question:
    gold = tuple((Place(document=name),) for name in relevant)
    return Question(id=identity, text=text, gold=gold, group=group or next(iter(relevant), ""))


def _made(name: str, paths: Sequence[Path], texts: Texts, questions: Sequence[Question]) -> QuestionSet:
    if not questions:
        raise ValueError(f"{paths[-1]} holds no question with a relevant text; expected at least one")
    for question in questions:
        missing = [place.document for places in question.gold for place in places if place.document not in texts]
        if missing or not question.gold:
            raise ValueError(
                f"{paths[-1]}: the question {question.text[:60]!r} names {missing or 'no text'}, expected known texts"
            )
    digest = sha256()
    for document, (title, text) in sorted(texts.items()):
        digest.update(json.dumps([document, title, text], ensure_ascii=False).encode())
    return QuestionSet(
        name=name,
        unit="document",
        questions=tuple(questions),
        sha256=files_digest(paths),
        corpus=digest.hexdigest(),
        fill=partial(_archive, name, texts),
    )


def _archive(set_name: str, texts: Texts, data: Path) -> dict[str, str]:
    """Put the texts into the archive; article id -> name of the text."""
    names: dict[str, str] = {}
    with Archive(data, create=True) as archive:
        for name, (title, text) in texts.items():
            article, raw = _article(f"https://test-set.example/{set_name}/{name}", title, text)
            archive.put(article, raw)
            names[article.id] = name
    return names


def _article(url: str, title: str, written: str) -> tuple[Article, Raw]:
    """One text of a set as an article, a block per line."""
    lines = [line for line in map(fold_space, written.splitlines()) if line]
    text = "\n".join(lines)
    raw = Raw(body=written.encode("utf-8"), content_type="text/plain; charset=utf-8")
    article = Article(
        id=article_id(url, text),
        url=url,
        original_url=None,
        title=title,
        text=text,
        blocks=tuple(_blocks(lines)),
        sections=(),
        dropped=(),
        source="test set",
        authority="mirror",
        rights="full",
        kind="news",
        author=None,
        published=None,
        event_date=None,
        date_note=None,
        place=None,
        fetched=now_iso(),
        raw_digest=raw_digest(raw.body),
        digest=text_digest(text),
    )
    return article, raw


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    start = 0
    for line in lines:
        yield Block(role="paragraph", start=start, end=start + len(line))
        start += len(line) + 1
