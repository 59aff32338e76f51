"""The archive: versions kept, changes told, damage and newer files refused."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.archive import FILE_NAME, Archive, ArchiveDamaged, ArchiveError, ArchiveVersionError, Raw
from crawler.article import Article, text_digest
from crawler.draft import Origin, compose
from crawler.text.plain import draft_plain

BODY = (
    "Tỉnh Nam Định có thêm sản phẩm OCOP\n\nTính đến tháng 6/2020, tỉnh Nam Định có {} sản phẩm OCOP được công nhận.\n"
)


def made(count: int, **changes: object) -> tuple[Article, Raw]:
    text = BODY.format(count)
    raw = Raw(body=text.encode(), content_type="text/plain; charset=utf-8")
    origin = Origin(source="Báo thử", fetched="2026-11-22T00:00:00Z", url="https://bao.example/nam-dinh")
    return replace(compose(draft_plain(text), origin, raw), **changes), raw  # type: ignore[arg-type]


def test_each_text_is_a_version_and_none_is_lost(tmp_path: Path) -> None:
    first, first_raw = made(62)
    second, second_raw = made(63)
    with Archive(tmp_path, create=True) as archive:
        assert archive.put(first, first_raw) == "new"
        assert archive.put(first, first_raw) == "unchanged"
        assert archive.put(second, second_raw) == "changed"
        assert first.id == second.id
        assert archive.get(first.id) == second
        assert archive.get(first.id, first.digest) == first
        assert archive.raw(first.raw_digest) == first_raw
        assert archive.by_url("https://bao.example/nam-dinh") == second
        assert list(archive.articles()) == [second]


def test_other_metadata_of_the_same_text_is_an_update(tmp_path: Path) -> None:
    article, raw = made(62)
    with Archive(tmp_path, create=True) as archive:
        archive.put(article, raw)
        dated = replace(article, published="2020-06-12")
        assert archive.put(dated, raw) == "updated"
        assert archive.get(article.id) == dated
        assert archive.put(replace(dated, fetched="2026-11-23T00:00:00Z"), raw) == "unchanged"


def test_what_changed_since(tmp_path: Path) -> None:
    article, raw = made(62)
    with Archive(tmp_path, create=True) as archive:
        before = archive.cursor()
        archive.put(article, raw)
        after = archive.cursor()
        assert archive.changed_since(before) == [article.id]
        assert archive.changed_since(after) == []
        archive.mark_gone(article.id)
        assert archive.changed_since(after) == [article.id]
        assert archive.count() == 0
        assert archive.get(article.id, article.digest) == article
        assert archive.put(article, raw) == "changed"
        assert archive.count() == 1


def test_bytes_that_are_not_the_articles_are_refused(tmp_path: Path) -> None:
    article, _ = made(62)
    with Archive(tmp_path, create=True) as archive, pytest.raises(ValueError, match="raw_digest"):
        archive.put(article, Raw(body=b"other", content_type="text/plain"))


def test_an_article_whose_digest_is_not_its_texts_cannot_be_made() -> None:
    article, _ = made(62)
    with pytest.raises(ValueError, match="digest"):
        replace(article, text=article.text + "!")
    with pytest.raises(ValueError, match="2020-13"):
        replace(article, published="2020-13")
    assert article.digest == text_digest(article.text)


def test_no_archive_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="python -m crawler add"):
        Archive(tmp_path)


def test_a_newer_archive_is_refused_and_left(tmp_path: Path) -> None:
    Archive(tmp_path, create=True).close()
    database = sqlite3.connect(tmp_path / FILE_NAME)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(ArchiveVersionError, match="schema 99"):
        Archive(tmp_path)


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is no database, and long enough to be read as a page of one" * 20)
    with pytest.raises(ArchiveDamaged, match="restore it from a backup"):
        Archive(tmp_path)
