"""The only reader of the environment: secrets and deployment, in variables beginning with OCOP_."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

DEFAULT_DATA = Path("data")


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmSettings:
    """A language model behind an OpenAI-compatible address ("http://127.0.0.1:8080/v1"). key: never printed."""

    url: str
    model: str
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Deployment settings. `data` holds the archive and the index; `models` the embedder rebuilt from its package.

    llm: the language model that may word answers; None for none. mcp_hosts: names that /mcp is reached by, beside those
    of this machine ("tro-ly.vi-du.vn", "10.0.0.5:8000").
    """

    data: Path
    host: str
    port: int
    llm: LlmSettings | None = None
    mcp_hosts: tuple[str, ...] = ()


def load_settings() -> Settings:
    """Read OCOP_DATA, OCOP_HOST, OCOP_PORT, OCOP_LLM_URL, OCOP_LLM_MODEL, OCOP_LLM_KEY and OCOP_MCP_HOSTS.

    Raises:
        ValueError: OCOP_PORT is no port number, OCOP_LLM_URL no address, OCOP_LLM_MODEL missing beside it, or
            OCOP_MCP_HOSTS holds what is no host.
    """
    port = os.environ.get("OCOP_PORT", "8000")
    if not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError(f"OCOP_PORT is {port!r}; expected a port number from 0 to 65535")
    return Settings(
        data=Path(os.environ.get("OCOP_DATA", str(DEFAULT_DATA))),
        host=os.environ.get("OCOP_HOST", "127.0.0.1"),
        port=int(port),
        llm=_llm(
            os.environ.get("OCOP_LLM_URL", ""),
            os.environ.get("OCOP_LLM_MODEL", ""),
            os.environ.get("OCOP_LLM_KEY", ""),
        ),
        mcp_hosts=_hosts(os.environ.get("OCOP_MCP_HOSTS", "")),
    )


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(text.replace(",", " ").split())
    for host in hosts:
        if urlsplit(f"//{host}").netloc != host or not urlsplit(f"//{host}").hostname or "@" in host or "*" in host:
            raise ValueError(f"OCOP_MCP_HOSTS has {host!r}; expected names such as tro-ly.vi-du.vn or 10.0.0.5:8000")
    return hosts


def _llm(url: str, model: str, key: str) -> LlmSettings | None:
    if not url.strip():
        return None
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("OCOP_LLM_URL is no http or https address; expected one such as http://127.0.0.1:8080/v1")
    if parts.username is not None or parts.password is not None:
        raise ValueError("OCOP_LLM_URL carries a name or password; put the key into OCOP_LLM_KEY")
    if not model.strip():
        raise ValueError("OCOP_LLM_URL is set but OCOP_LLM_MODEL is not; set it to the name the server knows it by")
    return LlmSettings(url=url.strip(), model=model.strip(), key=key.strip())
