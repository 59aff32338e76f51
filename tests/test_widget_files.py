"""What a portal's page loads: how heavy it is, that it is what its hash says, and that nothing unchecked runs."""

import gzip
import json
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.embedding.answers import QUESTION
from tests.embedding.front import Asked, Front, Portal
from tests.embedding.portal_page import PAGE, Open, Opened, Stage, script_line
from widget.embedded import FOLDER, LOADER, embedded, integrity

pytest_plugins = ["tests.embedding.fixtures"]

LOADER_LIMIT_BYTES = 3000
CHAT_LIMIT_BYTES = 20_000
LATER = ("after.js", "score.js")
LANGUAGES = ("vi.js", "en.js")


def packed(client: httpx.Client, path: str) -> int:
    """How many bytes a file takes on the line."""
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as response:
        assert response.status_code == 200
        assert response.headers["content-encoding"] == "gzip"
        return len(b"".join(response.iter_raw()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_loader_and_the_chat_are_light(stage: Stage, language: str) -> None:
    files = embedded()
    loader = packed(stage.server.client, "/widget.js")
    sizes = {name: packed(stage.server.client, f"/widget/{files.version}/{name}") for name in files.parts}
    first = {name for name in sizes if name not in {*LATER, *LANGUAGES}} | {language}
    assert 1000 < loader <= LOADER_LIMIT_BYTES
    assert loader + sum(sizes[name] for name in first) <= CHAT_LIMIT_BYTES


def test_what_a_page_fetches_is_what_the_sizes_count(opened: Open, front: Front) -> None:
    files = embedded()
    shown = opened()
    shown.open()
    loaded = [Path(path).name for _, path, _ in front.asked if path.startswith("/widget")]
    names = {"widget.js", *files.parts} - {*LATER, "en.js"}
    assert sorted(loaded) == sorted(names)  # each once, and no more


def test_the_published_hash_is_the_loaders_and_the_loader_has_those_of_all_others(stage: Stage) -> None:
    told = stage.server.client.get("/widget-integrity.json").json()
    loader = stage.server.client.get("/widget.js").content
    assert told["src"] == "/widget.js"
    assert told["integrity"] == integrity(loader)
    declared = re.search(rb"^const HASHES = (\{.*\});$", loader, re.MULTILINE)
    assert declared is not None
    hashes = json.loads(declared[1])
    assert set(hashes) == {path.name for path in FOLDER.glob("*.js")} - {LOADER}
    for name, value in hashes.items():
        body = stage.server.client.get(f"/widget/{told['version']}/{name}").content
        assert value == integrity(body, "sha256"), name


def test_files_may_be_kept_by_browsers_and_read_by_any_page(stage: Stage) -> None:
    version = embedded().version
    loader = stage.server.client.get("/widget.js")
    part = stage.server.client.get(f"/widget/{version}/chat.js")
    assert loader.headers["cache-control"] == "no-cache"
    assert part.headers["cache-control"] == "public, max-age=31536000, immutable"
    for response in (loader, part):
        assert response.headers["content-type"] == "text/javascript; charset=utf-8"
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "set-cookie" not in response.headers
        again = stage.server.client.get(response.url.path, headers={"If-None-Match": response.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    whole = stage.server.client.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert whole.content == loader.content == gzip.decompress(gzip.compress(loader.content))
    assert whole.headers["etag"] != loader.headers["etag"]
    assert stage.server.client.head("/widget.js").status_code == 200


@pytest.mark.parametrize(
    "path", ["/widget/000000000000/chat.js", "/widget/{version}/loader.js", "/widget/{version}/..%2Fpage.py"]
)
def test_nothing_else_is_served_under_the_parts_address(stage: Stage, path: str) -> None:
    assert stage.server.client.get(path.format(version=embedded().version)).status_code == 404


@pytest.fixture
def pinned(portal: Portal, front: Front) -> Portal:
    """The portal pins the loader by its published hash."""
    told = httpx.get(f"{front.url}/widget-integrity.json", trust_env=False).json()
    line = script_line(front.url).replace(" defer", f' integrity="{told["integrity"]}" crossorigin="anonymous" defer')
    portal.pages["/"] = PAGE.format(lang="vi", body="", script=line)
    return portal


def opened_with(front: Front, opened: Open, name: str) -> Opened:
    """The portal's page, where one file is not what its hash says."""

    def tampered(asked: Asked) -> None:
        asked.begin(200, "text/javascript", **{"Access-Control-Allow-Origin": "*"})
        body = httpx.get(front.upstream + asked.path, trust_env=False).content
        asked.wfile.write(b"globalThis.tampered = true;\n" + body)

    path = "/widget.js" if name == "widget.js" else f"/widget/{embedded().version}/{name}"
    front.scripts[path] = tampered
    return opened()


@pytest.mark.usefixtures("pinned")
def test_a_pinned_page_works(opened: Open) -> None:
    shown = opened()
    assert shown.page.evaluate("document.querySelector('script').integrity") == integrity(embedded().loader)
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    expect(shown.last.locator(".lines")).to_contain_text("62 sản phẩm OCOP")


@pytest.mark.usefixtures("pinned")
@pytest.mark.parametrize("name", ["widget.js", "chat.js", "element.js", "vi.js", "stream.js"])
def test_a_file_that_was_changed_on_the_way_never_runs(opened: Open, front: Front, name: str) -> None:
    shown = opened_with(front, opened, name)
    if name == "widget.js":
        expect(shown.page.locator("ocop-assistant")).to_have_count(0)
    else:
        shown.start.click()
        expect(shown.page.locator("ocop-assistant .failed")).to_be_visible()
        expect(shown.panel).to_have_count(0)
    assert shown.page.evaluate("globalThis.tampered") is None
    assert any("integrity" in fault for fault in shown.faults)
    shown.faults.clear()


def test_the_page_needs_no_more_than_its_policy_says(opened: Open, portal: Portal) -> None:
    """No inline script or style, no eval, nothing of another host: with every step the policy reports nothing."""
    broken = (
        "addEventListener('securitypolicyviolation', (event) => (window.broken ??= []).push(event.violatedDirective))"
    )
    shown = opened(init=broken)
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    shown.last.locator(".chip").first.click()
    shown.last.get_by_role("button", name="In", exact=True).click()
    assert shown.page.evaluate("window.broken") is None
    assert shown.page.context.cookies() == []
    assert "unsafe" not in portal.policy


def test_sources_say_nothing_that_the_policy_forbids() -> None:
    for path in FOLDER.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "document.cookie",
            "localStorage",
        ):
            assert word not in text, f"{path.name}: {word}"


def test_both_languages_say_the_same_things() -> None:
    names = [re.findall(r"^  (\w+):", (FOLDER / name).read_text(encoding="utf-8"), re.MULTILINE) for name in LANGUAGES]
    assert names[0] == names[1]
    assert len(names[0]) > 60
    used = {
        name
        for path in FOLDER.glob("*.js")
        for name in re.findall(r"\btexts\.(\w+)", path.read_text(encoding="utf-8"))
        if path.name != LOADER
    }
    assert used == set(names[0])


def test_only_comments_and_indentation_are_left_out() -> None:
    for name, body in embedded().parts.items():
        kept = [line for line in body.decode().split("\n") if line]
        source = [line.strip() for line in (FOLDER / name).read_text(encoding="utf-8").split("\n")]
        assert [line.rstrip() for line in kept] == [line for line in source if line in set(kept) and line]
        assert not any(line.startswith(("//", "/**", "* ")) for line in kept), name
        left_out = {line for line in source if line} - {line.rstrip() for line in kept}
        assert all(line.startswith(("//", "/*", "*")) for line in left_out), name
        assert left_out, name


def test_the_sources_are_modules_that_parse(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node to parse with; Chromium runs every file in the other tests")

    def refused(name: str, body: bytes) -> str:
        path = tmp_path / name.replace(".js", ".mjs")
        path.write_bytes(body)
        return subprocess.run([node, "--check", str(path)], capture_output=True, text=True, check=False).stderr

    files = {**embedded().parts, LOADER: embedded().loader}
    assert {name: refused(name, body) for name, body in files.items()} == dict.fromkeys(files, "")
    assert "SyntaxError" in refused("broken.js", embedded().loader[:-20])


def test_the_version_is_of_what_is_served() -> None:
    files = embedded()
    assert files.version == sha256(b"".join(files.parts.values())).hexdigest()[:12]
    assert f'const VERSION = "{files.version}";'.encode() in files.loader
