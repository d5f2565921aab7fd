"""The Dutch names of sheets, columns, settings and choices; of several, the first is the one that is written."""

import re
import unicodedata
from functools import cache

from portfolio.engine import hr_schema, schema
from portfolio.engine.terms import BuiltinKey, Criterion
from portfolio.sheets import hr_words

DUTCH = "nl"

SHEETS: dict[str, tuple[str, ...]] = {
    "center": ("centrum", "instellingen", "samenwerking"),
    "participants": ("deelnemers", "deelnemer"),
    "budget": ("begroting", "begrotingen", "meerjarenbegroting"),
    "drivers": ("maatstaven", "volumedrijvers", "drijvers"),
    "volumes": ("aantallen", "volumes"),
    "roles": ("rollen", "rol"),
    "services": ("diensten", "dienst"),
    "sizing": ("rekenregels", "omvang", "omvangregels", "dimensionering"),
    "role_mix": ("rolmix", "rolverdeling"),
    "keys": ("sleutels", "verdeelsleutels"),
    "offers": ("aanbiedingen", "offertes"),
    "own_effort": ("eigen inzet",),
    "scenarios": ("scenarios", "scenario's", "scenario"),
    "decisions": ("besluiten", "beslissingen"),
    "uptake": ("afname",),
    "assets": ("activa",),
    "contracts": ("contracten",),
    "shared_use": ("gedeeld gebruik",),
    "alternatives": ("alternatieven",),
    "weights": ("gewichten", "wegingen"),
    "lines": ("posten", "eenmalige posten", "regels", "kostenregels"),
}

#: Sheets of the HR workbook: known by name so that they can be told apart, and never read here.
HR_SHEETS: dict[str, tuple[str, ...]] = {
    "staff": ("personeel", "medewerkers"),
    "functions": ("functies", "was-wordt"),
    "competences": ("competenties",),
    "preferences": ("voorkeuren",),
    "agreements": ("afspraken",),
    "social_plan": ("sociaal plan",),
}

#: The sheet with which a template opens; it explains and holds no data.
EXPLANATION: dict[str, tuple[str, ...]] = {"explanation": ("uitleg",)}

COLUMNS: dict[str, tuple[str, ...]] = {
    "amount": ("bedrag",),
    "annual_cost": ("jaarkosten", "jaarlijkse kosten", "kosten per jaar"),
    "asset": ("activum",),
    "base_fte": ("basis fte", "fte per deelnemer"),
    "category": ("categorie",),
    "code": ("code", "deelnemer"),
    "contract": ("contract",),
    "cost_key": ("kostensleutel",),
    "criterion": ("criterium",),
    "current_contribution": ("huidige bijdrage",),
    "decision": ("besluit", "beslissing"),
    "depends_on": ("hangt af van", "afhankelijk van"),
    "description": ("omschrijving", "beschrijving"),
    "driver": ("maatstaf", "drijver", "volumedrijver"),
    "ends": ("eindigt", "einde", "eindmaand", "einddatum"),
    "exit_cost": ("afkoopkosten", "uittreedkosten"),
    "family": ("familie", "rolfamilie"),
    "fixed_cost": ("vaste kosten",),
    "fixed_fte": ("vaste fte",),
    "from": ("vanaf", "ingang", "ingangsmaand"),
    "fte": ("fte",),
    "fte_key": ("fte-sleutel", "ftesleutel"),
    "growth": ("groei", "groei per jaar"),
    "item": ("onderdeel", "activum of contract"),
    "key": ("sleutel", "verdeelsleutel"),
    "kind": ("soort",),
    "label": ("label",),
    "line": ("post", "regel"),
    "locked_fte": ("vastgezette fte",),
    "min_fte": ("minimum fte", "minimale fte"),
    "min_persons": ("minimum personen", "minimum aantal personen"),
    "min_slice": ("minimum deel", "kleinste deel"),
    "name": ("naam",),
    "notice_months": ("opzegtermijn maanden", "opzegtermijn"),
    "option": ("optie",),
    "owner": ("trekker", "eigenaar"),
    "part": ("deel",),
    "participant": ("deelnemer",),
    "payer_key": ("betaalsleutel", "betaler"),
    "per": ("per",),
    "phase": ("fase",),
    "price": ("prijs", "tarief"),
    "purchased": ("aangeschaft", "aanschafmaand", "aanschafdatum"),
    "reason": ("reden", "motivering"),
    "recurring": ("terugkerend",),
    "remains": ("blijft",),
    "retained_share": ("blijvend aandeel", "aandeel dat blijft"),
    "role": ("rol",),
    "scale": ("schaal", "salarisschaal"),
    "scenario": ("scenario",),
    "service": ("dienst",),
    "setting": ("instelling",),
    "share": ("aandeel",),
    "solo_fixed_cost": ("vaste kosten zelfstandig",),
    "solo_min_fte": ("minimum fte zelfstandig",),
    "source": ("bron",),
    "spread": ("bandbreedte", "spreiding"),
    "status": ("status",),
    "supplier": ("leverancier",),
    "takes": ("neemt af", "afname"),
    "term_months": ("termijn maanden", "afschrijvingstermijn"),
    "until": ("tot",),
    "value": ("waarde",),
    "vat": ("btw", "btw compensabel"),
    "volume": ("aantal", "volume"),
    "weight": ("gewicht", "weging"),
    "year": ("jaar",),
}

