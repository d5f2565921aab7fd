"""Cells of FTE as people type or paste them: read in Dutch or English notation, each refusal with its reason."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from portfolio.engine.findings import error
from portfolio.frames.uptake import Change, Pair, Take
from portfolio.sheets.misread import Misread
from portfolio.sheets.numbers import number_of
from portfolio.sheets.wording import said

MOST = 1000


class CellsForm:
    """The cells of a table that were sent, by name: ``values`` (None: emptied), and ``wrong`` in words.

    ``known`` says which names there are; whatever else was sent is left alone. ``step``: only multiples of it.
    """

    def __init__(
        self, data: Mapping[str, str], known: Mapping[str, Pair], step: Decimal | None = None
    ) -> None:
        self.typed = {name: data[name].strip() for name in known if name in data}
        self.values: dict[str, Decimal | None] = {}
        self.wrong: dict[str, str] = {}
        for name, text in self.typed.items():
            try:
                self.values[name] = _read(text, step)
            except Misread as misread:
                self.wrong[name] = said(error(misread.code, "uptake", **misread.params))
            except ValueError as refused:
                self.wrong[name] = str(refused)


class UptakeForm:
    """Who takes one service: ``takes,A``, ``fte,A`` and ``locked,A`` per participant; what is absent is unchanged."""

    def __init__(
        self, data: Mapping[str, str], service: str, people: Sequence[str], seen: Mapping[Pair, Take], step: Decimal
    ) -> None:  # fmt: skip
        requested = CellsForm(data, {f"fte,{person}": (service, person) for person in people})
        locked = CellsForm(data, {f"locked,{person}": (service, person) for person in people}, step)
        self.typed = requested.typed | locked.typed
        self.wrong = requested.wrong | locked.wrong
        self.takes = {
            person: data[f"takes,{person}"] == "yes" for person in people if f"takes,{person}" in data
        }
        self.changes: list[Change] = []
        for person in people if not self.wrong else ():
            before = seen.get((service, person), Take())
            takes = self.takes.get(person, before.takes)
            # Who does not take a service requests nothing of it.
            fte = requested.values.get(f"fte,{person}", before.fte) if takes else None
            lock = locked.values.get(f"locked,{person}", before.locked_fte) if takes else None
            after = Take(takes, fte, lock)
            if after != before:
                self.changes.append(Change(service, person, before, after))


def _read(text: str, step: Decimal | None) -> Decimal | None:
    if text in ("", "–", "-"):
        return None
    value = Decimal(f"{number_of(text).value:.12g}")
    if value < 0:
        raise Misread("negative", value=text)
    if value > MOST:
        raise Misread("out_of_range", value=text, low=0, high=MOST)
    if step is not None and value % step:
        raise ValueError(_("%(value)s is no multiple of the step %(step)s") % {"value": text, "step": step})
    return value
