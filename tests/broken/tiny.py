"""A tiny valid scenario written in code: two villages, a river road, a shelter on the hill.

    exit E1                shelter S1 (hill)
       |                        |
      n1 ---- n2 ---- n3 ------ n4        depot D1 at n2, hospital H1 at n4
              |        |
              n5       n6 (dead end, 3.5 m wide)
            village    village
              V1         V2

Water comes to V1 (zone ZA) from minute 240 and to V2 (zone ZB) from minute 360 after 18:00.
"""

from __future__ import annotations

from pathlib import Path

FILES: dict[str, str] = {
    "scenario.yaml": """\
name: {zh: 小河乡, en: Tiny}
clock_start: "2025-06-18T16:00"
horizon_min: 1440
crs: {tables: EPSG:4490, roads: EPSG:4326, hazard: EPSG:4490}
hazard:
  kind: recorded_depth
  step_min: 10
  data:
    form: places
    file: hazard/depths.csv
    starts_at: "18:00"
  ensemble: {members: 4, false_alarm_members: 1}
  start_shift_min: {dist: uniform, low: -30, high: 30}
sources: [made up for tests]
""",
    "zones.csv": """\
id,name,township,tag,gauge,rain_gauge,priority
ZA,河边,小河乡,干流,G1,R1,1
ZB,溪口,小河乡,支流,G1,,2
""",
    "settlements.csv": """\
id,name,village,township,zone,x,y,elevation_m,registered,resident,present_day,present_night,\
share_in_place,share_relatives,share_village_shelter,share_coach,safe_upper_floor_share,\
assembly_point,village_shelter,relatives_to,organiser,deputy,cadres
V1,河边组,河边村,小河乡,ZA,115.0104,29.9952,42,150,120,90,115,\
0.2,0.3,0.1,0.4,0.5,A1,S2,E1,O1,O2,4
V2,溪口组,溪口村,小河乡,ZB,115.0202,29.9953,44,80,60,50,58,\
0,0.4,0,0.6,0,,,,O2,,2
V3,坡上组,河边村,小河乡,,115.0300,30.0010,80,40,35,30,34,\
,,,,0,,,,,,
""",
    "groups.csv": """\
id,name,settlement,persons_share,needs,escorts
G-BED,卧床,,0.01,ambulance,1
G-OLD,独居老人,V1,0.05,none,0
""",
    "facilities.csv": """\
id,name,kind,zone,x,y,occupants_day,occupants_night,party_size
F1,河边小学,school,ZA,115.0110,29.9955,80,0,20
""",
    "organisers.csv": """\
id,name,answer_day,answer_night
O1,河边村支书,0.95,0.8
O2,河边村主任,0.95,0.7
""",
    "posts.csv": """\
id,name,level,parent,township,callers
P0,县防指,county,,,2
P1,小河乡防指,township,P0,小河乡,1
""",
    "gauges.csv": """\
id,name,kind,river,x,y,warning_level_m,guarantee_level_m
G1,小河站,level,R,115.0100,29.9950,41,42
R1,小河雨量站,rain,,115.0100,30.0000,30,50
""",
    "assembly_points.csv": """\
id,name,zone,x,y,bays
A1,河边村委会,ZA,115.0100,29.9961,1
A2,溪口晒场,ZB,115.0200,29.9961,1
""",
    "shelters.csv": """\
id,name,kind,x,y,elevation_m,capacity,desks,bays
S1,县一中,larger,115.0299,30.0001,90,300,2,2
S2,河边祠堂,village,115.0101,30.0002,60,40,1,1
H1,县医院,hospital,115.0301,29.9999,88,30,1,2
""",
    "exits.csv": """\
id,name,kind,x,y
E1,县界北,relatives,115.0000,30.0000
""",
    "depots.csv": """\
id,name,x,y
D1,客运站,115.0101,30.0001
""",
    "vehicles.csv": """\
id,class,seats,wheelchair_places,depot,count
C1,coach,40,0,D1,1
M,minibus,18,1,D1,2
AMB,ambulance,2,1,D1,1
""",
    "stations.csv": """\
id,name,x,y
ST1,消防站,115.0299,30.0000
""",
    "teams.csv": """\
id,name,station,boats,persons_per_trip
T1,县消防一队,ST1,2,6
""",
    "nodes.csv": """\
id,x,y,elevation_m
n1,115.0000,30.0000,70
n2,115.0100,30.0000,60
n3,115.0200,30.0000,58
n4,115.0300,30.0000,88
n5,115.0100,29.9960,43
n6,115.0200,29.9960,45
""",
    "edges.csv": """\
id,from_node,to_node,oneway,speed_kmh,lanes,width_m,coach_ok,bridge,low_water_bridge,deck_m,name
e12,n1,n2,false,60,1,7,true,false,false,,县道
e23,n2,n3,false,60,1,7,true,false,false,,县道
e34,n3,n4,false,40,1,6,true,true,false,75,县道
e25,n2,n5,false,30,1,5,true,false,false,,河边路
e36,n3,n6,false,20,1,3.5,,false,true,44,溪口路
""",
    "hazard/depths.csv": """\
place,minute,depth_m
V1,240,0
V1,300,0.6
V1,480,1.8
V1,900,0
V2,360,0
V2,420,0.8
V2,600,0
A1,260,0
A1,330,0.5
A1,480,1.5
A1,900,0
""",
    "plans/early.yaml": """\
name: {zh: 提前转移, en: Early}
authority: {orders_by: county, village_alone: true}
when:
  rules:
    - {signal: clock, at: "17:00", action: prepare}
    - {signal: onset_forecast, lead_h: 3, action: move, tags: [干流]}
    - {signal: clock, at: "19:00", action: move}
  consult_min: {dist: triangular, low: 5, mode: 10, high: 20}
whom: {}
organise: {call_attempts: 3, deputies: true, second_sweep: true}
where: {shelter_rule: nearest}
manage: {guards: true}
fleet:
  call_on: prepare
  staged: {M-1: A2}
  rule: nearest
rescue: {call_on: prepare, rule: nearest}
controls:
  closures:
    - {low_water_bridges: true, on: clock, at: "22:00"}
targets:
  - id: T90
    name: {zh: 下令后三小时转出九成}
    milestone: out
    share: 0.9
    deadline: {after_order_min: 180}
""",
    "plans/late.yaml": """\
name: {zh: 临水才转, en: Late}
when:
  rules:
    - {signal: clock, at: "21:00", action: move}
  consult_min: 20
organise: {}
where: {}
fleet: {}
rescue: {}
targets:
  - id: T90
    name: {zh: 下令后三小时转出九成}
    milestone: out
    share: 0.9
    deadline: {after_order_min: 180}
""",
}


def build_tiny(folder: Path) -> Path:
    """Write the scenario into a folder (made if need be) and hand the folder back."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
