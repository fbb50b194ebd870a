"""How much memory a process has needed, measured from within."""

from __future__ import annotations

from pathlib import Path


def peak_megabytes() -> int:
    """Give the most memory this process has held at once, in MB.

    `ru_maxrss` will not do where there is something better: it counts what the parent held when it forked.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024
    import resource
    import sys

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)
