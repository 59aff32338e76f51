"""Near-duplicates: sketches, and which stories are one."""

import hashlib
from collections.abc import Mapping
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.article import Authority
from crawler.copies import Story, details_differ, held_by, is_copy, leads, shingles, sketch, tokens

STORY = (
    "Sáng 12/6, tại thành phố Vĩnh Yên, Sở Nông nghiệp và Phát triển nông thôn tổ chức hội nghị đánh giá, phân hạng "
    "sản phẩm OCOP đợt 1 năm 2023. Hội đồng đã chấm điểm 24 sản phẩm của 15 chủ thể, trong đó có 9 hợp tác xã.\n"
    "Kết quả, 20 sản phẩm đạt 3 sao và 4 sản phẩm đạt 4 sao. Đến nay toàn tỉnh có 1.096 sản phẩm được công nhận."
)


def test_a_sketch_is_the_same_everywhere_and_ignores_case_marks_and_layout() -> None:
    assert len(sketch(STORY)) == 256
    # kept in archives: a change of this value makes every sketch kept worthless
    assert hashlib.sha256(sketch(STORY)).hexdigest()[:16] == "85ef77b61022f051"
    assert sketch(STORY.upper().replace("\n", "  ")) == sketch(STORY)
    assert sketch(STORY.replace("Đ", "D").replace("đ", "d").replace("ả", "a")) == sketch(STORY)


def test_a_text_too_short_to_tell_has_no_sketch() -> None:
    assert sketch("Hội nghị đánh giá sản phẩm OCOP.") == b""
    assert sketch("") == b""


def test_numbers_are_one_however_they_are_written() -> None:
    assert tokens("Ngày 05/6, có 1.096.") == ["ngay", "5", "6", "co", "1096"]
    assert tokens("Ngày 5-6: có 1096 sản phẩm.") == tokens("ngày 05/06 có 1.096 sản phẩm")
    assert tokens("SP000 đạt 1.5") == ["sp000", "dat", "1", "5"]


SAPO = "Nhiều mặt hàng quen thuộc của bà con vùng trung du lần đầu được gắn sao trong đợt chấm điểm đầu hè năm nay."


def story(name: str, authority: Authority = "press", published: str | None = None, text: str = STORY) -> Story:
    return Story(id=name, authority=authority, published=published, sketch=sketch(text))


def led(*stories: Story, texts: Mapping[str, str] | None = None) -> dict[str, str]:
    return leads(stories, lambda name: (texts or {}).get(name, STORY))


def test_the_best_authority_leads_then_the_earliest_then_the_first_id() -> None:
    assert led(
        story("press"), story("mirror", "mirror"), story("official", "official"), story("state", "state_press")
    ) == {
        "state": "official",
        "press": "official",
        "mirror": "official",
    }
    assert led(story("a", published="2023-06-13"), story("b", published="2023-06-12"), story("c")) == {
        "a": "b",
        "c": "b",
    }
    assert led(story("b"), story("a")) == {"b": "a"}


def test_a_mirror_leads_only_mirrors() -> None:
    early = story("early", "mirror", "2020")
    assert led(early, story("shop", "commercial", "2024")) == {"early": "shop"}
    assert led(early, story("late", "mirror", "2021")) == {"late": "early"}


