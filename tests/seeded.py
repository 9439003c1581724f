"""A seeded album: real photos with known facts written in, to be read back and searched by.

Twenty years, six cameras, forty places, ratings, keywords, captions; some facts in EXIF, some in
XMP, some in IPTC, some in sidecars, as real albums have them. The same seed gives the same album.
"""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from PIL import ExifTags, Image

from photosearch.media.facts import Metadata

TAG, GPS = ExifTags.Base, ExifTags.GPS


@dataclass(frozen=True)
class Camera:
    make: str
    model: str
    lens: str
    focal_length: float
    f_number: float


CAMERAS = (
    Camera("Canon", "Canon EOS 350D DIGITAL", "EF-S18-55mm f/3.5-5.6", 35.0, 5.6),
    Camera("NIKON CORPORATION", "NIKON D750", "24.0-120.0 mm f/4.0", 85.0, 4.0),
    Camera("Apple", "iPhone 7", "iPhone 7 back camera 3.99mm f/1.8", 3.99, 1.8),
    Camera("FUJIFILM", "X-T5", "XF33mmF1.4 R LM WR", 33.0, 1.4),
    Camera("SONY", "ILCE-7SM3", "FE 24-70mm F2.8 GM", 50.0, 2.8),
    Camera("Google", "Pixel 8 Pro", "Pixel 8 Pro back camera 6.9mm f/1.68", 6.9, 1.68),
)

# City and country as the gazetteer calls them, degrees north and east, and the offset in minutes.
PLACES = (
    *(("Rome", "Italy", 41.8920, 12.5110, 60), ("Paris", "France", 48.8530, 2.3490, 60)),
    *(("Berlin", "Germany", 52.5240, 13.4110, 60), ("Toledo", "Spain", 39.8580, -4.0230, 60)),
    *(("Lisbon", "Portugal", 38.7170, -9.1330, 0), ("Vienna", "Austria", 48.2080, 16.3720, 60)),
    *(("Szeged", "Hungary", 46.2530, 20.1480, 60), ("Sopot", "Poland", 54.4420, 18.5600, 60)),
    *(("Athens", "Greece", 37.9840, 23.7280, 120), ("Oslo", "Norway", 59.9130, 10.7460, 60)),
    *(
        ("Stockholm", "Sweden", 59.3330, 18.0650, 60),
        ("Helsinki", "Finland", 60.1700, 24.9350, 120),
    ),
    *(("Reykjavik", "Iceland", 64.1350, -21.8950, 0), ("Dublin", "Ireland", 53.3330, -6.2490, 0)),
    *(
        ("Prague", "Czech Republic", 50.0880, 14.4210, 60),
        ("Bern", "Switzerland", 46.9480, 7.4470, 60),
    ),
    *(("Moscow", "Russia", 55.7520, 37.6160, 180), ("Bodrum", "Turkey", 37.0380, 27.4290, 180)),
    *(("Cairo", "Egypt", 30.0630, 31.2500, 120), ("Nairobi", "Kenya", -1.2830, 36.8170, 180)),
    *(
        ("Cape Town", "South Africa", -33.9260, 18.4230, 120),
        ("Dakar", "Senegal", 14.6940, -17.4440, 0),
    ),
    *(("Tunis", "Tunisia", 36.8190, 10.1660, 60), ("Rabat", "Morocco", 34.0130, -6.8330, 0)),
    *(("Kathmandu", "Nepal", 27.7020, 85.3210, 345), ("New Delhi", "India", 28.6360, 77.2240, 330)),
    *(
        ("Bangkok", "Thailand", 13.7540, 100.5010, 420),
        ("Hanoi", "Vietnam", 21.0250, 105.8410, 420),
    ),
    *(("Beijing", "China", 39.9080, 116.3970, 480), ("Tokyo", "Japan", 35.6900, 139.6920, 540)),
    *(
        ("Seoul", "South Korea", 37.5660, 126.9780, 540),
        ("Manila", "Philippines", 14.6040, 120.9820, 480),
    ),
    *(("Cairns", "Australia", -16.9240, 145.7660, 600), ("Suva", "Fiji", -18.1420, 178.4420, 720)),
    *(
        ("Honolulu", "United States", 21.3070, -157.8580, -600),
        ("Chicago", "United States", 41.8500, -87.6500, -360),
    ),
    *(("Ottawa", "Canada", 45.4110, -75.6980, -300), ("Havana", "Cuba", 23.1330, -82.3830, -300)),
    *(
        ("Quito", "Ecuador", -0.2300, -78.5250, -300),
        ("Montevideo", "Uruguay", -34.8330, -56.1670, -180),
    ),
)

KEYWORDS = (
    "beach",
    "birthday",
    "dog",
    "família",
    "garden",
    "hiking",
    "雪",
    "sunset",
    "train",
    "zoo",
)


@dataclass(frozen=True)
class Seeded:
    """A photo of the album: its file, what it says (without the names of places), and the city and
    the country it was taken in."""

    file: Path
    said: Metadata
    city: str
    country: str


