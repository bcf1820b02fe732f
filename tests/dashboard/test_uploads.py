"""Files from outside: good ones arrive as they are, hostile ones leave nothing behind."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from dashboard.data_draft import Draft
from dashboard.uploads import LARGEST_BYTES, receive, safe_name, scenario_id
from sim.cli_ui import OPTIONS
from sim.schema.problems import InputError

SHP = b"\0\0\x27\x0a" + bytes(100)


def archive(parts: dict[str, bytes], link: str = "") -> bytes:
    """A zip with parts of these names; one of them may be a symbolic link."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name == link:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            made.writestr(info, content)
    return data.getvalue()


def codes(folder: Path, layer: str, name: str, data: bytes) -> list[str]:
    """Codes with which a file is refused; nothing may be stored then."""
    with pytest.raises(InputError) as caught:
        receive(folder / "in", layer, name, data)
    assert not (folder / "in").exists()
    return [problem.code for problem in caught.value.problems]


def test_a_good_file_is_stored_as_it_is(tmp_path: Path) -> None:
    """Bytes and name survive, Chinese letters too."""
    (path,) = receive(tmp_path / "in", "people", "河口 人口.csv", b"name,x,y\n")
    assert (path.name, path.read_bytes()) == ("河口 人口.csv", b"name,x,y\n")


def test_a_zipped_shapefile_is_unpacked_flat(tmp_path: Path) -> None:
    """Only the parts of the layer come out, whatever folder they lay in; a script stays there."""
    data = archive({"a/道路.shp": SHP, "a/道路.dbf": b"d", "a/道路.prj": b"p", "run.py": b"evil"})
    found = receive(tmp_path / "in", "roads", "roads.zip", data)
    assert {path.name for path in found} == {"道路.shp", "道路.dbf", "道路.prj"}
    assert {path.name for path in (tmp_path / "in").iterdir()} == {path.name for path in found}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.csv", "..\\..\\boot.csv", "/etc/cron.csv", "C:\\x\\y.csv", ".hidden.csv",
        "con.csv", "a\0b.csv", "-rf.csv", "x" * 500 + ".csv", "<script>.csv", "a\nb.csv",
    ],
)  # fmt: skip
def test_a_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    """Whatever a file is called, it lands in its folder under a plain name with its ending."""
    (path,) = receive(tmp_path / "in", "people", name, b"x\n")
    assert path.parent == tmp_path / "in" and path.suffix == ".csv"
    assert [p.relative_to(tmp_path) for p in tmp_path.rglob("*.csv")] == [Path("in") / path.name]
    assert len(path.name) <= 80 and not set(path.name) & set('<>:"/\\|?*\0\n')
    assert safe_name(path.name) == path.name


def test_an_archive_that_leads_out_is_refused_whole(tmp_path: Path) -> None:
    """.., absolute names and drives in an archive: no part of it is unpacked."""
    for bad in ("../../x.shp", "/etc/x.shp", "C:\\x.shp", "a/../../x.shp"):
        data = archive({"ok.shp": SHP, bad: SHP})
        assert codes(tmp_path, "roads", "r.zip", data) == ["upload.leads_out"]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    """A symbolic link, even under a harmless name."""
    data = archive({"roads.shp": SHP, "roads.dbf": b"/etc/passwd"}, link="roads.dbf")
    assert codes(tmp_path, "roads", "r.zip", data) == ["upload.link"]


def test_a_bomb_is_refused_unopened(tmp_path: Path) -> None:
    """50 MB of zeros in 50 kB; a table of contents that lies about it is found out, too."""
    bomb = archive({"roads.shp": SHP + bytes(50_000_000)})
    assert len(bomb) < 100_000
    assert codes(tmp_path, "roads", "r.zip", bomb) == ["xlsx.bomb"]
    lying = bomb.replace((len(SHP) + 50_000_000).to_bytes(4, "little"), (200).to_bytes(4, "little"))
    assert lying != bomb
    assert codes(tmp_path, "roads", "r.zip", lying) == ["upload.bad_archive"]