@pytest.mark.parametrize(
    "text",
    [
        f"{SAPO}\n{STORY}",
        STORY.partition("\n")[0],
        STORY.replace("Sở Nông nghiệp và Phát triển nông thôn", "ngành nông nghiệp"),
        STORY.replace("12/6", "12-06").replace("1.096", "1096"),
        f"{STORY}\n{SAPO}",
        STORY.replace("Sáng 12/6", "Sáng 12/6/2023"),
        STORY.replace("thành phố Vĩnh Yên", "TP. Vĩnh Yên"),
        STORY.replace("toàn tỉnh", "tỉnh Vĩnh Phúc"),
    ],
    ids=[
        "own sapo",
        "second paragraph less",
        "another word",
        "numbers written otherwise",
        "a sentence more",
        "the year",
        "short form",
        "a name more",
    ],
)
def test_small_edits_make_a_copy(text: str) -> None:
    assert is_copy(text, STORY)
    assert is_copy(STORY, text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("20 sản phẩm", "21 sản phẩm"),
        ("2023", "2024"),
        ("12/6", "15/6"),
        ("1.096", "1.196"),
        ("đợt 1", "đợt 2"),
        ("Vĩnh Yên", "Phúc Yên"),
        ("Vĩnh Yên", "Việt Trì"),
    ],
)
def test_a_figure_date_or_name_in_anothers_place_is_another_story(old: str, new: str) -> None:
    other = STORY.replace(old, new)
    assert sketch(other)
    assert details_differ(other, STORY)
    assert not is_copy(other, STORY)
    assert led(story("a"), story("b", text=other), texts={"b": other}) == {}


def test_a_row_of_a_table_is_compared_though_it_is_short() -> None:
    table = f"{STORY}\nHạng | Số sản phẩm\n4 sao | 30\n3 sao | 03\n{SAPO}"
    assert details_differ(table, table.replace("| 30", "| 31"))
    assert not details_differ(table, table.replace("| 03", "| 3"))


def test_two_decisions_of_one_wording_stay_two() -> None:
    decision = "\n".join(
        f"Điều {number}. Công nhận và cấp giấy chứng nhận hạng sao cho sản phẩm trong danh sách kèm theo quyết định "
        f"số {{number}}/QĐ-UBND ngày {{day}} của Chủ tịch Ủy ban nhân dân tỉnh, thời hạn giấy chứng nhận là 36 tháng."
        for number in range(1, 9)
    )
    first = decision.format(number=1204, day="05/6/2023")
    second = decision.format(number=2310, day="11/12/2023")
    assert led(story("a", text=first), story("b", text=second), texts={"a": first, "b": second}) == {}


def test_every_copy_is_near_its_lead_itself() -> None:
    paragraphs = [f"{SAPO.replace('trung du', word)} {word} {STORY.replace('Vĩnh Yên', word)}" for word in "abcdefgh"]
    texts = {}
    for step in range(5):  # each shares most with the one before, the last little with the first
        texts[str(step)] = "\n".join(f"{place}x {line}" for place, line in enumerate(paragraphs[step : step + 4], step))
    found = led(*(story(name, text=text) for name, text in texts.items()), texts=texts)
    assert all(is_copy(texts[copy], texts[lead]) for copy, lead in found.items())
    assert not set(found) & set(found.values())


def test_the_order_of_the_stories_does_not_matter() -> None:
    stories = [story("a"), story("b", "mirror"), story("c", "official"), story("d"), story("e", "mirror")]
    assert all(list(led(*order)) == list(led(*stories)) == ["a", "d", "b", "e"] for order in permutations(stories))


def test_a_passage_is_held_unless_it_says_more() -> None:
    held = held_by(STORY)
    sentence = "Hội đồng đã chấm điểm 24 sản phẩm của 15 chủ thể, trong đó có 9 hợp tác xã."
    assert held(sentence)
    assert held(sentence.replace("Hội đồng", "Ban giám khảo"))
    assert not held(sentence.replace("24", "25"))
    assert not held(f"{sentence} Bà Trần Thị Sen trồng dâu ở Yên Lạc.")


def test_texts_made_to_be_slow_are_two_stories() -> None:
    # one sentence of 40,000 equal words: aligning it would take hours
    slow = [f"{STORY}\n{'sao ' * 20_000}{number} {'sao ' * 20_000}" for number in (1, 2)]
    assert not is_copy(*slow)
    repeated = [f"{STORY}\n" + "Sản phẩm đạt sao.\n" * 20_000 + f"Có {number} sao." for number in (1, 1)]
    assert is_copy(repeated[0], repeated[1] + "\nHết.")


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_its_own_copy_or_none(text: str) -> None:
    assert not details_differ(text, text)
    assert is_copy(text, text) == bool(shingles(tokens(text)))
    assert held_by(text)(text) or not shingles(tokens(text))