SETTINGS: dict[str, tuple[str, ...]] = {
    "name": ("naam",),
    "legal_form": ("rechtsvorm",),
    "start": ("startmaand", "eerste maand"),
    "years": ("jaren", "aantal jaren"),
    "fte_step": ("fte-stap",),
    "wage_growth": ("loongroei", "loonstijging"),
    "price_growth": ("prijsgroei", "prijsstijging"),
    "overhead_per_fte": ("overhead per fte",),
    "interest": ("rente",),
    "discount_rate": ("disconteringsvoet",),
    "productive_hours": ("productieve uren",),
}

CHOICES: dict[str, tuple[str, ...]] = {
    "estimated": ("geschat",),
    "entered": ("ingevoerd",),
    "confirmed": ("bevestigd",),
    "municipality": ("gemeente",),
    "other": ("andere organisatie", "anders", "overig"),
    "current": ("huidig", "bestaand"),
    "new": ("nieuw",),
    "keep": ("behouden",),
    "outsource": ("uitbesteden",),
    "outsource_managed": ("uitbesteden met beheer",),
    "return": ("teruggeven",),
    "stop": ("stoppen",),
    "start": ("starten",),
    "undecided": ("nog niet besloten", "onbeslist"),
    "own": ("eigen",),
    "own_datacenter": ("eigen in datacenter",),
    "managed": ("beheerd",),
    "shared": ("gedeeld",),
    "host": ("centrumgemeente", "gastgemeente"),
    "one_off": ("eenmalig",),
    "income": ("opbrengst", "inkomsten"),
}

_CHOICES = CHOICES | hr_words.CHOICES

#: What an alternative is judged on; a center may judge on other things too, under their own names.
CRITERIA: dict[str, tuple[str, ...]] = {
    Criterion.FLEXIBILITY.value: ("flexibiliteit",),
    Criterion.SCALABILITY.value: ("schaalbaarheid",),
    Criterion.CONTINUITY.value: ("continuïteit",),
    Criterion.SECURITY.value: ("veiligheid", "beveiliging"),
    Criterion.SPEED_OF_CHANGE.value: ("verandersnelheid", "snelheid van veranderen"),
    Criterion.COST.value: ("kosten",),
    Criterion.INFLUENCE.value: ("invloed", "zeggenschap"),
}

YES = frozenset({"ja", "j", "yes", "y", "true", "waar", "1", "x"})
NO = frozenset({"nee", "n", "no", "false", "onwaar", "0"})
YES_NO = {DUTCH: ("ja", "nee"), "en": ("yes", "no")}

#: Built-in keys may be called by these words, unless the center has a key, driver or participant of that name.
KEYS: dict[str, tuple[str, ...]] = {
    BuiltinKey.DEMAND.value: ("afname",),
    BuiltinKey.EQUAL.value: ("gelijk",),
}


