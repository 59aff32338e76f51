"""The page in a real browser over a real server, with and without JavaScript; and the parts it is drawn from."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant.answer import Answer, Calculation, Cells, Citation, Claim, Operand, Timings
from crawler.article import Article, Block, text_digest
from crawler.article import Page as DocumentPage
from tests.browsing import chromium
from tests.conftest import Corpus, Served
from widget.labels import reader_link
from widget.page import (
    FOLDER,
    answer_lines,
    article_parts,
    calculation_label,
    date_label,
    number_label,
    web_link,
)

QUESTION = "Tính đến tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?"
OTHER_QUESTION = "Đến cuối tháng 8/2023 An Giang có bao nhiêu sản phẩm OCOP?"
# A page, its style, its script and the two weights of its letters, uncompressed: what a phone on a slow line has to
# wait for.
PAGE_LIMIT_BYTES = 100_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, on which any error of a script or of the policy fails the test."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def without_script(browser: Browser) -> BrowserContext:
    return browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})


def see_the_passage(page: Page) -> None:
    """Open the first source's passage, and find it marked and in view."""
    quote_shown = page.locator(".sources blockquote").first.inner_text()
    page.get_by_role("link", name="Mở đoạn trích").first.click()
    page.wait_for_url("**/bai/**")
    mark = page.locator("mark")
    expect(mark).to_have_count(1)
    expect(mark).to_have_text(quote_shown)
    expect(mark).to_be_in_viewport()
    expect(page.get_by_role("link", name="Trang nguồn")).to_have_attribute("href", "https://bao.example/nam-dinh.html")


def test_asking_answers_without_a_reload_and_the_citation_opens_its_passage(page: Page, server: Served) -> None:
    page.goto(server.url)
    page.evaluate("window.stayed = true")
    page.get_by_label("Câu hỏi của bạn").fill(QUESTION)
    page.get_by_role("button", name="Hỏi").click()
    expect(page.get_by_role("heading", name="Trả lời")).to_be_visible()
    expect(page.locator(".answer")).to_contain_text("62")
    expect(page.get_by_role("status")).to_contain_text("nguồn")
    assert page.evaluate("window.stayed") is True
    expect(page).to_have_url(re.compile(r"/\?q="))
    see_the_passage(page)


def test_going_back_shows_the_former_answer_and_its_question(page: Page, server: Served) -> None:
    page.goto(server.url)
    box = page.get_by_label("Câu hỏi của bạn")
    for question, figure in ((QUESTION, "62"), (OTHER_QUESTION, "92")):
        box.fill(question)
        box.press("Enter")
        expect(page.locator(".answer")).to_contain_text(figure)
    page.go_back()
    expect(page.locator(".answer")).to_contain_text("62")
    expect(box).to_have_value(QUESTION)
    expect(page).to_have_title(re.compile("Nam Định"))
    page.go_back()
    expect(page.locator(".answer")).to_have_count(0)
    expect(box).to_have_value("")
    page.go_forward()
    expect(page.locator(".answer")).to_contain_text("62")
    page.get_by_role("link", name="Mở đoạn trích").first.click()
    page.wait_for_url("**/bai/**")
    page.go_back()
    expect(page.locator(".answer")).to_contain_text("62")


