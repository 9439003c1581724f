"""What messages are made of: frozen dataclasses that are quick to make."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, TypeVar, cast, dataclass_transform

Kind = TypeVar("Kind", bound=type[Any])


@dataclass_transform(frozen_default=True)
def value(kind: Kind) -> Kind:
    """As `dataclass(frozen=True)`, but all such classes share their methods. There are a hundred,
    and to write and compile methods for each takes window and engine a twentieth of a second at
    every start. Nothing is to be assigned; that is left to mypy to see."""
    for name, method in {"__eq__": _equal, "__hash__": _hashed, "__repr__": _shown}.items():
        setattr(kind, name, method)
    return cast(Kind, dataclass(eq=False, repr=False)(kind))


def _values(one: Any) -> tuple[Any, ...]:
    return tuple(getattr(one, each.name) for each in fields(one))


def _equal(one: object, other: object) -> bool:
    return type(other) is type(one) and _values(other) == _values(one)


def _hashed(one: object) -> int:
    return hash(_values(one))


def _shown(one: Any) -> str:
    said = (f"{each.name}={getattr(one, each.name)!r}" for each in fields(one))
    return f"{type(one).__qualname__}({', '.join(said)})"