def seed_album(folder: Path, photos: list[Path], seed: int = 0) -> list[Seeded]:
    """Copy JPEG photos into `folder`, each with facts of its own written in (or beside it)."""
    dice = random.Random(seed)
    start = datetime(2004, 1, 1)
    album = []
    for number, photo in enumerate(photos):
        day = start + timedelta(
            days=number * 20 * 365 // len(photos), seconds=dice.randrange(86400)
        )
        camera = CAMERAS[number % len(CAMERAS)]
        city, country, north, east, offset = PLACES[number % len(PLACES)]
        how = ("xmp", "iptc", "sidecar")[number % 3]
        rating = dice.choice((None, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, -1.0))
        said = Metadata(
            taken_at=day.isoformat(),
            taken_offset=offset,
            taken_source="shutter",
            camera_make=camera.make,
            camera_model=camera.model,
            lens=camera.lens,
            exposure_time=1 / dice.choice((4, 60, 250, 4000)),
            f_number=camera.f_number,
            iso=dice.choice((100, 200, 800, 6400)),
            focal_length=camera.focal_length,
            latitude=north,
            longitude=east,
            altitude=float(dice.randrange(-10, 3000)),
            rating=None if rating == -1 and how == "iptc" else rating,  # which EXIF cannot say
            title=f"Photo {number}",
            caption=f"In {city}, <the {number}th> & “more”",
            keywords=tuple(sorted(dice.sample(KEYWORDS, dice.randrange(4)))),
        )
        file = folder / f"{day.year}" / f"IMG_{number:04}.jpg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(with_facts(photo.read_bytes(), said, how))
        if how == "sidecar":
            file.with_suffix(".xmp").write_bytes(packet(said))
        album.append(Seeded(file, said, city, country))
    return album


def with_facts(jpeg: bytes, said: Metadata, how: str) -> bytes:
    """A JPEG's bytes with the facts of the shot in EXIF, and words in XMP (`how` is xmp) or IPTC
    and EXIF (iptc), or not at all (sidecar)."""
    blocks = segment(0xE1, exif_of(said, words=how == "iptc").tobytes())
    if how == "xmp":
        blocks += segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet(said))
    if how == "iptc":
        blocks += segment(0xED, photoshop(record(said)))
    return jpeg[:2] + blocks + jpeg[2:]


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG file."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def exif_of(said: Metadata, *, words: bool = False) -> Image.Exif:
    """EXIF that says it; of words only the rating."""
    exif = Image.Exif()
    exif[TAG.Make], exif[TAG.Model] = said.camera_make, said.camera_model
    if words and said.rating is not None and said.rating >= 0:
        exif[0x4746] = int(said.rating)
    shot = exif.get_ifd(ExifTags.IFD.Exif)
    shot[TAG.DateTimeOriginal] = datetime.fromisoformat(said.taken_at or "").strftime(
        "%Y:%m:%d %H:%M:%S"
    )
    minutes = said.taken_offset or 0
    sign = "-" if minutes < 0 else "+"
    shot[TAG.OffsetTimeOriginal] = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    shot[TAG.LensModel] = said.lens
    shot[TAG.ExposureTime], shot[TAG.FNumber] = said.exposure_time, said.f_number
    shot[TAG.ISOSpeedRatings], shot[TAG.FocalLength] = said.iso, said.focal_length
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    north, east, height = said.latitude or 0.0, said.longitude or 0.0, said.altitude or 0.0
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "NS"[north < 0], sexagesimal(north)
    place[GPS.GPSLongitudeRef], place[GPS.GPSLongitude] = "EW"[east < 0], sexagesimal(east)
    place[GPS.GPSAltitudeRef], place[GPS.GPSAltitude] = bytes([height < 0]), abs(height)
    return exif


def sexagesimal(degrees: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds, without the sign."""
    thousandths = round(abs(degrees) * 3_600_000)
    return (thousandths // 3_600_000, thousandths // 60_000 % 60, thousandths % 60_000 / 1000)


def packet(said: Metadata) -> bytes:
    """An XMP packet with the words: rating, keywords, title, caption."""
    rating = "" if said.rating is None else f" xmp:Rating={quoteattr(f'{said.rating:g}')}"
    items = "".join(f"<rdf:li>{escape(keyword)}</rdf:li>" for keyword in said.keywords)
    words = "".join(
        f"<dc:{name}><rdf:Alt><rdf:li xml:lang='de'>falsch</rdf:li>"
        f"<rdf:li xml:lang='x-default'>{escape(text or '')}</rdf:li></rdf:Alt></dc:{name}>"
        for name, text in (("title", said.title), ("description", said.caption))
    )
    return (
        "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'"
        f" xmlns:xmp='http://ns.adobe.com/xap/1.0/'{rating}>"
        f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>{words}"
        "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


def record(said: Metadata) -> bytes:
    """An IPTC-IIM record with keywords, title and caption, in UTF-8."""
    data = dataset(1, 90, b"\x1b%G")
    for number, texts in ((5, (said.title,)), (25, said.keywords), (120, (said.caption,))):
        for text in texts:
            data += dataset(2, number, (text or "").encode())
    return data


def dataset(record_: int, number: int, value: bytes) -> bytes:
    """A dataset of IPTC-IIM."""
    return struct.pack(">BBBH", 0x1C, record_, number, len(value)) + value


def photoshop(iptc: bytes) -> bytes:
    """Photoshop's block with IPTC in it."""
    head = b"Photoshop 3.0\x008BIM" + struct.pack(">H2xI", 0x0404, len(iptc))
    return head + iptc + b"\0" * (len(iptc) % 2)