def test_places_compared_are_a_table_with_dates_and_sources(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/?q={quote('Nam Định và An Giang, nơi nào có nhiều sản phẩm OCOP hơn?')}")
    rows = page.locator(".answer table.figures tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first.locator("th")).to_have_text("An Giang")
    expect(rows.first.locator("td")).to_have_text(["8/2023", "92 sản phẩm từ 3 sao trở lên", re.compile(r"^\d \S")])
    expect(page.locator(".answer ul:not(.notices) li")).to_have_count(0)
    rows.first.locator(".chip").hover()
    expect(page.locator(".sources li.on")).to_have_count(1)


def test_a_chip_and_its_source_light_each_other(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/?q={quote(QUESTION)}")
    chip, source = page.locator(".chip").first, page.locator(".sources li").first
    chip.hover()
    expect(source).to_have_class(re.compile(r"\bon\b"))
    page.get_by_role("heading", name="Nguồn").hover()
    expect(source).not_to_have_class(re.compile(r"\bon\b"))
    chip.focus()
    expect(source).to_have_class(re.compile(r"\bon\b"))
    expect(page.locator(".claim").first).to_have_class(re.compile(r"\bon\b"))
    chip.press("Enter")
    expect(page).to_have_url(re.compile(r"#nguon-1$"))
    expect(page.locator(".answer")).to_be_visible()  # a move within the page asks nothing again


def test_an_example_is_a_question_that_gets_an_answer(page: Page, server: Served) -> None:
    page.goto(server.url)
    example = page.locator(".samples a").first
    text = example.inner_text()
    example.click()
    expect(page.get_by_label("Câu hỏi của bạn")).to_have_value(text)
    expect(page.locator(".sources li").first).to_be_visible()


def test_a_question_without_evidence_is_answered_kindly(page: Page, server: Served) -> None:
    page.goto(server.url)
    page.get_by_label("Câu hỏi của bạn").fill("Giá vàng hôm nay bao nhiêu?")
    page.get_by_role("button", name="Hỏi").click()
    expect(page.get_by_role("heading", name=re.compile("Không tìm thấy|Ngoài phạm vi"))).to_be_visible()
    expect(page.locator(".sources")).to_have_count(0)
    expect(page.locator(".samples a").first).to_be_visible()


def test_a_server_that_is_gone_is_said_and_the_question_kept(browser: Browser, server: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(server.url)
    context.set_offline(True)
    page.get_by_label("Câu hỏi của bạn").fill(QUESTION)
    page.get_by_role("button", name="Hỏi").click()
    expect(page.get_by_role("status")).to_contain_text("Không nối được với máy chủ")
    expect(page.get_by_label("Câu hỏi của bạn")).to_have_value(QUESTION)
    context.close()


def test_everything_works_without_javascript(browser: Browser, server: Served) -> None:
    context = without_script(browser)
    page = context.new_page()
    page.goto(server.url)
    page.get_by_label("Câu hỏi của bạn").fill(QUESTION)
    page.get_by_role("button", name="Hỏi").click()
    expect(page.locator(".answer")).to_contain_text("62")
    see_the_passage(page)
    page.go_back()
    expect(page.locator(".answer")).to_contain_text("62")
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_leaves_the_screen_sideways(page: Page, server: Served, corpus: Corpus, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", f"/?q={quote(QUESTION)}", f"/bai/{corpus.hostile.id}", "/docs"):
        page.goto(server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(browser: Browser, server: Served, scheme: str) -> None:
    """Contrast of at least 4.5:1 (WCAG 2.2, success criterion 1.4.3) of all text as drawn, in both schemes."""
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    for path in ("/", f"/?q={quote(QUESTION)}", "/?q=%3F", "/docs"):
        page.goto(server.url + path)
        weak = page.evaluate(_CONTRAST)
        assert weak == [], path
    context.close()


_CONTRAST = """() => {
  const parse = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const light = (color) => {
    const [r, g, b] = color.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const weak = [];
  let seen = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.getClientRects().length) continue;
    seen += 1;
    const [a, b] = [light(parse(getComputedStyle(element).color).slice(0, 3)), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) weak.push([element.outerHTML.slice(0, 80), ratio]);
  }
  if (seen < 5) weak.push(["no text was seen", seen]);
  return weak;
}"""


def test_the_page_is_light(server: Served) -> None:
    paths = ("page.css", "page.js", "icon.svg", "fonts/be-vietnam-pro-400.woff2", "fonts/be-vietnam-pro-600.woff2")
    total = len(server.client.get(f"/?q={quote(QUESTION)}").content)
    for path in paths:
        response = server.client.get(f"/static/{path}")
        assert response.status_code == 200, path
        total += len(response.content)
    assert 0 < total < PAGE_LIMIT_BYTES
    served = {str(path.relative_to(FOLDER / "static")) for path in (FOLDER / "static").rglob("*") if path.is_file()}
    assert served - {"fonts/OFL.txt", "admin.css"} == set(paths)  # the operator's page has a style of its own


# The parts


def article(text: str, blocks: tuple[Block, ...]) -> Article:
    return Article(
        id="00112233445566ff",
        url=None,
        original_url=None,
        title="Bài thử",
        text=text,
        blocks=blocks,
        sections=(),
        dropped=(),
        source="Báo thử",
        authority="press",
        rights="full",
        kind="news",
        author=None,
        published=None,
        event_date=None,
        date_note=None,
        place=None,
        fetched="2026-11-20T00:00:00Z",
        raw_digest="0" * 64,
        digest=text_digest(text),
    )


def citation(number: int) -> Citation:
    return Citation(
        number=number,
        article_id="00112233445566ff",
        url=None,
        original_url=None,
        title="Bài thử",
        source="Báo thử",
        kind="news",
        published=None,
        event_date=None,
        date_precision=None,
        heading="",
        quote="Có 62 sản phẩm.",
        start=3,
        end=18,
        digest="0" * 64,
    )


def answer(text: str, claims: tuple[Claim, ...], numbers: tuple[int, ...]) -> Answer:
    return Answer(
        status="answered",
        text=text,
        as_of="2026-11-22",
        corpus_updated=None,
        claims=claims,
        citations=tuple(citation(number) for number in numbers),
        notices=(),
        conversation="c",
        timings_ms=Timings(embed=0, search=0, compose=0, total=0),
    )


def test_marks_outside_of_claims_become_chips_and_those_of_the_source_stay_text() -> None:
    text = "- Nguồn ghi [1] và [2]. [1]\n- Dòng sau. [1][9]"
    end = text.index(". [1]") + 1
    second = text.index("Dòng")
    lines = answer_lines(
        answer(
            text,
            (
                Claim(start=2, end=end, kind="quoted", citations=(1,)),
                Claim(start=second, end=second + 9, kind="stated", citations=(1,)),
            ),
            (1,),
        )
    )
    assert [line.item for line in lines] == [True, True]
    assert [(piece.text, piece.chip) for piece in lines[0].pieces] == [
        ("", None),
        ("Nguồn ghi [1] và [2].", None),
        (" ", None),
        ("", 1),
    ]
    assert [piece.first for line in lines for piece in line.pieces if piece.chip] == [True, False]
    assert [(piece.text, piece.chip) for piece in lines[1].pieces][-2:] == [("", 1), ("[9]", None)]


def test_lines_with_cells_are_rows_where_there_are_several() -> None:
    text = "- An Giang, 8/2023: 92 sản phẩm [1]\n- Nam Định: 62 sản phẩm [2]\nCâu khác. [1]\n- Huế: 9 sản phẩm [2]"
    cells = [Cells(name="An Giang", when="8/2023", amount="92 sản phẩm"), Cells(name="Nam Định", when="", amount="62")]
    said = ("- An Giang, 8/2023: 92 sản phẩm", "- Nam Định: 62 sản phẩm", "Câu khác.", "- Huế: 9 sản phẩm")
    starts = [text.index(one) for one in said]
    claims = [
        Claim(start=start, end=start + len(one), kind="stated", citations=(1,), cells=own)
        for start, one, own in zip(starts, said, (*cells, None, cells[0]), strict=True)
    ]
    lines = answer_lines(answer(text, tuple(claims), (1, 2)))
    assert [line.cells for line in lines] == [*cells, None, None]
    assert lines[3].item


@given(st.text(alphabet="a1[] \n.-ộ", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_no_character_of_an_answer_is_lost(text: str, start: int, end: int) -> None:
    claims = (Claim(start=start, end=end, kind="quoted", citations=(1,)),) if 0 <= start < end <= len(text) else ()
    drawn = "".join(
        f"[{piece.chip}]" if piece.chip is not None else piece.text
        for line in answer_lines(answer(text, claims, (1,)))
        for piece in line.pieces
    )
    assert re.sub(r"[\s-]", "", drawn) == re.sub(r"[\s-]", "", text)


@st.composite
def articles_with_spans(draw: st.DrawFn) -> tuple[Article, int, int]:
    lines = draw(st.lists(st.text(alphabet="ab|ộ 1", min_size=1, max_size=12), min_size=1, max_size=6))
    blocks: list[Block] = []
    position = 0
    for line in lines:
        role = draw(st.sampled_from(["paragraph", "row", "item", "heading", "caption"]))
        if draw(st.booleans()):  # text outside of blocks must be shown too
            blocks.append(Block(role=role, start=position, end=position + len(line)))  # type: ignore[arg-type]
        position += len(line) + 1
    text = "\n".join(lines)
    start = draw(st.integers(0, len(text) - 1))
    return article(text, tuple(blocks)), start, draw(st.integers(start + 1, len(text)))


@given(articles_with_spans())
def test_the_marked_runs_are_the_span(case: tuple[Article, int, int]) -> None:
    shown, start, end = case
    runs = [
        run
        for part in article_parts(shown, [(0, len(shown.text))], (start, end))
        for cell in part.cells
        for run in cell
    ]

    def bare(text: str) -> str:
        return re.sub(r"[\s|]", "", text)  # lines become blocks and " | " becomes cells

    assert bare("".join(run.text for run in runs)) == bare(shown.text)
    assert bare("".join(run.text for run in runs if run.marked)) == bare(shown.text[start:end])
    assert [run.first for run in runs if run.marked] == [number == 0 for number in range(sum(r.marked for r in runs))]


@given(articles_with_spans(), st.data())
def test_what_lies_outside_of_the_open_spans_is_not_shown(case: tuple[Article, int, int], data: st.DataObject) -> None:
    shown, start, end = case
    second = data.draw(st.integers(end, len(shown.text)))
    spans = [(start, end)] + ([(second, len(shown.text))] if second < len(shown.text) else [])
    parts = article_parts(shown, spans)
    told = "".join(run.text for part in parts if part.role != "gap" for cell in part.cells for run in cell)
    opened = "".join(shown.text[first:last] for first, last in spans)
    assert re.sub(r"[\s|]", "", told) == re.sub(r"[\s|]", "", opened)
    left_out = [shown.text[:start], shown.text[end:second] if second < len(shown.text) else shown.text[end:]]
    assert sum(part.role == "gap" for part in parts) == sum(bool(text.strip()) for text in left_out)


def test_the_head_of_a_page_says_its_number_and_that_it_was_recognised() -> None:
    shown = replace(
        article(
            "Điều 1. Gạo\nĐiều 2. Chè", (Block(role="paragraph", start=0, end=11), Block(role="item", start=12, end=23))
        ),
        pages=(DocumentPage(number=1, start=0, end=11), DocumentPage(number=3, start=12, end=23, confidence=0.874)),
    )
    parts = article_parts(shown, [(0, 23)], (12, 23))
    assert [(part.role, part.cells[0][0].text) for part in parts] == [
        ("page", "Trang 1"),
        ("paragraph", "Điều 1. Gạo"),
        ("page", "Trang 3, nhận dạng từ bản quét, độ tin cậy 87 %"),
        ("item", "Điều 2. Chè"),
    ]


def test_a_row_is_shown_by_its_cells() -> None:
    shown = article("STT | Tên\n1 | Gạo", (Block(role="row", start=0, end=9), Block(role="row", start=10, end=17)))
    parts = article_parts(shown, [(0, len(shown.text))], (14, 17))
    assert [[[run.text for run in cell] for cell in part.cells] for part in parts] == [
        [["STT"], ["Tên"]],
        [["1"], ["Gạo"]],
    ]
    assert [run.marked for run in parts[1].cells[1]] == [True]


@pytest.mark.parametrize(
    ("text", "labelled"),
    [
        ("a) khai không thật", True),
        ("1. Có 6 trường hợp", True),
        ("- gạo", True),
        ("gạo (3 sao)", False),
        ("Nước mắm", False),
    ],
)
def test_an_item_with_a_mark_of_its_own_gets_no_bullet(text: str, labelled: bool) -> None:
    parts = article_parts(article(text, (Block(role="item", start=0, end=len(text)),)), [(0, len(text))])
    assert [part.labelled for part in parts] == [labelled]


@pytest.mark.parametrize(
    ("iso", "label"),
    [
        (None, ""),
        ("2020", "năm 2020"),
        ("2020-06", "tháng 06/2020"),
        ("2020-06-12", "12/06/2020"),
        ("2020-12-08T19:18", "08/12/2020 19:18"),
        ("2026-11-20T20:15:00Z", "21/11/2026 03:15"),  # an instant in UTC, told in Viet Nam's time
    ],
)
def test_dates_are_written_as_people_write_them(iso: str | None, label: str) -> None:
    assert date_label(iso) == label


@pytest.mark.parametrize(("value", "label"), [(62, "62"), (1234.5, "1.234,5"), (92 / 62, "1,48"), (1e6, "1.000.000")])
def test_numbers_are_written_as_vietnamese_does(value: float, label: str) -> None:
    assert number_label(value) == label


def test_a_calculation_shows_its_operands_and_their_sources() -> None:
    operands = (Operand(value=92, citation=1), Operand(value=62, citation=2))
    quotient = Calculation(operation="quotient", operands=operands, result=92 / 62)
    assert calculation_label(quotient) == "92 [1] ÷ 62 [2] = 1,48"
    share = Calculation(operation="share", operands=operands, result=148.39)
    assert calculation_label(share) == "92 [1] ÷ 62 [2] × 100 % = 148,39 %"
    assert calculation_label(Calculation(operation="maximum", operands=operands, result=92)) == (
        "lớn nhất trong 92 [1]; 62 [2]: 92"
    )


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://bao.example/a", True),
        ("http://127.0.0.1:8801/a", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("//bao.example/a", False),
        ("/bai/1", False),
        ("https:///a", False),
        ("http://[", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, linked: bool) -> None:
    assert web_link(url) == (url if linked else None)


def test_the_reader_is_linked_with_the_version_and_the_span() -> None:
    assert reader_link(citation(1)) == f"/bai/00112233445566ff?digest={'0' * 64}&start=3&end=18#doan"
