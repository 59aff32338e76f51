"""The server's log: lines for people, or a JSON object a line. Neither holds questions, keys or addresses of people."""

import json
import logging
from typing import Literal

# What a record may carry besides its message (`extra`); each becomes a member of the object.
_FIELDS = ("request_id", "method", "path", "route", "status", "elapsed_ms", "portal")


class _JsonLines(logging.Formatter):
    """One JSON object a record: time, level, logger, message, what it carries, and a traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line: dict[str, object] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({name: value for name in _FIELDS if (value := getattr(record, name, None)) is not None})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up(form: Literal["text", "json"]) -> None:
    """Send the log to stderr: ours from INFO on, others' from WARNING."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonLines() if form == "json" else logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.getLogger("ocop.server").setLevel(logging.INFO)
