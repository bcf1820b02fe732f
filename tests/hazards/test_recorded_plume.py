"""A plume read from files: every form, units, houses, pace, size, report, files of every sort."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasterio import Affine
from recording_kit import X0, Y0, area, table, tiff
from scipy.io import netcdf_file

from sim.clock import MS_PER_MIN, NEVER
from sim.schema.problems import InputError

Make = Callable[..., Any]
CELLS = [[60.0, 12.0, 0.0], [0.0, 6.0, 0.0]]
"""mg/m³ in two rows of three cells of 100 m; the places lie in the upper row."""
HUGE = 2e7


def series(folder: Path, cells: Any = CELLS, **changes: Any) -> dict[str, Any]:
    """Nothing at minute 0 and from 60 on, the raster at 20 and 40."""
    none = tiff(folder, "none.tif", np.zeros((2, 3)), **changes)
    gas = tiff(folder, "gas.tif", cells, **changes)
    layers = [(none, 0), (gas, 20), (gas, 40), (none, 60)]
    return {"form": "series", "layers": [{"file": f, "at_min": at} for f, at in layers]}


def bands(folder: Path, cells: Any = CELLS, **changes: Any) -> dict[str, Any]:
    """One band."""
    return {"form": "bands", "file": tiff(folder, "b.tif", cells, **changes), "every_min": 20}


def netcdf(folder: Path) -> dict[str, Any]:
    """The series once more, as a NetCDF that states its times."""
    with netcdf_file(folder / "g.nc", "w") as file:
        axes = (("time", [0, 20, 40, 60]), ("y", [Y0 + 50, Y0 - 50]),
                ("x", [X0 + 50 + 100 * i for i in range(3)]))  # fmt: skip
        for name, values in axes:
            file.createDimension(name, len(values))
            file.createVariable(name, "d", (name,))[:] = values
        file.variables["time"].units = "minutes since 2020-07-08 00:00:00"
        for axis in "xy":
            file.variables[axis].standard_name = f"projection_{axis}_coordinate"
            file.variables[axis].units = "m"
        none = np.zeros((2, 3))
        file.createVariable("conc", "d", ("time", "y", "x"))[:] = [none, CELLS, CELLS, none]
    return {"form": "bands", "file": "g.nc"}


def polygons(folder: Path, value: Any = 60.0, x: float = X0, until: Any = 40) -> dict[str, Any]:
    """One square over the first place."""
    return area(folder, 100, x, value=value, from_min=20, to_min=until)


def places(folder: Path, *lines: str) -> dict[str, Any]:
    """A table of one place, or of given lines."""
    return table(folder, "value", *(lines or ("P0,0,0", "P0,20,60", "P0,40,60", "P0,60,0")))


@pytest.fixture
def read(tmp_path: Path, make_geometry: Make, build: Make) -> Make:
    """Three places 100 m apart and a bridge with a deck through the first two cells."""
    spots = [(X0 + 50 + 100 * i, Y0 + 50, 0.0) for i in range(3)]
    road = [(X0 + 20.0 + 40 * i, Y0 + 60, 0.0) for i in range(4)]

    def built(data: dict[str, Any], **changes: Any) -> Any:
        section = {
            "kind": "recorded_plume", "data": {"starts_at": "09:00"} | data, "at": [X0, Y0],
            "substance": {"zh": "氯", "en": "chlorine"},
            "limits": {"harm_mg_m3": 5.8, "deadly_mg_m3": 58},
        } | changes  # fmt: skip
        return build(section, make_geometry(spots, [road], [9.0]), folder=tmp_path)

    return built


def road(member: Any) -> np.ndarray[Any, Any]:
    return np.asarray(member.edge_levels[member.edge_row[0]])


def house(member: Any) -> np.ndarray[Any, Any]:
    return np.asarray(member.place_levels[member.place_row[0]])


@pytest.mark.parametrize("form", [series, netcdf, places])
def test_the_same_plume_in_every_form(tmp_path: Path, read: Make, form: Make) -> None:
    """60 mg/m³ outside from minute 20 to 40 after 09:00, straight lines before and after; the
    road is shut while it is above 58; a bridge's deck does not lift it out of the gas."""
    member = read(form(tmp_path)).member(0)
    begin = 60 // 5
    outside = road(member)[begin : begin + 13].tolist()
    assert outside == [0, 1500, 3000, 4500, *[6000] * 5, 4500, 3000, 1500, 0]
    assert not road(member)[:begin].any()
    stopped = [member.scale.stops("coach", level) for level in outside]
    assert stopped == [False] * 4 + [True] * 5 + [False] * 4


def test_polygons_hold_between_their_times(tmp_path: Path, read: Make) -> None:
    """60 mg/m³ in the square from minute 20 to 40 and none else."""
    member = read(polygons(tmp_path)).member(0)
    on = np.flatnonzero(road(member))
    assert (on[0], on[-1]) == (16, 19) and (road(member)[on] == 6000).all()
    assert member.place_row[1] == -1


