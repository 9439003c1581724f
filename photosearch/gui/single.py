"""One window for each library: a second start raises the first, and hands it what to open."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 3000
_RAISED = b"raised\n"


class OnlyWindow(QObject):
    """Holds a library for one window. `wanted(paths)`: another start wants it to be seen, and to
    open these (list[str]; often none)."""

    wanted = Signal(object)  # a list would lose names that are no text

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _name(library)
        library.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(library / "window.lock"))
        self._lock.setStaleLockTime(0)  # only a process that is gone loses it
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)

    def take(self) -> bool:
        """Be the only one; False where there is another."""
        if not self._lock.tryLock(0) and self._lock.error() == QLockFile.LockError.LockFailedError:
            return False
        QLocalServer.removeServer(self._name)  # of one that was killed
        self._server.listen(self._name)
        return True

    def raise_other(self, paths: Sequence[str] = ()) -> bool:
        """Have the other window come to the front and open `paths`; False where it does not
        answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(json.dumps(list(paths)).encode() + b"\n")
        socket.flush()
        answered = socket.waitForReadyRead(_WAIT_MS) and bytes(socket.readAll().data()) == _RAISED
        socket.abort()
        return answered

    def release(self) -> None:
        """Let the next start have a window of its own."""
        self._server.close()
        self._lock.unlock()

    def _asked(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda s=socket: self._read(s))
            socket.disconnected.connect(socket.deleteLater)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            paths = [str(path) for path in json.loads(bytes(socket.readLine().data()))]
        except (ValueError, TypeError):
            return  # not said by us
        socket.write(_RAISED)
        socket.flush()
        self.wanted.emit(paths)


def _name(library: Path) -> str:
    # A path of its own may be longer than a socket's name can be.
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    known = os.fsencode(os.path.realpath(library))
    return f"photosearch-{user}-{hashlib.blake2b(known, digest_size=12).hexdigest()}"
