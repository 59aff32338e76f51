"""The only reader of the environment: secrets and deployment, in variables beginning with OCOP_."""

import os
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from crawler.folder import default_sources_table
from crawler.sources import TABLE

DEFAULT_DATA = Path("data")
KEEP_QUESTIONS_DAYS = 90
_MOST_DAYS = 3650
# What /admin shows is what people asked: its token must not be found by trying. `openssl rand -hex 24` makes one.
ADMIN_TOKEN_CHARS = 24
_ADMIN_TOKEN_DIFFERENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmSettings:
    """A language model behind an OpenAI-compatible address ("http://127.0.0.1:8080/v1"). key: never printed."""

    url: str
    model: str
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Deployment settings. `data` holds the archive and the index; `models` the embedder rebuilt from its package.

    sources: the table of sources whose crawling /admin tells of. llm: the language model that may word answers; None
    for none. portals: the table of portals, None for portals.toml in the data folder. trusted_proxies: whose
    X-Forwarded-For is believed. limits_url: a Redis that counts for several processes, "" to count in this one.
    keep_questions_days: how long questions are kept for the operator, 0 for not at all. admin_token: opens /admin and
    /metrics, "" for no /admin. log: how the log is written. mcp_hosts: names that /mcp is reached by, beside those of
    this machine ("tro-ly.vi-du.vn", "10.0.0.5:8000").
    """

    data: Path
    host: str
    port: int
    sources: Path = TABLE
    llm: LlmSettings | None = None
    portals: Path | None = None
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    limits_url: str = field(default="", repr=False)
    keep_questions_days: int = KEEP_QUESTIONS_DAYS
    admin_token: str = field(default="", repr=False)
    log: Literal["text", "json"] = "text"
    mcp_hosts: tuple[str, ...] = ()


def load_settings() -> Settings:
    """Read OCOP_DATA, OCOP_HOST, OCOP_PORT, OCOP_SOURCES, OCOP_LLM_URL, OCOP_LLM_MODEL, OCOP_LLM_KEY, OCOP_PORTALS,
    OCOP_TRUSTED_PROXIES, OCOP_LIMITS_URL, OCOP_KEEP_QUESTIONS_DAYS, OCOP_ADMIN_TOKEN, OCOP_LOG and OCOP_MCP_HOSTS.

    Raises:
        ValueError: OCOP_PORT is no port number, OCOP_LLM_URL no address, OCOP_LLM_MODEL missing beside it,
            OCOP_TRUSTED_PROXIES no list of networks, OCOP_KEEP_QUESTIONS_DAYS no number of days, OCOP_ADMIN_TOKEN one
            that could be guessed, OCOP_LOG neither "text" nor "json", or OCOP_MCP_HOSTS holds what is no host.
    """
    port = os.environ.get("OCOP_PORT", "8000")
    if not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError(f"OCOP_PORT is {port!r}; expected a port number from 0 to 65535")
    return Settings(
        data=Path(os.environ.get("OCOP_DATA", str(DEFAULT_DATA))),
        host=os.environ.get("OCOP_HOST", "127.0.0.1"),
        port=int(port),
        sources=default_sources_table(),
        llm=_llm(
            os.environ.get("OCOP_LLM_URL", ""),
            os.environ.get("OCOP_LLM_MODEL", ""),
            os.environ.get("OCOP_LLM_KEY", ""),
        ),
        portals=Path(portals) if (portals := os.environ.get("OCOP_PORTALS", "").strip()) else None,
        trusted_proxies=_networks(os.environ.get("OCOP_TRUSTED_PROXIES", "")),
        limits_url=os.environ.get("OCOP_LIMITS_URL", "").strip(),
        keep_questions_days=_days(os.environ.get("OCOP_KEEP_QUESTIONS_DAYS", str(KEEP_QUESTIONS_DAYS))),
        admin_token=_admin_token(os.environ.get("OCOP_ADMIN_TOKEN", "").strip()),
        log=_log(os.environ.get("OCOP_LOG", "text")),
        mcp_hosts=_hosts(os.environ.get("OCOP_MCP_HOSTS", "")),
    )


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(text.replace(",", " ").split())
    for host in hosts:
        if urlsplit(f"//{host}").netloc != host or not urlsplit(f"//{host}").hostname or "@" in host or "*" in host:
            raise ValueError(f"OCOP_MCP_HOSTS has {host!r}; expected names such as tro-ly.vi-du.vn or 10.0.0.5:8000")
    return hosts


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    networks = []
    for word in text.replace(",", " ").split():
        try:
            networks.append(ip_network(word))
        except ValueError:
            raise ValueError(
                f"OCOP_TRUSTED_PROXIES has {word!r}; expected addresses or networks such as 127.0.0.1, 10.0.0.0/8, ::1"
            ) from None
    return tuple(networks)


def _days(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > _MOST_DAYS:
        raise ValueError(
            f"OCOP_KEEP_QUESTIONS_DAYS is {text!r}; expected days from 0 (questions are not kept) to {_MOST_DAYS}"
        )
    return int(text)


def _admin_token(token: str) -> str:
    if token and (len(token) < ADMIN_TOKEN_CHARS or len(set(token)) < _ADMIN_TOKEN_DIFFERENT):
        raise ValueError(
            f"OCOP_ADMIN_TOKEN could be guessed: it has {len(token)} characters, {len(set(token))} different ones; "
            f"expected at least {ADMIN_TOKEN_CHARS} and {_ADMIN_TOKEN_DIFFERENT}, as `openssl rand -hex 24` prints"
        )
    return token


def _log(text: str) -> Literal["text", "json"]:
    match text.strip():
        case "text" | "":
            return "text"
        case "json":
            return "json"
        case _:
            raise ValueError(f"OCOP_LOG is {text!r}; expected text or json")


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
