"""The data dictionary: every input frame and column, with its kind, bounds, unit and meaning.

Sheets of the workbook, tables of the manual and the checks at the door are all made from this one list.
A frame here is *long*: the sheets ``participants`` and ``alternatives`` have a column per driver or per
criterion, and become the extra frames ``base_volumes`` and ``scores``.
"""

import numpy as np
import pandas as pd

from portfolio.engine import terms
from portfolio.engine.columns import WORDS, Column, Frame, Kind, gettext_noop

__all__ = [
    "FRAMES",
    "JUDGMENTS",
    "PROVENANCE",
    "SETTINGS",
    "SHEETS",
    "WIDE",
    "WORDS",
    "Column",
    "Frame",
    "Kind",
    "columns",
    "gettext_noop",
    "month_number",
    "month_text",
    "tidied",
    "tidy",
]


_ = gettext_noop


def _code(name: str, meaning: str, refers: str = "", **more: object) -> Column:
    return Column(name, Kind.CODE, meaning, refers=refers, **more)


def _key(name: str, meaning: str, refers: str = "", **more: object) -> Column:
    return Column(name, Kind.CODE, meaning, refers=refers, key=True, required=True, **more)


def _fte(name: str, meaning: str, **more: object) -> Column:
    return Column(name, Kind.FTE, meaning, unit=_("FTE"), low=0, **more)


def _eur(name: str, meaning: str, unit: str = _("EUR per year"), **more: object) -> Column:
    return Column(name, Kind.EUR, meaning, unit=unit, low=0, **more)


# A table: a column takes a line or two.
# fmt: off

#: May stand in any sheet: how sure the row is, where it comes from, and the range of an estimate.
PROVENANCE = (
    Column("status", Kind.CHOICE, _("How sure this row is: estimated, entered or confirmed"),
           choices=tuple(terms.Status), default=terms.Status.ENTERED.value, example="estimated"),
    Column("source", Kind.TEXT, _("Where the figures of this row come from"), default="",
           example=_("adopted budget 2027, page 12")),
    Column("spread", Kind.SHARE, _("Range of an estimate, as a share either way: 0.3 means 30 % more or less"),
           unit=_("share"), low=0, high=1, example="0.3"),
)

SETTINGS = (
    Column("name", Kind.TEXT, _("Name of the center"), required=True, example="SSC Rivierenland-Oost"),
    Column("legal_form", Kind.TEXT, _("Legal form of the cooperation"), default="",
           example="bedrijfsvoeringsorganisatie"),
    Column("start", Kind.MONTH, _("First month of the horizon; its year is the base year of all prices"),
           required=True, example="2027-01"),
    Column("years", Kind.COUNT, _("Length of the horizon"), unit=_("years"), default=5, low=1, high=40, example="5"),
    Column("fte_step", Kind.FTE, _("The step in which FTE is divided"), unit=_("FTE"), default=0.05, above=0, high=1,
           example="0.05"),
    Column("wage_growth", Kind.RATE, _("Growth of wages and overhead per year"), unit=_("per year"), default=0.0,
           above=-1, high=1, example="0.03"),
    Column("price_growth", Kind.RATE, _("Growth of prices per year"), unit=_("per year"), default=0.0, above=-1, high=1,
           example="0.02"),
    Column("overhead_per_fte", Kind.EUR, _("Workplace, housing and support of one FTE"), unit=_("EUR per FTE per year"),
           default=0.0, low=0, example="15000"),
    Column("interest", Kind.RATE, _("Interest on the book value of 1 January"), unit=_("per year"), default=0.0, low=0,
           high=1, example="0.02"),
    Column("discount_rate", Kind.RATE, _("Rate at which later years count less"), unit=_("per year"), default=0.0,
           low=0, high=1, example="0.03"),
    Column("productive_hours", Kind.NUMBER, _("Productive hours of one FTE"), unit=_("hours per year"), default=1400.0,
           above=0, high=2000, example="1400"),
)