def fold(text: str) -> str:
    """What of a name counts: not its capitals, nor which signs stand between its words.

    >>> fold(" Role_Mix ") == fold("role mix") == fold("ROLE-MIX")
    True
    """
    return " ".join(re.split(r"[\W_]+", unicodedata.normalize("NFKC", text).casefold())).strip()


@cache
def _lookup(name: str) -> dict[str, str]:
    """Folded names of one kind to the canonical one; a canonical name wins from an alias of another."""
    table = {
        "sheets": SHEETS,
        "hr": HR_SHEETS,
        "explanation": EXPLANATION,
        "center": SETTINGS,
        "social_plan": hr_words.SETTINGS,
        "criteria": CRITERIA,
    }[name]
    found = {fold(alias): word for word, aliases in table.items() for alias in aliases}
    return found | {fold(word): word for word in table}


@cache
def heads(sheet: str) -> dict[str, str]:
    """Folded heads of a sheet to its columns."""
    names = [column.name for column in columns(sheet)]
    words = hr_words.COLUMNS if sheet in HR_SHEETS else COLUMNS
    found = {fold(alias): name for name in reversed(names) for alias in words[name]}
    return found | {fold(name): name for name in names}


@cache
def columns(sheet: str) -> tuple[schema.Column, ...]:
    """The fixed columns of a sheet, provenance included; ``center`` and ``social_plan`` have settings in rows."""
    if sheet in ("center", "social_plan"):
        return (
            schema.Column("setting", schema.Kind.CODE, "", key=True, required=True),
            schema.Column("value", schema.Kind.TEXT, ""),
            *schema.PROVENANCE,
        )
    if sheet in hr_schema.FRAMES:
        return (*hr_schema.FRAMES[sheet].columns, *schema.PROVENANCE)
    return schema.columns(sheet)


def sheet_named(title: str) -> str | None:
    """The sheet that a title means."""
    return _lookup("sheets").get(fold(title))


def hr_sheet_named(title: str) -> str | None:
    """The sheet of the HR workbook that a title means."""
    return _lookup("hr").get(fold(title))


def employer_named(text: str) -> str:
    """Who a text of the column employer means; the code of a participant stays as it is."""
    folded = fold(text)
    named = (word for word, words in hr_words.EMPLOYERS.items() if folded in map(fold, (word, *words)))
    return next(named, text)


def is_explanation(title: str) -> bool:
    return fold(title) in _lookup("explanation")


def setting_named(text: str, sheet: str = "center") -> str | None:
    """The setting of a sheet that a text means."""
    return _lookup(sheet).get(fold(text))


def choice_named(text: str, choices: tuple[str, ...]) -> str | None:
    """The choice that a text means, canonical or Dutch."""
    folded = fold(text)
    for choice in choices:
        if folded == fold(choice):
            return str(choice)
    return next((str(choice) for choice in choices if folded in map(fold, _CHOICES[str(choice)])), None)


def criterion_named(text: str) -> str:
    """The criterion that a text means; one of the center's own stays as it is.

    >>> criterion_named("Continuïteit"), criterion_named("rust in de organisatie")
    ('continuity', 'rust in de organisatie')
    """
    return _lookup("criteria").get(fold(text), text)


def criterion_label(criterion: str, language: str) -> str:
    """How a criterion heads a column in a language."""
    return _first(CRITERIA, criterion, language)


def sheet_label(sheet: str, language: str) -> str:
    """How a sheet is called in a language."""
    return _first(SHEETS | HR_SHEETS | EXPLANATION, sheet, language)


def column_label(column: str, language: str) -> str:
    """How a column is called in a language; the name of a driver stays as it is."""
    return _first(hr_words.COLUMNS | COLUMNS, column, language)


def setting_label(setting: str, language: str) -> str:
    return _first(hr_words.SETTINGS | SETTINGS, setting, language)


def choice_label(choice: str, language: str) -> str:
    """How a choice or a built-in key is called in a language; a key of the center's own stays as it is."""
    return _first(_CHOICES | KEYS, choice, language)


def _first(table: dict[str, tuple[str, ...]], word: str, language: str) -> str:
    return table[word][0] if language == DUTCH and word in table else str(word)
