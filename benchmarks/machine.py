"""What a run was measured on, and how much memory this process takes."""

import os
import platform
import resource
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("onnxruntime", "torch", "sentence-transformers", "faiss-cpu", "scipy", "numpy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The machine, as far as the system tells: processor, cores this process may use, memory in GiB (None: untold)."""

    processor: str
    cores: int
    memory_gib: float | None
    system: str
    python: str
    libraries: dict[str, str]


def this_machine() -> Machine:
    """The machine this process runs on."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memory_gib=_memory_gib(),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        python=platform.python_version(),
        libraries={name: version(name) for name in _LIBRARIES},
    )


def peak_rss_mib() -> float:
    """The most memory this process ever held, in MiB (getrusage counts KiB, on macOS bytes).

    Linux's own count comes first: getrusage there begins with what the parent held when it started this process.
    """
    try:
        for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024) if sys.platform == "darwin" else peak / 1024


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def _memory_gib() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (ValueError, OSError):
        return None
