"""Ctrl-C as a terminal sends it: to the whole group of a command, once it has kept something."""

import os
import signal
import subprocess
import time


def interrupted(command, folder, kept):
    """Run ``command`` in ``folder``, interrupt it as soon as ``kept`` (a pattern of files) is there: (exit status, stdout, stderr)."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # what runs in the background ignores it
    )  # fmt: skip
    for _ in range(1200):
        if list(folder.glob(kept)) or process.poll() is not None:
            break
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err
