"""Sharing keys: the weights by which a service's FTE or cost is divided over the participants that take it."""

from dataclasses import dataclass, field

import numpy as np

from portfolio.engine.inputs import PlanInputs
from portfolio.engine.terms import BuiltinKey
from portfolio.engine.timeline import Timeline


@dataclass(frozen=True, eq=False)
class Keys:
    """Everything a key can refer to. Weights come out per service, participant and epoch, summing to 1 over takers."""

    participants: dict[str, int]
    tables: dict[str, dict[str, float]]
    drivers: dict[str, np.ndarray] = field(repr=False)

    def shares(self, names: np.ndarray, takes: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """Shares (S, P, E) for keys named per service and epoch (S, E), takers (S, P) and demand (S, P, E).

        Where all weights are zero shares are equal; where no one takes the service they are 0.
        """
        out = np.zeros(asked.shape)
        for name in np.unique(names.astype(str)):
            used = names == name
            rows = np.flatnonzero(used.any(axis=1))
            part = self.weights(name, takes[rows], asked[rows])
            out[rows] = part if used[rows].all() else np.where(used[rows][:, None, :], part, out[rows])
        return out

    def weights(self, name: str, takes: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """Normalized weights (S, P, E) of one key."""
        shape = asked.shape
        if name == BuiltinKey.DEMAND:
            raw = asked
        elif name == BuiltinKey.EQUAL:
            raw = np.ones(shape)
        elif name in self.drivers:
            raw = np.broadcast_to(self.drivers[name], shape)
        elif name in self.participants:
            raw = np.zeros(shape)
            raw[:, self.participants[name], :] = 1.0
        elif set(self.tables[name]) <= set(self.participants):
            raw = np.zeros(shape)
            for code, share in self.tables[name].items():
                raw[:, self.participants[code], :] = share
        else:
            raw = sum(share * self.weights(part, takes, asked) for part, share in self.tables[name].items())
        return normalized(raw, takes)


def normalized(raw: np.ndarray, takes: np.ndarray) -> np.ndarray:
    """Divide weights (S, P, E) by their sum over the takers (S, P); equal where that sum is zero."""
    kept = raw * takes[:, :, None]
    total = kept.sum(axis=1, keepdims=True)
    none = total <= 0
    kept /= np.where(none, 1.0, total)
    if none.any():
        equal = takes / np.maximum(takes.sum(axis=1, keepdims=True), 1)
        kept = np.where(none, equal[:, :, None], kept)
    return kept


def keys_of(inputs: PlanInputs, time: Timeline, known: np.ndarray) -> Keys:
    """Read the center's keys; drivers (P, E) follow their volumes, an unknown volume weighs nothing."""
    tables: dict[str, dict[str, float]] = {}
    for row in inputs.rows("keys"):
        tables.setdefault(row.key, {})[row.part] = row.share
    by_epoch = np.nan_to_num(known)[:, :, time.year_of]
    drivers = {name: by_epoch[:, column] for name, column in inputs.driver_at.items()}
    return Keys(inputs.participant_at, tables, drivers)
