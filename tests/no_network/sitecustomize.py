"""Put on PYTHONPATH by the tests: every Python child of theirs refuses to open connections too."""

import os
import socket

_connect = socket.socket.connect


def _guarded(self: socket.socket, address: object) -> None:
    local = isinstance(address, tuple) and address[0] == "127.0.0.1"
    allowed = local and os.environ.get("PHOTOSEARCH_TEST_LOOPBACK") == "1"
    if self.family in (socket.AF_INET, socket.AF_INET6) and not allowed:
        raise RuntimeError(f"a test opened a connection to {address}")
    _connect(self, address)  # type: ignore[arg-type]


socket.socket.connect = _guarded  # type: ignore[method-assign,assignment]
