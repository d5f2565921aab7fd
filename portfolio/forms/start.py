"""The steps of the guided start: who takes part, the totals, the services; together they make a draft of a center."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.engine.columns import Kind
from portfolio.engine.schema import month_number, month_text
from portfolio.forms.decisions import MonthField
from portfolio.forms.figures import FigureField, figure_of
from portfolio.frames.municipalities import Found, look_up
from portfolio.frames.start import Body, Draft, Templates, codes_of
from portfolio.models.base import NAME_LENGTH
from portfolio.models.reference import Municipality
from portfolio.templatetags.figures import number

MOST_BODIES = 60
MUNICIPALITY, OTHER = "municipality", "other"
#: What the totals start from: usual in business cases, but assumptions; the page says so.
ASSUMED = {"years": 5, "overhead_per_fte": 15_000, "wage_growth": 3, "price_growth": 2}


@dataclass(frozen=True)
class Entry:
    """One line of the list of names: what was typed, with the inhabitants where these were typed beside it."""

    name: str
    inhabitants: int | None = None

    @property
    def ref(self) -> str:
        """Names its fields, whatever stands before or after it in the list."""
        return f"{zlib.crc32(self.name.encode()):08x}"


class NamesForm(forms.Form):
    """Name of the center and who takes part; asks per name that is not known what it stands for."""

    name = forms.CharField(label=gettext_lazy("Name of the center"), max_length=NAME_LENGTH)
    names = forms.CharField(
        label=gettext_lazy("Who takes part"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One name per line, typed or pasted. From Excel a second column with inhabitants may come along."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries, self.wrong_lines = entries_of(self.data.get("names", "") if self.is_bound else "")
        self.found = look_up(entry.name for entry in self.entries)
        self.asked = [
            e for e in self.entries if e.inhabitants is None and not self.found[e.name].municipality
        ]
        for entry in self.asked:
            choices = [
                *_suggested(self.found[entry.name]),
                (MUNICIPALITY, _("A municipality, with these inhabitants:")),
                (OTHER, _("Another body, such as a social service, with these workplaces:")),
            ]
            self.fields[f"is-{entry.ref}"] = forms.ChoiceField(
                label=_("What is “%(name)s”?") % {"name": entry.name}, choices=choices, widget=forms.RadioSelect,
                error_messages={"required": _("Choose what this is; what you typed elsewhere is kept.")},
            )  # fmt: skip
            self.fields[f"count-{entry.ref}"] = FigureField(
                label=_("Number of inhabitants or workplaces"), required=False, kind=Kind.NUMBER, is_whole=True,
                most=20_000_000,
            )  # fmt: skip

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The names that are not known, each with its two fields."""
        return [
            {"entry": entry, "choice": self[f"is-{entry.ref}"], "count": self[f"count-{entry.ref}"]}
            for entry in self.asked
        ]

    def clean_names(self) -> str:
        if self.wrong_lines:
            raise forms.ValidationError(_("These lines could not be read: %(lines)s") % {
                "lines": "; ".join(self.wrong_lines[:3])})  # fmt: skip
        if len(self.entries) < 2:
            raise forms.ValidationError(_("A shared service center has two participants at least."))
        if len(self.entries) > MOST_BODIES:
            raise forms.ValidationError(_("At most %(most)s participants.") % {"most": MOST_BODIES})
        return str(self.cleaned_data["names"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for entry in self.asked:
            needs_count = cleaned.get(f"is-{entry.ref}") in (MUNICIPALITY, OTHER)
            count = f"count-{entry.ref}"
            if needs_count and count not in self.errors and not cleaned.get(count):
                self.add_error(count, _("Give a number; a guess will do for now."))
        if not self.errors and len({body.name for body in self.bodies}) < len(self.entries):
            self.add_error("names", _("Two lines stand for the same municipality."))
        return cleaned

    @property
    def bodies(self) -> list[Body]:
        """The participants, once the form is valid."""
        made = [self._body(entry) for entry in self.entries]
        codes = codes_of(body.name for body in made)
        return [replace(body, code=code) for body, code in zip(made, codes, strict=True)]

    def _body(self, entry: Entry) -> Body:
        municipality = self.found[entry.name].municipality
        told = _("Entered at the start")
        if entry.inhabitants is not None:
            return Body("", entry.name, entry.inhabitants, source=told)
        if municipality is None:
            choice, count = (self.cleaned_data.get(f"{part}-{entry.ref}") for part in ("is", "count"))
            if choice == OTHER:
                return Body("", entry.name, None, count, told)
            if choice == MUNICIPALITY:
                return Body("", entry.name, count, source=told)
            municipality = next(row for row in self.found[entry.name].nearest if row.gm_code == choice)
        return Body("", municipality.name, municipality.inhabitants, source=source_of(municipality))


def entries_of(text: str) -> tuple[list[Entry], list[str]]:
    """The names in a text, each once; and the lines that cannot be read."""
    found: dict[str, Entry] = {}
    wrong = []
    for line in text.splitlines():
        first, *rest = [part.strip() for part in re.split(r"[\t;]", line)]
        beside = next((part for part in rest if part), "")
        try:
            inhabitants = figure_of(beside, most=20_000_000) if beside else None
        except forms.ValidationError:
            wrong.append(line.strip())
            continue
        for name in [first] if beside else [part.strip() for part in first.split(",")]:
            if name:
                shown = " ".join(name.split())[:NAME_LENGTH]
                found.setdefault(shown, Entry(shown, None if inhabitants is None else int(inhabitants)))
    return list(found.values()), wrong


def source_of(municipality: Municipality) -> str:
    """Where the number of inhabitants stands."""
    return f"{municipality.source or _('Reference list')}, {municipality.reference_date:%Y-%m-%d}"


def _suggested(found: Found) -> list[tuple[str, str]]:
    text = _("{name} ({inhabitants} inhabitants)")
    return [
        (row.gm_code, format_html(text, name=row.name, inhabitants=number(row.inhabitants)))
        for row in found.nearest
    ]


class TotalsForm(forms.Form):
    """What the whole costs and how many people it has; per participant what it pays, where that is known."""

    eur = FigureField(
        label=gettext_lazy("Total contribution per year"), least=1, is_whole=True,
        help_text=gettext_lazy(
            "What all participants together pay the center in the first year, from the adopted budget, in euros."
        ),
    )  # fmt: skip
    fte = FigureField(
        label=gettext_lazy("Total formation"), kind=Kind.FTE, least=0.05, most=10_000,
        help_text=gettext_lazy("All teams of the center together, vacancies included, in FTE."),
    )  # fmt: skip
    start = MonthField(
        label=gettext_lazy("First month"), max_length=20,
        help_text=gettext_lazy("As 2027-01. Its year is the year of the prices and of the contribution above."),
    )  # fmt: skip
    years = FigureField(
        label=gettext_lazy("Years to look ahead"), kind=Kind.NUMBER, least=1, most=15, is_whole=True
    )
    overhead_per_fte = FigureField(
        label=gettext_lazy("Overhead per FTE"), most=200_000,
        help_text=gettext_lazy(
            "Workplace, housing and support in euros a year. An assumption: business cases use 10,000 to 20,000."
        ),
    )  # fmt: skip
    wage_growth = FigureField(
        label=gettext_lazy("Growth of wages per year"), kind=Kind.FTE, most=25, is_percent=True,
        help_text=gettext_lazy("In %. An assumption, as is the next."),
    )  # fmt: skip
    price_growth = FigureField(
        label=gettext_lazy("Growth of prices per year"), kind=Kind.FTE, most=25, is_percent=True,
        help_text=gettext_lazy("In %."),
    )  # fmt: skip

    def __init__(self, *args: Any, bodies: Sequence[Body], first_year: int, **kwargs: Any) -> None:
        start = {name: number(value) for name, value in ASSUMED.items()} | {"start": f"{first_year}-01"}
        super().__init__(*args, **kwargs)
        self.initial.update(start)
        self.bodies = bodies
        for body in bodies:
            label = _("What %(name)s pays per year") % {"name": body.name}
            self.fields[f"paid-{body.code}"] = FigureField(label=label, required=False, is_whole=True)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The participants, each with the field for what it pays."""
        return [{"body": body, "field": self[f"paid-{body.code}"]} for body in self.bodies]

    @property
    def paid(self) -> list[Body]:
        """The participants with what they pay, once the form is valid."""
        return [replace(body, contribution=self.cleaned_data[f"paid-{body.code}"]) for body in self.bodies]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        told = [cleaned.get(f"paid-{body.code}") for body in self.bodies]
        total = cleaned.get("eur")
        if total is None or self.errors:
            return cleaned
        gap = total - sum(part for part in told if part is not None)
        if gap < 0 or (gap and None not in told):
            words = _("The contributions below are %(gap)s more than this total.") if gap < 0 else _(
                "The contributions below are %(gap)s less than this total.")  # fmt: skip
            self.add_error("eur", words % {"gap": f"€ {number(abs(gap))}"})
        return cleaned


class ServicesForm(forms.Form):
    """What the center delivers, and what it may start."""

    services = forms.MultipleChoiceField(
        label=gettext_lazy("What the center delivers today"),
        error_messages={"required": gettext_lazy("Choose one service at least.")},
    )
    wishes = forms.MultipleChoiceField(label=gettext_lazy("What it might start"), required=False)
    wishes_from = MonthField(label=gettext_lazy("They start in"), max_length=20)

    def __init__(self, *args: Any, templates: Templates, start: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wishes_from"].initial = month_text(month_number(start) + 12)
        self.templates, self.start = templates, start
        for name, phase in (("services", "current"), ("wishes", "new")):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (code, str(row)) for code, row in templates.services.items() if row.phase == phase
            ]

    def clean_wishes_from(self) -> str:
        month = str(self.cleaned_data["wishes_from"])
        if month < self.start:
            raise forms.ValidationError(
                _("This lies before the first month, %(start)s.") % {"start": self.start}
            )
        return month

    def chosen(self, name: str) -> set[str]:
        """The codes that are ticked: the usual services at first, no wishes."""
        if self.is_bound:
            return set(self.data.getlist(name))  # type: ignore[attr-defined]
        return {code for code, _label in self.fields[name].choices} if name == "services" else set()  # type: ignore[attr-defined]

    @property
    def current_groups(self) -> list[dict[str, Any]]:
        return self._groups("services")

    @property
    def new_groups(self) -> list[dict[str, Any]]:
        return self._groups("wishes")

    def _groups(self, name: str) -> list[dict[str, Any]]:
        """The choices by category, in the order of the templates."""
        ticked = self.chosen(name)
        by_category: dict[str, list[dict[str, Any]]] = {}
        for code, _label in self.fields[name].choices:  # type: ignore[attr-defined]
            row = self.templates.services[code]
            by_category.setdefault(row.said("category"), []).append(
                {"code": code, "row": row, "is_chosen": code in ticked}
            )
        return [{"category": category, "rows": rows} for category, rows in by_category.items()]


def draft_of(names: NamesForm, totals: TotalsForm, services: ServicesForm) -> Draft:
    """What the three steps told, once all are valid."""
    told = totals.cleaned_data
    settings = ("eur", "fte", "start", *ASSUMED)
    return Draft(
        name=names.cleaned_data["name"],
        bodies=tuple(totals.paid),
        services=tuple(services.cleaned_data["services"]),
        wishes=tuple(services.cleaned_data["wishes"]),
        wishes_from=services.cleaned_data["wishes_from"],
        **{name: told[name] for name in settings},
    )
