"""Let a service end when the command that started it is gone, however that ended."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Ask the kernel for SIGTERM when the process with number `parent` dies (Linux; elsewhere nothing happens).

    The signal follows the parent's thread that started this process, so that must be its main thread. A parent that was
    gone before this was called is noticed too.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
