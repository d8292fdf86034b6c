"""`make run`: environment, store, server. It becomes gunicorn, so that signals reach that."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass

from scripts.environment import PROJECT, Environment, SetupError

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = "8050"


@dataclass(frozen=True)
class Address:
    """Where the dashboard listens."""

    host: str
    port: int

    @classmethod
    def from_environment(cls) -> Address:
        """The address that HOST and PORT name.

        Raises:
            SetupError: PORT is not a port number.
        """
        text = os.environ.get("PORT") or DEFAULT_PORT
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
            raise SetupError(
                f"PORT is {text!r}, which is not a port: set it to a number from 1 to 65535"
            )
        return cls(os.environ.get("HOST") or DEFAULT_HOST, int(text))

    @property
    def url(self) -> str:
        """What to open in a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def require_free(self) -> None:
        """Check that the server will be able to listen here.

        Raises:
            SetupError: the port is taken or not allowed, or the host is not of this machine.
        """
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
            family, kind, protocol, _, place = found[0]
            with socket.socket(family, kind, protocol) as probe:
                # As gunicorn does, so that a port whose last connections still linger is free.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
        except OSError as error:
            raise SetupError(self._reason(error)) from None

    def _reason(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return (
                f"port {self.port} on {self.host} is taken: stop what listens there, or choose "
                f"another port, for example `make run PORT={self.port % 65535 + 1}`"
            )
        if error.errno == errno.EACCES:
            return f"port {self.port} is kept for the system: choose one above 1023 with PORT"
        return f"HOST is {self.host!r}, which is not an address of this machine ({error.strerror})"


def require_place_for_store() -> None:
    """Check that the default store can be written, where no other is named.

    Raises:
        SetupError: it cannot.
    """
    if os.environ.get("DATABASE_URL"):
        return
    folder = PROJECT / "var"
    if not os.access(folder if folder.exists() else PROJECT, os.W_OK):
        raise SetupError(
            f"{folder} cannot be written, and the store lies there: make it writable, or set "
            "DATABASE_URL to another place"
        )


def load_store(environment: Environment) -> None:
    """Bring the store to what the snapshot holds; quick when it is there already.

    Raises:
        SetupError: the load failed; its own message went to standard error.
    """
    loaded = subprocess.run([environment.python, "-m", "ingest", "load"], cwd=PROJECT, check=False)
    if loaded.returncode:
        raise SetupError("the store could not be built: the lines above say why")


def serve(environment: Environment, address: Address) -> None:
    """Become gunicorn; a child says the address as soon as the dashboard answers there."""
    os.chdir(PROJECT)
    python = str(environment.python)
    surroundings = os.environ | {"HOST": address.host, "PORT": str(address.port)}
    subprocess.Popen([python, "-m", "scripts.announce", address.url], stdin=subprocess.DEVNULL)
    command = [python, "-m", "gunicorn", "--log-level", "warning", "app:server"]
    os.execve(python, command, surroundings)


def main() -> int:
    """Run the dashboard until it is told to stop."""
    # As an exception, so that a child at work is stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    environment = Environment()
    try:
        address = Address.from_environment()
        address.require_free()
        require_place_for_store()
        environment.prepare("requirements.txt")
        load_store(environment)
        serve(environment, address)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


if __name__ == "__main__":
    sys.exit(main())
