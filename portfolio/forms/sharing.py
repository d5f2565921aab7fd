"""What the page of shares is asked in its address, and which key is chosen for which services."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict


@dataclass(frozen=True)
class Asked:
    """What the address says; nonsense is the default."""

    year: int
    methods: Sequence[str]
    measure: str
    towards: str
    length: int


def asked(
    query: QueryDict, *, years: Sequence[int], year: int, measures: Sequence[str], methods: Iterable[str],
    towards: str, length: int,
) -> Asked:  # fmt: skip
    """Read the address."""
    known = set(methods)
    to, measure, wanted, steps = (query.get(name, "") for name in ("to", "as", "year", "years"))
    return Asked(
        year=int(wanted) if wanted in map(str, years) else year,
        methods=[method for method in query.getlist("m") if method in known],
        measure=measure if measure in measures else measures[0],
        towards=to if to in known else towards,
        length=int(steps) if steps in map(str, range(1, len(years) + 1)) else length,
    )


class PickForm(forms.Form):
    """A key for the cost of one service, or of all."""

    key = forms.ChoiceField()
    service = forms.ChoiceField(required=False)
    version = forms.CharField(required=False)

    def __init__(self, *args: Any, keys: Iterable[str], services: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
        self.fields["service"].choices = [("", ""), *((code, code) for code in services)]  # type: ignore[attr-defined]

    @property
    def services(self) -> list[str]:
        """The chosen service; none for all of them."""
        return [self.cleaned_data["service"]] if self.cleaned_data["service"] else []
