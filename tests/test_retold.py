"""News retold: what is asked of it stands in it, and it is read as any text a user adds."""

from datetime import date
from pathlib import Path

import pytest

from crawler.archive import Archive
from evaluation.__main__ import main
from evaluation.answers import assistant_over, read_questions, says_value
from evaluation.retold import FOLDER, SOURCE, make_retold_corpus, retold_items, retold_questions

SETS = ("centre", "delta", "north", "south")
# Plain questions: the sets of texts they are over.
PLAIN = {"plain_north": ("delta", "north"), "plain_south": ("centre", "south")}
MIXED = {"mixed": SETS}
# Questions of a set, and those of them without an answer.
_COUNTS = dict.fromkeys(PLAIN, (90, 14)) | dict.fromkeys(MIXED, (100, 10))
# What is reckoned, or asked as yes or no, need not stand in so many words.
_RECKONED = ("aggregate", "compare", "yes_no", "false_premise")


def test_there_are_four_sets() -> None:
    assert [path.name for path in retold_questions()] == [
        f"questions_{name}.toml" for name in sorted((*SETS, *PLAIN, *MIXED))
    ]
    assert sorted(path.name for path in FOLDER.glob("texts_*.toml")) == [f"texts_{name}.toml" for name in SETS]


@pytest.mark.parametrize("name", [*SETS, *PLAIN, *MIXED])
def test_what_an_answer_must_say_stands_in_the_texts(name: str) -> None:
    texts = [
        f"{one.title}\n{one.text}".casefold()
        for texts in (PLAIN | MIXED).get(name, (name,))
        for one in retold_items(FOLDER / f"texts_{texts}.toml")
    ]
    asked = read_questions(FOLDER / f"questions_{name}.toml")
    assert (len(asked), sum(not one.answerable for one in asked)) == _COUNTS.get(name, (100, 18))
    for one in asked:
        if not one.answerable or one.kind in _RECKONED:
            continue
        for values in (*((value,) for value in one.expect), *one.expect_any):
            assert any(says_value(text, value) for text in texts for value in values), (one.question, values)


def test_a_file_that_is_no_list_of_texts_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "texts.toml"
    file.write_text('[[text]]\ntitle = "Một tin"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"texts\.toml: không phải danh sách \[\[text\]\] có title và text"):
        retold_items(file)


def test_the_corpus_is_read_as_texts_are_and_answers(tmp_path: Path) -> None:
    make_retold_corpus(tmp_path)
    with Archive(tmp_path) as archive:
        articles = list(archive.articles())
    assert len(articles) == sum(len(retold_items(path)) for path in FOLDER.glob("texts_*.toml"))
    assert {one.source for one in articles} == {SOURCE}
    assert all(one.url is None for one in articles)
    answer = assistant_over(tmp_path).ask(
        "Năm 2024 Hà Nội cấp hạng 4 sao cho bao nhiêu sản phẩm?", as_of=date(2026, 11, 29)
    )
    assert answer.status == "answered"
    assert says_value(answer.text.casefold(), "108")
    assert answer.citations[0].original_url is not None


def test_its_corpus_goes_with_no_other(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["answers", "--retold", "--data", str(tmp_path)]) == 1
    assert "--retold tự dựng kho" in capsys.readouterr().err
