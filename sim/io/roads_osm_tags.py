"""Tags of OpenStreetMap (and maps made from it) → properties of a road.

What a tag does not say comes from ``sim/defaults/road_classes.csv`` and is marked as assumed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sim.io.roads_ways import RoadProperties
from sim.roads.defaults import read_defaults
from sim.roads.network import COACH_NO, COACH_UNKNOWN, COACH_YES

Tags = Mapping[str, str]

COACH_WIDTH_MM = 3000
_SMALL_CLASSES = ("unclassified", "residential", "living_street", "service", "track", "road")
_NO_CARS = ("no", "private", "agricultural", "forestry")
_SKIPPED_SERVICE = ("parking_aisle", "driveway", "drive-through", "emergency_access")
_ROUNDABOUTS = ("roundabout", "circular")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-z/]*)")
_FEET = re.compile(r"(\d+)\s*'\s*(?:(\d+)\s*\"?)?")
_METRES = {"": 1.0, "m": 1.0, "metres": 1.0, "cm": 0.01, "km": 1000.0, "ft": 0.3048}
_TONNES = {"": 1.0, "t": 1.0, "kg": 0.001, "st": 0.90718474, "lbs": 0.00045359237}
_KMH = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344}


def why_not_a_road(tags: Tags) -> str | None:
    """Reason why vehicles cannot use a line at all, None for a road.

    One of: not_a_road, closed_to_traffic (no or private access), yard (parking aisles and
    driveways).
    """
    if f"{tags.get('highway', '')}.speed_kmh" not in read_defaults("road_classes.csv"):
        return "not_a_road"
    if tags.get("area") == "yes":
        return "not_a_road"
    # the most specific tag decides: motor_vehicle before vehicle before access
    access = next((tags[k] for k in ("motor_vehicle", "vehicle", "access") if k in tags), "yes")
    buses = any(tags.get(k) in ("yes", "designated") for k in ("bus", "psv"))
    if access in _NO_CARS and not buses:
        return "closed_to_traffic"
    if tags.get("service") in _SKIPPED_SERVICE:
        return "yard"
    return None


def directions(tags: Tags) -> tuple[bool, bool]:
    """Whether a road may be driven as drawn, and against it."""
    oneway = tags.get("oneway", "").lower()
    if oneway in ("-1", "reverse", "t"):
        return False, True
    if oneway in ("yes", "true", "1", "f", "reversible"):
        return True, False
    implied = tags.get("highway") in ("motorway", "motorway_link")
    if not oneway and (implied or tags.get("junction") in _ROUNDABOUTS):
        return True, False
    return True, True


def properties(tags: Tags) -> RoadProperties:
    """Everything the network stores about a road, assumptions marked."""
    highway = tags["highway"]
    speeds = tuple(
        speed_kmh_x10(tags.get(f"maxspeed:{side}", tags.get("maxspeed", "")))
        for side in ("forward", "backward")
    )
    default = round(read_defaults("road_classes.csv")[f"{highway}.speed_kmh"] * 10)
    lanes = _lanes(tags)
    width = length_mm(tags.get("width", ""))
    width = 0 if width < 1500 else width  # a slip of the unit, not a road
    fords = ("yes", "boat", "stepping_stones")
    low_water = tags.get("bridge") == "low_water_crossing" or tags.get("ford") in fords
    return RoadProperties(
        speed_kmh_x10=(speeds[0] or default, speeds[1] or default),
        lanes=lanes or _default_lanes(highway),
        width_mm=width,
        height_limit_mm=length_mm(tags.get("maxheight", "")),
        weight_limit_kg=weight_kg(tags.get("maxweight", "")),
        coach_ok=_coach_ok(tags, width),
        bridge=low_water or tags.get("bridge", "no").lower() not in ("no", "f", "0", "false", ""),
        low_water_bridge=low_water,
        name=(tags.get("name") or tags.get("ref") or "").strip(),
        road_class=highway,
        speed_assumed=not all(speeds),
        lanes_assumed=lanes is None,
    )


def speed_kmh_x10(text: str) -> int:
    """A speed limit in km/h times 10, 0 when the text gives no number (RU:urban, none, signals).

    Several values (50;30) count as the lowest; "walk" is 5 km/h.
    """
    values = []
    for part in text.lower().replace("|", ";").split(";"):
        if part.strip() == "walk":
            values.append(50)
        elif (found := _NUMBER.fullmatch(part.strip())) and found[2] in _KMH:
            values.append(round(_value(found[1]) * _KMH[found[2]] * 10))
    usable = [value for value in values if 10 <= value <= 2000]
    return min(usable, default=0)


def length_mm(text: str) -> int:
    """A width or height in mm from "3.5", "3,5 m", "350 cm", 12'6"; 0 when there is no number.

    More than 100 m is a slip, not a limit.
    """
    text = text.strip().lower()
    metres = 0.0
    if found := _FEET.fullmatch(text):
        metres = (int(found[1]) * 12 + int(found[2] or 0)) * 0.0254
    elif (found := _NUMBER.fullmatch(text)) and found[2] in _METRES:
        metres = _value(found[1]) * _METRES[found[2]]
    return round(metres * 1000) if metres <= 100 else 0


def weight_kg(text: str) -> int:
    """A weight limit in kg from "10", "7.5 t", "16000 kg"; 0 without a number or above 500 t."""
    found = _NUMBER.fullmatch(text.strip().lower())
    if not found or found[2] not in _TONNES:
        return 0
    tonnes = _value(found[1]) * _TONNES[found[2]]
    return round(tonnes * 1000) if tonnes <= 500 else 0


def _value(digits: str) -> float:
    return float(digits.replace(",", "."))


def _lanes(tags: Tags) -> tuple[int, int] | None:
    """Lanes per direction; None where nothing usable is tagged."""
    total = _whole(tags.get("lanes", ""))
    ahead, back = (_whole(tags.get(f"lanes:{side}", "")) for side in ("forward", "backward"))
    if ahead or back:
        return ahead or max(total - back, 1), back or max(total - ahead, 1)
    if not total:
        return None
    if directions(tags) != (True, True):
        return total, total
    return max((total + 1) // 2, 1), max(total // 2, 1)


def _whole(text: str) -> int:
    return int(text) if text.strip().isdecimal() and 1 <= int(text) <= 12 else 0


def _default_lanes(highway: str) -> tuple[int, int]:
    lanes = int(read_defaults("road_classes.csv")[f"{highway}.lanes"])
    return lanes, lanes


def _coach_ok(tags: Tags, width_mm: int) -> int:
    """Unfit for coaches if narrow, a track, or signed so; a lorry ban counts on small roads only.

    On main roads hgv=no is a traffic rule (cities keep lorries out by day) that coaches may use.
    """
    if 0 < width_mm < COACH_WIDTH_MM or tags["highway"] == "track":
        return COACH_NO
    if "no" in (tags.get("bus"), tags.get("coach"), tags.get("tourist_bus")):
        return COACH_NO
    if tags.get("hgv") == "no" and tags["highway"] in _SMALL_CLASSES:
        return COACH_NO
    if any(tags.get(k) in ("yes", "designated") for k in ("bus", "psv", "coach", "tourist_bus")):
        return COACH_YES
    return COACH_UNKNOWN
