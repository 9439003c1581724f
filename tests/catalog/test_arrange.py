"""Photos in order and in groups: the same photos, each group in one piece."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from photosearch.catalog.arrange import GROUPS, ORDERS, arrange
from photosearch.catalog.database import Catalog
from photosearch.errors import PhotoSearchError
from tests.catalog.rows import put, rolled_back

FILES = {
    b"/album/img10.jpg": "2019-06-01T10:00:00",
    b"/album/img9.jpg": None,
    b"/album/b/IMG2.jpg": "2019-06-01T08:00:00",
    b"/album/b/a.jpg": "2019-05-01T08:00:00",
    b"/album/a/z.jpg": "2020-05-01T08:00:00",
}


def laid_out(connection: Connection) -> dict[int, str]:
    return {
        put(connection, path, path.decode(), taken_at=taken): path.decode().rpartition("/")[2]
        for path, taken in FILES.items()
    }


def test_orders(connection: Connection) -> None:
    names = laid_out(connection)

    def ordered(order: str) -> list[str]:
        return [names[each] for each in arrange(connection, list(names), order)[0]]

    assert ordered("") == list(names.values())
    assert ordered("date") == ["z.jpg", "img10.jpg", "IMG2.jpg", "a.jpg", "img9.jpg"]
    assert ordered("oldest") == ["a.jpg", "IMG2.jpg", "img10.jpg", "z.jpg", "img9.jpg"]
    assert ordered("name") == ["a.jpg", "IMG2.jpg", "img9.jpg", "img10.jpg", "z.jpg"]


def test_groups(connection: Connection) -> None:
    names = laid_out(connection)

    def grouped(order: str, group: str) -> list[tuple[str, list[str]]]:
        ids, groups = arrange(connection, list(names), order, group)
        rest = iter(names[each] for each in ids)
        return [(each.name, [next(rest) for _ in range(each.count)]) for each in groups]

    assert grouped("", "month") == [
        *(("2020-05", ["z.jpg"]), ("2019-06", ["img10.jpg", "IMG2.jpg"])),
        *(("2019-05", ["a.jpg"]), ("", ["img9.jpg"])),
    ]
    assert [name for name, _ in grouped("oldest", "day")] == [
        *("2019-05-01", "2019-06-01", "2020-05-01", "")
    ]
    assert grouped("name", "folder") == [
        *(("/album", ["img9.jpg", "img10.jpg"]), ("/album/a", ["z.jpg"])),
        ("/album/b", ["a.jpg", "IMG2.jpg"]),
    ]


@given(st.data(), st.sampled_from(ORDERS), st.sampled_from(GROUPS))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_no_photo_is_lost_or_told_twice(
    catalog: Catalog, data: st.DataObject, order: str, group: str
) -> None:
    with rolled_back(catalog) as connection:
        known = [*laid_out(connection), 999]
        ids = data.draw(st.lists(st.sampled_from(known), unique=True))
        found, groups = arrange(connection, ids, order, group)
        assert sorted(found) == sorted(ids)
        assert sum(each.count for each in groups) == (len(ids) if group else 0)
        assert all(each.count > 0 for each in groups)
        assert len({each.name for each in groups}) == len(groups)


def test_an_order_that_is_not_known_is_refused(connection: Connection) -> None:
    for order, group in (("size", ""), ("", "camera")):
        with pytest.raises(PhotoSearchError) as caught:
            arrange(connection, [], order, group)
        assert caught.value.code == "unknown-order"
