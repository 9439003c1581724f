"""How the engine answers what is asked for looking around: facets, a photo's facts, a query's
parts, photos in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from photosearch.catalog.arrange import Group
from photosearch.catalog.facets import Facet
from photosearch.catalog.filters import Filter
from photosearch.engine import replies, requests
from photosearch.engine.replies import Reply
from photosearch.library import Library


def answers(library: Library) -> Mapping[type, Callable[[Any], Reply]]:
    """How each kind of request is answered."""

    def photo(request: requests.GetPhoto) -> replies.About:
        found = library.about(request.photo_id)
        latitude, longitude = found.position or (None, None)
        return replies.About(
            photo_id=request.photo_id,
            files=tuple(replies.FileOf(os.fsdecode(path), there) for path, there in found.files),
            beside=tuple(map(os.fsdecode, found.beside)),
            width=found.width,
            height=found.height,
            bytes=found.bytes,
            format=found.format,
            taken_at=found.taken_at,
            camera=found.camera,
            lens=found.lens,
            exposure_time=found.exposure_time,
            f_number=found.f_number,
            iso=found.iso,
            focal_length=found.focal_length,
            latitude=latitude,
            longitude=longitude,
            places=found.places,
            title=found.title,
            caption=found.caption,
            rating=found.rating,
            favourite=found.favourite,
            tags=tuple(replies.TagOf(tag.name, tag.source, tag.confidence) for tag in found.tags),
        )

    def facets(_: requests.GetFacets) -> replies.Facets:
        found = library.facets()
        return replies.Facets(
            _facets(found.folders),
            _facets(found.months),
            _facets(found.tags),
            _facets(found.cameras),
            _facets(found.places),
            found.favourites,
        )

    return {requests.GetPhoto: photo, requests.GetFacets: facets}


def _facets(found: Iterable[Facet]) -> tuple[replies.Facet, ...]:
    return tuple(
        replies.Facet(facet.filter.field, facet.filter.value, facet.name, facet.count, facet.depth)
        for facet in found
        if '"' not in facet.filter.value  # which a query cannot say
    )


def query_answers() -> Mapping[type, Callable[[Any], Reply]]:
    """How questions on a query's text are answered."""

    def parts(request: requests.ReadQuery) -> replies.Chips:
        from photosearch.search import chips  # with the parser: not before it is needed

        text = request.text
        return replies.Chips(
            tuple(
                replies.Chip(
                    *(chip.kind, chip.field, chip.value, chip.minus), chips.without(text, chip)
                )
                for chip in chips.chips(text)
            )
        )

    def toggle(request: requests.ToggleFilter) -> replies.QueryText:
        from photosearch.search import chips

        wanted = Filter(request.field, request.value)
        return replies.QueryText(chips.toggled(request.text, wanted))

    return {requests.ReadQuery: parts, requests.ToggleFilter: toggle}


def photos(library: Library, order: str, group: str) -> replies.Photos:
    """All photos, in order and in groups."""
    ids, groups = library.arrange(library.photos(), order, group)
    return replies.Photos(tuple(ids), as_groups(groups))


def arranged(library: Library, found: replies.Matches, order: str, group: str) -> replies.Matches:
    """An answer in another order: the good matches, in groups, then the weak ones."""
    if not order and not group:
        return found
    by_id = {match.photo_id: match for match in found.matches}
    ids = list(by_id)
    good = len(ids) if found.good is None else found.good
    first, groups = library.arrange(ids[:good], order, group)
    rest, _ = library.arrange(ids[good:], order, "")
    matches = tuple(by_id[each] for each in [*first, *rest])
    return replace(found, matches=matches, groups=as_groups(groups))


def as_groups(groups: Iterable[Group]) -> tuple[replies.Group, ...]:
    """Groups as what is sent of them."""
    return tuple(replies.Group(group.name, group.count) for group in groups)
