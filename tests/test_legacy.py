"""Old encodings and wrong decodings of Vietnamese are read rightly; correct text of any language stays as it is."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.draft import Origin
from crawler.read import read_article
from crawler.text.charmap import from_old
from crawler.text.decode import charset_of, decode, decode_with_offsets
from crawler.text.legacy import encoding_of, repair, repaired, repaired_lines
from crawler.text.syllable import is_syllable
from crawler.trace import trace

SENTENCES = (
    "Hợp tác xã Lúa Vàng nhận giấy chứng nhận sản phẩm đạt ba sao.",
    "Ủy ban nhân dân tỉnh vừa công nhận mười bốn sản phẩm của chín chủ thể.",
    "Mật ong, chè búp và gạo nếp là những mặt hàng được khách đặt nhiều nhất.",
    "Người trồng quýt ở xã Bình Khương chuyển sang canh tác hữu cơ từ năm ngoái.",
    "Mỗi hộ nuôi khoảng hai nghìn gà thả vườn, chăm kỹ, chỉ xuất bán khi đủ tuổi.",
    "Đường lên bản quanh co, khuỷu tay áo; thuở trước phải đi bộ cả buổi mới tới chợ.",
    "Giám đốc Sở Nông nghiệp nói: “Không chạy theo số lượng, giữ lấy chất lượng.”",
    "Quỹ tín dụng cho vay vốn ưu đãi, lãi suất thấp hơn ngân hàng thương mại.",
)
# Written from the standards again, letter by letter, not with the tables under test.
TCVN3 = dict(
    pair.split(":")
    for pair in (
        "Ă:\xa1 Â:\xa2 Ê:\xa3 Ô:\xa4 Ơ:\xa5 Ư:\xa6 Đ:\xa7 ă:\xa8 â:\xa9 ê:\xaa ô:\xab ơ:\xac ư:\xad đ:\xae "
        "à:\xb5 ả:\xb6 ã:\xb7 á:\xb8 ạ:\xb9 ằ:\xbb ẳ:\xbc ẵ:\xbd ắ:\xbe ặ:\xc6 ầ:\xc7 ẩ:\xc8 ẫ:\xc9 ấ:\xca ậ:\xcb "
        "è:\xcc ẻ:\xce ẽ:\xcf é:\xd0 ẹ:\xd1 ề:\xd2 ể:\xd3 ễ:\xd4 ế:\xd5 ệ:\xd6 ì:\xd7 ỉ:\xd8 ĩ:\xdc í:\xdd ị:\xde "
        "ò:\xdf ỏ:\xe1 õ:\xe2 ó:\xe3 ọ:\xe4 ồ:\xe5 ổ:\xe6 ỗ:\xe7 ố:\xe8 ộ:\xe9 ờ:\xea ở:\xeb ỡ:\xec ớ:\xed ợ:\xee "
        "ù:\xef ủ:\xf1 ũ:\xf2 ú:\xf3 ụ:\xf4 ừ:\xf5 ử:\xf6 ữ:\xf7 ứ:\xf8 ự:\xf9 ỳ:\xfa ỷ:\xfb ỹ:\xfc ý:\xfd ỵ:\xfe"
    ).split(" ")
)
VNI = dict(
    pair.split(":")
    for pair in (
        "á:aù à:aø ả:aû ã:aõ ạ:aï â:aâ ấ:aá ầ:aà ẩ:aå ẫ:aã ậ:aä ă:aê ắ:aé ằ:aè ẳ:aú ẵ:aü ặ:aë é:eù è:eø ẻ:eû ẽ:eõ "
        "ẹ:eï ê:eâ ế:eá ề:eà ể:eå ễ:eã ệ:eä í:í ì:ì ỉ:æ ĩ:ó ị:ò ó:où ò:oø ỏ:oû õ:oõ ọ:oï ô:oâ ố:oá ồ:oà ổ:oå ỗ:oã "
        "ộ:oä ơ:ô ớ:ôù ờ:ôø ở:ôû ỡ:ôõ ợ:ôï ú:uù ù:uø ủ:uû ũ:uõ ụ:uï ư:ö ứ:öù ừ:öø ử:öû ữ:öõ ự:öï ý:yù ỳ:yø ỷ:yû "
        "ỹ:yõ ỵ:î đ:ñ"
    ).split(" ")
)
VNI |= {letter.upper(): old.upper() for letter, old in VNI.items()}
TONES = "\u0300\u0301\u0303\u0309\u0323"


def tcvn3(text: str) -> str:
    assert not re.search("[ÀẢÃÁẠẰẲẴẮẶẦẨẪẤẬÈẺẼÉẸỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴ]", text), (
        "no such letter in VN3"
    )
    return "".join(TCVN3.get(char, char) for char in text)


def vni(text: str) -> str:
    return "".join(VNI.get(char, char) for char in text)


def windows_1258(text: str) -> bytes:
    """As Windows writes it: a letter and its tone apart, unless the code page has them as one."""
    octets = b""
    for char in text:
        parts = normalize("NFD", char)
        tone = "".join(mark for mark in parts if mark in TONES)
        letter = normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
        try:
            octets += char.encode("cp1258")
        except UnicodeEncodeError:
            octets += (letter + tone).encode("cp1258")
    return octets


def small(text: str) -> str:
    """Without the capitals that TCVN3 has no codes for."""
    return re.sub("[À-Ỹ]", lambda match: match[0] if match[0] in TCVN3 else match[0].lower(), text)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_one_sentence_is_enough(sentence: str) -> None:
    assert repaired(tcvn3(small(sentence))) == small(sentence)
    assert repaired(vni(sentence)) == sentence
    assert normalize("NFC", repaired(windows_1258(sentence).decode("cp1252"))) == sentence
    misread = sentence.encode().decode("latin-1")
    assert repaired(misread) == sentence
    assert repaired(misread.encode().decode("latin-1")) == sentence


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_words_of_vietnamese(data: st.DataObject) -> None:
    words = sorted({word for sentence in SENTENCES for word in re.findall(r"[^\W\d_]+", sentence.lower())})
    drawn = data.draw(st.lists(st.sampled_from(words), min_size=12, max_size=60))
    text = " ".join(drawn)
    distinct = {word for word in drawn if not word.isascii()}
    if len(distinct) < 8:
        return
    for old in (tcvn3(text), vni(text)):
        assert repaired(old) == text
        mended = repair(old)
        assert mended is not None
        assert len(mended.origins) == len(mended.text)
        assert mended.origins == sorted(mended.origins)
    assert repaired(text) == text
    assert repaired(normalize("NFD", text)) == normalize("NFD", text)


FOREIGN = """Où était-elle passée ? Les élèves français étudiaient à côté de la forêt, où ils avaient mangé des pâtes.
Le « père Noël » arrive bientôt : maïs, cœur, naïveté, ambiguë, Saône, dès, à Éric, où ça ? Sì, più, là, déjà.
El niño pequeño comió piñas por la mañana; ¿qué pasó? pingüino, corazón, aéreo, maní, ají, allí, caí, oí, reí, país.
Não há como saber se a situação já mudou; São Paulo é úmida, avó e avô, pão, mãe, só, lá, cá, três, à, às, órgão.
Die Größe der Straße überrascht: schöne Bäume, süße Äpfel, müde Köche, hören, töten, böse, für, Öl, König, Mädchen.
Över sjön går båten på måndag; älven är djup, så vi får åka. På øen børn, brød, rødgrød med fløde, år, på, så.
Það er gott veður á Íslandi; þú ert góður maður, ég á bát. Ðað er Höfn, sæll, já, við, þið.
Kölcsönös megértés: az út, jó, ő, új, vér, kéz, ház, fű, tűz, öt, hét, tíz, lányok és fiúk.
Ünlü şair güneşli bir günde çok güzel. Țara și oraș în România; Łódź, żółw; Đuro, đak.
Gàidhlig: tha mi a' dol dhan bhùth; là, gu bràth, mòr, bòidheach; Tàpies, Núria, què, això, és, més, només.
Château d'Yquem® 75µg/m³ ½ «Nam» 25°C ±2 §12 ·middle· ©2024 £20 a×b ÷ x² — “quotes” … ™ € ˆ Š ž
if (a && b) { return "\\u00e9" + `ñ` + "©®"; } // &agrave; is one reference, Ã© one letter misread"""
LATIN_ONLY = "Tôi có bà và cô. Mà là cá, là lá, là má? Có ý gì, là à, là á; hai con bê, ba cô, ông và bà ăn cá."


