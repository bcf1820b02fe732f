"""Files from outside: received under names and sizes we choose, before anybody opens them.

Whatever a browser sends may be meant to do harm. A name is never a path; an archive is looked at
before it is unpacked; and a file must begin as its ending says, because the libraries for maps
judge files by what is in them (a "raster" may be a text that names other files to open).
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from sim.schema.problems import InputError, Problem

MEGABYTE = 1_000_000
LARGEST_BYTES = 100 * MEGABYTE
"""What ``yuyan ui`` tells the browser, too (``server.maxUploadSize``)."""
LARGEST_UNPACKED = 400 * MEGABYTE
LARGEST_RATIO = 300
MOST_PARTS = 50
LONGEST_NAME = 80

TABLES = (".csv", ".csv.gz", ".xlsx")
POINTS = (".geojson", ".gpkg", ".zip")
ENDINGS: dict[str, tuple[str, ...]] = {
    "people": (*TABLES, ".txt", *POINTS),
    "shelters": (*TABLES, ".txt", *POINTS),
    "roads": (".osm", ".osm.pbf", ".pbf", ".gpkg", ".geojson", ".zip", ".csv", ".csv.gz"),
    "hazard": (".tif", ".tiff", ".asc", ".gpkg", ".geojson", ".zip"),
    "tables": (".xlsx", ".csv"),
}
"""What may be sent for each layer."""

IN_ARCHIVES = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".tif", ".tiff", ".asc", ".tfw")
"""What is taken out of an archive; everything else in it stays there unread."""

_FIRST: dict[str, tuple[bytes, ...]] = {
    ".xlsx": (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),  # the second is an old .xls: named as such later
    ".zip": (b"PK\x03\x04", b"PK\x05\x06"),
    ".gz": (b"\x1f\x8b",),
    ".gpkg": (b"SQLite format 3\0",),
    ".tif": (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
    ".tiff": (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
    ".shp": (b"\0\0\x27\x0a",),
    ".shx": (b"\0\0\x27\x0a",),
    ".pbf": (b"\0\0\0",),
    ".osm": (b"<",),
    ".geojson": (b"{",),
    ".asc": (b"ncols", b"nrows", b"xll", b"yll"),
}
"""How a file of this ending begins (a byte-order mark and blanks aside, any case)."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_SCENARIO_ID = re.compile(r"\w[\w-]{0,39}")
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError,
    RuntimeError, IndexError, OverflowError,
)  # fmt: skip
"""What zipfile raises on damaged archives (RuntimeError: a password)."""


def scenario_id(name: str) -> str:
    """A name that may become a folder: letters of any script, digits, - and _.

    Raises:
        InputError: it could lead elsewhere, or no system would take it.
    """
    plain = unicodedata.normalize("NFC", name.strip())
    if not _SCENARIO_ID.fullmatch(plain) or _RESERVED.match(plain):
        raise InputError([Problem("upload.bad_id", "id", found=name, allowed="坎彭, kampen_2")])
    return plain


def safe_name(name: str) -> str:
    """The last part of a name, fit for a file on every system, its ending kept."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    clean = re.sub(r"[^\w.\- ]", "_", last).lstrip(". -") or "file"
    if _RESERVED.match(clean):
        clean = f"_{clean}"
    stem, dot, ending = clean.partition(".")
    ending = ending[-LONGEST_NAME // 2 :]
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending


def receive(folder: Path, layer: str, name: str, data: bytes) -> list[Path]:
    """Store one upload of a layer below a folder; the files that came of it.

    Args:
        folder: of the layer; made if need be. A file of the same name is replaced.
        layer: key of ``ENDINGS``.
        name: as the browser says it.

    Raises:
        InputError: the file is refused; nothing of it was stored.
    """
    shown = safe_name(name)
    ending = ending_of(shown, ENDINGS[layer])
    if ending is None:
        allowed = ", ".join(ENDINGS[layer])
        raise InputError([Problem("new.unknown_format", shown, allowed=allowed)])
    if len(data) > LARGEST_BYTES:
        raise InputError([_too_large(shown, len(data), LARGEST_BYTES)])
    _begins(shown, data)
    parts = _unpacked(shown, data) if ending == ".zip" else {shown: data}
    folder.mkdir(parents=True, exist_ok=True)
    for part, content in parts.items():
        (folder / part).write_bytes(content)
    return [folder / part for part in parts]


def ending_of(name: str, endings: tuple[str, ...]) -> str | None:
    """The longest of the endings that a name has."""
    lower = name.lower()
    return max((one for one in endings if lower.endswith(one)), key=len, default=None)


def _begins(name: str, data: bytes) -> None:
    """Refuse a file that is something else than its ending says."""
    if not data:
        raise InputError([Problem("file.empty", name)])
    wanted = _FIRST.get(Path(name).suffix.lower())
    text = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if wanted and not (data.startswith(wanted) or text.startswith(wanted)):
        raise InputError([Problem("upload.not_what_it_says", name, allowed=Path(name).suffix)])


def _unpacked(name: str, data: bytes) -> dict[str, bytes]:
    """The layer in an archive by safe names.

    Raises:
        InputError: every reason why the archive is refused.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
            problems = _archive_problems(name, parts, len(data))
            if problems:
                raise InputError(problems)
            wanted = [p for p in parts if ending_of(p.filename, IN_ARCHIVES) is not None]
            found = {safe_name(part.filename): _content(archive, part) for part in wanted}
    except _BROKEN as error:
        raise InputError([Problem("upload.bad_archive", name, found=str(error))]) from error
    layers = [part for part in found if part.lower().endswith((".shp", ".tif", ".tiff", ".asc"))]
    if len(layers) != 1 or len(found) != len(wanted):
        several = ", ".join(layers) or None
        raise InputError([Problem("upload.one_layer", name, found=several, allowed=".shp, .tif")])
    for part, content in found.items():
        _begins(part, content)
    return found


def _archive_problems(name: str, parts: list[zipfile.ZipInfo], size: int) -> list[Problem]:
    """What is wrong with an archive by its table of contents alone."""
    problems = []
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in part.filename:
            problems.append(Problem("upload.leads_out", name, found=part.filename))
        if stat.S_ISLNK(part.external_attr >> 16):
            problems.append(Problem("upload.link", name, found=part.filename))
        if part.flag_bits & 1:
            problems.append(Problem("upload.locked", name, found=part.filename))
    unpacked = sum(part.file_size for part in parts)
    if unpacked > min(LARGEST_UNPACKED, LARGEST_RATIO * size + MEGABYTE):
        allowed = f"≤ {LARGEST_UNPACKED // MEGABYTE} MB, ≤ {LARGEST_RATIO}:1"
        problems.append(Problem("xlsx.bomb", name, found=_mb(unpacked), allowed=allowed))
    if len(parts) > MOST_PARTS:
        allowed = f"≤ {MOST_PARTS}"
        problems.append(Problem("upload.many_parts", name, found=len(parts), allowed=allowed))
    return problems


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """A part of an archive, never more than its table of contents promised."""
    with archive.open(part) as stream:
        content = stream.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise zipfile.BadZipFile(part.filename)
    return content


def _too_large(name: str, size: int, most: int) -> Problem:
    return Problem("file.too_large", name, found=_mb(size), allowed=f"≤ {_mb(most)}")


def _mb(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB"
