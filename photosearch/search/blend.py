"""From the terms of a query to the vectors to search with.

With unit vectors p of what is wanted (weights w) and m of what is not (weights u):

    P = normalise(Σ w p)        and        q = normalise(P - Σ u (m - (m·P) P))

Only the part of m that is not in P is taken away: *dog -snow* asks for less snow, not for less of
what *dog* and *snow* have in common, which for two texts is most of it. (Measured on twelve pairs
of labelled things: of the first 20 photos the unwanted ones fall from 53 to 4 in all, those that
are wanted and not unwanted rise from 125 to 142; subtracting m itself loses the wanted ones, too.)
Without anything wanted, P is 0 and q = normalise(-Σ u m).

`a OR b` is one vector for each alternative; a photo counts by the best of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from photosearch.search.language import Either, Term

Floats = npt.NDArray[np.float32]

MOST = 16
"""Alternatives of a query that are looked at."""


def blend(terms: Sequence[Term | Either], vector_of: Callable[[Term], Floats]) -> list[Floats]:
    """The vectors, unit, float32 (dimension,), to search with: one for each way to choose among
    alternatives (at most MOST). `vector_of` gives the unit vector of a term without its weight."""
    ways = itertools.product(
        *(term.terms if isinstance(term, Either) else (term,) for term in terms)
    )
    return [_blend(way, vector_of) for way in itertools.islice(ways, MOST)]


def _blend(terms: Sequence[Term], vector_of: Callable[[Term], Floats]) -> Floats:
    vectors = [(term.weight, vector_of(term)) for term in terms]
    plus = np.zeros_like(vectors[0][1])
    for weight, vector in vectors:
        if weight > 0:
            plus += weight * vector
    plus = _unit(plus)
    query = plus.copy()
    for weight, vector in vectors:
        if weight < 0:
            query += weight * (vector - float(vector @ plus) * plus)
    return _unit(query)


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    unit: Floats = (vector / length if length > 0 else vector).astype(np.float32)
    return unit