FRAMES: dict[str, Frame] = {
    frame.name: frame
    for frame in (
        Frame("participants", _("Who takes part: municipalities and other bodies, with a column per driver"), (
            _key("code", _("Short code of the participant"), example="OEV"),
            Column("name", Kind.TEXT, _("Name"), required=True, example="Oeverstad"),
            Column("kind", Kind.CHOICE, _("A municipality or another body"), choices=tuple(terms.ParticipantKind),
                   default=terms.ParticipantKind.MUNICIPALITY.value, example="municipality"),
            _eur("current_contribution", _("What the participant pays the center today"), example="1714000"),
        ), required=True, wide="base_volumes"),
        Frame("base_volumes", _("Volume of every driver at every participant in the base year"), (
            _key("participant", _("The participant"), "participants"),
            _key("driver", _("What is counted"), "drivers"),
            Column("volume", Kind.NUMBER, _("How many"), required=True, low=0),
        )),
        Frame("budget", _("The adopted multi-year contribution"), (
            _key("participant", _("The participant"), "participants", example="OEV"),
            Column("year", Kind.YEAR, _("Calendar year"), key=True, required=True, low=2000, high=2100, example="2027"),
            _eur("amount", _("Contribution in the adopted budget"), required=True, example="1714000"),
        )),
        Frame("drivers", _("What work grows with: inhabitants, workplaces, applications, suppliers"), (
            _key("driver", _("Name of the driver, as in the column heads of participants"), example="workplaces"),
            Column("label", Kind.TEXT, _("Name on pages"), default="", example="Werkplekken"),
            Column("growth", Kind.RATE, _("Growth per year"), unit=_("per year"), default=0.0, above=-1, high=10,
                   example="0.01"),
        )),
        Frame("volumes", _("Volumes that do not follow the growth path"), (
            _key("participant", _("The participant"), "participants", example="OEV"),
            _key("driver", _("The driver"), "drivers", example="servers"),
            Column("year", Kind.YEAR, _("Calendar year"), key=True, required=True, low=2000, high=2100, example="2029"),
            Column("volume", Kind.NUMBER, _("How many in that year"), required=True, low=0, example="40"),
        )),
        Frame("roles", _("Roles with their scale and cost"), (
            _key("role", _("Short code of the role"), example="CISO"),
            Column("name", Kind.TEXT, _("Name"), required=True, example="CISO"),
            Column("family", Kind.TEXT, _("Family of roles; ciso, fg, privacy and ict_operations carry rules"),
                   default="", example="ciso"),
            Column("scale", Kind.TEXT, _("Salary scale"), default="", example="11"),
            _eur("annual_cost", _("Salary with all on-costs"), unit=_("EUR per FTE per year"), required=True,
                 example="110900"),
        ), required=True),
        Frame("services", _("What the center delivers today, or could deliver"), (
            _key("service", _("Short code of the service"), example="CISO"),
            Column("name", Kind.TEXT, _("Name"), required=True, example="CISO-pool"),
            Column("category", Kind.TEXT, _("Group on pages"), default="", example="Veiligheid en privacy"),
            Column("phase", Kind.CHOICE, _("Runs today, or new"), choices=tuple(terms.Phase), required=True,
                   example="new"),
            Column("description", Kind.TEXT, _("What the service is"), default=""),
            _fte("base_fte", _("FTE per participant, whatever its size"), default=0.0, example="0.1"),
            _fte("fixed_fte", _("FTE that the whole pool needs once: lead, tooling, supplier contacts"), default=0.0,
                 example="0.5"),
            _fte("min_fte", _("Smallest team that works"), default=0.0, example="2"),
            Column("min_persons", Kind.COUNT, _("Persons needed to cover for each other"), unit=_("persons"),
                   default=0.0, low=0, example="2"),
            _fte("min_slice", _("Smallest useful slice for one participant"), default=0.0, example="0.1"),
            _eur("fixed_cost", _("Yearly cost besides people: tooling, licenses"), default=0.0, example="40000"),
            _fte("solo_min_fte", _("Smallest team if one participant did this alone"), default=0.0, example="0.5"),
            _eur("solo_fixed_cost", _("Yearly cost besides people if one participant did this alone; blank: as here"),
                 example="30000"),
            _code("fte_key", _("Key that divides the FTE"), "any_key", default=terms.BuiltinKey.DEMAND.value,
                  example="demand"),
            _code("cost_key", _("Key that divides the cost"), "any_key", default=terms.BuiltinKey.DEMAND.value,
                  example="inhabitants"),
            Column("depends_on", Kind.CODES, _("Services that this one needs, separated by commas"), default="",
                   refers="services", example="NET, IAM"),
        ), required=True),
        Frame("sizing", _("How FTE and price follow a driver"), (
            _key("service", _("The service"), "services", example="CISO"),
            _key("driver", _("The driver"), "drivers", example="inhabitants"),
            Column("per", Kind.NUMBER, _("Per how many units of the driver"), required=True, above=0, example="10000"),
            _fte("fte", _("FTE per that many units"), default=0.0, example="0.12"),
            _eur("price", _("Price per that many units"), default=0.0, example="600"),
        )),
        Frame("role_mix", _("Which roles make up a team; the shares of a service sum to 1"), (
            _key("service", _("The service"), "services", example="CISO"),
            _key("role", _("The role"), "roles", example="CISO"),
            Column("share", Kind.SHARE, _("Share of the team's FTE"), unit=_("share"), required=True, low=0, high=1,
                   example="0.75"),
        ), required=True),
        Frame("keys", _("The center's own sharing keys: tables over participants, or mixes of keys"), (
            _key("key", _("Name of the key"), example="dvo2027"),
            _key("part", _("A participant, or another key"), example="OEV"),
            Column("share", Kind.SHARE, _("Share of this part"), unit=_("share"), required=True, low=0, high=1,
                   example="0.27"),
        )),
        Frame("offers", _("What outsourcing a service costs, and which share of its FTE stays"), (
            _key("service", _("The service"), "services", example="HOST"),
            Column("decision", Kind.CHOICE, _("Outsource the infrastructure, or its management too"), key=True,
                   required=True, choices=(terms.DecisionKind.OUTSOURCE.value,
                                           terms.DecisionKind.OUTSOURCE_MANAGED.value), example="outsource"),
            Column("driver", Kind.CODE, _("What the price goes by; blank for an offer without a unit price"), key=True,
                   refers="drivers", default="", example="servers"),
            Column("per", Kind.NUMBER, _("Per how many units of the driver"), default=1.0, above=0, example="1"),
            _eur("price", _("Price per that many units"), default=0.0, example="900"),
            _eur("fixed_cost", _("Yearly cost whatever the volume"), example="120000"),
            Column("retained_share", Kind.SHARE, _("Share of the service's FTE that stays at the center"),
                   unit=_("share"), low=0, high=1, example="0.3"),
        )),
        Frame("own_effort", _("What a participant spends itself today on what a service does"), (
            _key("participant", _("The participant"), "participants", example="OEV"),
            _key("service", _("The service"), "services", example="CISO"),
            _fte("fte", _("Own FTE"), example="0.6"),
            _eur("annual_cost", _("Own cost; blank: the FTE at the service's role mix"), example="66000"),
            Column("remains", Kind.SHARE, _("Share that stays once the center delivers"), unit=_("share"),
                   required=True, low=0, high=1, example="0.2"),
        )),
        Frame("scenarios", _("Scenarios: lists of decisions over the same center"), (
            _key("scenario", _("Short code of the scenario"), example="regie"),
            Column("name", Kind.TEXT, _("Name"), default="", example="Regiecentrum met pools"),
            Column("description", Kind.TEXT, _("What the scenario is for"), default=""),
        )),
        Frame("decisions", _("What a scenario does with a service"), (
            _key("scenario", _("The scenario"), "scenarios", example="regie"),
            _key("service", _("The service"), "services", example="HOST"),
            Column("decision", Kind.CHOICE, _("What happens to the service"), required=True,
                   choices=tuple(terms.DecisionKind), example="outsource"),
            Column("from", Kind.MONTH, _("First month in which it holds; blank: from the start"), default="",
                   example="2029-01"),
            Column("until", Kind.MONTH, _("First month in which it no longer holds; blank: to the end"), default="",
                   example="2031-01"),
            _code("fte_key", _("Key for the FTE while the decision holds"), "any_key", default="", example="demand"),
            _code("cost_key", _("Key for the cost while the decision holds"), "any_key", default="",
                  example="inhabitants"),
            Column("reason", Kind.TEXT, _("Why"), default=""),
            Column("owner", Kind.TEXT, _("Who looks after it"), default=""),
        )),
        Frame("uptake", _("Who takes what; without a row a participant takes the service"), (
            Column("scenario", Kind.CODE, _("The scenario; blank: all"), key=True, refers="scenarios", default="",
                   example="regie"),
            _key("service", _("The service"), "services", example="BI"),
            _key("participant", _("The participant"), "participants", example="ESV"),
            Column("takes", Kind.YES_NO, _("Takes the service"), required=True, default=True, example="no"),
            _fte("fte", _("Requested FTE, instead of the sizing rule"), example="0.5"),
            _fte("locked_fte", _("FTE that must come out exactly"), example="0.5"),
        )),
        Frame("assets", _("What the center owns and writes off"), (
            _key("asset", _("Short code of the asset"), example="SAN1"),
            Column("service", Kind.CODE, _("The service it belongs to; blank when shared_use says it"),
                   refers="services", default="", example="STOR"),
            Column("purchased", Kind.MONTH, _("Month of purchase"), required=True, example="2024-03"),
            _eur("amount", _("Purchase amount"), unit=_("EUR"), required=True, example="240000"),
            Column("term_months", Kind.COUNT, _("Depreciation term"), unit=_("months"), required=True, low=1, high=1200,
                   example="60"),
        )),
        Frame("contracts", _("Contracts with suppliers"), (
            _key("contract", _("Short code of the contract"), example="C07"),
            Column("supplier", Kind.TEXT, _("Supplier"), required=True, example="Waalnet"),
            Column("service", Kind.CODE, _("The service it belongs to; blank when shared_use says it"),
                   refers="services", default="", example="WAN"),
            _eur("annual_cost", _("Cost of the contract"), required=True, example="85000"),
            Column("ends", Kind.MONTH, _("First month without the contract; it is renewed on the same terms"),
                   default="", example="2028-07"),
            _eur("exit_cost", _("Cost of leaving"), unit=_("EUR"), default=0.0, example="20000"),
            Column("notice_months", Kind.COUNT, _("Notice"), unit=_("months"), default=0.0, low=0, high=120,
                   example="6"),
        )),
        Frame("shared_use", _("An asset or contract that serves several services"), (
            _key("item", _("The asset or contract"), "any_item", example="SAN1"),
            _key("service", _("The service"), "services", example="BACK"),
            Column("share", Kind.SHARE, _("Share for this service; the shares of an item sum to 1"), unit=_("share"),
                   required=True, low=0, high=1, example="0.4"),
        )),
        Frame("alternatives", _("What a participant could do instead, with a column per judged criterion (1 to 5)"), (
            _key("participant", _("The participant"), "participants", example="OEV"),
            Column("option", Kind.CHOICE, _("Which of the five options"), key=True, required=True,
                   choices=tuple(terms.Option), example="managed"),
            _eur("annual_cost", _("Cost of the whole package; blank: unknown"), example="2100000"),
        ), wide="scores"),
        Frame("scores", _("Judgment of an alternative on a criterion"), (
            _key("participant", _("The participant"), "participants"),
            Column("option", Kind.CHOICE, _("The option"), key=True, required=True, choices=tuple(terms.Option)),
            _key("criterion", _("What is judged")),
            Column("score", Kind.NUMBER, _("Judgment, 1 to 5"), required=True, low=1, high=5),
        )),
        Frame("weights", _("How much a participant lets each criterion count when it compares its alternatives"), (
            _key("participant", _("The participant"), "participants", example="OEV"),
            _key("criterion", _("What is judged, as it heads a column of alternatives"), example="continuity"),
            Column("weight", Kind.NUMBER, _("Weight beside those of the other criteria; 0 does not count"),
                   required=True, low=0, example="3"),
        )),
        Frame("lines", _("Stated one-off costs and income, each with its payer"), (
            _key("line", _("Short code of the line"), example="L01"),
            Column("service", Kind.CODE, _("The service it belongs to; blank: the whole center"), refers="services",
                   default="", example="HOST"),
            Column("scenario", Kind.CODE, _("The scenario; blank: all"), refers="scenarios", default="",
                   example="regie"),
            Column("kind", Kind.CHOICE, _("A cost or an income"), choices=tuple(terms.LineKind), required=True,
                   example="one_off"),
            Column("year", Kind.YEAR, _("Calendar year"), required=True, low=2000, high=2100, example="2028"),
            Column("amount", Kind.EUR, _("Amount in that year"), unit=_("EUR"), required=True, low=0, example="250000"),
            _code("payer_key", _("Key that divides it, or one participant"), "any_payer", required=True,
                  example="inhabitants"),
            Column("recurring", Kind.YES_NO, _("Comes back every year from then on"), default=False, example="no"),
            Column("vat", Kind.YES_NO, _("VAT on this line can be compensated"), default=False, example="yes"),
        )),
    )
}

