"""The data dictionary of the HR workbook: sheets and columns of who works where, and what HR has compared and agreed.

It stands apart from that of the center, as its workbook does, so that no controller ever holds a birth date.
"""

from typing import Any

from portfolio.engine import terms
from portfolio.engine.columns import Column, Frame, Kind
from portfolio.engine.columns import gettext_noop as _

#: Who employs somebody, beside the codes of the participants.
CENTER, EXTERNAL = "center", "external"


def _person(**more: Any) -> Column:
    return Column(
        "person", Kind.CODE, _("Number of the person, not a name"), key=True, example="1001", **more
    )


def _service(meaning: str, **more: Any) -> Column:
    return Column("service", Kind.CODE, meaning, refers="services", default="", example="REGIE", **more)


# A table: a column takes a line or two.
# fmt: off
SOCIAL_PLAN = (
    Column("scales_down", Kind.NUMBER, _("How many scales lower a post may be and still be suitable"),
           unit=_("scales"), default=1.0, low=0, high=18, example="1"),
    Column("scales_up", Kind.NUMBER, _("How many scales higher a post may be and still be suitable; blank: any number"),
           unit=_("scales"), low=0, high=18, example="2"),
    Column("training_months", Kind.NUMBER, _("How much training a suitable post may ask"), unit=_("months"),
           default=12.0, low=0, high=120, example="12"),
    Column("months_per_level", Kind.NUMBER,
           _("Training that closes one level of one competence, where functions states no training"),
           unit=_("months"), default=3.0, low=0, high=24, example="3"),
    Column("training_cost", Kind.EUR, _("Cost of a month of training, where functions states no cost"),
           unit=_("EUR per month"), default=0.0, low=0, example="750"),
    Column("reference_date", Kind.DATE,
           _("Day on which the age bands look; blank: the first day of the horizon"), default="",
           example="2027-01-01"),
    Column("protected_salary_years", Kind.NUMBER, _("How long the old salary is guaranteed; places nobody"),
           unit=_("years"), low=0, high=50, example="3"),
)

FRAMES: dict[str, Frame] = {
    frame.name: frame
    for frame in (
        Frame("staff", _("Who works at the center, for it, or at a participant on what goes into a pool"), (
            _person(required=True),
            Column("role", Kind.CODE, _("The role of today"), required=True, refers="roles", example="SYS"),
            Column("fte", Kind.FTE, _("FTE of the contract"), unit=_("FTE"), required=True, above=0, high=1,
                   example="0.8"),
            Column("employer", Kind.CODE, _("center, external, or the code of a participant"), default=CENTER,
                   example="center"),
            Column("scale", Kind.TEXT, _("Salary scale; blank: that of the role"), default="", example="9"),
            Column("born", Kind.DATE, _("Date of birth"), default="", example="1975-03-21"),
            Column("employed_since", Kind.DATE, _("First day of employment"), default="", example="2009-11-01"),
            Column("until", Kind.DATE, _("Last day of a temporary contract"), default="", example="2028-02-01"),
            _service(_("The service of today, or that of the pool for staff of a participant")),
            Column("name", Kind.TEXT, _("Name; it is not used and never written"), default=""),
        ), required=True),
        Frame("functions", _("From was to wordt: what becomes of each old function; a role without a row is unchanged"),
              (
            Column("role", Kind.CODE, _("The old role"), key=True, required=True, refers="roles", example="INK"),
            Column("new_role", Kind.CODE, _("The new role; blank when the function lapses"), key=True, refers="roles",
                   default="", example="CLM"),
            Column("comparison", Kind.CHOICE, _("How the new function compares with the old one"), required=True,
                   choices=tuple(terms.Comparison), example="exchangeable"),
            Column("training_months", Kind.NUMBER, _("Training from the old role to the new; blank: by competence"),
                   unit=_("months"), low=0, high=120, example="6"),
            Column("training_cost", Kind.EUR, _("What that training costs; blank: by the month"), unit=_("EUR"),
                   low=0, example="4500"),
            Column("critical", Kind.YES_NO, _("Posts of the new role must not stay empty"), default=False,
                   example="no"),
        )),
        Frame("competences", _("Which competence a person has, or a role asks, and at which level of the e-CF"), (
            _person(default=""),
            Column("role", Kind.CODE, _("The role, where it is asked"), key=True, refers="roles", default="",
                   example="CLM"),
            Column("competence", Kind.CODE, _("Code of the competence in the e-CF"), key=True, required=True,
                   example="D.8"),
            Column("level", Kind.COUNT, _("Level"), required=True, low=1, high=5, example="3"),
        )),
        Frame("preferences", _("What a person would like, in order"), (
            _person(required=True),
            Column("rank", Kind.COUNT, _("First, second or third preference"), key=True, required=True, low=1, high=3,
                   example="1"),
            Column("role", Kind.CODE, _("The role"), required=True, refers="roles", example="CLM"),
            _service(_("The service; blank: any")),
        )),
        Frame("agreements", _("What a person agrees to, may be split over, or is locked to"), (
            _person(required=True),
            Column("role", Kind.CODE, _("The role; blank when the row only says that the person may be split"),
                   key=True, refers="roles", default="", example="CLM"),
            _service(_("The service; blank: any"), key=True),
            Column("accepts", Kind.YES_NO, _("Agrees to such a post, also when it is not suitable"), default=True,
                   example="yes"),
            Column("may_split", Kind.YES_NO, _("May be divided over two posts, as both sides agree"), default=False,
                   example="no"),
            Column("locked", Kind.YES_NO, _("Gets this post, whatever else happens"), default=False, example="no"),
            Column("rank", Kind.COUNT, _("Number of the row, for reference; places nobody"), low=1, high=99,
                   example="1"),
        )),
    )
}
# fmt: on

#: The sheets of the HR workbook in their order; ``social_plan`` holds a setting in every row.
SHEETS = (*FRAMES, "social_plan")
