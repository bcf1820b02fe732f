"""Slopes out of a survey table 普查、隐患点台账, added to those a section writes itself."""

from __future__ import annotations

from sim.hazards.base import Setting
from sim.io.hazard_points import HazardPoint, read_hazard_points
from sim.schema.base import Name
from sim.schema.hazard_landslide import LandslideSpec, Slope
from sim.schema.problems import InputError, Problem


def with_table(spec: LandslideSpec, setting: Setting) -> LandslideSpec:
    """The section with the slopes of its survey table behind its own.

    Raises:
        InputError: the table cannot be used, or it repeats an id of the section.
    """
    if spec.table is None:
        return spec
    points = read_hazard_points(setting.folder, spec.table.file)
    known = {slope.id for slope in spec.slopes}
    twice = [point.id for point in points if point.id in known]
    if twice:
        raise InputError(
            [Problem("hazard.point_id", spec.table.file, None, "id", name) for name in twice]
        )
    added = tuple(_slope(point, spec.table.like) for point in points)
    return spec.model_copy(update={"slopes": spec.slopes + added})


def _slope(point: HazardPoint, like: Slope) -> Slope:
    """The slope at one point; what the table does not state is as in ``like``."""
    return like.model_copy(
        update={
            "id": point.id,
            "course": ((point.x, point.y),),
            "name": Name(zh=point.name) if point.name else None,
            "width_m": like.width_m if point.width_m is None else point.width_m,
        }
    )
