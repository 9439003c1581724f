"""Messages survive the way; a line that is none is an error value, never another exception."""

from __future__ import annotations

import json
import os
from dataclasses import MISSING, fields
from typing import Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from photosearch.engine import messages, replies, requests
from photosearch.engine.messages import Message, decode, encode, number_of
from photosearch.engine.replies import (
    LibraryState,
    Match,
    Matches,
    Photos,
    Root,
    Row,
    Rows,
    SearchState,
)
from photosearch.engine.requests import GetRows, Preview, Rate, Search
from photosearch.errors import PhotoSearchError

ANY_TEXT = st.text(st.characters(), max_size=20)  # lone surrogates too
INTS = st.integers(-(2**80), 2**80)
PLAIN: dict[type, st.SearchStrategy[Any]] = {
    str: ANY_TEXT,
    int: INTS,
    bool: st.booleans(),
    float: st.floats(allow_nan=False),
}


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if hint in PLAIN:
        return PLAIN[hint]
    if getattr(hint, "__origin__", None) is tuple:
        return st.lists(values_of(get_args(hint)[0]), max_size=3).map(tuple)
    if get_args(hint):
        return st.one_of(*(values_of(each) for each in get_args(hint)))
    if hint is type(None):
        return st.none()
    return made(hint)


def made(kind: type) -> st.SearchStrategy[Any]:
    hints = messages._hints(kind)
    return st.builds(kind, **{field.name: values_of(hints[field.name]) for field in fields(kind)})


KINDS: tuple[type, ...] = get_args(Message)
MESSAGES = st.sampled_from(KINDS).flatmap(made)


def refused(line: bytes | str) -> str:
    with pytest.raises(PhotoSearchError) as caught:
        decode(line)
    assert caught.value.code == "bad-message"
    assert len(caught.value.what) < 300 and "\n" not in caught.value.what
    caught.value.what.encode()  # can be shown and sent
    assert type(number_of(line)) is int
    return caught.value.what


def test_every_kind_of_message_is_tried() -> None:
    assert set(KINDS) == set(SAMPLES) and {Search, Rows, SearchState} <= set(KINDS)


@given(MESSAGES, INTS)
def test_a_message_comes_back_as_it_was(message: Message, number: int) -> None:
    line = encode(message, number)
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    assert decode(line) == (number, message) == decode(line.decode())
    assert number_of(line) == number


def test_a_name_that_is_no_text_survives() -> None:
    name = b"/album/\xff\xfe caf\xe9.jpg"
    row = Row(1, os.fsdecode(name), "", 1, 1, None, 0, False, ("\ud800",), True)
    _, back = decode(encode(Rows((row,))))
    assert isinstance(back, Rows) and back.rows == (row,)
    assert os.fsencode(back.rows[0].path) == name


def test_fields_with_a_default_may_be_missing_and_unknown_ones_are_left_out() -> None:
    line = '{"v":1,"id":3,"type":"Search","words":"a dog","colour":{"deep":[1]}}'
    assert decode(line) == (3, Search("a dog"))
    line = '{"v":1,"id":3,"type":"Matches","matches":[{"photo_id":1,"score":1,"reasons":[]}]}'
    assert decode(line) == (3, Matches((Match(1, 1.0, ()),)))


def test_a_million_ids_stay_flat() -> None:
    ids = tuple(range(1_000_000))
    line = encode(Photos(ids), 5)
    number, back = decode(line)
    assert (number, back) == (5, Photos(ids))
    assert len(line) < 7_000_000
    assert messages._plain(Photos(ids))["photo_ids"] is ids  # not copied one by one


