"""The peers' environment: the packages of `requirements.txt` in a virtual environment of their own.

Nothing of it reaches this project's environment, nor its constraints. It is made once for each content of the file.
"""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from tqdm import tqdm

REQUIREMENTS = Path(__file__).resolve().parent / "requirements.txt"
_INSTALL = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-warn-script-location")


def peers_python(folder: Path, requirements: Path = REQUIREMENTS) -> Path:
    """The interpreter of the environment in a folder, made first where it is not there or of another file.

    Where not all of it can be installed, what can be is; a peer without its package then says so itself.

    Raises:
        RuntimeError: not even an empty environment could be made.
    """
    python = folder / "bin" / "python"
    mark = folder / "requirements.sha256"
    digest = sha256(requirements.read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text(encoding="utf-8") == digest:
        return python
    print("Đang cài các kho so sánh vào môi trường riêng (vài phút)…", file=sys.stderr)
    _run([sys.executable, "-m", "venv", "--clear", str(folder)])
    try:
        _run([str(python), *_INSTALL, "-r", str(requirements)])
    except RuntimeError as error:
        print(f"Không cài được tất cả một lượt, đang cài từng gói: {error}", file=sys.stderr)
        lines = [line.strip() for line in requirements.read_text(encoding="utf-8").splitlines()]
        for line in tqdm([line for line in lines if line and not line.startswith("#")], unit="gói", leave=False):
            try:
                _run([str(python), *_INSTALL, "--no-deps", line])
            except RuntimeError as missing:
                print(f"Không cài được {line}: {missing}", file=sys.stderr)
    mark.write_text(digest, encoding="utf-8")
    return python


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        told = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise RuntimeError(" ".join(told)[:500] or done.stderr[-500:])
