"""The unmodified mcp library as client of the tools, over HTTP and over standard input and output."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

import httpx
import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent

from assistant.settings import load_settings
from tests.conftest import ROOT, Corpus, Served, served

QUESTION = "Tính đến tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?"
PLACELESS = "Tỉnh mình có bao nhiêu sản phẩm OCOP?"
TOOLS = {"ask", "search", "get_article", "decisions", "products"}
CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "thu", "version": "1"},
    },
}
HEADERS = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}

T = TypeVar("T")
Use = Callable[[Client], Awaitable[T]]
# How a client reaches the tools: over what, and with the handshake of which years.
WAYS = ("http", "http of 2025", "stdio", "stdio of 2025")


@pytest.fixture(scope="module", params=WAYS)
def connected(request: pytest.FixtureRequest, server: Served, corpus: Corpus) -> Callable[[Use[Any]], Any]:
    """Runs what uses a client, with one connected in each way."""

    def run(use: Use[Any]) -> Any:
        async def connect() -> Any:
            async with AsyncExitStack() as stack:
                mode = "legacy" if "2025" in request.param else "auto"
                if request.param.startswith("http"):
                    web = await stack.enter_async_context(httpx2.AsyncClient(trust_env=False, timeout=60))
                    transport = streamable_http_client(f"{server.url}/mcp", http_client=web)
                    client = Client(transport, mode=mode)
                else:
                    command = [str(ROOT / "server.py"), "--mcp", "--data", str(corpus.data)]
                    client = Client(StdioServerParameters(command=sys.executable, args=command), mode=mode)
                return await use(await stack.enter_async_context(client))

        return asyncio.run(connect())

    return run


def text(result: CallToolResult) -> str:
    assert len(result.content) == 1
    assert isinstance(result.content[0], TextContent)
    return result.content[0].text


def test_the_tools_read_their_way_and_say_so(
    connected: Callable[[Use[Any]], Any], server: Served, corpus: Corpus
) -> None:
    async def use(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == TOOLS
        for tool in tools.values():
            assert tool.annotations is not None
            assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
            assert tool.description
            assert tool.output_schema is not None

        answered = await client.call_tool("ask", {"question": QUESTION})
        record = answered.structured_content
        assert record is not None
        plain = server.client.post("/api/ask", json={"question": QUESTION}).json()
        assert (record["text"], record["citations"]) == (plain["text"], plain["citations"])
        assert text(answered).startswith(f"{plain['text']}\n\n")
        assert f"\n[1] {corpus.nam_dinh.title} (Báo thử, 12/6/2020): https://bao.example/nam-dinh.html" in text(
            answered
        )

        following = {"question": "Còn An Giang cuối tháng 8/2023?", "conversation": record["conversation"]}
        assert "92" in text(await client.call_tool("ask", following))

        found = await client.call_tool("search", {"query": "sản phẩm OCOP", "province": ["An Giang"], "limit": 3})
        assert found.structured_content is not None
        hits = found.structured_content["hits"]
        assert {hit["article_id"] for hit in hits} == {corpus.an_giang.id}
        assert corpus.an_giang.title in text(found)
        bare = await client.call_tool("search", {"query": "san pham an giang", "limit": 1})
        assert text(bare).startswith("Câu hỏi được đọc là: “sản phẩm an giang”\n\n")

        citation = record["citations"][0]
        read = await client.call_tool("get_article", {key: citation[key] for key in ("article_id", "digest")})
        assert read.structured_content is not None
        assert read.structured_content["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert corpus.nam_dinh.text in text(read)

        asked_back = await client.call_tool("ask", {"question": PLACELESS})
        assert asked_back.structured_content is not None
        assert asked_back.structured_content["status"] == "needs_clarification"
        placed = await client.call_tool("ask", {"question": PLACELESS, "province": "tỉnh An Giang"})
        assert "92" in text(placed)
        assert "được hiểu là hỏi về An Giang" in text(placed)

        for name in ("decisions", "products"):
            listed = await client.call_tool(name, {"province": ["Nam Định"], "limit": 5})
            assert listed.structured_content is not None
            plain = server.client.get(f"/api/{name}", params={"province": "Nam Định", "limit": 5}).json()
            assert listed.structured_content == plain

        for name, given, said in (
            ("products", {"star": [6]}, "star"),
            ("decisions", {"issued_from": "hôm qua"}, "issued_from"),
            ("ask", {"question": " "}, "Xin gõ một câu hỏi"),
            ("ask", {"question": PLACELESS, "province": "Atlantis"}, "không biết tỉnh, thành phố nào tên"),
            ("search", {"query": "ocop", "province": ["Atlantis"]}, "Atlantis"),
            ("search", {"query": "ocop", "limit": 1000}, "limit"),
            ("get_article", {"article_id": "0000000000000000"}, "không có bài"),
        ):
            refused = await client.call_tool(name, given)
            assert refused.is_error
            assert said in text(refused)

    connected(use)


def test_hostile_pages_are_text_for_a_model_too(server: Served, corpus: Corpus) -> None:
    response = server.client.post("/mcp", json=call("search", {"query": "Cà Mau"}), headers=HEADERS)
    said = response.json()["result"]["content"][0]["text"]
    assert "\\<script>alert(1)\\</script> Cà Mau" in said
    assert "javascript:" not in said


def call(tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({}, 200),
    ],
)
def test_pages_of_others_do_not_reach_the_tools(server: Served, headers: dict[str, str], status: int) -> None:
    response = server.client.post("/mcp", json=CALL, headers={**HEADERS, **headers})
    assert response.status_code == status


@pytest.fixture(scope="module")
def named(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server behind a name of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OCOP_MCP_HOSTS", "tro-ly.example, 10.0.0.5:8000")
        with served(corpus.data, tmp_path_factory.mktemp("log") / "server.log") as running:
            yield running


def test_the_names_of_the_server_are_taken_and_no_others(named: Served) -> None:
    def status(**headers: str) -> int:
        response: httpx.Response = named.client.post("/mcp", json=CALL, headers={**HEADERS, **headers})
        return response.status_code

    assert status(Host="tro-ly.example", Origin="https://tro-ly.example") == 200
    assert status(Host="10.0.0.5:8000") == 200
    assert status(Host="tro-ly.example.evil.example") == 421
    assert status(Host="tro-ly.example:8080") == 421
    assert status(Origin="https://tro-ly.example.evil.example") == 403


def test_a_place_left_out_is_the_portals(corpus: Corpus, tmp_path: Path) -> None:
    table = tmp_path / "cong.toml"
    table.write_text('[[portal]]\nid = "nam-dinh"\nname = "Cổng"\nprovince = "Nam Định"\n', encoding="utf-8")

    def asked(server: Served, path: str, headers: dict[str, str], **arguments: str) -> dict[str, Any]:
        body = call("ask", {"question": PLACELESS, **arguments})
        given = server.client.post(path, json=body, headers={**HEADERS, **headers})
        record: dict[str, Any] = given.json()["result"]["structuredContent"]
        return record

    with served(corpus.data, tmp_path / "log", settings={"OCOP_PORTALS": str(table)}) as running:
        for path, headers in (("/mcp", {"X-OCOP-Portal": "nam-dinh"}), ("/mcp?portal=nam-dinh", {})):
            answer = asked(running, path, headers)
            assert (answer["status"], "62" in answer["text"]) == ("answered", True)
            # what the model says itself comes first
            assert "92" in asked(running, path, headers, province="An Giang")["text"]
        assert asked(running, "/mcp", {})["status"] == "needs_clarification"
        body = call("ask", {"question": PLACELESS})
        refused = running.client.post("/mcp?portal=khong-co", json=body, headers=HEADERS)
        assert refused.status_code == 404


@pytest.mark.parametrize("hosts", ["https://a.example", "a.example/x", "*.example", "a@b.example", ":80"])
def test_hosts_that_are_none_are_refused(hosts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_MCP_HOSTS", hosts)
    with pytest.raises(ValueError, match="OCOP_MCP_HOSTS"):
        load_settings()


def without_the_library(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules['mcp'] = None\n{code}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_without_the_extra_the_command_names_it(tmp_path: Path) -> None:
    done = without_the_library(f"import server; sys.exit(server.main(['--mcp', '--data', {str(tmp_path)!r}]))")
    assert done.returncode == 1
    assert '".[mcp]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_extra_the_rest_serves_and_the_log_says_what_is_missing(tmp_path: Path) -> None:
    code = (
        "import logging; logging.basicConfig(level=logging.INFO)\n"
        "from pathlib import Path; from server import create_app; from web.service import Service\n"
        f"app = create_app(Service(Path({str(tmp_path)!r})))\n"
        "import json; print(json.dumps([route.path for route in app.routes if hasattr(route, 'path')]))"
    )
    done = without_the_library(code)
    assert done.returncode == 0, done.stderr
    paths = json.loads(done.stdout)
    assert "/mcp" not in paths
    assert "/api/health" in paths
    assert "/mcp is off" in done.stderr
    assert '".[mcp]"' in done.stderr
