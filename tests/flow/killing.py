"""Killing a command at a chosen moment, for the proofs that nothing is lost by it."""

import os
import signal
import subprocess


def kill_at(process: subprocess.Popen[bytes], moment: float) -> bool:
    """Kill -9 after so many seconds; returns whether it was still running."""
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True
    finally:
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
    return False
