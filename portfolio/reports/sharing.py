"""One year of a sealed plan as a question of who pays what: every division side by side, and what each pays alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.rounding import apportion, half_up
from portfolio.engine.terms import Basis, BuiltinKey, Part, Solution, Status
from portfolio.reports.names import Names
from portfolio.reports.payers import INHABITANTS, inhabitants, months_in

#: The frames of a plan that these pages are made of; a plan sealed before sharing was computed lacks most.
FRAMES = ("sharing", "core", "stability", "mending", "alone", "solo", "contributions", "cost")
NEEDED = frozenset({"sharing", "core", "stability", "mending", "alone", "solo"})
KEY = "key:"
PLAN = Solution.CONTRIBUTION.value
SOLUTIONS = (Solution.SHAPLEY.value, Solution.NUCLEOLUS.value, Solution.SCRB.value)


@dataclass(frozen=True)
class Alone:
    """What a participant would pay alone in the year, EUR; ``basis`` a ``Basis`` or the option that is cheapest."""

    eur: float
    basis: str
    is_estimate: bool

    @property
    def euros(self) -> int:
        return int(half_up(self.eur))

    @property
    def is_known(self) -> bool:
        return self.basis != Basis.UNKNOWN


@dataclass(frozen=True)
class Stability:
    """Whether a division keeps everyone in: how many groups block it, and whether anything mends that."""

    groups: int
    worst: float
    is_exact: bool
    verdict: str


@dataclass(frozen=True, eq=False)
class SharedYear:
    """All that a plan says of one year. With ``only`` it speaks of that participant, and of nobody else."""

    year: int
    months: int
    codes: Sequence[str]
    names: Names
    inhabitants: Mapping[str, float]
    today: Mapping[str, float | None]
    cents: Mapping[str, np.ndarray] = field(repr=False)
    errors: Mapping[str, np.ndarray] = field(repr=False)
    alone: Mapping[str, Alone] = field(repr=False)
    stability: Mapping[str, Stability] = field(repr=False)
    core: Mapping[str, Sequence[tuple[tuple[str, ...], float]]] = field(repr=False)
    mending: Mapping[str, Mapping[str, float]] = field(repr=False)
    cost: float = 0.0
    only: str = ""

    @property
    def methods(self) -> list[str]:
        return list(self.cents)

    @cached_property
    def total(self) -> float:
        """EUR that is divided: recurring cost of the year."""
        return float(self.cents[PLAN].sum()) / 100

    @cached_property
    def shown(self) -> list[str]:
        """Codes of the participants that the reader may see, who pays most in the plan first."""
        seen = [code for code in self.codes if self.only in ("", code)]
        return sorted(seen, key=lambda code: (-self.paid(PLAN, code), code))

    def name(self, code: str) -> str:
        return self.names.participant(code)

    def plays(self, code: str) -> bool:
        """Whether a participant takes a live service in the year."""
        return code in self.alone

    def paid(self, method: str, code: str) -> float:
        """EUR, to the cent."""
        return float(self.cents[method][self.codes.index(code)]) / 100

    @cached_property
    def _euros(self) -> dict[str, dict[str, int]]:
        total = np.array(half_up(self.total)).astype("int64")
        return {method: dict(zip(self.codes, apportion(cents / 100, total).tolist(), strict=True))
                for method, cents in self.cents.items()}  # fmt: skip

    def euros(self, method: str, code: str) -> int:
        """Whole EUR, so that what is written adds up to the total that is written."""
        return self._euros[method][code]

    @property
    def closes(self) -> bool:
        """Whether every division adds up to what the year costs; cost is rounded per service and part."""
        return all(abs(float(cents.sum()) / 100 - self.cost) < 1 for cents in self.cents.values())

    @cached_property
    def today_total(self) -> float | None:
        known = [value for value in self.today.values() if value is not None]
        return sum(known) if len(known) == len(self.codes) else None

    def by_today(self, code: str) -> float | None:
        """What the participant would pay of this year's total by its share of today."""
        now = self.today[code]
        return None if now is None or not self.today_total else now / self.today_total * self.total

    def over_alone(self, method: str, code: str) -> int | None:
        """Whole EUR, as written, that a participant pays more than alone (less: negative); None where not known."""
        alone = self.alone.get(code)
        return None if alone is None or not alone.is_known else self.euros(method, code) - alone.euros

    @property
    def unknown_names(self) -> str:
        return ", ".join(self.name(code) for code in self.unknown)

    @property
    def lacks_solutions(self) -> bool:
        """Whether the fair divisions are not there because it is not known what somebody would pay alone."""
        return bool(self.unknown) and not set(SOLUTIONS) & set(self.cents)

    @cached_property
    def unknown(self) -> list[str]:
        """Codes of players of which it is not known what they would pay alone."""
        return [code for code, alone in self.alone.items() if not alone.is_known]


