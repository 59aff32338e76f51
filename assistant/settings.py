"""The only reader of the environment: secrets and deployment, in variables beginning with OCOP_."""

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_DATA = Path("data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Deployment settings. `data` holds the archive and the index; `models` the embedder rebuilt from its package."""

    data: Path
    host: str
    port: int


def load_settings() -> Settings:
    """Read OCOP_DATA, OCOP_HOST and OCOP_PORT.

    Raises:
        ValueError: OCOP_PORT is no port number.
    """
    port = os.environ.get("OCOP_PORT", "8000")
    if not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError(f"OCOP_PORT is {port!r}; expected a port number from 0 to 65535")
    return Settings(
        data=Path(os.environ.get("OCOP_DATA", str(DEFAULT_DATA))),
        host=os.environ.get("OCOP_HOST", "127.0.0.1"),
        port=int(port),
    )
