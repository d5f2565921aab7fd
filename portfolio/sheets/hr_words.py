"""The Dutch names of columns, settings and choices of the HR workbook; of several, the first is the one written."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "accepts": ("akkoord", "gaat akkoord"),
    "born": ("geboren", "geboortedatum"),
    "comparison": ("vergelijking",),
    "competence": ("competentie",),
    "critical": ("kritisch", "kritiek"),
    "employed_since": ("in dienst sinds", "in dienst", "datum in dienst"),
    "employer": ("werkgever",),
    "fte": ("fte",),
    "level": ("niveau",),
    "locked": ("vastgezet", "vast"),
    "may_split": ("mag gesplitst", "splitsbaar"),
    "name": ("naam",),
    "new_role": ("nieuwe rol", "nieuwe functie"),
    "person": ("persoon", "nummer", "personeelsnummer"),
    "rank": ("volgorde", "rang"),
    "role": ("rol", "functie", "oude rol", "oude functie"),
    "scale": ("schaal", "salarisschaal"),
    "service": ("dienst",),
    "setting": ("instelling",),
    "source": ("bron",),
    "spread": ("bandbreedte", "spreiding"),
    "status": ("status",),
    "training_cost": ("opleidingskosten",),
    "training_months": ("opleidingsmaanden", "maanden opleiding"),
    "until": ("tot", "einddatum"),
    "value": ("waarde",),
}

SETTINGS: dict[str, tuple[str, ...]] = {
    "scales_down": ("schalen lager", "schalen omlaag"),
    "scales_up": ("schalen hoger", "schalen omhoog"),
    "training_months": ("opleidingsmaanden", "maanden opleiding"),
    "months_per_level": ("maanden per niveau",),
    "training_cost": ("opleidingskosten", "opleidingskosten per maand"),
    "reference_date": ("peildatum",),
    "protected_salary_years": ("jaren salarisgarantie", "salarisgarantie"),
}

CHOICES: dict[str, tuple[str, ...]] = {
    "unchanged": ("ongewijzigd",),
    "exchangeable": ("uitwisselbaar",),
    "changed": ("gewijzigd",),
    "lapsed": ("vervallen", "vervalt"),
}

#: Who employs somebody, when it is no participant.
EMPLOYERS: dict[str, tuple[str, ...]] = {
    "center": ("centrum",),
    "external": ("extern", "inhuur"),
}
