"""What one participant could do instead, as a page edits it: cost, judgments, weights, and what edits make of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from urllib.parse import quote

import pandas as pd

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES, columns, tidy
from portfolio.engine.terms import Criterion, Option, Status
from portfolio.frames.entry import records_of

#: The frames that such edits touch; of each only the rows of the own participant.
TOUCHED = ("alternatives", "scores", "weights")
NAN = float("nan")


class About(StrEnum):
    """What a cell is about."""

    COST = "cost"
    STATUS = "status"
    SCORE = "score"
    WEIGHT = "weight"


@dataclass(frozen=True)
class Cell:
    """One figure of a participant, by what it is about."""

    about: About
    option: str = ""
    criterion: str = ""

    @property
    def name(self) -> str:
        """The name of its control.

        >>> Cell(About.SCORE, "own", "rust & orde").name
        'score:own:rust%20%26%20orde'
        """
        return ":".join(quote(part, safe="") for part in (self.about, self.option, self.criterion) if part)


def criteria_of(inputs: CenterInputs, participant: str) -> list[str]:
    """The seven criteria, then those of the participant's own by name."""
    built_in = [criterion.value for criterion in Criterion]
    own = {
        criterion
        for name in ("scores", "weights")
        for criterion in _own(inputs.frames[name], participant)["criterion"]
    }
    return [*built_in, *sorted(own - set(built_in))]


def values_of(inputs: CenterInputs, participant: str) -> dict[Cell, Any]:
    """Every cell that says something; what is unknown is not there."""
    found: dict[Cell, Any] = {}
    for row in records_of(_own(inputs.frames["alternatives"], participant)):
        found[Cell(About.STATUS, row["option"])] = row["status"]
        if row["annual_cost"] == row["annual_cost"]:
            found[Cell(About.COST, row["option"])] = row["annual_cost"]
    for row in records_of(_own(inputs.frames["scores"], participant)):
        found[Cell(About.SCORE, row["option"], row["criterion"])] = row["score"]
    for row in records_of(_own(inputs.frames["weights"], participant)):
        found[Cell(About.WEIGHT, criterion=row["criterion"])] = row["weight"]
    return found


def cells_of(inputs: CenterInputs, participant: str) -> dict[str, Cell]:
    """Every cell that may be typed in, by the name of its control."""
    criteria = criteria_of(inputs, participant)
    options = [option.value for option in Option]
    cells = [Cell(about, option) for about in (About.COST, About.STATUS) for option in options]
    cells += [Cell(About.SCORE, option, criterion) for option in options for criterion in criteria]
    cells += [Cell(About.WEIGHT, criterion=criterion) for criterion in criteria]
    return {cell.name: cell for cell in cells}


def with_options(
    inputs: CenterInputs, participant: str, told: Mapping[Cell, Any], source: str = ""
) -> CenterInputs:
    """The center after edits of one participant; None empties a cell.

    What somebody types is entered, unless the same save says otherwise. A status holds for the judgments of its
    option too. An option of which nothing is known any more goes.
    """
    held = {name: _by_key(name, _own(inputs.frames[name], participant)) for name in TOUCHED}
    for cell, value in told.items():
        if cell.about is About.COST:
            row = _row(held, "alternatives", participant, cell.option)
            _write(row, "annual_cost", NAN if value is None else value, source)
        elif cell.about is About.SCORE:
            _put(held["scores"], (participant, cell.option, cell.criterion), "scores", "score", value, source)
            if value is not None:
                _row(held, "alternatives", participant, cell.option)
        elif cell.about is About.WEIGHT:
            _put(held["weights"], (participant, cell.criterion), "weights", "weight", value, source)
    for cell, value in told.items():
        if cell.about is About.STATUS and value:
            _say_how_sure(held, (participant, cell.option), value)
    judged = {key[:2] for key in held["scores"]}
    for key, row in list(held["alternatives"].items()):
        if row["annual_cost"] != row["annual_cost"] and key not in judged and _is_told(told, key[1]):
            del held["alternatives"][key]
    frames = {
        name: _framed(name, inputs.frames[name], participant, list(rows.values()))
        for name, rows in held.items()
    }
    return replace(inputs, frames={**inputs.frames, **frames})


def _own(frame: pd.DataFrame, participant: str) -> pd.DataFrame:
    return frame[frame["participant"] == participant]


def _by_key(name: str, frame: pd.DataFrame) -> dict[tuple[str, ...], dict[str, Any]]:
    return {tuple(row[part] for part in FRAMES[name].key): row for row in records_of(frame)}


def _is_told(told: Mapping[Cell, Any], option: str) -> bool:
    return any(cell.option == option and cell.about is not About.STATUS for cell in told)


def _row(held: Mapping[str, dict], name: str, *key: str) -> dict[str, Any]:
    """The row of an option, made when there is none."""
    row: dict[str, Any] = held[name].setdefault(key, {
        "participant": key[0], "option": key[1], "annual_cost": NAN,
        "status": Status.ENTERED.value, "source": "", "spread": NAN,
    })  # fmt: skip
    return row


def _put(rows: dict, key: tuple[str, ...], name: str, column: str, value: float | None, source: str) -> None:
    if value is None:
        rows.pop(key, None)
        return
    row = rows.setdefault(key, {**dict(zip(FRAMES[name].key, key, strict=True)), "source": ""})
    _write(row, column, value, source)


def _write(row: dict[str, Any], column: str, value: float, source: str) -> None:
    row |= {column: value, "status": Status.ENTERED.value, "spread": NAN}
    if source:
        row["source"] = source


def _say_how_sure(held: Mapping[str, dict], key: tuple[str, str], status: str) -> None:
    rows = [held["alternatives"].get(key), *(row for at, row in held["scores"].items() if at[:2] == key)]
    for row in filter(None, rows):
        row["status"] = status
        if status != Status.ESTIMATED:
            row["spread"] = NAN


def _framed(name: str, frame: pd.DataFrame, participant: str, own: Sequence[dict[str, Any]]) -> pd.DataFrame:
    others = records_of(frame[frame["participant"] != participant])
    return tidy(name, pd.DataFrame([*others, *own], columns=[column.name for column in columns(name)]))
