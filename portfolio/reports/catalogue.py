"""The catalogue: the center's own services beside the templates to choose from, and what their defaults stand on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from portfolio.engine.inputs import CenterInputs
from portfolio.engine.schema import FRAMES
from portfolio.models import labels
from portfolio.models.reference import FIGURES, Basis, Effect, RoleTemplate, ServiceTemplate
from portfolio.reports.competences import COMPETENCES
from portfolio.reports.names import Names
from portfolio.reports.table_words import column_words, language, written
from portfolio.templatetags.figures import fte, number, pct

#: Choices of what to show, by the name in the address.
SHOWN = ("all", "new", "current", "open")


@dataclass(frozen=True)
class Card:
    """One service in the catalogue: a template, the center's own, or both."""

    code: str
    name: str
    category: str
    description: str
    phase: str
    phase_label: str
    is_ours: bool
    has_template: bool
    less_obvious: bool
    questions: list[str]
    team: str
    sizing: str
    sourced: int
    defaults: int
    effect: str
    url: str


@dataclass(frozen=True)
class Default:
    """A default figure, and what it stands on."""

    label: str
    value: str
    unit: str
    is_sourced: bool
    source: str
    spread: str


def cards(
    templates: Iterable[ServiceTemplate],
    inputs: CenterInputs,
    *,
    url: Callable[[str], str],
    own_url: str,
) -> list[tuple[str, list[Card]]]:
    """Cards by category: those of templates in their order, then services of the center's own."""
    services = inputs.frames["services"]
    own = {row.service: row for row in services.itertuples(index=False)}
    names = Names(inputs.frames)
    listed = [_template_card(template, own.get(template.code), names, url) for template in templates]
    known = {card.code for card in listed}
    groups: dict[str, list[Card]] = {}
    for card in [*listed, *(_own_card(row, own_url) for code, row in own.items() if code not in known)]:
        groups.setdefault(card.category, []).append(card)
    return list(groups.items())


def chosen(groups: list[tuple[str, list[Card]]], show: str) -> list[tuple[str, list[Card]]]:
    """What of the catalogue is shown: all, new services, those of today, or what is not ours yet."""
    fits: dict[str, Callable[[Card], bool]] = {
        "new": lambda card: card.phase == "new",
        "current": lambda card: card.phase == "current",
        "open": lambda card: not card.is_ours,
    }
    if show not in fits:
        return groups
    kept = [(category, [card for card in found if fits[show](card)]) for category, found in groups]
    return [(category, found) for category, found in kept if found]


def defaults(template: ServiceTemplate) -> list[Default]:
    """Every default figure of a template, sizing rules first."""
    rows = []
    for rule in template.sizing:
        per = number(rule["per"])
        for name in ("fte", "price"):
            if name in rule:
                label = gettext("%(what)s per %(per)s %(driver)s") % {
                    "what": column_words(name), "per": per, "driver": _driver(rule["driver"])
                }  # fmt: skip
                rows.append(_default(label, "sizing", name, rule[name]))
    rows += [
        _default(column_words(name), "services", name, template.figures[name])
        for name in FIGURES
        if name in template.figures
    ]
    return rows


def roles(template: ServiceTemplate, known: Mapping[str, RoleTemplate]) -> list[tuple[str, str, str]]:
    """Roles of the team: name, share, and scale."""
    return [
        (str(known[row["role"]]) if row["role"] in known else row["role"], pct(row["share"]),
         known[row["role"]].scale if row["role"] in known else "")
        for row in template.role_mix
    ]  # fmt: skip


def competences(template: ServiceTemplate) -> list[tuple[str, str, int]]:
    """Competences with their name and level."""
    return [
        (row["competence"], str(COMPETENCES.get(row["competence"], "")), row["level"])
        for row in template.competences
    ]


def outsourcing(template: ServiceTemplate) -> dict[str, Any]:
    """What outsourcing the infrastructure does to the service."""
    told = template.outsourcing
    shares = [
        _default(str(label), "offers", "retained_share", told[name])
        for name, label in (
            ("outsource", gettext("FTE that stays when the infrastructure is outsourced")),
            ("outsource_managed", gettext("FTE that stays when management is outsourced too")),
        )
        if name in told
    ]
    return {
        "effect": str(Effect(told["effect"]).label),
        "note": told.get(f"note_{language()}") or told.get("note_nl", ""),
        "shares": shares,
    }


def in_language(text: str) -> str:
    """Sources stand in both languages, Dutch first, with a slash between."""
    dutch, slash, english = text.partition(" / ")
    return (english if language() == "en" else dutch) if slash and " / " not in english else text


def _default(label: str, frame: str, name: str, figure: Mapping[str, Any]) -> Default:
    column = FRAMES[frame].by_name[name]
    value = figure["value"]
    return Default(
        label=label,
        value=pct(value) if name == "retained_share" else written(column, float(value)),
        unit=gettext(column.unit) if column.unit and name != "retained_share" else "",
        is_sourced=figure["basis"] == Basis.SOURCED,
        source=in_language(figure.get("source", "")),
        spread=f"± {pct(figure['spread'])}" if figure.get("spread") else "",
    )


def _template_card(template: ServiceTemplate, own: Any, names: Names, url: Callable[[str], str]) -> Card:
    figures = [
        *template.figures.values(),
        *(rule[n] for rule in template.sizing for n in ("fte", "price") if n in rule),
    ]
    phase = own.phase if own is not None else template.phase
    return Card(
        code=template.code,
        name=own.name if own is not None else template.said("name"),
        category=template.said("category"),
        description=template.said("description").partition(". ")[0].rstrip(".") + ".",
        phase=phase,
        phase_label=str(labels.PHASES[phase]),
        is_ours=own is not None,
        has_template=True,
        less_obvious=template.less_obvious,
        questions=list(template.said("questions")) if template.less_obvious else [],
        team=_team(template.figures),
        sizing=", ".join(_rule(rule) for rule in template.sizing if "fte" in rule),
        sourced=sum(figure["basis"] == Basis.SOURCED for figure in figures),
        defaults=len(figures),
        effect=str(Effect(template.outsourcing["effect"]).label),
        url=url(template.code),
    )


def _own_card(row: Any, url: str) -> Card:
    return Card(
        code=row.service, name=row.name, category=row.category or gettext("Other"), description=row.description,
        phase=row.phase, phase_label=str(labels.PHASES[row.phase]), is_ours=True, has_template=False,
        less_obvious=False, questions=[], team=fte(row.min_fte, "unit") if row.min_fte else "", sizing="", sourced=0,
        defaults=0, effect="", url=url,
    )  # fmt: skip


def _team(figures: Mapping[str, Any]) -> str:
    parts = []
    if "min_fte" in figures:
        parts.append(fte(figures["min_fte"]["value"], "unit"))
    if "min_persons" in figures:
        persons = int(figures["min_persons"]["value"])
        parts.append(ngettext("%(n)d person", "%(n)d persons", persons) % {"n": persons})
    return ", ".join(parts)


def _rule(rule: Mapping[str, Any]) -> str:
    return gettext("%(fte)s per %(per)s %(driver)s") % {
        "fte": fte(rule["fte"]["value"], "unit"), "per": number(rule["per"]), "driver": _driver(rule["driver"])
    }  # fmt: skip


def _driver(code: str) -> str:
    words = {
        "inhabitants": gettext("inhabitants"),
        "workplaces": gettext("workplaces"),
        "applications": gettext("applications"),
        "suppliers": gettext("suppliers"),
        "servers": gettext("servers"),
        "projects": gettext("projects"),
    }
    return words.get(code, code)