def test_an_archive_has_one_layer_and_few_parts(tmp_path: Path) -> None:
    """Nothing of use, two layers, hundreds of parts, an archive that is none."""
    assert codes(tmp_path, "roads", "r.zip", archive({"x.txt": b"x"})) == ["upload.one_layer"]
    two = archive({"a.shp": SHP, "b.shp": SHP})
    assert codes(tmp_path, "roads", "r.zip", two) == ["upload.one_layer"]
    many = archive({f"{k}.txt": b"x" for k in range(60)})
    assert codes(tmp_path, "roads", "r.zip", many) == ["upload.many_parts"]
    assert codes(tmp_path, "roads", "r.zip", b"PK\x03\x04junk") == ["upload.bad_archive"]


@pytest.mark.parametrize(
    ("layer", "name", "data"),
    [
        ("hazard", "depth.tif", b"<VRTDataset><SourceFilename>/etc/passwd</SourceFilename>"),
        ("hazard", "depth.tif", b"<GDAL_WMS><Service><ServerUrl>elsewhere</ServerUrl>"),
        ("hazard", "areas.gpkg", b"<OGRVRTDataSource/>"),
        ("roads", "roads.geojson", b"<kml/>"),
        ("roads", "roads.osm.pbf", b"PK\x03\x04"),
        ("people", "people.xlsx", b"MZ\x90\0"),
        ("people", "people.csv.gz", b"name,x,y"),
    ],
)
def test_a_file_is_what_its_ending_says(tmp_path: Path, layer: str, name: str, data: bytes) -> None:
    """A “raster” that names other files or hosts to open is not opened at all."""
    assert codes(tmp_path, layer, name, data) == ["upload.not_what_it_says"]


def test_other_formats_and_sizes_are_refused(tmp_path: Path) -> None:
    """A program, an empty file, one byte more than allowed; the browser is told the same limit."""
    assert codes(tmp_path, "people", "people.exe", b"MZ") == ["new.unknown_format"]
    assert codes(tmp_path, "people", "people.csv", b"") == ["file.empty"]
    big = bytes(LARGEST_BYTES + 1)
    assert codes(tmp_path, "people", "people.csv", big) == ["file.too_large"]
    assert int(OPTIONS["server.maxUploadSize"]) * 1_000_000 == LARGEST_BYTES


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "", " ", ".x", "con", "NUL.txt", "x" * 41, "a b", "<b>", "-x", "a\0"]
)
def test_ids_that_lead_elsewhere_are_refused(name: str) -> None:
    """A scenario's name becomes a folder, so it is letters, digits, - and _."""
    with pytest.raises(InputError):
        scenario_id(name)


def test_ids_of_any_script_are_taken() -> None:
    """Chinese names are the normal case."""
    assert scenario_id(" 坎彭_2 ") == "坎彭_2"


def test_a_draft_keeps_what_was_sent(tmp_path: Path) -> None:
    """The token finds files and entries again; a new file takes the place of the old one."""
    draft = Draft.at(tmp_path, "")
    draft.add("people", "a.csv", b"1")
    draft.add("people", "b.csv", b"2")
    draft.keep(name="坎彭")
    draft.keep(total=5)
    again = Draft.at(tmp_path, draft.token)
    assert [file.name for file in again.files("people")] == ["b.csv"]
    assert again.values() == {"name": "坎彭", "total": 5}
    assert Draft.at(tmp_path, "../../etc").folder.parent == draft.folder.parent


def test_a_refused_file_leaves_the_good_one(tmp_path: Path) -> None:
    """A broken second upload does not throw away the first."""
    draft = Draft.at(tmp_path, "")
    draft.add("people", "a.csv", b"1")
    with pytest.raises(InputError):
        draft.add("people", "b.xlsx", b"no workbook")
    assert [file.name for file in draft.files("people")] == ["a.csv"]
    assert [path.name for path in draft.folder.iterdir()] == ["people"]


def test_road_tables_find_each_other(tmp_path: Path) -> None:
    """Tables of nodes and edges come under any name; one alone or a stranger is named."""
    draft = Draft.at(tmp_path, "")
    draft.add("roads", "kampen_nodes.csv", b"n")
    draft.add("roads", "路段.csv.gz", b"\x1f\x8b")
    assert draft.main_file("roads") == draft.folder / "roads" / "edges.csv.gz"
    assert {file.name for file in draft.files("roads")} == {"nodes.csv", "edges.csv.gz"}
    with pytest.raises(InputError):
        draft.add("roads", "other.csv", b"n")
    draft.add("roads", "county.osm.pbf", b"\0\0\0\x0e")
    assert [file.name for file in draft.files("roads")] == ["county.osm.pbf"]