def years_of_plan(frames: Mapping[str, pd.DataFrame]) -> list[int]:
    return sorted({int(year) for year in frames["contributions"]["year"].unique()})


def is_shared(frames: Mapping[str, pd.DataFrame]) -> bool:
    """Whether a plan was sealed with the divisions in it."""
    return frames.keys() >= NEEDED


def shared_year(
    frames: Mapping[str, pd.DataFrame], inputs: CenterInputs, year: int, only: str = ""
) -> SharedYear:
    """The year of a plan as its frames have it."""
    of_year = {name: frame[frame["year"] == year] for name, frame in frames.items() if "year" in frame}
    sharing, paid = of_year["sharing"], of_year["contributions"]
    codes = list(dict.fromkeys(sharing["participant"]))
    alone = _alone(of_year["solo"], inputs)
    if any(not one.is_known for one in alone.values()):
        # Fair divisions rest on what each would pay alone: a stand-in for what is not known makes figures of them.
        sharing = sharing[~sharing["method"].isin(SOLUTIONS)]
    current = dict(zip(paid["participant"], paid["current_eur_cents"], strict=True))
    cost = of_year["cost"]
    return SharedYear(
        year=year,
        months=months_in(inputs, year),
        codes=codes,
        names=Names(inputs.frames),
        inhabitants=inhabitants(inputs),
        today={code: None if current[code] != current[code] else current[code] / 100 for code in codes},
        cents={str(name): rows["eur_cents"].to_numpy() for name, rows in sharing.groupby("method", sort=False)},
        errors={str(name): rows["error_eur_cents"].to_numpy()
                for name, rows in sharing.groupby("method", sort=False) if rows["error_eur_cents"].any()},
        alone=alone,
        stability=_stability(of_year["stability"]),
        core=_core(of_year["core"]),
        mending=_mending(of_year["mending"]),
        cost=float(cost.loc[cost["part"] != Part.ONE_OFF.value, "eur_cents"].sum()) / 100,
        only=only,
    )  # fmt: skip


def rows_of(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Some columns of a frame as plain rows."""
    return list(zip(*(frame[column].tolist() for column in columns), strict=True))


def _alone(solo: pd.DataFrame, inputs: CenterInputs) -> dict[str, Alone]:
    stated = inputs.frames["alternatives"]
    rough = stated[stated["status"] == Status.ESTIMATED.value]
    estimated = set(rows_of(rough, "participant", "option"))
    return {
        code: Alone(cents / 100, basis, basis == Basis.ESTIMATE or (code, basis) in estimated)
        for code, basis, cents in rows_of(solo, "participant", "basis", "eur_cents")
    }


def _stability(stability: pd.DataFrame) -> dict[str, Stability]:
    columns = ("method", "coalitions", "worst_eur_cents", "checked", "verdict")
    return {
        method: Stability(groups, worst / 100, checked == "exact", verdict)
        for method, groups, worst, checked, verdict in rows_of(stability, *columns)
    }


def _core(core: pd.DataFrame) -> dict[str, list[tuple[tuple[str, ...], float]]]:
    out: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for method, members, cents in rows_of(core, "method", "coalition", "excess_eur_cents"):
        out.setdefault(method, []).append((tuple(members.split("+")), cents / 100))
    return out


def _mending(mending: pd.DataFrame) -> dict[str, dict[str, float]]:
    out: dict[str, dict[str, float]] = {}
    for method, code, cents in rows_of(mending, "method", "participant", "eur_cents"):
        out.setdefault(method, {})[code] = cents / 100
    return out


# --- Which columns ---


def default_methods(year: SharedYear) -> list[str]:
    """What stands side by side unless asked otherwise, as far as the plan has it."""
    by_people = [KEY + code for code in INHABITANTS]
    wanted = [PLAN, KEY + BuiltinKey.DEMAND, *by_people, KEY + BuiltinKey.EQUAL, *SOLUTIONS]
    return [method for method in wanted if method in year.cents]


def chosen_methods(year: SharedYear, asked: Sequence[str]) -> list[str]:
    """The plan and what is asked for, the usual ones first; without a valid wish the default."""
    usual = default_methods(year)
    found = [method for method in dict.fromkeys([*usual, *year.methods]) if method in asked]
    return [PLAN, *(method for method in found if method != PLAN)] if found else usual
