"""The documents tell the truth: what they name exists, and what exists is named in README.md or CONTRIBUTING.md.

Looked at: code spans and fenced code blocks only. A command is `python -m NAME [SUBCOMMAND] …` or `python server.py …`
(`.venv/bin/python` too); its flags are looked up in that command's own --help.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from server import create_app
from tests.test_layout import READS_ENVIRONMENT
from web.service import Service

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md")
# For readers of Vietnamese: what they name exists, but they need not name everything.
IN_VIETNAMESE = ("README.vi.md", "docs/van-hanh.md", "docs/nhung-widget.md")
PROGRAMS = ("crawler", "index", "assistant", "demo", "evaluation", "benchmarks", "server.py")
# Pages are no part of the OpenAPI description; the map of /static is the pages' own.
PAGES = {
    "/",
    "/bai/{article_id}",
    "/bai/{article_id}/trang/{page}",
    "/quyet-dinh",
    "/quyet-dinh/{key}",
    "/san-pham",
    "/san-pham/{key}",
    "/so-lieu",
    "/van-ban",
    "/van-ban/{number}",
    "/tu-cham-diem",
    "/ra-soat",
    "/docs",
    "/openapi.json",
    "/mcp",
    "/admin",
    "/admin/cau-hoi.csv",
    "/metrics",
    "/widget.js",
    "/widget-integrity.json",
}
NOT_OURS = {"--help"}

_FENCE = re.compile(r"^(```+|~~~+)[^\n]*\n(.*?)^\1", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_COMMAND = re.compile(r"python3?\s+(?:-m\s+(?P<module>[a-z_]+)|(?P<script>[a-z_]+\.py))(?P<rest>[^\n|;&#]*)")
_FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_OPTION_LINE = re.compile(r"^ {2,4}(?:-\w(?: [^\s,]+)?, )?(--[a-z][a-z-]*)", re.MULTILINE)
_SUBCOMMANDS = re.compile(r"^ {2}\{([a-z][a-z,-]*)\}", re.MULTILINE)
_SUBCOMMAND_LINE = re.compile(r"^ {4}([a-z][a-z-]*)(?: {2,}|$)", re.MULTILINE)
_ROUTE = re.compile(
    r"(?<![\w.:/~…-])/(?:api|v1|bai|quyet-dinh|san-pham|so-lieu|van-ban|tu-cham-diem|ra-soat|docs|openapi\.json|"
    r"feed\.atom|feed\.rss|mcp|admin|metrics|widget\.js|widget-integrity\.json)(?:/[\w{}.-]+)*(?![\w])"
)
_SETTING = re.compile(r"\bOCOP_[A-Z_]+\b")
_TARGET = re.compile(r"\bmake[ \t]+((?:[A-Z_]+=\S+[ \t]+)*)([a-z]+)")
_MAKE_VARIABLE = re.compile(r"^([A-Z_]+) \?=", re.MULTILINE)


def code_of(markdown: str) -> str:
    """All code of a Markdown text, a span or block a paragraph; lines continued by a backslash are joined."""
    fenced = [match[2] for match in _FENCE.finditer(markdown)]
    spans = [match[2] for match in _SPAN.finditer(_FENCE.sub("\n", markdown))]
    return "\n\n".join([*fenced, *spans]).replace("\\\n", " ")


def documented(names: Iterable[str] = DOCUMENTS) -> str:
    return "\n\n".join(code_of((ROOT / name).read_text(encoding="utf-8")) for name in names)


def named() -> str:
    """All code of all documents."""
    return documented((*DOCUMENTS, *IN_VIETNAMESE))


@cache
def help_of(program: str, *subcommand: str) -> str | None:
    """What `--help` prints, or None where the command refuses it."""
    start = [program] if program.endswith(".py") else ["-m", program]
    done = subprocess.run(
        [sys.executable, *start, *subcommand, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "400"},
    )
    return done.stdout if done.returncode == 0 else None


def flags_of(help_text: str) -> set[str]:
    return set(_OPTION_LINE.findall(help_text)) - NOT_OURS


@cache
def subcommands_of(program: str) -> frozenset[str]:
    text = help_of(program) or ""
    names = {name for match in _SUBCOMMANDS.findall(text) for name in match.split(",")}
    names |= set(_SUBCOMMAND_LINE.findall(text))
    return frozenset(name for name in names if help_of(program, name) is not None)


def commands_in(code: str) -> list[tuple[str, str]]:
    """(program, rest of its line) of every command of ours."""
    found = []
    for match in _COMMAND.finditer(code):
        program = match["module"] or match["script"]
        if match["module"] in {"pip", "venv", "pytest"}:
            continue  # not ours to describe
        found.append((program, match["rest"]))
    return found


@cache
def routes() -> frozenset[str]:
    app = create_app(Service(ROOT / "no-such-folder"))
    return frozenset({*app.openapi()["paths"], *PAGES})


def matches(route: str, known: str) -> bool:
    """Whether a route as written (`/bai/…` with any name or value for a part) is a known one."""
    written, template = route.split("/"), known.split("/")
    return len(written) == len(template) and all(
        part == wanted or (wanted.startswith("{") and part != "")
        for part, wanted in zip(written, template, strict=True)
    )


def settings_read() -> set[str]:
    found: set[str] = set()
    for path in READS_ENVIRONMENT:
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SETTING.fullmatch(node.value):
                found.add(node.value)
    return found


def make_targets() -> set[str]:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony is not None
    return set(phony[1].split())


def test_code_is_found_in_spans_and_fences() -> None:
    markdown = "Chạy `python -m index build --data D` rồi\n\n```sh\npython server.py \\\n  --port 1\n```\n--not-code"
    assert commands_in(code_of(markdown)) == [("server.py", "    --port 1"), ("index", " build --data D")]
    assert "--not-code" not in code_of(markdown)


def test_a_route_is_recognised_with_any_value() -> None:
    assert matches("/api/articles/{id}", "/api/articles/{article_id}")
    assert not matches("/api/articles", "/api/articles/{article_id}")
    assert not matches("/api/asks", "/api/ask")


@pytest.mark.timeout(900)  # some sixty programs are started, each of its own
def test_commands_named_exist_with_their_flags() -> None:
    wrong = []
    for program, rest in commands_in(named()):
        if program not in PROGRAMS or help_of(program) is None:
            wrong.append(f"python -m {program}: no such command")
            continue
        words = rest.split()
        subcommand = [words[0]] if words and words[0] in subcommands_of(program) else []
        known = flags_of(help_of(program, *subcommand) or "") | flags_of(help_of(program) or "") | NOT_OURS
        wrong.extend(f"{program}{rest}: no flag {flag}" for flag in _FLAG.findall(rest) if flag not in known)
    assert wrong == []


def test_routes_named_exist() -> None:
    written = set(_ROUTE.findall(named()))
    assert {route for route in written if not any(matches(route, known) for known in routes())} == set()


def test_settings_named_are_read() -> None:
    assert set(_SETTING.findall(named())) - settings_read() == set()


def test_make_targets_and_variables_named_exist() -> None:
    variables = set(_MAKE_VARIABLE.findall((ROOT / "Makefile").read_text(encoding="utf-8")))
    for assignments, target in _TARGET.findall(named()):
        assert target in make_targets()
        assert {part.partition("=")[0] for part in assignments.split()} <= variables


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_command_subcommand_and_flag_is_named(program: str) -> None:
    code = documented()
    assert help_of(program) is not None, f"{program} --help fails"
    start = re.escape(program if program.endswith(".py") else f"-m {program}")
    missing = [program] if not re.search(rf"{start}(?![\w.])", code) else []
    missing += [name for name in sorted(subcommands_of(program)) if not re.search(rf"{start} {name}\b", code)]
    flags = flags_of(help_of(program) or "")
    for name in subcommands_of(program):
        flags |= flags_of(help_of(program, name) or "")
    missing += sorted(flags - set(_FLAG.findall(code)))
    assert missing == [], f"name these in {' or '.join(DOCUMENTS)}, in code spans"


def test_every_route_is_named() -> None:
    named = set(_ROUTE.findall(documented())) | {"/"}
    assert {known for known in routes() if not any(matches(route, known) for route in named)} == set()


def test_every_setting_is_named() -> None:
    assert settings_read() - set(_SETTING.findall(documented())) == set()


def test_every_make_target_is_named() -> None:
    named = {target for _, target in _TARGET.findall(documented())}
    # help prints itself; programs is a step of test.
    assert make_targets() - named - {"help", "programs"} == set()


def test_links_within_the_project_lead_somewhere() -> None:
    for name in (*DOCUMENTS, *IN_VIETNAMESE):
        folder = (ROOT / name).parent
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))
        assert [link for link in links if not (folder / link).exists()] == [], name
