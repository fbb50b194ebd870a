"""Keeps two runs from writing into one folder. The system lets the lock go when its owner ends, however that is."""

from __future__ import annotations

import errno
import sys
from pathlib import Path


class Lock:
    """A file that one process holds at a time.

    Args:
        path: The file; made when it is not there, and left behind.

    Raises:
        BlockingIOError: Another process holds it.
        OSError: It cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        try:
            _hold(self._file.fileno())
        except OSError as error:
            self._file.close()
            if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise BlockingIOError(errno.EAGAIN, "locked", str(path)) from None
            if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS):  # some network disks know no locks
                raise

    def release(self) -> None:
        """Let others at it."""
        self._file.close()


if sys.platform == "win32":

    def _hold(handle: int) -> None:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:

    def _hold(handle: int) -> None:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
