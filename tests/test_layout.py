"""The layout holds: imports point upstream, each heavy library has one importer, our names are ours."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What each part may import of the others. Data flows crawler -> index -> assistant -> server.
MAY_IMPORT = {
    "crawler": set(),
    "index": {"crawler"},
    "assistant": {"crawler", "index"},
    "widget": {"crawler", "index", "assistant"},
    "web": {"crawler", "index", "assistant", "widget"},
    "server": {"crawler", "index", "assistant", "widget", "web"},
    "demo": {"crawler", "index", "assistant"},
    "evaluation": {"crawler", "index", "assistant", "demo"},
    "examples": set(),
    "benchmarks": {"crawler", "index", "assistant", "demo", "evaluation"},
}
INDEX_KNOWS_OF_CRAWLER = {"crawler.article", "crawler.archive", "crawler.copies", "crawler.folder"}
ONE_IMPORTER = {
    "aiohttp": "crawler/net/fetcher.py",
    "trafilatura": "crawler/html/main_text.py",
    "bs4": "evaluation/soup_alone.py",
    "protego": "crawler/net/robots.py",
    "underthesea": "index/segment.py",
    "onnxruntime": "index/e5/model.py",
    "onnx": "index/e5/graph.py",
    "tokenizers": "index/e5/vocabulary.py",
    "sentence_transformers": "index/sentence_model.py",
    "torch": "index/sentence_model.py",
    "transformers": "index/sentence_model.py",
    "faiss": "index/dense.py",
    "scipy": "index/lexical.py",
    "datasketch": "crawler/copies.py",
    "openai": "assistant/llm.py",
    "mcp": "web/context_protocol.py",
    "mcp_types": "web/context_protocol.py",
    "limits": "web/rates.py",
    "prometheus_client": "web/metrics.py",
    "matplotlib": "benchmarks/peers/plot.py",
    "chromadb": "benchmarks/peers/chroma.py",
    "haystack": "benchmarks/peers/haystack_memory.py",
    "lancedb": "benchmarks/peers/lancedb_hybrid.py",
    "pyarrow": "benchmarks/peers/lancedb_hybrid.py",
    "pymilvus": "benchmarks/peers/milvus_lite.py",
    "txtai": "benchmarks/peers/txtai_hybrid.py",
}
# Measured beside ours, on its own.
BESIDE = {
    "aiohttp": {"benchmarks/load.py"},  # asks our own server
    "scipy": {"evaluation/baseline.py", "evaluation/relevance.py", "evaluation/units.py"},
    "trafilatura": {"evaluation/trafilatura_alone.py"},
    "faiss": {"benchmarks/peers/fts5_faiss.py"},
    "sentence_transformers": {"benchmarks/torch_e5.py"},
    "torch": {"benchmarks/torch_e5.py"},
    "transformers": {"benchmarks/torch_e5.py"},
}
READS_ENVIRONMENT = {"assistant/settings.py", "crawler/folder.py", "index/e5/folder.py"}
NO_NAMES = {"utils", "util", "helpers", "helper", "base", "manager", "common", "misc"}


def sources(*, tests: bool = False) -> list[Path]:
    tops = [*MAY_IMPORT, "tests"] if tests else [*MAY_IMPORT]
    return sorted(
        path
        for top in tops
        for path in ([ROOT / f"{top}.py"] if (ROOT / f"{top}.py").exists() else (ROOT / top).rglob("*.py"))
    )


def top_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    """Every module a tree imports, wherever the statement stands; `from a import b` gives a and a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import of {node.module}: name the package"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def reads_environment(tree: ast.AST) -> bool:
    """Whether a variable is read; handing the whole on to a child (`{**os.environ, …}`) reads none."""
    handed_on = {
        id(value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if key is None
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"}:
            if id(node) not in handed_on:
                return True
            continue
        if (
            isinstance(node, ast.ImportFrom)
            and node.module == "os"
            and {"environ", "environb", "getenv"} & {alias.name for alias in node.names}
        ):
            return True
    return False


def test_every_part_is_there_and_the_listing_is_whole() -> None:
    found = {top_of(path) for path in sources()}
    assert {"crawler", "index", "assistant", "widget", "web", "server"} <= found
    ours = {path.parent.name for path in ROOT.glob("*/*.py")} | {path.stem for path in ROOT.glob("*.py")}
    assert ours - {"tests"} <= set(MAY_IMPORT), "a new top-level package needs its line in MAY_IMPORT"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_upstream(path: Path) -> None:
    top = top_of(path)
    ours = {name for name in imports(parsed(path)) if name.partition(".")[0] in MAY_IMPORT}
    wrong = {name for name in ours if name.partition(".")[0] not in MAY_IMPORT[top] | {top}}
    assert wrong == set(), f"{top} may import of ours only {sorted(MAY_IMPORT[top])}"
    if top == "index":
        of_crawler = {name for name in ours if name.startswith("crawler.")}
        known = {name for name in of_crawler if any(f"{name}.".startswith(f"{one}.") for one in INDEX_KNOWS_OF_CRAWLER)}
        assert of_crawler == known, "of the crawler, index knows the record, archive, folder and what tells a copy"


@pytest.mark.parametrize("library", ONE_IMPORTER)
def test_a_heavy_library_has_one_importer(library: str) -> None:
    importers = {
        str(path.relative_to(ROOT))
        for path in sources()
        if any(name.partition(".")[0] == library for name in imports(parsed(path)))
    } - BESIDE.get(library, set())
    assert importers <= {ONE_IMPORTER[library]}
    if library != "transformers":  # reached through sentence_transformers, imported at most there
        assert importers == {ONE_IMPORTER[library]}


def test_only_the_settings_read_the_environment() -> None:
    assert {str(path.relative_to(ROOT)) for path in sources() if reads_environment(parsed(path))} <= READS_ENVIRONMENT


def test_reading_the_environment_is_seen_however_it_is_written() -> None:
    for code in (
        "import os\nos.environ['A']",
        "import os\nos.getenv('A')",
        "from os import environ",
        "from os import getenv",
    ):
        assert reads_environment(ast.parse(code))
    assert not reads_environment(ast.parse("import os\nos.replace('a', 'b')"))
    assert not reads_environment(ast.parse("import os\nrun(env={**os.environ, 'A': '1'})"))


def test_files_are_named_for_what_they_hold() -> None:
    assert [path for path in sources(tests=True) if path.stem.removeprefix("test_") in NO_NAMES] == []


def test_init_files_hold_a_docstring_only() -> None:
    for path in sources():
        if path.name == "__init__.py":
            body = parsed(path).body
            assert all(isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) for node in body), path


def test_tests_are_flat() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []
    assert [path for path in (ROOT / "tests").rglob("test_*.py") if path.parent != ROOT / "tests"] == []


def test_no_installed_distribution_occupies_our_names() -> None:
    ours = {*MAY_IMPORT, "tests"}
    taken: dict[str, set[str]] = {}
    for distribution in distributions():
        for file in distribution.files or ():
            top = file.parts[0].removesuffix(".py")
            # This project's own metadata lists its sources where they stand; only a second place is a conflict.
            elsewhere = Path(str(distribution.locate_file(file))).resolve() != (ROOT / file).resolve()
            if top in ours and file.suffix == ".py" and elsewhere:
                taken.setdefault(distribution.metadata["Name"], set()).add(top)
    assert taken == {}, "two distributions of one name overwrite each other silently"


@pytest.mark.parametrize(
    "module", ["crawler.article", "crawler.archive", "index.passage", "assistant.answer", "assistant.settings"]
)
def test_a_record_loads_no_heavy_library(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert module.partition(".")[0] in loaded
    assert loaded & {*ONE_IMPORTER, "fastapi", "uvicorn", "numpy"} == set()
