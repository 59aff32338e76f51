"""Where the data lives when no `--data` is given."""

import os
from pathlib import Path


def default_data_folder() -> Path:
    """The folder named by OCOP_DATA, else `data` in the working directory."""
    return Path(os.environ.get("OCOP_DATA") or "data")
