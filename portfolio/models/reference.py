"""What every center may start from: municipalities, and templates for roles, drivers and services.

Loaded from ``fixtures/reference/``, one JSON file per table, each a plain list of objects whose names are
the field names below (``actions.reference.load_reference``, upserting by ``code``):

``drivers.json``    ``{"code": "workplaces", "label_nl": "Werkplekken", "label_en": "Workplaces", "growth": FIGURE}``
``roles.json``      ``{"code": "CISO", "name_nl": "CISO", "name_en": "CISO", "family": "ciso", "scale": "11",
                    "annual_cost": FIGURE}``; ``family`` and ``scale`` may be "".
``services.json``   one object per service template::

    {
      "code": "CISO", "order": 310, "phase": "new",                     # current | new
      "category_nl": "Veiligheid en privacy", "category_en": "Security and privacy",
      "name_nl": "CISO-pool", "name_en": "CISO pool",
      "description_nl": "...", "description_en": "...",
      "included_nl": ["..."], "included_en": ["..."],                    # what is in: list of sentences
      "excluded_nl": ["..."], "excluded_en": ["..."],                    # what is out
      "role_mix": [{"role": "CISO", "share": 0.75}, {"role": "ISO", "share": 0.25}],      # sums to 1
      "competences": [{"competence": "D.1", "level": 4}],                # e-CF code and level 1..5
      "sizing": [{"driver": "inhabitants", "per": 10000, "fte": FIGURE, "price": FIGURE}],  # fte or price may be absent
      "figures": {                                                       # any of these; absent = the schema's default
        "base_fte": FIGURE, "fixed_fte": FIGURE, "min_fte": FIGURE, "min_persons": FIGURE, "min_slice": FIGURE,
        "fixed_cost": FIGURE, "solo_min_fte": FIGURE, "solo_fixed_cost": FIGURE
      },
      "fte_key": "demand", "cost_key": "demand",                         # "demand", "equal" or a driver
      "depends_on": ["IAM"],                                             # codes of other templates
      "outsourcing": {                                                   # what outsourcing the infrastructure does
        "effect": "moves",                                               # moves (O) | stays (R) | split (S) | none
        "note_nl": "...", "note_en": "...",
        "outsource": FIGURE, "outsource_managed": FIGURE                 # retained share of its FTE; may be absent
      },
      "less_obvious": false,                                             # true: value only comes with harmonization
      "questions_nl": ["..."], "questions_en": ["..."]                   # asked first; required when less_obvious
    }

``FIGURE`` is ``{"value": 0.12, "basis": "assumption", "source": "", "spread": 0.3}``: ``basis`` is ``sourced``
(then ``source`` must say where it stands) or ``assumption`` (a figure to be set by the center; ``source`` may
say what it was guessed from); ``spread`` is optional, a share either way. No unsourced figure may look like a norm.

``salary_scales.json`` one object per salary table: ``{"valid_from": "2024-10-01", "agreement": "...", "unit": "...",
                    "basis": "sourced", "source": "...", "note_nl": "...", "note_en": "...",
                    "scales": [{"scale": "1", "minimum": 1585, "maximum": 2018}]}``

``municipalities.json`` (a short list, optional): ``{"gm_code": "GM0363", "name": "Amsterdam",
"inhabitants": 934927, "reference_date": "2025-01-01", "source": "CBS 03759ned"}``; the whole list comes in with
``manage.py load_municipalities FILE``.
"""

from collections.abc import Set
from decimal import Decimal
from typing import Any

from auditlog.registry import auditlog
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portfolio.engine.terms import BuiltinKey
from portfolio.models import labels
from portfolio.models.base import (
    check,
    choice_field,
    code_field,
    name_field,
    not_blank,
    one_of,
    text_field,
    unique,
)

FIGURES = (
    "base_fte", "fixed_fte", "min_fte", "min_persons", "min_slice", "fixed_cost", "solo_min_fte", "solo_fixed_cost",
)  # fmt: skip


class Basis(models.TextChoices):
    """What a default figure stands on."""

    SOURCED = "sourced", _("sourced")
    ASSUMPTION = "assumption", _("assumption, to be set")


class Effect(models.TextChoices):
    """What outsourcing the infrastructure does to a service."""

    MOVES = "moves", _("moves to the supplier")
    STAYS = "stays", _("stays at the center")
    SPLIT = "split", _("is split")
    NONE = "none", _("not touched")


@auditlog.register()
class Municipality(models.Model):
    """A municipality with its inhabitants on a date, from the national statistics."""

    gm_code = models.CharField(_("code"), max_length=6, unique=True)
    name = name_field(_("name"), db_index=True)
    inhabitants = models.IntegerField(_("inhabitants"))
    reference_date = models.DateField(_("reference date"))
    source = name_field(_("source"), blank=True, default="")

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]
        constraints = [
            check(
                "code_form",
                Q(gm_code__regex=r"\AGM[0-9]{4}\Z"),
                _("A municipality's code is written as GM0363."),
            ),
            not_blank("name", _("A municipality has a name.")),
            check("inhabitants_not_negative", Q(inhabitants__gte=0), _("Inhabitants cannot be negative.")),
        ]

    def __str__(self) -> str:
        return self.name


