"""Keywords in XMP packets: ours are merged, all else stays."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree.ElementTree import TreeBuilder, XMLParser, canonicalize, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosearch.media.xmp import MalformedXmp, read_packet
from photosearch.media.xmp_merge import merge_keywords

FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made elsewhere -->
<?keep this?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
  <r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:odd="urn:odd">
    <r:Description r:about="uuid:1" odd:say='5 > 4 &amp; "3"' xmlns:d="http://purl.org/dc/elements/1.1/">
      <odd:thing><!-- inside --><odd:part a="1"/></odd:thing>
      <d:subject><r:Bag><r:li>old &amp; grey</r:li><r:li>dog</r:li></r:Bag></d:subject>
      <d:title><r:Alt><r:li xml:lang="x-default">A title</r:li></r:Alt></d:title>
    </r:Description>
    <r:Description r:about="uuid:1" odd:more="1"/>
  </r:RDF>
</x:xmpmeta>
"""

OURS = (
    "{http://purl.org/dc/elements/1.1/}subject",
    "{http://ns.adobe.com/lightroom/1.0/}hierarchicalSubject",
)


def without_ours(data: bytes) -> tuple[str, bytes, bytes]:
    """The packet in C14N, comments and all, without the elements that are ours to change (and a
    description that holds nothing else); and what comes before and after its root, as it is."""
    text = data.decode(json.detect_encoding(data))
    builder = TreeBuilder(insert_comments=True, insert_pis=True)
    parser = XMLParser(target=builder, encoding="utf-8")
    parser.feed(text.strip("\ufeff\0 \r\n\t").encode())
    root = parser.close()
    for above in list(root.iter()):
        for element in list(above):
            if element.tag in OURS:
                above.remove(element)
    for above in list(root.iter()):
        for element in list(above):
            empty = str(element.tag).endswith("}Description") and len(element) == 0
            if empty and all(name.endswith("}about") for name in element.attrib):
                above.remove(element)
    whole = canonicalize(
        tostring(root, "unicode"), with_comments=True, rewrite_prefixes=True, strip_text=True
    )
    source = text.encode()
    first = re.search(rb"<[A-Za-z]", source)
    assert first is not None
    return whole, source[: first.start()], source[source.rindex(b"</") :].partition(b">")[2]


def test_a_new_packet_says_what_it_was_told() -> None:
    made = merge_keywords(None, ["dog", "<b> & 'c'"], ["animal|pet|dog"])
    found = read_packet(made)
    assert found["dc:subject"] == ["dog", "<b> & 'c'"]
    assert found["lr:hierarchicalSubject"] == ["animal|pet|dog"]


def test_what_is_there_stays_and_ours_goes_beside_it() -> None:
    made = merge_keywords(FOREIGN.encode(), ["dog", "beach"], ["place|beach"])
    assert read_packet(made)["dc:subject"] == ["old & grey", "dog", "beach"]
    assert read_packet(made)["lr:hierarchicalSubject"] == ["place|beach"]
    assert without_ours(made) == without_ours(FOREIGN.encode())
    for kept in ("<!-- made elsewhere -->", "<?keep this?>", "<!-- inside -->", "odd:say='5 > 4"):
        assert kept in made.decode()
    assert made.decode().count("uuid:1") == 3  # the new description is of the same thing


def test_nothing_new_changes_nothing() -> None:
    data = FOREIGN.encode()
    assert merge_keywords(data, ["dog"], []) == data
    once = merge_keywords(data, ["cat"], ["animal|pet|cat"])
    assert merge_keywords(once, ["cat"], ["animal|pet|cat"]) == once


def test_what_was_rejected_is_taken_out() -> None:
    once = merge_keywords(FOREIGN.encode(), ["cat"], ["animal|pet|cat"])
    made = merge_keywords(once, [], [], without=["cat", "dog"])
    assert read_packet(made)["dc:subject"] == ["old & grey"]
    assert "lr:hierarchicalSubject" not in read_packet(made)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig"])
def test_it_is_written_in_utf8(encoding: str) -> None:
    data = FOREIGN.replace("UTF-8", encoding.upper().removesuffix("-SIG")).encode(encoding)
    made = merge_keywords(data, ["Größe 犬"], [])
    assert made.decode().removeprefix("\ufeff").startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert without_ours(made)[0] == without_ours(data)[0]
    assert read_packet(made)["dc:subject"][-1] == "Größe 犬"


@pytest.mark.parametrize(
    "packet",
    [
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="urn:>" />',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
        ' rdf:about=""/></rdf:RDF>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>'
        '<dc:subject xmlns:dc="http://purl.org/dc/elements/1.1/"/></rdf:Description></rdf:RDF>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description>'
        '<dc:subject xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Bag/></dc:subject>'
        "</rdf:Description></rdf:RDF>",
        "  ",
    ],
)
def test_packets_with_little_in_them(packet: str) -> None:
    made = merge_keywords(packet.encode(), ["a"], ["b|a"])
    assert read_packet(made)["dc:subject"] == ["a"]
    assert read_packet(made)["lr:hierarchicalSubject"] == ["b|a"]


def test_a_single_value_is_kept() -> None:
    packet = FOREIGN.replace(
        "<r:Bag><r:li>old &amp; grey</r:li><r:li>dog</r:li></r:Bag>", "old &amp; grey"
    )
    assert read_packet(merge_keywords(packet.encode(), ["a"], []))["dc:subject"] == [
        "old & grey",
        "a",
    ]


@pytest.mark.parametrize(
    ("packet", "why"),
    [
        (b"no xml", "no XML"),
        (b"<a/>", "no RDF"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "entities"),
        (b"<a>\xff</a>", "no UTF-8"),
        (b"<a>" * 100 + b"</a>" * 100, "deeply"),
        (
            b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
            b' dc:subject="a" xmlns:dc="http://purl.org/dc/elements/1.1/"/></rdf:RDF>',
            "attribute",
        ),
    ],
)
def test_what_cannot_be_merged_is_refused(packet: bytes, why: str) -> None:
    with pytest.raises(MalformedXmp, match=why):
        merge_keywords(packet, ["a"], [])


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)


@given(st.lists(WORDS, max_size=5), st.lists(WORDS, max_size=5))
def test_any_words_come_back(first: list[str], second: list[str]) -> None:
    made = merge_keywords(merge_keywords(FOREIGN.encode(), first, []), second, [])
    found = read_packet(made)["dc:subject"]
    assert found == list(dict.fromkeys(["old & grey", "dog", *first, *second]))
    assert without_ours(made) == without_ours(FOREIGN.encode())


def test_sidecars_made_elsewhere_keep_every_node_but_ours(shared_data: Path) -> None:
    merged = 0
    for file in sorted((shared_data / "formats").rglob("*.xmp")):
        data = file.read_bytes()
        try:
            made = merge_keywords(data, ["dog", "Käse & <Brot>"], ["animal|pet|dog"])
        except MalformedXmp:
            continue
        merged += 1
        assert without_ours(made)[0] == without_ours(data)[0], file
        if data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            assert without_ours(made) == without_ours(data), file
        found = read_packet(made)
        assert {"dog", "Käse & <Brot>"} <= set(found["dc:subject"]), file
        before = read_packet(data)
        assert set(before.get("dc:subject", [])) <= set(found["dc:subject"]), file
        ours = ("dc:subject", "lr:hierarchicalSubject")
        assert {k: v for k, v in found.items() if k not in ours} == {
            k: v for k, v in before.items() if k not in ours
        }, file
    assert merged >= 15
