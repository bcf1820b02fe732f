"""The kinds of units that can be placed: boat teams, teams with skills, coaches, and supplies.

A further kind is a class with the face of ``UnitKind`` and one entry here.
"""

from __future__ import annotations

from sim.optimize.preposition.kind_coaches import Coaches
from sim.optimize.preposition.kind_supplies import Supplies
from sim.optimize.preposition.kind_teams import Boats, Teams
from sim.optimize.preposition.units import UnitKind

KINDS: dict[str, UnitKind] = {kind.name: kind for kind in (Boats(), Teams(), Coaches(), Supplies())}