def test_the_house_keeps_it(tmp_path: Path, read: Make) -> None:
    """Half an air change an hour: 20 min of 60 mg/m³ give 60 (1 − e^(−1/6)) inside, which then
    leaves by the same rate."""
    member = read(polygons(tmp_path)).member(0)
    top = 6000 * (1 - np.exp(-0.5 / 3))
    assert house(member).max() == pytest.approx(top, abs=1)
    assert house(member)[20 + 12 - 1] == pytest.approx(top * np.exp(-0.5), abs=1)


def test_parts_per_million(tmp_path: Path, read: Make) -> None:
    """2 ppm of chlorine (70.9 g/mol) are 5.8 mg/m³: AEGL-2 of an hour."""
    data = polygons(tmp_path, 2.0)
    member = read(data, unit="ppm", molar_mass_g=70.9).member(0)
    assert road(member).max() == 580
    with pytest.raises(ValueError, match="molar_mass_g"):
        read(data, unit="ppm")


def test_shift_pace_and_size(tmp_path: Path, read: Make) -> None:
    """An hour later, twice as fast and half as strong."""
    changes = {"start_shift_min": 60, "speed_factor": 2, "level_factor": 0.5}
    on = road(read(polygons(tmp_path), **changes).member(0))
    assert np.flatnonzero(on).tolist() == [26, 27] and on.max() == 3000


def test_report_and_false_alarm(tmp_path: Path, read: Make) -> None:
    """Nothing is known before the report; a false alarm is known too and brings no gas; a plume
    of no strength is exactly nothing."""
    watcher = {"id": "sensor", "delay_min": 10}
    onset = read(polygons(tmp_path), watchers=[watcher]).member(0).signals.onset_forecast_ms
    assert (onset[:14] == NEVER).all() and (onset[14:] == 80 * MS_PER_MIN).all()
    false = {"members": 1, "false_alarm_members": 1}
    for changes in ({"ensemble": false}, {"level_factor": 0}):
        member = read(polygons(tmp_path), **changes).member(0)
        assert not member.edge_levels.any() and not member.place_levels.any()


@pytest.mark.parametrize("form", [series, bands])
@pytest.mark.parametrize(
    ("cells", "changes", "code"),
    [
        ([[-1.0, 1, 0], [0, 0, 0]], {}, "hazard.gas_negative"),
        ([[HUGE, 1, 0], [0, 0, 0]], {}, "hazard.gas_implausible"),
        ([[np.nan, 1, 0], [0, 0, 0]], {}, "hazard.raster_nodata"),
        ([[-9999.0, 1, 0], [0, 0, 0]], {}, "hazard.raster_nodata"),
        (CELLS, {"transform": Affine(100, 0, X0 + 1e6, 0, -100, Y0)}, "hazard.raster_elsewhere"),
        (CELLS, {"crs": "EPSG:32633"}, "hazard.raster_elsewhere"),
    ],
)
def test_wrong_rasters(
    tmp_path: Path, read: Make, form: Make, cells: Any, changes: dict[str, Any], code: str
) -> None:
    """Negative, huge, NaN and missing concentrations, another place, another system."""
    with pytest.raises(InputError) as caught:
        read(form(tmp_path, cells, **changes) | {"nodata_is_dry": False})
    assert code in [problem.code for problem in caught.value.problems]


def test_gaps_and_parts_are_said(tmp_path: Path, read: Make) -> None:
    """A pause in the series, a raster that covers a part, and how much the gas reaches."""
    data = series(tmp_path, transform=Affine(100, 0, X0 - 100, 0, -100, Y0 + 100))
    data["layers"].append({"file": "none.tif", "at_min": 500})
    notes = {note.code: (note.found, note.allowed) for note in read(data).warnings}
    assert notes["hazard.time_gap"][0] == "60…500"
    assert notes["hazard.raster_part"][0] == "1 / 7"
    assert notes["hazard.reach_says"] == ("1 / 3", "2 / 4")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"value": -1.0}, "hazard.out_of_range"),
        ({"value": HUGE}, "hazard.out_of_range"),
        ({"value": "much"}, "hazard.not_a_number"),
        ({"until": 10}, "hazard.area_times"),
        ({"x": X0 + 50_000}, "hazard.areas_elsewhere"),
    ],
)
def test_wrong_polygons(tmp_path: Path, read: Make, changes: dict[str, Any], code: str) -> None:
    """Impossible values, an end before the beginning, polygons elsewhere."""
    with pytest.raises(InputError) as caught:
        read(polygons(tmp_path, **changes))
    assert code in [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize("line", ["P0,60,-1", f"P0,60,{HUGE:.0f}", "P0,60,nan", "nobody,60,1"])
def test_wrong_tables(tmp_path: Path, read: Make, line: str) -> None:
    """Impossible concentrations and a place nobody knows: file, row and what was found."""
    with pytest.raises(InputError) as caught:
        read(places(tmp_path, "P0,0,0", line))
    problem = caught.value.problems[-1]
    assert (problem.file, problem.row) == ("t.csv", 3) and str(problem.found) in line
