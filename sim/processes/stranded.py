"""Those who cannot leave by themselves any more: where they wait to be fetched, and till when.

People wait at sites, a place and its road node. Whoever fetches hears of new sites at most every
few minutes; water that falls, and death under rubble, end the wait too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from sim.clock import NEVER
from sim.engine import Engine
from sim.log import Kind
from sim.processes.water import dry_again_ms
from sim.states import Flag

NEWS_MS = 5 * 60_000
"""Teams standing by are told of new incidents at most this often."""


@dataclass
class Site:
    """People waiting for a boat around one place; ``node`` is its road node.

    ``opened_as``: number of the incident that began when somebody last called from here while
    nobody waited; ``number``: the site's own, in the order in which sites were heard of.
    """

    place: int
    node: int
    number: int = 0
    waiting: list[tuple[int, int]] = field(default_factory=list)
    persons: int = 0
    opened_as: int = -1


class Listener(Protocol):
    """Whoever fetches the people."""

    def news(self) -> None:
        """Somebody new is cut off; told at most every few minutes."""
        ...

    def fewer(self, site: Site) -> None:
        """Fewer wait at a site, perhaps nobody."""
        ...


class Stranded:
    """All sites of a run.

    sites: all, by their number; open: those where somebody waits, in the order in which they were
    heard of; dig_ms: how long it takes to free a buried party; first: event of the first incident;
    listener: whoever fetches, None where nobody does; told_to_teams: told of every party that is
    buried, where teams with skills dig it out instead of boat teams.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sites: dict[tuple[int, int], Site] = {}
        self.sites: list[Site] = []
        self.open: dict[tuple[int, int], Site] = {}
        self.dig_ms: dict[int, int] = {}
        self.listener: Listener | None = None
        self._incidents = 0
        self.told_to_teams: Callable[[int], None] | None = None
        self._buried: dict[int, Site] = {}
        self.first = engine.run.env.event()
        self._news_due, self._last_news = False, -NEWS_MS

    def strand(self, party: int, place: int) -> None:
        """A party cannot leave by itself any more and asks for help; or its house has hit it."""
        strikes, now = self.engine.run.view.strikes, self.engine.run.now
        if strikes is not None and strikes.at_ms[party] == now:
            dies = int(strikes.dies_ms[party])
            if dies == now:
                self.engine.run.flag(party, Flag.HARMED, place)
                return
            self.dig_ms[party] = int(strikes.dig_ms[party])
            self.engine.run.at(dies, self._dies, party, place)
            if self.told_to_teams is not None:
                self._bury(party, place, self.told_to_teams)
                return
        self.strand_on_road(party, place, int(self.engine.run.world.places.node[place]))

    def _bury(self, party: int, place: int, told: Callable[[int], None]) -> None:
        """A house of its own is the site of a buried party; boat teams do not hear of it."""
        run = self.engine.run
        run.flag(party, Flag.STRANDED, place)
        persons = int(run.world.parties.size[party])
        node = int(run.world.places.node[place])
        self._buried[party] = Site(place, node, waiting=[(run.now, party)], persons=persons)
        told(party)

    def unburied(self, party: int) -> tuple[Site, int] | None:
        """A party has been dug out: its site, and since when it was buried; None if it has died."""
        site = self._buried.pop(party, None)
        return None if site is None else (site, site.waiting[0][0])

    def strand_on_road(self, party: int, place: int, node: int, edge: int = -1) -> None:
        """A car stands near a road node: in the water on an edge, or cut off from its home."""
        run = self.engine.run
        run.flag(party, Flag.STRANDED, place)
        site = self._site(place, node)
        if not site.waiting:
            persons = int(run.world.parties.size[party])
            run.log.add(run.now, Kind.INCIDENT, place, place, persons)
            self.open[place, node] = site
            site.opened_as = self._incidents
            self._incidents += 1
        site.waiting.append((run.now, party))
        site.persons += int(run.world.parties.size[party])
        buried = party in self.dig_ms
        dry = NEVER if buried else dry_again_ms(self.engine, party, place, edge)
        if dry <= run.world.horizon_ms:
            run.at(dry, self._water_gone, party, site)
        if not self.first.triggered:
            self.first.succeed()
        if not self._news_due:
            self._news_due = True
            run.at(max(run.now, self._last_news + NEWS_MS), self._spread_news)

    def _site(self, place: int, node: int) -> Site:
        if (place, node) not in self._sites:
            self._sites[place, node] = site = Site(place, node, len(self.sites))
            self.sites.append(site)
        return self._sites[place, node]

    def take(self, site: Site, seats: int) -> list[tuple[int, int]]:
        """Families that fit, longest wait first; a family larger than the boat goes in parts."""
        sizes = self.engine.run.world.parties.size
        taken, left = [], []
        room = seats
        for item in site.waiting:
            size = min(int(sizes[item[1]]), seats)
            if size <= room:
                taken.append(item)
                room -= size
            else:
                left.append(item)
        self._leave(site, left, sum(int(sizes[party]) for _, party in taken))
        return taken

    def _leave(self, site: Site, left: list[tuple[int, int]], persons: int) -> None:
        """Those left wait on at a site; a site without any is closed."""
        site.waiting = left
        site.persons -= persons
        if not left:
            self.open.pop((site.place, site.node), None)
        if self.listener is not None:
            self.listener.fewer(site)

    def _waits_no_more(self, party: int, site: Site) -> bool:
        """Take a party off the list of a site; whether it was still on it."""
        left = [item for item in site.waiting if item[1] != party]
        if len(left) == len(site.waiting):
            return False
        self._leave(site, left, int(self.engine.run.world.parties.size[party]))
        return True

    def _water_gone(self, party: int, site: Site) -> None:
        """The water went down before a boat came: one fewer to fetch."""
        run = self.engine.run
        since = next((since for since, waiting in site.waiting if waiting == party), run.now)
        if self._waits_no_more(party, site):
            run.log.add(run.now, Kind.FREED, party, site.place, run.now - since)
            self.engine.second_ways.water_gone(party, site.place)

    def _dies(self, party: int, place: int) -> None:
        """Nobody has freed a buried family in time."""
        if self.told_to_teams is not None:
            if self._buried.pop(party, None) is not None:
                self.engine.run.flag(party, Flag.HARMED, place)
            return
        node = int(self.engine.run.world.places.node[place])
        if self._waits_no_more(party, self._sites[place, node]):
            self.engine.run.flag(party, Flag.HARMED, place)

    def _spread_news(self) -> None:
        """Teams that stand by hear of new incidents, at most every few minutes."""
        self._news_due, self._last_news = False, self.engine.run.now
        if self.open and self.listener is not None:
            self.listener.news()
