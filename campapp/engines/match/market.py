"""A match file indexed: arrays in an order that does not depend on the order of the file.

Teams, companies and pairs are numbered in the code-point order of their ids, so that a permuted file gives
the same market, and of two partners liked equally the smaller number is the one liked more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from campapp.engines.frame.checks import positions, quoted
from campapp.engines.frame.errors import BadInput
from campapp.engines.frame.lookup import affords_table, first_repeat, listed, numbered
from campapp.engines.match.contract import Couple, Instance, Party, check_parties

Ints = NDArray[np.int64]
Index = NDArray[np.int32]
Mask = NDArray[np.bool_]

UNRANKED = np.iinfo(np.int32).max
NO_TARGET = -1


@dataclass(frozen=True)
class Side:
    """The teams or the companies: `least`, `most` and `target` matches, `order` as in the file.

    The arrays go no further than can matter; `asked` and `hoped` are least and target as they are written.
    """

    ids: list[str]
    order: Index
    least: Ints
    most: Ints
    target: Ints
    asked: list[int]
    hoped: list[int]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Market:
    """Pairs by team, then company. `place` is a pair's position in the file; ranks count from 0."""

    objective: str
    teams: Side
    companies: Side
    team: Index
    company: Index
    score: NDArray[np.float64]
    place: Index
    pinned: Mask
    forbidden: Mask
    excluded: Mask
    team_rank: Index
    company_rank: Index

    def __len__(self) -> int:
        return len(self.score)

    @property
    def closed(self) -> Mask:
        """The pairs that must not be matched."""
        return self.forbidden | self.excluded


def market(instance: Instance) -> Market:
    """The market of a file. Raises BadInput for what its types cannot say."""
    teams, team_index = _side(instance.teams, "$.teams", len(instance.companies))
    companies, company_index = _side(instance.companies, "$.companies", len(instance.teams))
    check_parties(instance)
    pairs, width = instance.pairs, max(1, len(companies))
    team = numbered(list(map(_TEAM, pairs)), team_index, "$.pairs[{}].team", "team")
    company = numbered(list(map(_COMPANY, pairs)), company_index, "$.pairs[{}].company", "company")
    cells = len(teams) * width
    key = team.astype(np.int64) * width + company
    twice = first_repeat(key, cells)
    if twice is not None:
        raise BadInput(f"$.pairs[{twice}]", "the pair stands twice")
    place, listing = _sorted(key, cells, width, team_index, company_index)
    team_ranks, team_excludes = listing.of_teams(instance.teams, teams)
    company_ranks, company_excludes = listing.of_companies(instance.companies, companies)
    return Market(
        instance.objective,
        teams,
        companies,
        team[place],
        company[place],
        np.fromiter(map(_SCORE, pairs), np.float64, len(pairs))[place],
        place,
        listing.couples(instance.pinned, "$.pinned", must_be_listed=True),
        listing.couples(instance.forbidden, "$.forbidden", must_be_listed=False),
        (team_excludes < UNRANKED) | (company_excludes < UNRANKED),
        team_ranks,
        company_ranks,
    )


def pins_contradict(market: Market) -> bool:
    """Whether a pinned pair is closed, or somebody has more pins than matches allowed."""
    pinned = np.flatnonzero(market.pinned)
    teams = np.bincount(market.team[pinned], minlength=len(market.teams))
    companies = np.bincount(market.company[pinned], minlength=len(market.companies))
    return bool(
        (market.pinned & market.closed).any()
        or (teams > market.teams.most).any()
        or (companies > market.companies.most).any()
    )


def _sorted(
    key: Ints, cells: int, width: int, team_index: Mapping[str, int], company_index: Mapping[str, int]
) -> tuple[Index, "_Listing"]:
    """The places of the pairs in the order of their keys, and the listing of these."""
    if not affords_table(cells, len(key)):
        place = np.argsort(key, kind="stable").astype(np.int32)
        return place, _Listing(key[place], width, team_index, company_index, None)
    table = np.full(cells, -1, np.int32)
    table[key] = np.arange(len(key), dtype=np.int32)
    taken = np.flatnonzero(table >= 0)
    place = table[taken]
    table[taken] = np.arange(len(key), dtype=np.int32)
    return place, _Listing(taken, width, team_index, company_index, table)


