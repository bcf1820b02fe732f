"""Two example rows for every table of the template: one small township that fits together.

All names, ids and numbers are made up.
"""

from __future__ import annotations

Cells = dict[str, str | int | float | bool]

EXAMPLE_ROWS: dict[str, tuple[Cells, Cells]] = {
    "zones": (
        {"id": "PQ01", "name": "沿河片区", "township": "示例镇", "tag": "干流", "gauge": "SW01",
         "rain_gauge": "YL01", "priority": 1},
        {"id": "PQ02", "name": "山溪片区", "township": "示例镇", "tag": "支流", "gauge": "SW01",
         "rain_gauge": "YL01", "priority": 2},
    ),
    "settlements": (
        {"id": "C001", "name": "上河组", "x": 115.0104, "y": 29.9952, "elevation_m": 42.5,
         "village": "上河村", "township": "示例镇", "zone": "PQ01", "registered": 260,
         "resident": 190, "present_day": 130, "present_night": 180, "outsiders": 6,
         "share_in_place": 0.3, "share_relatives": 0.3, "share_village_shelter": 0.2,
         "share_coach": 0.2, "safe_upper_floor_share": 0.5, "assembly_point": "JH01",
         "village_shelter": "AZ02", "relatives_to": "CK01", "organiser": "ZR01",
         "deputy": "ZR02", "cadres": 6, "source": "2024年转移清单", "confidence": "高"},
        {"id": "C002", "name": "溪边组", "x": 115.0202, "y": 29.9953, "elevation_m": 44,
         "village": "溪边村", "township": "示例镇", "zone": "PQ02", "resident": 75,
         "present_night": 70, "share_in_place": 0, "share_relatives": 0.5,
         "share_village_shelter": 0, "share_coach": 0.5, "organiser": "ZR02",
         "source": "村委上报", "confidence": "中"},
    ),
    "groups": (
        {"id": "RQ01", "name": "行动不便者", "persons_share": 0.01, "needs": "wheelchair",
         "escorts": 1},
        {"id": "RQ02", "name": "独居老人", "settlement": "C001", "persons_share": 0.05,
         "needs": "none", "escorts": 0, "walk_mps": 0.7, "prep_factor": 1.3},
    ),
    "facilities": (
        {"id": "CS01", "name": "上河小学", "x": 115.0110, "y": 29.9955, "kind": "school",
         "zone": "PQ01", "occupants_day": 160, "occupants_night": 0, "party_size": 40,
         "way_out": "coach"},
        {"id": "CS02", "name": "桥梁工地", "x": 115.0205, "y": 29.9958, "kind": "site",
         "zone": "PQ02", "occupants_day": 45, "occupants_night": 30, "way_out": "on_foot"},
    ),
    "organisers": (
        {"id": "ZR01", "name": "上河村书记", "answer_day": 0.95, "answer_night": 0.85},
        {"id": "ZR02", "name": "溪边村主任", "answer_day": 0.95, "answer_night": 0.75},
    ),
    "posts": (
        {"id": "ZH00", "name": "县防指", "level": "county", "callers": 4},
        {"id": "ZH01", "name": "示例镇防指", "level": "township", "parent": "ZH00",
         "township": "示例镇", "callers": 2},
    ),
    "gauges": (
        {"id": "SW01", "name": "上河水位站", "x": 115.0100, "y": 29.9950, "kind": "level",
         "river": "R1", "warning_level_m": 41.0, "guarantee_level_m": 42.0},
        {"id": "YL01", "name": "示例镇雨量站", "x": 115.0150, "y": 30.0000, "kind": "rain",
         "warning_level_m": 30, "guarantee_level_m": 50},
    ),
    "assembly_points": (
        {"id": "JH01", "name": "上河村委会", "x": 115.0100, "y": 29.9961, "zone": "PQ01",
         "bays": 2},
        {"id": "JH02", "name": "溪边晒场", "x": 115.0200, "y": 29.9961, "zone": "PQ02",
         "bays": 1, "transfer_to": "JH01"},
    ),
    "shelters": (
        {"id": "AZ01", "name": "示例中学", "x": 115.0299, "y": 30.0001, "elevation_m": 90,
         "kind": "larger", "township": "示例镇", "capacity": 500, "desks": 3, "bays": 3},
        {"id": "AZ02", "name": "上河祠堂", "x": 115.0101, "y": 30.0002, "elevation_m": 60,
         "kind": "village", "township": "示例镇", "capacity": 60, "desks": 1, "bays": 1},
    ),
    "exits": (
        {"id": "CK01", "name": "往县城亲友家", "x": 115.0001, "y": 30.0001, "kind": "relatives"},
        {"id": "CK02", "name": "往邻县", "x": 115.0002, "y": 30.0002, "kind": "exit"},
    ),
    "depots": (
        {"id": "CZ01", "name": "示例镇客运站", "x": 115.0101, "y": 30.0001},
        {"id": "CZ02", "name": "镇卫生院", "x": 115.0280, "y": 30.0001},
    ),
    "vehicles": (
        {"id": "DB", "class": "coach", "seats": 45, "depot": "CZ01", "count": 3,
         "contract": "contracted", "driver_turnup_share": 0.75},
        {"id": "JHC", "class": "ambulance", "seats": 2, "wheelchair_places": 1, "depot": "CZ02",
         "count": 1, "contract": "own"},
    ),
    "stations": (
        {"id": "ZD01", "name": "县消防救援站", "x": 115.0299, "y": 30.0002},
        {"id": "ZD02", "name": "示例镇应急分队", "x": 115.0105, "y": 30.0001,
         "township": "示例镇"},
    ),
    "teams": (
        {"id": "DW01", "name": "消防水域分队", "station": "ZD01", "boats": 3,
         "persons_per_trip": 6, "night_ok": True},
        {"id": "DW02", "name": "县急救中心一组", "station": "ZD02", "boats": 0, "ready_min": 3,
         "skills": "medical:1", "vehicle_class": "ambulance"},
    ),
    "emergencies": (
        {"id": "XQ01", "name": "急症", "per_day": 4, "needs": "medical:1", "priority": 1,
         "work_min": 20, "work_p90_min": 40, "hospital_share": 0.7},
        {"id": "XQ02", "name": "摔伤", "per_day": 2, "needs": "medical:1", "priority": 2,
         "work_min": 15, "report_min": 5, "false_share": 0.1},
    ),
    "stores": (
        {"id": "WZ01", "name": "县物资库", "x": 115.0298, "y": 30.0001},
        {"id": "WZ02", "name": "镇物资点", "x": 115.0102, "y": 30.0001},
    ),
    "items": (
        {"id": "WP01", "store": "WZ01", "name": "棉被", "stock": 800, "unit": "床"},
        {"id": "WP02", "store": "WZ02", "name": "救生衣", "stock": 120, "unit": "件"},
    ),
    "observed": (
        {"time": "20:30", "township": "示例镇", "to_move": 400, "moved": 150, "in_shelters": 60},
        {"time": "+1 03:00", "township": "示例镇", "to_move": 400, "moved": 390},
    ),
}  # fmt: skip
"""Table → two rows, keyed by column name."""