# fmt: on

#: The sheets of the workbook in their order; ``center`` holds the settings.
SHEETS = ("center", *(name for name in FRAMES if name not in {"base_volumes", "scores"}))
#: Feeds of the wide sheets: frame -> (columns of its key that come from the sheet, name column, value column).
WIDE = {
    "base_volumes": (("participant",), "driver", "volume"),
    "scores": (("participant", "option"), "criterion", "score"),
}
#: Frames that weigh and judge: no figure of a plan is made of them, so a plan does not come behind by them.
JUDGMENTS = frozenset({"scores", "weights"})


def columns(name: str) -> tuple[Column, ...]:
    """Columns of a frame, provenance included."""
    return FRAMES[name].columns + PROVENANCE


def tidy(name: str, frame: pd.DataFrame | None) -> pd.DataFrame:
    """A frame as the planner holds it: all columns, their dtypes, defaults for blanks, sorted by key.

    Raises ValueError on duplicate keys or on a cell that does not fit its dtype: by then the doors have
    already refused such input in the user's own words.
    """
    return tidied(FRAMES[name], frame)


def tidied(spec: Frame, frame: pd.DataFrame | None) -> pd.DataFrame:
    """``tidy`` for a frame of any dictionary, such as that of the HR workbook."""
    size = 0 if frame is None else len(frame)
    cells = {column.name: _filled(frame, column, size) for column in (*spec.columns, *PROVENANCE)}
    keys = list(zip(*(cells[key].tolist() for key in spec.key), strict=True))
    if len(set(keys)) < size:
        raise ValueError(f"{spec.name}: duplicate key")
    order = np.array(sorted(range(size), key=keys.__getitem__), dtype=int)
    return pd.DataFrame(
        {key: pd.Series(values[order], dtype=values.dtype, copy=False) for key, values in cells.items()}
    )