@pytest.mark.parametrize("text", [*FOREIGN.splitlines(), FOREIGN, LATIN_ONLY, *SENTENCES])
def test_correct_text_stays(text: str) -> None:
    assert repair(text) is None
    assert repair((text + "\n") * 30) is None


def test_pages_in_western_charsets_stay() -> None:
    for line in FOREIGN.splitlines():
        try:
            body = line.encode("cp1252")
        except UnicodeEncodeError:
            continue
        assert decode(body, "text/html; charset=ISO-8859-1") == line


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("t¸c", False),
        ("taùc", False),
        ("tác", True),
        ("nghiêng", True),
        ("QUYẾT", True),
        ("khuỷu", True),
        ("giếng", True),
        ("đắk", True),
        ("tàc", False),
        ("ổộ", False),
        ("straße", False),
        ("", False),
    ],
)
def test_syllables(words: str, expected: bool) -> None:
    assert is_syllable(words) is expected
    assert is_syllable(normalize("NFD", words)) is expected


def test_two_words_are_too_few() -> None:
    assert repaired(tcvn3("hợp tác")) == tcvn3("hợp tác")
    assert encoding_of(tcvn3("hợp tác")) is None


def test_lines_of_one_document_are_judged_together() -> None:
    lines = ["Hợp tác", SENTENCES[2], "2025", "Kính gửi:"]
    assert repaired_lines(tcvn3(line) for line in lines) == lines
    assert repaired_lines(lines) == lines
    assert repaired_lines([]) == []