def check_figure(figure: Any) -> None:
    """A default figure says whether it is sourced; a sourced one says where it stands."""
    if (
        not isinstance(figure, dict)
        or not isinstance(figure.get("value"), int | float)
        or isinstance(figure["value"], bool)
    ):
        raise ValidationError(
            _("A figure is written as {value, basis, source, spread}: %(found)s."), params={"found": figure}
        )
    if unknown := set(figure) - {"value", "basis", "source", "spread"}:
        raise ValidationError(_("A figure has no %(found)s."), params={"found": ", ".join(sorted(unknown))})
    if figure.get("basis") not in Basis.values:
        raise ValidationError(_("A figure is sourced or an assumption."))
    if figure["basis"] == Basis.SOURCED and not figure.get("source"):
        raise ValidationError(_("A sourced figure says where it stands."))
    if not 0 <= figure.get("spread", 0) <= 1:
        raise ValidationError(_("A spread is a share between 0 and 1."))


def check_amount(figure: Any) -> None:
    """A figure that cannot be negative."""
    check_figure(figure)
    if figure["value"] < 0:
        raise ValidationError(_("A default figure cannot be negative."))


def check_growth(figure: Any) -> None:
    """A figure, or nothing: no growth."""
    if figure:
        check_figure(figure)


def check_figures(figures: Any) -> None:
    """The default figures of a service, by name."""
    if not isinstance(figures, dict):
        raise ValidationError(_("Figures are written by name."))
    if unknown := set(figures) - set(FIGURES):
        raise ValidationError(_("Unknown figures: %(found)s."), params={"found": ", ".join(sorted(unknown))})
    for figure in figures.values():
        check_amount(figure)


def check_sentences(sentences: Any) -> None:
    if not isinstance(sentences, list) or not all(
        isinstance(sentence, str) and sentence for sentence in sentences
    ):
        raise ValidationError(_("This is a list of sentences."))


def check_role_mix(mix: Any) -> None:
    """Roles with shares that sum to 1."""
    _check_rows(mix, {"role", "share"})
    total = sum((Decimal(str(row["share"])) for row in mix), Decimal(0))
    if abs(total - 1) > Decimal("1e-9"):
        raise ValidationError(_("The shares of the roles sum to 1."))


def check_competences(competences: Any) -> None:
    _check_rows(competences, {"competence", "level"})
    if not all(isinstance(row["level"], int) and 1 <= row["level"] <= 5 for row in competences):
        raise ValidationError(_("A level is a whole number from 1 to 5."))


def check_sizing(sizing: Any) -> None:
    _check_rows(sizing, {"driver", "per"}, optional={"fte", "price"})
    for row in sizing:
        if not row["per"] > 0:
            raise ValidationError(_("A rule goes per a number of units above 0."))
        for name in {"fte", "price"} & set(row):
            check_amount(row[name])


def check_scales(scales: Any) -> None:
    _check_rows(scales, {"scale", "minimum", "maximum"})
    if not all(0 <= row["minimum"] <= row["maximum"] for row in scales):
        raise ValidationError(_("A scale runs from a minimum to a maximum."))


def check_codes(codes: Any) -> None:
    if not isinstance(codes, list) or not all(isinstance(code, str) and code for code in codes):
        raise ValidationError(_("This is a list of codes."))


def check_outsourcing(outsourcing: Any) -> None:
    if not isinstance(outsourcing, dict) or outsourcing.get("effect") not in Effect.values:
        raise ValidationError(_("What outsourcing does is one of: moves, stays, split, none."))
    known = {"effect", "note_nl", "note_en", "outsource", "outsource_managed"}
    if unknown := set(outsourcing) - known:
        raise ValidationError(_("Unknown: %(found)s."), params={"found": ", ".join(sorted(unknown))})
    for name in {"outsource", "outsource_managed"} & set(outsourcing):
        check_amount(outsourcing[name])
        if outsourcing[name]["value"] > 1:
            raise ValidationError(_("A share lies between 0 and 1."))


def _check_rows(rows: Any, required: set[str], optional: Set[str] = frozenset()) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValidationError(_("This is a list of rows."))
    for row in rows:
        if not required <= set(row) <= required | optional:
            raise ValidationError(
                _("Each row has: %(names)s."), params={"names": ", ".join(sorted(required | optional))}
            )


class Bilingual(models.Model):
    """Reference texts stand in two languages side by side."""

    class Meta:
        abstract = True

    def said(self, name: str) -> Any:
        """A text in the language of the page: ``template.said("name")``."""
        language = "en" if (get_language() or "").startswith("en") else "nl"
        return getattr(self, f"{name}_{language}") or getattr(self, f"{name}_nl")


