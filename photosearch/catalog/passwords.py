"""The password of a shared library in the keyring of this computer's user (Secret Service, macOS'
Keychain, Windows' Credential Locker), for those who do not want it in a file."""

from __future__ import annotations

from photosearch.errors import PhotoSearchError
from photosearch.paths import printable

_SERVICE = "PhotoSearch"


def kept_password(address: str) -> str | None:
    """The password that is kept for an address; None where none is, or there is no keyring."""
    try:
        import keyring
    except ImportError:
        return None
    try:
        return keyring.get_password(_SERVICE, address)
    except keyring.errors.KeyringError:  # also where it is locked, and stays so
        return None


def keep_password(address: str, password: str | None) -> None:
    """Keep a password for an address; None: no longer. Raises PhotoSearchError (`no-keyring`)."""
    try:
        import keyring
    except ImportError as error:
        raise _no_keyring(str(error)) from error
    try:
        if password is not None:
            keyring.set_password(_SERVICE, address, password)
        elif keyring.get_password(_SERVICE, address) is not None:
            keyring.delete_password(_SERVICE, address)
    except keyring.errors.KeyringError as error:
        raise _no_keyring(printable(str(error).partition("\n")[0])) from error


def _no_keyring(why: str) -> PhotoSearchError:
    return PhotoSearchError(
        "no-keyring",
        f"There is no keyring to keep a password in ({why.rstrip('.')})",
        "Put it into ~/.pgpass or a service file, as docs/shared-library.md shows.",
    )