def test_old_paragraphs_beside_new_ones() -> None:
    new, old = SENTENCES[2], SENTENCES[3]
    for encode in (tcvn3, vni):
        page = f"<p>{new}</p><p>{encode(old)}</p>\n<p>{LATIN_ONLY}</p><p>café, naïve, Zoë</p>"
        assert repaired(page) == f"<p>{new}</p><p>{old}</p>\n<p>{LATIN_ONLY}</p><p>café, naïve, Zoë</p>"


def test_capital_fonts_of_tcvn3() -> None:
    body = tcvn3(SENTENCES[2])
    heading = "Së C¤NG TH¦¥NG - QUYÕT §ÞNH VÒ VIÖC C¤NG NHËN S¶N PHÈM"
    assert repaired(f"{heading}\n{body}").splitlines()[0] == "Sở CÔNG THƯƠNG - QUYẾT ĐỊNH VỀ VIỆC CÔNG NHẬN SẢN PHẨM"
    assert repaired(f"ñy ban nh©n d©n\n{body}").splitlines()[0] == "ủy ban nhân dân"


def test_capital_fonts_that_the_page_names() -> None:
    old = tcvn3("ủy ban nhân dân xã")
    body = tcvn3(SENTENCES[2])
    page = (
        f'<p><font face=".VnTimeH" size=4><b>{old}</b> {old}</font> {old}</p><p style="font-family:.VnArialH">{old}</p>'
    )
    big, small_ = "ỦY BAN NHÂN DÂN XÃ", "ủy ban nhân dân xã"
    assert re.sub("<[^<>]*>", "", repaired(page)) == f"{big} {big} {small_}{big}"
    assert repaired(f"{page}<p>{body}</p>").endswith(f"<p>{SENTENCES[2]}</p>")


def test_letters_that_look_right() -> None:
    text = "Nghị quyết của HÐND tỉnh Ðồng Nai: nhƣ vậy, Ðiều 2 hƣớng dẫn."
    assert repaired(text) == "Nghị quyết của HĐND tỉnh Đồng Nai: như vậy, Điều 2 hướng dẫn."


def test_references_escaped_twice() -> None:
    page = "<p>H&amp;agrave; N&amp;ocirc;i c&amp;oacute; ch&amp;#7907;&amp;nbsp;qu&amp;ecirc; &amp;lt;b&amp;gt;</p>"
    assert repaired(page) == "<p>Hà Nôi có chợ\u00a0quê &amp;lt;b&amp;gt;</p>"
    plain = "H&agrave; c&oacute; ch&#7907; &amp; b&aacute;nh"
    assert repaired(plain) == "Hà có chợ &amp; bánh"


