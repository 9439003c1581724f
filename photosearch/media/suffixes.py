"""Which file names are looked at (`formats.py` decides what a file really is)."""

from __future__ import annotations

RAW_SUFFIXES = frozenset(
    {
        *(b".3fr", b".arw", b".cr2", b".cr3", b".crw", b".dcr", b".dng", b".erf", b".fff", b".iiq"),
        *(b".k25", b".kdc", b".mef", b".mos", b".mrw", b".nef", b".nrw", b".orf", b".pef", b".raf"),
        *(b".raw", b".rw2", b".rwl", b".sr2", b".srf", b".srw", b".x3f"),
    }
)

SUFFIXES = RAW_SUFFIXES | frozenset(
    {
        *(b".jpg", b".jpeg", b".jpe", b".jfif", b".mpo", b".png", b".webp", b".tif", b".tiff"),
        *(b".gif", b".bmp", b".dib", b".heic", b".heif", b".hif", b".avif", b".avifs", b".jxl"),
        *(b".jp2", b".j2k", b".j2c", b".jpc", b".jpf", b".jpx"),
    }
)
