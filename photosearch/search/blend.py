"""From the terms of a query to the vectors to search with.

With unit vectors p of what is wanted (weights w) and m of what is not (weights u):

    P = normalise(Σ w p)        and        q = normalise(P - 0.7 Σ u (m - (m·P) P))

Only the part of m that is not in P is taken away: *dog -snow* asks for less snow, not for less of
what *dog* and *snow* have in common, which for two texts is most of it. It is the negation of
Widdows (2003), who takes it away so far that q is orthogonal to m, and less of it: on photos that
show little of m the rest of that direction is noise, and whoever is moved by it loses P. (Measured
on 523 pairs of labels, keywords and words of captions of training photos: at 0.7 the unwanted among
the first 20 photos fall from 2,012 to 1,115 in all and the wanted from 6,987 to 6,827; at 1 to 948
and 6,571, at 0.4 to 1,356 and not at all. Both fewer unwanted and four fifths of the wanted are at
0.7 in most pairs. To take away only what is above the usual level of m in a photo was worse in all
of it.) Without anything wanted, P is 0 and q = normalise(-Σ u m).

`a OR b` is one vector for each alternative; a photo counts by the best of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from photosearch.search.language import Either, Term

Floats = npt.NDArray[np.float32]

LESS = 0.7
"""How much of what is not wanted is taken away."""

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
            query += LESS * weight * (vector - float(vector @ plus) * plus)
    return _unit(query)


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    unit: Floats = (vector / length if length > 0 else vector).astype(np.float32)
    return unit
