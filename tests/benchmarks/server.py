"""The real server: granian, two processes with one blocking thread each, production settings."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "only-for-benchmarks-" * 4,
    "ALLOWED_HOSTS": "localhost",
    "INSECURE_HTTP": "1",
}
APP = "project.wsgi:application"
BARE = "tests.benchmarks.bare.wsgi:application"


@contextmanager
def serving(application: str, database: str, port: int) -> Iterator[int]:
    """Serve an application on a database until the block ends."""
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2"),
        *("--blocking-threads", "1", "--host", "127.0.0.1", "--port", str(port)),
        *("--log-level", "warning", application),
    ]
    environment = os.environ | PRODUCTION
    environment |= {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "project.settings"}
    server = subprocess.Popen(command, cwd=HOUSE, env=environment)
    try:
        wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int, server: subprocess.Popen, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server on port {port} did not start")