@auditlog.register()
class DriverTemplate(Bilingual):
    """A driver that a center may count."""

    code = code_field(_("code"), unique=True)
    label_nl = name_field(_("label, in Dutch"))
    label_en = name_field(_("label, in English"))
    growth = models.JSONField(_("growth per year"), default=dict, blank=True, validators=[check_growth])

    class Meta:
        verbose_name = _("template of a driver")
        verbose_name_plural = _("templates of drivers")
        ordering = ["code"]
        constraints = [not_blank("code", _("A template has a code."))]

    def __str__(self) -> str:
        return self.said("label")


@auditlog.register()
class RoleTemplate(Bilingual):
    """A role that a center may have."""

    code = code_field(_("code"), unique=True)
    name_nl = name_field(_("name, in Dutch"))
    name_en = name_field(_("name, in English"))
    family = name_field(_("family"), blank=True, default="")
    scale = name_field(_("scale"), blank=True, default="")
    annual_cost = models.JSONField(_("cost per FTE per year"), validators=[check_amount])

    class Meta:
        verbose_name = _("template of a role")
        verbose_name_plural = _("templates of roles")
        ordering = ["code"]
        constraints = [not_blank("code", _("A template has a code."))]

    def __str__(self) -> str:
        return self.said("name")


@auditlog.register()
class SalaryTable(Bilingual):
    """The salary scales of a collective agreement from a date on."""

    valid_from = models.DateField(_("valid from"))
    agreement = name_field(_("agreement"))
    unit = name_field(_("unit"))
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices)
    source = text_field(_("source"))
    note_nl = text_field(_("note, in Dutch"))
    note_en = text_field(_("note, in English"))
    scales = models.JSONField(_("scales"), validators=[check_scales])

    class Meta:
        verbose_name = _("salary table")
        verbose_name_plural = _("salary tables")
        ordering = ["-valid_from"]
        constraints = [
            unique(
                "once", ["agreement", "valid_from"], _("This agreement has a table from this date already.")
            ),
            check("basis_known", Q(basis__in=Basis.values), _("A table is sourced or an assumption.")),
            check(
                "source_given",
                ~Q(basis=Basis.SOURCED) | ~Q(source=""),
                _("A sourced table says where it stands."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.valid_from}"


@auditlog.register()
class ServiceTemplate(Bilingual):
    """A service that a center may choose, with defaults that say what they stand on."""

    code = code_field(_("code"), unique=True)
    order = models.SmallIntegerField(_("order"), default=0)
    phase = choice_field(_("phase"), labels.PHASES)
    category_nl = name_field(_("category, in Dutch"))
    category_en = name_field(_("category, in English"))
    name_nl = name_field(_("name, in Dutch"))
    name_en = name_field(_("name, in English"))
    description_nl = text_field(_("description, in Dutch"))
    description_en = text_field(_("description, in English"))
    included_nl = models.JSONField(
        _("what is in, in Dutch"), default=list, blank=True, validators=[check_sentences]
    )
    included_en = models.JSONField(
        _("what is in, in English"), default=list, blank=True, validators=[check_sentences]
    )
    excluded_nl = models.JSONField(
        _("what is out, in Dutch"), default=list, blank=True, validators=[check_sentences]
    )
    excluded_en = models.JSONField(
        _("what is out, in English"), default=list, blank=True, validators=[check_sentences]
    )
    role_mix = models.JSONField(_("roles in the team"), validators=[check_role_mix])
    competences = models.JSONField(_("competences"), default=list, blank=True, validators=[check_competences])
    sizing = models.JSONField(_("sizing rules"), default=list, blank=True, validators=[check_sizing])
    figures = models.JSONField(_("default figures"), default=dict, blank=True, validators=[check_figures])
    fte_key = code_field(_("key for FTE"), default=BuiltinKey.DEMAND.value)
    cost_key = code_field(_("key for cost"), default=BuiltinKey.DEMAND.value)
    depends_on = models.JSONField(_("depends on"), default=list, blank=True, validators=[check_codes])
    outsourcing = models.JSONField(_("what outsourcing does"), validators=[check_outsourcing])
    less_obvious = models.BooleanField(
        _("less obvious"),
        default=False,
        help_text=_("Value only comes with far-reaching harmonization of applications and processes"),
    )
    questions_nl = models.JSONField(
        _("questions first, in Dutch"), default=list, blank=True, validators=[check_sentences]
    )
    questions_en = models.JSONField(
        _("questions first, in English"), default=list, blank=True, validators=[check_sentences]
    )

    class Meta:
        verbose_name = _("template of a service")
        verbose_name_plural = _("templates of services")
        ordering = ["order", "code"]
        constraints = [
            not_blank("code", _("A template has a code.")),
            one_of("phase", labels.PHASES, _("A service is current or new.")),
        ]

    def __str__(self) -> str:
        return self.said("name")

    def clean(self) -> None:
        super().clean()
        if self.less_obvious and not (self.questions_nl and self.questions_en):
            raise ValidationError(_("A less obvious service asks its questions first, in both languages."))