def _filled(frame: pd.DataFrame | None, column: Column, size: int) -> np.ndarray:
    """One column in its dtype, with its default where blank."""
    if frame is None or column.name not in frame:
        blank = column.default if column.default is not None else ("" if column.dtype == "object" else np.nan)
        return np.full(size, blank, dtype=column.dtype)
    values = frame[column.name]
    if column.dtype == "object":
        fallback = "" if column.default is None else str(column.default)
        words = np.empty(size, dtype=object)
        words[:] = [
            fallback if cell is None or cell != cell or cell == "" else str(cell) for cell in values.tolist()
        ]
        if column.kind is Kind.CODES:
            words[:] = [", ".join(sorted(split_codes(cell))) for cell in words]
        return words
    if column.dtype == "bool":
        fallback = bool(column.default)
        given = [fallback if cell is None or cell != cell else bool(cell) for cell in values.tolist()]
        return np.array(given, dtype=bool)
    numbers = pd.to_numeric(values).to_numpy(dtype=column.dtype)
    if column.dtype == "float64" and column.default is not None:
        return np.where(np.isnan(numbers), float(column.default), numbers)
    return numbers


def split_codes(cell: str) -> list[str]:
    """``"NET, IAM"`` as its codes."""
    return [code.strip() for code in cell.replace(";", ",").split(",") if code.strip()]


def month_number(text: str) -> int:
    """``2027-01`` as a count of months, year * 12 + month - 1.

    >>> month_number("2027-01") - month_number("2026-12")
    1
    """
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def month_text(number: int) -> str:
    """The reverse of ``month_number``.

    >>> month_text(month_number("2027-12"))
    '2027-12'
    """
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