HEAD = '{"v":1,"id":3,"type":'


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"\n", b"\xff\xfe", b"\x00", b"null", b"7", b"[]", b'"Search"', b"{}", b"{"),
        *('{"v":1}', '{"v":1,"id":3}', '{"v":1,"type":"Undo"}'),
        *('{"v":2,"id":3,"type":"Undo"}', '{"id":3,"type":"Undo"}'),
        *('{"v":true,"id":3,"type":"Undo"}', '{"v":"1","id":3,"type":"Undo"}'),
        *('{"v":1.0,"id":3,"type":"Undo"}', '{"v":[1],"id":3,"type":"Undo"}'),
        *('{"v":1,"id":null,"type":"Undo"}', '{"v":1,"id":true,"type":"Undo"}'),
        *('{"v":1,"id":"3","type":"Undo"}', '{"v":1,"id":3.0,"type":"Undo"}'),
        *(HEAD + each + "}" for each in ('"undo"', '""', "null", "3", '["Undo"]', '{"a":1}')),
        *(HEAD + each + "}" for each in ('"Message"', '"Request"', '"PhotoSearchError"', '"str"')),
        *(
            HEAD + each + "}"
            for each in ('"Search"', '"Search","words":null', '"Search","words":7')
        ),
        HEAD + '"Search","words":"a","top_k":"5"}',
        HEAD + '"Search","words":"a","top_k":true}',
        HEAD + '"Search","words":"a","top_k":5.5}',
        HEAD + '"Search","words":"a","top_k":1e999}',
        *(
            HEAD + f'"GetRows","photo_ids":{each}}}'
            for each in ("5", "null", '"12"', "{}", "[[1]]")
        ),
        *(HEAD + f'"GetRows","photo_ids":{each}}}' for each in ("[1,null]", "[1.0]", "[true]")),
        HEAD + '"Favourite","photo_ids":[1],"on":1}',
        *(HEAD + f'"Rows","rows":{each}}}' for each in ("[1]", "[[]]", "[{}]", "[null]", "{}")),
        HEAD + '"LibraryState","folder":"","roots":[],"photos":1,"encoder":5,"indexer":null}',
        HEAD + '"LibraryState","folder":"","roots":[],"photos":1,"encoder":null,"indexer":[]}',
        HEAD + '"Matches","matches":[{"photo_id":1,"score":' + "9" * 400 + ',"reasons":[]}]}',
        HEAD + '"Search","words":"a","top_k":' + "9" * 5000 + "}",
        HEAD + '"GetRows","photo_ids":' + "[" * 100_000 + "]" * 100_000 + "}",
        "[" * 200_000,
        '{"v":' * 100_000,
        HEAD + '"GetRows","photo_ids":' + "[" * 300 + "]" * 300 + "}",
        HEAD + json.dumps("\ud800\n" * 1000) + "}",
        HEAD + '"Search","words":' + json.dumps(["\udfff"] * 1000) + "}",
    ],
)
def test_a_line_that_is_no_message_is_refused(line: bytes | str) -> None:
    refused(line)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_missing_field_is_named_unless_it_has_a_default(kind: type) -> None:
    whole = json.loads(encode(SAMPLES[kind], 3))
    for field in fields(kind):
        line = json.dumps({key: value for key, value in whole.items() if key != field.name})
        if field.default is not MISSING:
            assert decode(line)[0] == 3
        else:
            assert field.name in refused(line)


