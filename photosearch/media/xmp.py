"""XMP, in pictures and in sidecar files: RDF in XML (ISO 16684-1), read as names with values.

Written for hostile bytes: document types (and with them entities) are refused, depth and number
are bounded, and no tree is built.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

Properties = dict[str, list[str]]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/exif/1.0/": "exif",
    "http://cipa.jp/exif/1.0/": "exifEX",
    "http://cipa.jp/exif/1.0/exifEX": "exifEX",
    "http://ns.adobe.com/exif/1.0/aux/": "aux",
    "http://ns.adobe.com/tiff/1.0/": "tiff",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://ns.adobe.com/lightroom/1.0/": "lr",
    "http://www.digikam.org/ns/1.0/": "digiKam",
    "http://ns.microsoft.com/photo/1.0": "MicrosoftPhoto",
    "http://ns.microsoft.com/photo/1.0/": "MicrosoftPhoto",
}
_DESCRIPTION, _LI = f"{{{_RDF}}}Description", f"{{{_RDF}}}li"
_LISTS = {f"{{{_RDF}}}{name}" for name in ("Bag", "Seq", "Alt")}
_DEPTH = 64
_ELEMENTS = 100_000
_CHARACTERS = 10_000  # of one value
_VALUES = 5000  # of one property
_LARGEST = 16 << 20


class MalformedXmp(ValueError):
    """What is there is no XMP; the text says why, as a part of a sentence."""


def read_packet(data: bytes) -> Properties:
    """The properties of an XMP packet by name (`dc:subject`), each with its values in order; of
    alternatives in several languages the default one. Structures inside are left out.

    Raises MalformedXmp.
    """
    if len(data) > _LARGEST:
        raise MalformedXmp("it is too large")
    text = _text(data)
    target = _Target()
    if not text:
        return {}
    try:
        parser = DefusedXMLParser(target=target, encoding="utf-8", forbid_dtd=True)
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except DefusedXmlException:
        raise MalformedXmp("it declares entities") from None
    except (ParseError, ValueError, LookupError, OverflowError) as error:
        raise MalformedXmp(f"it is no XML ({error})") from None
    return target.found


_ENCODINGS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def _text(data: bytes) -> str:
    """The packet as text: UTF-8, -16 or -32 (by its first bytes), or Latin-1, which some write."""
    for start, encoding in _ENCODINGS:
        if data.startswith(start):
            return data.decode(encoding, "replace").strip(_BLANKS)
    try:
        return data.decode("utf-8").strip(_BLANKS)
    except UnicodeDecodeError:
        return data.decode("latin-1").strip(_BLANKS)


_BLANKS = "\ufeff\0 \t\r\n"


class _Target:
    """Gathers the properties while the parser goes through the packet."""

    def __init__(self) -> None:
        self.found: Properties = {}
        self._path: list[str] = []
        self._elements = 0
        self._property = ""  # the one inside which we are
        self._level = 0  # its depth
        self._plain = True  # only lists lie between it and where we are
        self._text: list[str] = []
        self._language = ""
        self._choice: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(tag)
        self._elements += 1
        if len(self._path) > _DEPTH or self._elements > _ELEMENTS:
            raise MalformedXmp("it is nested too deeply or too long")
        if tag == _DESCRIPTION and not self._property:
            for name, value in attributes.items():
                self._add(_short(name), value)
        elif not self._property and len(self._path) > 1 and self._path[-2] == _DESCRIPTION:
            self._property, self._level = _short(tag), len(self._path)
            self._plain = True
            self._choice = {}
            if f"{{{_RDF}}}resource" in attributes:
                self._add(self._property, attributes[f"{{{_RDF}}}resource"])
        elif self._property:
            self._plain = self._is_plain()
            self._language = attributes.get(_LANGUAGE, "")
        self._text = []

    def data(self, text: str) -> None:
        if self._property and self._plain and len(self._text) < _CHARACTERS:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._property and self._plain and (tag == _LI or len(self._path) == self._level):
            text = "".join(self._text)
            if self._language and len(self._path) > 1 and self._path[-2].endswith("}Alt"):
                self._choice.setdefault(self._language, text)
            else:
                self._add(self._property, text)
        self._text = []
        self._language = ""
        if len(self._path) == self._level:
            if self._choice:
                first = next(iter(self._choice.values()))
                self._add(self._property, self._choice.get("x-default", first))
            self._property, self._level = "", 0
        self._path.pop()
        self._plain = self._is_plain() if self._property else True

    def close(self) -> None:
        """Nothing is left to do."""

    def _is_plain(self) -> bool:
        return all(tag in _LISTS or tag == _LI for tag in self._path[self._level :])

    def _add(self, name: str, value: str) -> None:
        value = value[:_CHARACTERS].strip()
        if name and value:
            values = self.found.setdefault(name, [])
            if len(values) < _VALUES:
                values.append(value)


def _short(tag: str) -> str:
    """`{namespace}name` as `prefix:name`; empty where the namespace is none that we read."""
    match = re.fullmatch(r"\{([^}]*)\}(.+)", tag)
    prefix = _PREFIXES.get(match[1]) if match else None
    return f"{prefix}:{match[2]}" if match and prefix else ""