@pytest.mark.parametrize(
    "declared", ["", "text/html; charset=iso-8859-1", "text/html; charset=windows-1252", "x-user-defined"]
)
@pytest.mark.parametrize("name", ["tcvn3", "vni", "cp1258", "references"])
def test_pages_of_bytes(name: str, declared: str) -> None:
    text = small(" ".join(SENTENCES))
    if name == "cp1258":
        body = windows_1258(text)
    elif name == "references":
        body = "".join(f"&#{ord(char)};" if "\xa0" < char <= "\xff" else char for char in tcvn3(text)).encode("cp1252")
    else:
        body = (tcvn3 if name == "tcvn3" else vni)(text).encode("cp1252")
    page = b'<html><font face=".VnTime"><p>' + body + b"</p></font>"
    decoded, offsets = decode_with_offsets(page, declared)
    assert decoded == decode(page, declared)
    assert normalize("NFC", decoded) == f'<html><font face=".VnTime"><p>{text}</p></font>'
    assert len(offsets) == len(decoded) + 1
    assert (offsets[0], offsets[-1], offsets == sorted(offsets)) == (0, len(page), True)
    word = "quy\u0301t" if name == "cp1258" else "quýt"
    at = decoded.index(word)
    written = {"tcvn3": b"qu\xfdt", "vni": b"quy\xf9t", "cp1258": b"quy\xect", "references": b"qu&#253;t"}[name]
    assert page[offsets[at] : offsets[at + len(word)]] == written


def test_charsets_that_are_no_charset_of_the_web() -> None:
    for name in ("idna", "unicode_escape", "utf-7", "zlib", "punycode", "rot13"):
        assert charset_of("Chè búp".encode(), f"text/html; charset={name}") == ("utf-8", 0)


def test_utf8_with_a_broken_letter() -> None:
    body = " ".join(SENTENCES).encode()[:-1] + b"\xe1\xba"
    for declared in ("", "text/html; charset=iso-8859-1", "text/html; charset=utf-8"):
        assert decode(body, declared).startswith(SENTENCES[0])


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_an_old_page_is_read_and_traced_to_its_bytes(encode: Callable[[str], str]) -> None:
    encoded = [encode(small(sentence)) for sentence in SENTENCES]
    head = "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'></head><body>"
    page = head + f"<h1>{encode('Chín sản phẩm của xã Bình Khương')}</h1>" + "".join(f"<p>{one}</p>" for one in encoded)
    raw = Raw(body=(page + "</body></html>").encode("cp1252"), content_type="text/html")
    article = read_article(raw, Origin(source="Trang mẫu", fetched="2026-01-02T03:04:05Z"))
    assert article.title == "Chín sản phẩm của xã Bình Khương"
    assert article.text.split("\n") == [small(sentence) for sentence in SENTENCES]
    start = article.text.index("chăm kỹ")
    ((first, last),) = trace(raw, article, start, start + len("chăm kỹ"))
    assert raw.body[first:last].decode("cp1252") == encode("chăm kỹ")


SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not beside this checkout")
def test_real_texts() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))]
    laws = json.loads((SHARED / "retrieval" / "alqac23_all_articles_2023.json").read_text(encoding="utf-8"))
    texts += [normalize("NFC", text) for text in list(laws.values())[:200]]
    for text in texts:
        plain = re.sub(r"[ÐðƢƣ\xad]", "", text)
        assert repaired(plain) == plain
        assert repaired(vni(plain)) == plain
        assert from_old(tcvn3(plain.lower()), "tcvn3").text == plain.lower()


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=80),
    st.sampled_from(["", "utf-8", "utf-16", "utf-16-be", "gb18030", "big5", "shift_jis", "euc-kr", "windows-1252"]),
)
def test_any_bytes_have_as_many_offsets_as_characters(body: bytes, charset: str) -> None:
    declared = f"text/html; charset={charset}"
    text, offsets = decode_with_offsets(body, declared)
    assert text == decode(body, declared)
    assert len(offsets) == len(text) + 1
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(body)