TWIN = replies.DuplicateFile(1, "/a", "/t", 4, 3, 1, ("why",), False)
SAMPLES: dict[type, Any] = {
    requests.GetLibrary: requests.GetLibrary(),
    requests.GetPhotos: requests.GetPhotos(),
    GetRows: GetRows((1, 2)),
    Search: Search("a dog"),
    requests.SearchNames: requests.SearchNames("a dog"),
    requests.Suggest: requests.Suggest("a d", 3),
    requests.GetSearches: requests.GetSearches(),
    requests.SaveSearch: requests.SaveSearch("dogs", "a dog"),
    requests.RemoveSearch: requests.RemoveSearch("dogs"),
    requests.RememberSearch: requests.RememberSearch("a dog"),
    requests.Similar: requests.Similar(1, 5, requests.Region(0.0, 0.5, 1.0, 0.5)),
    requests.Explain: requests.Explain(1, "a dog"),
    Preview: Preview(1, 2, 3),
    Rate: Rate((1,), 5),
    requests.Favourite: requests.Favourite((1,), True),
    requests.GetTags: requests.GetTags(7),
    requests.TagPhotos: requests.TagPhotos((1, 2), "Großmutter", False),
    requests.Teach: requests.Teach((1, 2), "Großmutter", False),
    requests.Learn: requests.Learn("Großmutter", True),
    replies.Lessons: replies.Lessons((replies.Lesson("Rex", 5, 1, "it tells", (7, 9)),)),
    replies.Tags: replies.Tags((replies.TagOf("dog", "classifier", 0.9),)),
    requests.GetFacets: requests.GetFacets(),
    requests.GetPhoto: requests.GetPhoto(7),
    requests.ReadQuery: requests.ReadQuery("a dog"),
    requests.ToggleFilter: requests.ToggleFilter("a dog", "tag", "kids"),
    replies.Facets: replies.Facets((replies.Facet("in", "/a/", "/a", 3, 0),), (), (), (), (), 1),
    replies.About: replies.About(
        *(1, (replies.FileOf("/a", True),), ("/a.cr2",), 4, 3, 9, "JPEG", None, "", "", 0.1, None),
        *(100, None, None, None, ("Rome",), "", "", 0, False),
        (replies.TagOf("dog", "user", None),),
    ),
    replies.Chips: replies.Chips((replies.Chip("filter", "tag", "kids", True, "a dog"),)),
    replies.QueryText: replies.QueryText("a dog"),
    requests.Undo: requests.Undo(),
    requests.SteerIndexer: requests.SteerIndexer("pause"),
    requests.GetDuplicates: requests.GetDuplicates(("duplicate",)),
    requests.KeepDuplicate: requests.KeepDuplicate("/a"),
    requests.RejectDuplicates: requests.RejectDuplicates("duplicate", "/a", "/b"),
    requests.TrashDuplicates: requests.TrashDuplicates("duplicate", "/a"),
    requests.GetFolders: requests.GetFolders(),
    requests.TryAgain: requests.TryAgain(),
    requests.Exclude: requests.Exclude("*.png", True),
    requests.GetModels: requests.GetModels(),
    requests.UseModel: requests.UseModel("tiny"),
    requests.RemoveModel: requests.RemoveModel("tiny"),
    requests.LayOutDemo: requests.LayOutDemo(),
    replies.Models: replies.Models(
        (
            replies.Model(
                *("tiny", "Tiny", True, "none", ("en",), "/t", True, 9, 3, "host", 63.1, None, 4.0)
            ),
        ),
        *("tiny", ""),
    ),
    replies.DemoAlbum: replies.DemoAlbum("/a", "/l"),
    requests.Cancel: requests.Cancel(3),
    LibraryState: LibraryState(
        "/l", (Root("/a", 1, True),), 1, None, replies.IndexerState("paused", "read", 1, None)
    ),
    Photos: Photos((1,), (replies.Group("2019-06", 1),)),
    Rows: Rows((Row(1, "/a", "/t", 1, 1, None, 0, False, (), True),)),
    Matches: Matches((Match(1, 0.5, ("why",), 0.9, (2, 3)),), (), 1, ("a note",)),
    replies.Suggestions: replies.Suggestions(("a dog",)),
    replies.Searches: replies.Searches((replies.SavedSearch("dogs", "a dog"),)),
    replies.Explanation: replies.Explanation((replies.HeatMap("a dog", 0.2, 1, (0.5,)),)),
    replies.Pixels: replies.Pixels("/a", 1, 1),
    replies.DuplicateGroups: replies.DuplicateGroups(
        (replies.DuplicateGroup("duplicate", TWIN, (TWIN,)),)
    ),
    replies.Folders: replies.Folders(
        (replies.Root("/a", 3, False),), ("*.png",), (replies.ProblemFile("/a/b", "why"),)
    ),
    replies.Trashed: replies.Trashed(("/a",), (replies.Refusal("/b", "why"),)),
    replies.Said: replies.Said(None),
    replies.Error: replies.Error("code", "what", "todo"),
    SearchState: SearchState("ready"),
}
SAMPLES |= {
    requests.GetAlbums: requests.GetAlbums(),
    requests.PutIntoAlbum: requests.PutIntoAlbum((1, 2), "wall"),
    requests.TakeFromAlbum: requests.TakeFromAlbum((1, 2), "wall"),
    requests.RemoveAlbum: requests.RemoveAlbum("wall"),
    requests.RenameAlbum: requests.RenameAlbum("wall", "hall"),
    requests.GetTrashPlan: requests.GetTrashPlan((1, 2)),
    requests.TrashPhotos: requests.TrashPhotos((1, 2)),
    replies.TrashPlan: replies.TrashPlan(2, ("/a",), (replies.Refusal("/b", "protected"),)),
    requests.ExportPhoto: requests.ExportPhoto(1, "/out", 2000),
    replies.Exported: replies.Exported("/out/a.jpg"),
    replies.Albums: replies.Albums((replies.Album("wall", 2),)),
}

JSON = st.recursive(
    st.none() | st.booleans() | INTS | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(KINDS), st.data())
def test_any_value_in_any_field_is_a_message_or_refused(kind: type, data: st.DataObject) -> None:
    values = json.loads(encode(SAMPLES[kind], 3))
    name = data.draw(st.sampled_from(sorted(values)))
    values[name] = data.draw(JSON)
    line = json.dumps(values)
    try:
        number, message = decode(line)
    except PhotoSearchError:
        refused(line)
    else:
        assert decode(encode(message, number))[0] == number


@given(st.binary(max_size=60) | JSON.map(lambda value: json.dumps(value).encode()))
@example(b'{"v":1,"id":1,"type":"Undo"')
def test_any_line_is_refused_and_nothing_else(line: bytes) -> None:
    refused(line)
