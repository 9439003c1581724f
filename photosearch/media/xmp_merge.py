"""Keywords put into an XMP packet, all else in it left as it is, byte for byte.

No tree is built and written out again, which would lose prefixes, comments and processing
instructions: expat says where `dc:subject` and `lr:hierarchicalSubject` lie, and only their bytes
are replaced. A packet without them gets a description more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from photosearch.media.xmp import MalformedXmp

_RDF_NS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "lr": "http://ns.adobe.com/lightroom/1.0/",
}
_RDF, _DESCRIPTION, _LI = (f"{{{_RDF_NS}}}{name}" for name in ("RDF", "Description", "li"))
_ABOUT = f"{{{_RDF_NS}}}about"
_SUBJECT = f"{{{_NAMESPACES['dc']}}}subject"
_HIERARCHICAL = f"{{{_NAMESPACES['lr']}}}hierarchicalSubject"
_OURS = {_SUBJECT: "dc:subject", _HIERARCHICAL: "lr:hierarchicalSubject"}
_DEPTH = 64
_ELEMENTS = 100_000

_EMPTY = f"""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="PhotoSearch">
 <rdf:RDF xmlns:rdf="{_RDF_NS}">
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""

_ENCODINGS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def merge_keywords(
    data: bytes | None,
    keywords: Sequence[str],
    paths: Sequence[str],
    without: Collection[str] = (),
) -> bytes:
    """The packet `data` (None: a new one) with `keywords` in `dc:subject` and `paths` (parts with
    `|` between them, the most general first) in `lr:hierarchicalSubject`. What is there stays, but
    for keywords in `without` and paths that end in one; where nothing changes, the bytes are equal.

    Raises MalformedXmp for what is no XMP, or has its keywords in a form that cannot be merged.
    """
    source = _utf8(_EMPTY.encode() if data is None or not data.strip() else data)
    spots = _find(source)
    gone = set(without)
    wanted = {
        _SUBJECT: _merged(spots.values[_SUBJECT], keywords, lambda name: name in gone),
        _HIERARCHICAL: _merged(
            spots.values[_HIERARCHICAL], paths, lambda path: path.rpartition("|")[2] in gone
        ),
    }
    edits: list[tuple[int, int, str]] = []
    missing = ""
    for tag, values in wanted.items():
        known = spots.elements[tag]
        if values == spots.values[tag] and len(known) <= 1:
            continue
        if known:
            edits.append((*known[0], _property(tag, values)))
            edits += [(*element, "") for element in known[1:]]
        elif values:
            missing += f"\n   {_property(tag, values)}"
    if missing:
        edits.append(_description(source, spots, missing))
    if not edits:
        return data if data is not None else source
    for start, end, new in sorted(edits, reverse=True):
        source = source[:start] + new.encode() + source[end:]
    _find(source)  # it is XML still
    return source


@dataclass
class _Spots:
    """Where things lie in a packet (byte offsets of elements, with their tags) and the keywords
    that are there."""

    elements: dict[str, list[tuple[int, int]]] = field(
        default_factory=lambda: {tag: [] for tag in _OURS}
    )
    values: dict[str, list[str]] = field(default_factory=lambda: {tag: [] for tag in _OURS})
    rdf: tuple[int, int] | None = None  # its first byte; the first byte of its end tag
    about: str = ""


def _find(source: bytes) -> _Spots:
    target = _Target(source)
    try:
        parser = DefusedXMLParser(target=target, encoding="utf-8", forbid_dtd=True)
        target.expat = parser.parser
        parser.feed(source)
        parser.close()
    except DefusedXmlException:
        raise MalformedXmp("it declares entities") from None
    except (ParseError, ValueError, LookupError, OverflowError) as error:
        if isinstance(error, MalformedXmp):
            raise
        raise MalformedXmp(f"it is no XML ({error})") from None
    if target.spots.rdf is None:
        raise MalformedXmp("it has no RDF in it")
    return target.spots


