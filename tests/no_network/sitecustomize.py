"""Put on PYTHONPATH by the tests: every Python child of theirs refuses to use the network too."""

import os
import socket
from typing import Any

_LOCAL = ("127.0.0.1", "localhost")


def _refuse(host: object) -> None:
    if host not in _LOCAL or os.environ.get("PHOTOSEARCH_TEST_LOOPBACK") != "1":
        raise RuntimeError(f"a test used the network: {host}")


def _guard(name: str) -> None:
    whole = getattr(socket.socket, name)

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse(arguments[-1][0])  # the address comes last
        return whole(self, *arguments)

    setattr(socket.socket, name, guarded)


for _name in ("connect", "connect_ex", "sendto"):
    _guard(_name)

_getaddrinfo = socket.getaddrinfo


def _look_up(host: Any, *arguments: Any, **options: Any) -> Any:
    _refuse(host)
    return _getaddrinfo(host, *arguments, **options)


socket.getaddrinfo = _look_up
