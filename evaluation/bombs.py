"""Inputs made to break readers: small files that unfold, nest, loop or lie. Each is the same every time."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TEXT = "Xã Sơn Hạ có 4 sản phẩm OCOP được công nhận hạng 3 sao trong năm nay, gồm chè, mật ong và măng khô. "
_ENTITIES = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
_DOCTYPE = f'<!DOCTYPE d [<!ENTITY a0 "OCOP">{_ENTITIES}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
_QUADRATIC = f'<!DOCTYPE d [<!ENTITY a "{"O" * 100_000}">]>'


@cache
def bombs() -> tuple[tuple[str, str, bytes], ...]:
    """(format, name, bytes) of each; formats as in `evaluation.damage`. Made once: it takes seconds."""
    return tuple(_all())


def _all() -> Iterator[tuple[str, str, bytes]]:
    for name, markup in _html():
        yield "html", name, markup.encode("utf-8", errors="surrogatepass")
    for name, text in _texts():
        yield "text", name, text
    for name, sitemap in _sitemaps():
        yield "sitemap", name, sitemap
        yield "feed", name, sitemap
    yield from (("pdf", name, body) for name, body in _pdf())
    yield from (("docx", name, body) for name, body in _docx())
    yield from (("zip", name, body) for name, body in _zip())
    yield from (("doc", name, body) for name, body in _doc())
    yield from (("image", name, body) for name, body in _images())


def _html() -> Iterator[tuple[str, str]]:
    page = f"<html><head><title>Tin</title></head><body><h1>Sản phẩm OCOP</h1><p>{_TEXT}</p>{{}}</body></html>"
    for tag in ("div", "ul><li", "table><tr><td", "blockquote", "b", "span", "a href=x", "font", "svg", "select"):
        yield f"nested {tag}", page.format(f"<{tag}>" * 50_000 + _TEXT)
    yield "nested and closed", page.format("<div>" * 20_000 + _TEXT + "</div>" * 20_000)
    yield "misnested", page.format("<b><p><i><table></b>" * 10_000)
    yield "cells", page.format("<table>" + "<tr>" + "<td>1</td>" * 100_000 + "</tr></table>")
    yield "rows", page.format("<table>" + "<tr><td>1</td><td>chè</td></tr>" * 50_000 + "</table>")
    yield "spans", page.format('<table><tr><td rowspan="999999999" colspan="999999999">x</td></tr></table>')
    yield "many spans", page.format("<table>" + '<tr><td rowspan="1000" colspan="1000">x</td></tr>' * 500 + "</table>")
    yield "attribute", page.format(f'<p class="{"x" * 3_000_000}">{_TEXT}</p>')
    yield "attributes", page.format("<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x</p>")
    yield "entities", page.format("&amp;&nbsp;&#7840;&#x1F600;&#xD800;&#99999999999;" * 30_000)
    yield "billion laughs", _DOCTYPE + page.format("&a11;&f;")
    yield "quadratic", _QUADRATIC + page.format("&a;" * 10_000)
    yield "less-than", page.format("<" * 1_000_000)
    yield "comment", page.format("<!--" * 100_000)
    yield "script", page.format("<script>" + "</scrip" * 200_000)
    yield "cdata", page.format("<![CDATA[" * 100_000)
    yield "links", page.format("".join(f'<a href="/t/{i}">tin</a>' for i in range(50_000)))
    yield "bases", page.format('<base href="http://[::1">' * 1000 + '<a href="//[x">tin</a>' * 1000)
    yield "paragraphs", page.format(f"<p>{_TEXT}</p>" * 20_000)
    yield "same paragraph", page.format("<p>a</p>" * 200_000)
    yield "title", f"<html><head><title>{'Tin ' * 250_000}</title></head><body><p>{_TEXT}</p></body></html>"
    yield "json-ld", page.format(f'<script type="application/ld+json">{"[" * 100_000}</script>')
    yield "surrogates", page.format("\ud800\udfff" * 1000)
    for charset in ("utf-7", "hex", "zlib_codec", "unicode_escape", "punycode", "idna", "rot13", "x" * 10_000, "\x00"):
        yield f"charset {charset[:20]!r}", f'<meta charset="{charset}">' + page.format("\\ud800 xn--99 ")


def _texts() -> Iterator[tuple[str, bytes]]:
    lines = {
        "spaces": " " * 2_000_000,
        "newlines": "\n" * 1_000_000,
        "one letter": "a" * 2_000_000,
        "digits": "1" * 1_000_000,
        "dates": "ngày 12 tháng 9 năm 2025 " * 40_000,
        "bad dates": f"ngày {'9' * 10_000} tháng {'9' * 10_000} năm {'9' * 10_000}",
        "numbers of law": "Số: 1234/QĐ-UBND-" * 50_000,
        "articles of law": "".join(f"Điều {i}. Sản phẩm OCOP\n1. a\na) b\n" for i in range(20_000)),
        "brackets": "(" * 500_000 + ")" * 500_000,
        "dots": "." * 1_000_000,
        "colons": "OCOP: " * 300_000,
        "bars": " | " * 300_000,
        "capitals": "ỦY BAN NHÂN DÂN " * 60_000,
        "marks": "a" + "\u0301" * 500_000,
        "directions": "\u202e\u200f" * 300_000,
        "mojibake": "Ã¡ÂºÂ£n phÃ¡ÂºÂ©m " * 50_000,
        "old letters": "S¶n phÈm OCOP cña tØnh " * 40_000,
        "lines that go on": "và măng khô của xã\n" * 40_000,
        "words": " ".join(f"từ{i}" for i in range(200_000)),
    }
    for name, line in lines.items():
        yield name, line.encode()
        yield f"{name} as a paragraph", f"Tin OCOP\n\n{_TEXT}\n\n{line}\n\n{_TEXT}".encode()
    yield "nul", b"\0" * 1_000_000
    yield "bytes", bytes(range(256)) * 4000
    yield "utf-16 cut", "\ufeffTin".encode("utf-16-le")[:-1]


def _sitemaps() -> Iterator[tuple[str, bytes]]:
    entry = "<url><loc>http://a.vn/{}</loc></url>"
    yield "billion laughs", f"{_DOCTYPE}<urlset><url><loc>&a11;&f;</loc></url></urlset>".encode()
    yield "quadratic", f"{_QUADRATIC}<urlset>{'<url><loc>&a;</loc></url>' * 1000}</urlset>".encode()
    yield "nested", b"<urlset>" + b"<url>" * 100_000
    yield "nested items", b"<rss>" + b"<item>" * 5_000 + b"<link>http://a.vn/</link>"
    yield "urls", ("<urlset>" + "".join(entry.format(i) for i in range(100_000)) + "</urlset>").encode()
    yield "loc", f"<urlset>{entry.format('x' * 3_000_000)}</urlset>".encode()
    yield "gzip bomb", gzip.compress(bytes(300_000_000), 6, mtime=0)
    yield "gzip of a gzip", gzip.compress(gzip.compress(b"<urlset/>", mtime=0), mtime=0)
    yield "gzip of blanks", gzip.compress(b"<urlset>" + b" " * 60_000_000, 6, mtime=0)
    yield "attributes", b"<urlset " + b" ".join(b"a%d='1'" % i for i in range(50_000)) + b"/>"


def _pdf_of(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    body = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, content in objects.items():
        offsets[number] = len(body)
        body += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    start = len(body)
    size = max(objects) + 1
    body += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        body += b"%010d 00000 n \n" % offsets.get(number, 0)
    return bytes(body + b"trailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, start))


def _stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n" % (len(content), extra) + content + b"\nendstream"


def _pdf() -> Iterator[tuple[str, bytes]]:
    root, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    font = b"/Resources<</Font<</F 5 0 R>>/XObject<</X 4 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" + font + b">>"
    helvetica = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    sentence = b"(Xa Son Ha %d co 4 san pham OCOP duoc cong nhan hang 3 sao trong nam nay.) Tj 0 -16 Td "
    words = b"BT /F 12 Tf 50 700 Td " + b"".join(sentence % number for number in range(8)) + b" ET"

    def one(contents: bytes, paper: bytes = page) -> bytes:
        return _pdf_of({1: root, 2: pages, 3: paper, 4: contents, 5: helvetica})

    yield "small", one(_stream(words))
    yield "page tree loop", _pdf_of({1: root, 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000000>>"})
    yield "page count", _pdf_of({1: root, 2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", 3: page, 5: helvetica})
    yield "many pages", _pdf_of({1: root, 2: b"<</Type/Pages/Count 9000/Kids[" + b"3 0 R " * 9000 + b"]>>", 3: page})
    yield (
        "deep page tree",
        _pdf_of(
            {1: root, **{i: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (i + 1) for i in range(2, 5000)}, 5000: page}
        ),
    )
    yield "paper", one(_stream(words), page.replace(b"595 842", b"1000000000 1000000000"))
    yield "no paper", one(_stream(words), page.replace(b"595 842", b"0 0"))
    yield "flate bomb", one(_stream(zlib.compress(b" " * 200_000_000, 6), b"/Filter/FlateDecode"))
    twice = zlib.compress(zlib.compress(bytes(100_000_000), 9), 9)
    yield "flate bomb twice", one(_stream(twice, b"/Filter[/FlateDecode/FlateDecode]"))
    yield "length", one(b"<</Length 99999999999>>stream\n" + words + b"\nendstream")
    yield "length loop", one(b"<</Length 4 0 R>>stream\n" + words + b"\nendstream")
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 4 0 R>>>>"
    yield "form draws itself", one(_stream(b"/X Do " * 100, form))
    yield "states", one(_stream(b"q " * 1_000_000 + words))
    yield "lines", one(_stream(b"10 10 m 500 500 l S " * 50_000))
    grid = b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S " % (i, i, i, i) for i in range(0, 590))
    yield "grid", one(_stream(grid + words))
    yield "letters", one(_stream(b"BT /F 1 Tf 1 1 Td " + b"(aaaaaaaaaaaaaaaaaaaa) Tj " * 20_000 + b"ET"))
    yield "letters in one place", one(_stream(words * 3000))
    yield "arrays", one(_stream(b"[" * 500_000))
    yield "nested dictionary", _pdf_of({1: b"<</A" * 50_000, 2: pages, 3: page})
    yield "references", _pdf_of({1: root, **{i: b"%d 0 R" % (i + 1) for i in range(2, 3000)}, 3000: b"2 0 R"})
    yield "earlier table loop", _pdf_of({1: root, 2: pages, 3: page}, b"/Prev 9")
    yield "object stream of itself", one(_stream(b"4 0 " * 100, b"/Type/ObjStm/N 100000000/First 5/Extends 4 0 R"))
    picture = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceGray"
    drawn = page.replace(b"/Contents 4 0 R", b"/Contents 6 0 R")
    pixels = _stream(zlib.compress(bytes(1_000_000)), picture + b"/Filter/FlateDecode")
    yield (
        "picture",
        _pdf_of({1: root, 2: pages, 3: drawn, 4: pixels, 5: helvetica, 6: _stream(b"595 0 0 842 0 0 cm /X Do")}),
    )
    yield "header only", b"%PDF-1.7"
    yield "header late", b"\n" * 1000 + one(_stream(words))
    yield (
        "locked",
        _pdf_of({1: root, 2: pages, 3: page}, b"/Encrypt<</Filter/Standard/V 1/R 2/O(x)/U(y)/P -4>>/ID[(a)(b)]"),
    )


def _zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def word_file(document: str, more: dict[str, bytes] | None = None) -> bytes:
    """A DOCX whose main part is `document`, with further parts."""
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        f'<Types xmlns="{kinds}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}"/></Types>'
    )
    link = f'<Relationship Id="a" Type="{office}" Target="word/document.xml"/>'
    links = f'<Relationships xmlns="{relations}">{link}</Relationships>'
    parts = {"[Content_Types].xml": types, "_rels/.rels": links, "word/document.xml": document}
    return _zipped({**{name: part.encode() for name, part in parts.items()}, **(more or {})})


def _docx() -> Iterator[tuple[str, bytes]]:
    paragraph = f"<w:p><w:r><w:t>{_TEXT}</w:t></w:r></w:p>"
    further = "<w:p><w:r><w:t>Năm 2027, xã định làm thêm hai hồ sơ OCOP và xin chấm lại ba sản phẩm.</w:t></w:r></w:p>"
    story = f"<w:p><w:r><w:t>Sản phẩm OCOP ở xã Sơn Hạ</w:t></w:r></w:p>{paragraph}{further}"

    def document(inside: str, before: str = "") -> bytes:
        return word_file(f"{before}<w:document {_WORD}><w:body>{story}{inside}</w:body></w:document>")

    yield "small", document("")
    yield "billion laughs", document("<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", _DOCTYPE)
    yield "file entity", document("<w:p><w:r><w:t>&f;</w:t></w:r></w:p>", _DOCTYPE)
    yield "quadratic", document(f"<w:p><w:r><w:t>{'&a;' * 2000}</w:t></w:r></w:p>", _QUADRATIC)
    for depth in (100, 200, 20_000):
        start, end = "<w:tbl><w:tr><w:tc>" * depth, "</w:tc></w:tr></w:tbl>" * depth
        yield f"tables {depth} deep", document(start + paragraph + end)
    yield "cells", document("<w:tbl><w:tr>" + f"<w:tc>{'<w:p/>'}</w:tc>" * 50_000 + "</w:tr></w:tbl>")
    span = '<w:tc><w:tcPr><w:gridSpan w:val="999999999"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    yield "span", document(f"<w:tbl><w:tr>{span * 100}</w:tr></w:tbl>")
    yield "runs", document("<w:p>" + "<w:r><w:t>a</w:t></w:r>" * 100_000 + "</w:p>")
    yield "paragraphs", document(paragraph * 30_000)
    level = '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="999999999999"/>'
    numbering = f'<w:numbering {_WORD}>{level}<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="{"%1" * 5000}"/></w:lvl>'
    numbering += '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    )
    whole = f"<w:document {_WORD}><w:body>{paragraph}{numbered * 200}</w:body></w:document>"
    yield "numbering", word_file(whole, {"word/numbering.xml": numbering.encode()})
    style = "".join(f'<w:style w:styleId="s{i}"><w:basedOn w:val="s{(i + 1) % 1000}"/></w:style>' for i in range(1000))
    yield "style loop", word_file(whole, {"word/styles.xml": f"<w:styles {_WORD}>{style}</w:styles>".encode()})
    yield "zeros", word_file(whole, {"word/media/a.bin": bytes(150_000_000)})
    yield "blank document", word_file(f"<w:document {_WORD}>" + " " * 150_000_000)


def _zip() -> Iterator[tuple[str, bytes]]:
    page = f"<html><body><h1>Sản phẩm OCOP</h1><p>{_TEXT}</p></body></html>".encode()
    yield "small", _zipped({"a.html": page, "b.txt": _TEXT.encode() * 3})
    yield "names", _zipped({"../../tmp/x.html": page, "/etc/x.html": page, "a\\..\\x.html": page, "\u202ex.html": page})
    yield "entries", _zipped({f"{i}.txt": b"" for i in range(20_000)})
    yield "bomb", _zipped({"a.txt": bytes(300_000_000)})
    yield "bombs", _zipped({f"{i}.txt": b" " * 3_000_000 for i in range(60)})
    inner = _zipped({"a.txt": bytes(10_000_000)})
    yield "zip of zips", _zipped({f"{i}.zip": inner for i in range(50)})
    lying = bytearray(_zipped({"a.txt": b"a" * 1000}))
    directory = lying.rindex(b"PK\x01\x02")
    struct.pack_into("<I", lying, directory + 24, 10)  # the size after unpacking, said to be ten bytes
    yield "lying size", bytes(lying)
    struct.pack_into("<H", lying, directory + 10, 99)
    yield "unknown method", bytes(lying)
    good = _zipped({"a.html": page})
    split, end = good.rindex(b"PK\x01\x02"), good.rindex(b"PK\x05\x06")
    ends = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1000, 1000, 1000 * (end - split), split, 0)
    yield "one content under many names", good[:split] + good[split:end] * 1000 + ends


def _doc() -> Iterator[tuple[str, bytes]]:
    # [MS-CFB]: the header, then sectors of 512 bytes; sector 0 is the FAT, sector 1 the directory.
    def compound(fat: bytes, directory: bytes, fat_sectors: int = 1, first_directory: int = 1) -> bytes:
        header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
        header += struct.pack("<9I", 0, fat_sectors, first_directory, 0, 4096, 0xFFFF_FFFE, 0, 0xFFFF_FFFE, 0)
        header += struct.pack("<109I", 0, *[0xFFFF_FFFF] * 108)
        return header + fat.ljust(512, b"\xff") + directory.ljust(512, b"\0") + bytes(512 * 8)

    def entry(
        name: str, kind: int, start: int, size: int, *, child: int = 0xFFFF_FFFF, side: int = 0xFFFF_FFFF
    ) -> bytes:
        encoded = (name + "\0").encode("utf-16-le")
        head = encoded.ljust(64, b"\0") + struct.pack("<HBB3I", len(encoded), kind, 1, side, side, child)
        return head + bytes(36) + struct.pack("<IQ", start, size)

    names = entry("Root Entry", 5, 0xFFFF_FFFE, 0, child=1)
    end, used = 0xFFFF_FFFE, 0xFFFF_FFFD
    loop = struct.pack("<10I", used, end, 3, 4, 2, 6, 7, 8, 9, 5)
    streams = entry("WordDocument", 2, 2, 0x7FFF_FFFF, side=2) + entry("1Table", 2, 5, 0x7FFF_FFFF, side=1)
    yield "chain loop", compound(loop, names + streams)
    yield "directory loop", compound(struct.pack("<2I", used, 1), names + streams)
    yield "siblings loop", compound(loop, entry("Root Entry", 5, end, 0, child=0, side=0) + streams)
    yield "table count", compound(loop, names + streams, fat_sectors=0x7FFF_FFFF)
    yield "directory far", compound(loop, names, first_directory=0x7FFF_FFFF)
    straight = struct.pack("<10I", used, end, 3, 4, 5, 6, 7, 8, 9, end)
    word = entry("WordDocument", 2, 2, 4096) + entry("1Table", 2, 5, 4096)
    fib = struct.pack("<2H", 0xA5EC, 0xC1).ljust(32, b"\0") + b"\x0e\0" + b"\xff" * 1000
    whole = bytearray(compound(straight, names + word))
    whole[512 * 3 : 512 * 3 + len(fib)] = fib
    yield "lying counts", bytes(whole)
    yield "header only", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _images() -> Iterator[tuple[str, bytes]]:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    def png(width: int, height: int, pixels: bytes) -> bytes:
        head = chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0))
        return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")

    yield "huge png", png(60_000, 60_000, bytes(1_000_000))
    yield "thin png", png(1, 30_000_000, bytes(1_000_000))
    yield "white png", png(1000, 1000, b"\0" + b"\xff" * 1000)
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(100_000_000)))
    yield "png with a text bomb", png(10, 10, b"\xff" * 110)[:33] + text + png(10, 10, b"\xff" * 110)[33:]
    directory = struct.pack("<H", 1) + struct.pack("<2H2I", 256, 4, 1, 1) + struct.pack("<I", 8)
    yield "tiff directory loop", b"II*\0" + struct.pack("<I", 8) + directory
    yield "tiff count", b"II*\0" + struct.pack("<IH2H2I", 8, 65535, 273, 4, 0xFFFF_FFFF, 8)
    yield "jpeg cut", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(100)
