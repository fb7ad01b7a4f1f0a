"""Everything `make run` does: tables, facts, questions, demo accounts, and the server."""

import socket
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Migrate, load the fixtures, generate the questions, make demo accounts and serve."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own attribute

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare-only", action="store_true", help="do not serve")

    def handle(self, *args: Any, port: int, prepare_only: bool, **options: Any) -> None:
        if not settings.DEBUG:
            message = "This is for your own machine, with known passwords: it needs DEBUG=1."
            raise CommandError(message)
        if not 1 <= port <= 65535:
            message = f"There is no port {port}: ports go from 1 to 65535."
            raise CommandError(message)
        if not prepare_only and is_taken(port):
            message = f"Port {port} is taken by another program. Try: make run PORT={port + 1}"
            raise CommandError(message)
        self._step("Tables", "migrate", verbosity=0)
        for path in fixtures():
            self._step(f"Facts of {path.name}", "loaddata", str(path), verbosity=1)
        self._step("Questions", "generate_questions", verbosity=0)
        self.stdout.write("Demo accounts (only in debug):")
        call_command("demo", stdout=self.stdout)
        if not prepare_only:
            self.stdout.write(
                self.style.SUCCESS(f"\nReady: http://localhost:{port}/   (stop with Ctrl-C)\n")
            )
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True)

    def _step(self, title: str, command: str, *arguments: str, **options: Any) -> None:
        self.stdout.write(f"{title} …", ending="\n")
        self.stdout.flush()
        begun = perf_counter()
        call_command(command, *arguments, stdout=self.stdout, stderr=self.stderr, **options)
        self.stdout.write(f"  {perf_counter() - begun:.1f} s")


def fixtures() -> list[Path]:
    """Return the fixture files, the first topic first."""
    return sorted((settings.BASE_DIR / "fixtures").glob("*.yaml"), reverse=True)


def is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