_ID, _TEAM, _COMPANY, _SCORE = map(attrgetter, ("id", "team", "company", "score"))


def _side(parties: Sequence[Party], place: str, partners: int) -> tuple[Side, dict[str, int]]:
    positions((party.id for party in parties), place)
    ids = sorted(party.id for party in parties)
    index = {name: number for number, name in enumerate(ids)}
    order = np.fromiter((index[party.id] for party in parties), np.int32, len(parties))
    by_id = sorted(parties, key=_ID)
    asked = [party.min for party in by_id]
    hoped = [party.target if isinstance(party.target, int) else NO_TARGET for party in by_id]
    least = np.array([min(number, partners + 1) for number in asked], np.int64)
    most = np.array([min(party.max, partners) for party in by_id], np.int64)
    target = np.array([min(number, _HUGE) for number in hoped], np.int64)
    return Side(ids, order, least, most, target, asked, hoped), index


_HUGE = 1 << 40


@dataclass(frozen=True)
class _Listing:
    """Where a pair stands among the listed ones: `key` is team * width + company, ascending.

    `table` holds the same by key, where there is room for it; -1 where no pair is listed.
    """

    key: Ints
    width: int
    team_index: Mapping[str, int]
    company_index: Mapping[str, int]
    table: Index | None

    def couples(self, couples: Sequence[Couple], place: str, *, must_be_listed: bool) -> Mask:
        team = numbered([couple.team for couple in couples], self.team_index, place + "[{}].team", "team")
        company = numbered(
            [couple.company for couple in couples], self.company_index, place + "[{}].company", "company"
        )
        key = team.astype(np.int64) * self.width + company
        twice = first_repeat(key, len(self.team_index) * self.width)
        if twice is not None:
            raise BadInput(f"{place}[{twice}]", "the pair stands twice")
        found, among = self._find(key)
        if must_be_listed and not among.all():
            first = int(np.argmin(among))
            couple = couples[first]
            names = f"{quoted(couple.team)} with {quoted(couple.company)}"
            raise BadInput(f"{place}[{first}]", f"{names} is not among the pairs")
        mask = np.zeros(len(self.key), np.bool_)
        mask[found[among]] = True
        return mask

    def of_teams(self, parties: Sequence[Party], side: Side) -> tuple[Index, Index]:
        """For each pair the position of its company in the team's `ranks` and in its `excludes`."""
        ranks, excludes = (
            self._positions(lists, side, self.company_index, f"$.teams[{{}}].{word}[{{}}]", "company")
            for word, lists in _lists(parties)
        )
        return ranks, excludes

    def of_companies(self, parties: Sequence[Party], side: Side) -> tuple[Index, Index]:
        ranks, excludes = (
            self._positions(lists, side, self.team_index, f"$.companies[{{}}].{word}[{{}}]", "team")
            for word, lists in _lists(parties)
        )
        return ranks, excludes

    def _positions(
        self, lists: list[list[str]], side: Side, index: Mapping[str, int], place: str, what: str
    ) -> Index:
        owner, partner, within = listed(lists, index, place, what)
        own, other = side.order[owner].astype(np.int64), partner.astype(np.int64)
        key = own * self.width + other if what == "company" else other * self.width + own
        found, among = self._find(key)
        row = np.full(len(self.key), UNRANKED, np.int32)
        row[found[among]] = within[among]
        return row

    def _find(self, key: Ints) -> tuple[Ints | Index, Mask]:
        if self.table is not None:
            place = self.table[key]
            return place, place >= 0
        if not len(self.key):
            return np.zeros(len(key), np.int64), np.zeros(len(key), np.bool_)
        found = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
        return found, self.key[found] == key


def _lists(parties: Sequence[Party]) -> list[tuple[str, list[list[str]]]]:
    ranks = [party.ranks for party in parties]
    return [("ranks", ranks), ("excludes", [party.excludes for party in parties])]