class _Target:
    """Notes where the parser meets what is looked for."""

    def __init__(self, source: bytes) -> None:
        self.spots = _Spots()
        self.expat: Any = None
        self._source = source
        self._path: list[tuple[str, int]] = []
        self._elements = 0
        self._described = False
        self._text: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        at = self.expat.CurrentByteIndex
        self._path.append((tag, at))
        self._elements += 1
        if len(self._path) > _DEPTH or self._elements > _ELEMENTS:
            raise MalformedXmp("it is nested too deeply or too long")
        if tag == _DESCRIPTION and len(self._path) > 1 and self._path[-2][0] == _RDF:
            if not self._described:
                self._described = True
                self.spots.about = attributes.get(_ABOUT, attributes.get("about", ""))
            if not _OURS.keys().isdisjoint(attributes):
                raise MalformedXmp("its keywords are written as an attribute")
        self._text = []

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        _, start = self._path.pop()
        above = [each for each, _ in self._path]
        if tag == _RDF and self.spots.rdf is None:
            self.spots.rdf = (start, self.expat.CurrentByteIndex)
        elif tag in _OURS and above[-2:] == [_RDF, _DESCRIPTION]:
            end = tag_end(self._source, start)
            if self._source[end - 2 : end] != b"/>":
                end = tag_end(self._source, self.expat.CurrentByteIndex)
            self.spots.elements[tag].append((start, end))
            if not self._source[start:end].count(b"<") > 2:  # a single value, without a list
                self._value(tag)
        elif tag == _LI and len(above) > 2 and above[-2] in _OURS:
            self._value(above[-2])
        self._text = []

    def _value(self, tag: str) -> None:
        text = "".join(self._text).strip()
        if text:
            self.spots.values[tag].append(text)

    def close(self) -> None:
        """Nothing is left to do."""


_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")


def tag_end(source: bytes, start: int) -> int:
    """The offset after the tag that begins at `start`; a `>` in an attribute's value is no end."""
    match = _TAG.match(source, start)
    if match is None:
        raise MalformedXmp("a tag in it has no end")
    return match.end()


def _merged(there: Sequence[str], more: Sequence[str], gone: Any) -> list[str]:
    """What is there and what comes, each once, without what is gone. What is there twice and is
    not ours to tidy stays so."""
    kept = [value for value in there if not gone(value)]
    return kept + [value for value in dict.fromkeys(more) if value not in kept and not gone(value)]


def _property(tag: str, values: Sequence[str]) -> str:
    """A keyword property, with the prefixes that it needs: whatever the packet calls them."""
    name = _OURS[tag]
    prefix = name.partition(":")[0]
    items = "".join(f"\n     <rdf:li>{escape(value)}</rdf:li>" for value in values)
    return (
        f'<{name} xmlns:{prefix}="{_NAMESPACES[prefix]}">'
        f'\n    <rdf:Bag xmlns:rdf="{_RDF_NS}">{items}\n    </rdf:Bag>\n   </{name}>'
    )


def _description(source: bytes, spots: _Spots, properties: str) -> tuple[int, int, str]:
    """The edit that puts one more description, of the same thing, at the end of the RDF."""
    assert spots.rdf is not None
    start, end = spots.rdf
    new = (
        f' <rdf:Description xmlns:rdf="{_RDF_NS}" rdf:about={quoteattr(spots.about)}>'
        f"{properties}\n  </rdf:Description>\n "
    )
    first = tag_end(source, start)
    tag = source[start:first].decode()
    if not tag.endswith("/>"):
        return end, end, new
    name = re.split(r"[\s/>]", tag[1:], maxsplit=1)[0]
    return start, first, f"{tag[:-2].rstrip()}>\n {new}</{name}>"


_DECLARED = re.compile(r"""(<\?xml[^>]*?\bencoding\s*=\s*["'])utf-(?:16|32)[^"']*""", re.I)


def _utf8(data: bytes) -> bytes:
    """The packet in UTF-8: as it is, or made of UTF-16 or -32, which ISO 16684-1 does not have in
    files and few programs read. Raises MalformedXmp for bytes that are no text, so that nothing
    in them is lost."""
    encoding = next((name for start, name in _ENCODINGS if data.startswith(start)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise MalformedXmp(f"it is no {encoding.upper()} text") from None
    if encoding == "utf-8":
        return data
    return _DECLARED.sub(r"\1UTF-8", text.removeprefix("\ufeff"), count=1).encode()
