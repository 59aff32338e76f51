"""Where the data and the table of sources lie when no `--data` and no `--sources` are given."""

import os
from pathlib import Path

from crawler.sources import TABLE


def default_data_folder() -> Path:
    """The folder named by OCOP_DATA, else `data` in the working directory."""
    return Path(os.environ.get("OCOP_DATA") or "data")


def default_sources_table() -> Path:
    """The file named by OCOP_SOURCES, else the table that comes with the project."""
    return Path(os.environ.get("OCOP_SOURCES", "").strip() or TABLE)
