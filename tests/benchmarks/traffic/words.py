"""The sentences of docs/benchmarks/traffic.md; the numbers come from the measurements."""

from __future__ import annotations

HEAD = """# 路上的车：快慢与同行比对 | Traffic: speed and agreement with peers

Written by `tests/benchmarks/traffic/run.py`; do not edit by hand.

```
pip install -e '.[peers]'
python tests/benchmarks/traffic/run.py
```
"""

ABOUT = """
Seconds are CPU seconds, the least of several repetitions in one run of the script; all players
use one thread. All players get the same roads, the same departures and the same fixed route for
every car, unless a line says that drivers choose. Handing over network and demand is not counted,
except in "cold" lines: there a fresh process starts, reads its files, plays and writes arrivals.
"Even" SUMO has the same headway in jams as out of them, as uxsim and we have; the other line is
SUMO with its own ratios (1.13 : 1.13 : 1.73 : 1.4), both calibrated to our capacity.

The two cores were shared with other work while this was measured, in several sittings of one
evening; a case and all its players are one sitting. How much that blurs: in six sittings the ratio
on uxsim's own grid came out between 2.5 and 4.7, g2k between 56 and 91 times uxsim, and one
replication of the county between 0.9 and 1.8 s.
"""

FAST = """- **A bucket queue with whole milliseconds.** An event is a number put into the chain of
  its bucket of 4 ms; a bit map finds the next bucket that holds one, and the first events in it are
  taken. No heap and no allocation: adding an event costs a few instructions, whether ten or a
  million are pending.
- **One pending event per link.** Only the first car of a line can move, so only it has an event.
  A car that stands costs nothing until it moves. uxsim moves every car in every time step and SUMO
  lets blocked cars ask again at intervals, so the ratios grow with the jam.
- **Small state.** A link is one cache line (64 bytes), a vehicle half of one, times are 32-bit
  milliseconds. What a county's kernel spends is mostly the waiting for memory; while one event is
  played, the rows of the next are already being fetched. Nodes in the order of a space-filling
  curve keep neighbours together.
- **One compiled function.** All parts are inlined into one call and no reference is counted in
  it. The same source with ordinary calls that hand over eleven arrays was 14 to 17 times slower.
- **Buses and teams are tagged vehicles.** They drive inside the kernel like cars and come back to
  SimPy as one event at the end of a drive, not as one event per link.
- **Trees, repaired.** A route is a row number; all cars of a destination share one tree. When
  roads close, the trees are repaired exactly, not rebuilt.
- **Gradual re-planning.** Half of the drivers take the new ways every ten minutes; that needs no
  search per car, only a tree per destination.
"""

CASES = """- corridor: 10 links, a car a second where one fits every two seconds.
- g2k, g20k: square grids with 2,040 and 19,936 links of 500 m at 50 km/h, 0.5 cars a second, room
  for 66; cars leave within an hour from random crossings for the nearest of 16 and 56 exits.
  g2k has 20,000 cars ("light": 8,000, "jammed": 100,000), g20k 100,000 ("light": 20,000).
- Kampen: the roads of the Dutch town, cars from where people live over three hours to six main
  roads out of the map ("light": 4,000 instead of 10,000); capacity follows from speed, 7.5 m a
  car and a reaction time of 1.6 s, in all simulators.
- county: 107,748 links, 150,000 cars over 6 h to 100 destinations. For G1 and G7 with 300 buses,
  200 teams and 20 closures of 5 links in 24 h, all under SimPy:
  `tests/benchmarks/traffic/night.py`.
- uxsim's own grid: its authors' C++ benchmark, 11 × 11 crossings, 60,500 cars in 2 h.

"hours" is the travel time of all cars together, T90 the time until 90 % have arrived.
"""

DIFFERENCES = """
Where lines differ, and why:

- **SUMO's jam headways.** By its own ratios a jammed segment lets cars go at longer intervals than
  at capacity; that is its model of slow starts, not an error. With even headways the grids agree,
  jammed or not.
- **SUMO's merges.** What is left on Kampen's streets is in front of merges. Where a road is full, a
  blocked car of SUMO asks again after a while, and the arm with more traffic is mostly there first;
  uxsim's arms and ours take turns. Of 55 hours by which 10,000 cars stand longer in even SUMO, 32
  are spent by 412 cars before one merge with 1,735 others, where ours wait 0.3 hours together:
  `tests/benchmarks/traffic/where.py`. Below saturation the difference is gone (Kampen, light; and
  the county, where cars stand 22.8 hours in ours and 23.5 in even SUMO).
- **uxsim in platoons of 5** (its default) moves five cars as one: on links that hold ten cars the
  platoon no longer fits, and travel times grow. We compare with deltan = 1.
- **uxsim's own grid on fixed routes** is no test of agreement: the routes were chosen by drivers
  who avoided jams; replayed without that freedom the grid locks up, and uxsim's own hours change
  with its random seed and platoon size by more than ours differ from them (below). With drivers who
  choose, as in its example, the means of five seeds are compared instead.
- **uxsim on g20k** keeps a preference for every link with every vehicle, 160 kB each: 100,000 cars
  one by one need more memory than the machine has. One by one it plays 20,000 ("light"),
  and 100,000 in platoons of 5.
- **SimPy agents** are the same rules written again; only the order of ties at merges differs.
"""

TRAPS = """
uxsim's vehicle log is off. Its route search is all-pairs and runs every 600 s whether routes are
given or not ("with its search"); the other lines close all links to it during the first time step,
when nobody can be on the road yet, and have no later one. Its world ends when all have arrived:
left alone it goes on to update every link in every time step. SUMO's links are one segment each
(`--meso-edgelength` above the longest link) and one queue (`--meso-multi-queue false`: otherwise
lanes are queues by turning direction, and a wide road whose turns all lead from its first lane has
half its capacity); junction control and teleporting are off. The SimPy agents keep an exit's next
free moment as a number and have no priority queues.
"""

SCALE = """
54,371 nodes in the file, of which the largest part in which everybody can drive everywhere is
used. People leave within six hours by private car, 2.5 in a car, for one of the three nearest of
100 destinations; a case is a process of its own. CPU seconds and own memory are those of one
replication: links, queues, vehicles, route trees; resident is the whole process. Time grows with
the links driven, beside a part that is the same for few and for many cars (making the rows of the
links, going through an almost empty calendar); memory grows by 44 bytes a car. The file has no
lanes (two are assumed from 75 km/h on), so the delays are no statement about Auckland.
"""
