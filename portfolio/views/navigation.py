"""The menu at the side: the journey of a center from now to soon to together, as far as a role may follow it."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portfolio.views.base import CenterPage

NOW, SOON, TOGETHER, MANAGE = _("Now"), _("Soon"), _("Together"), _("Manage")

#: (group, name of the address, label, capability, whether the address has a scenario).
ENTRIES = [
    ("", "overview", _("Overview"), "see_planning", True),
    (NOW, "center", _("Center"), "see_center", False),
    (NOW, "entry", _("Improve the figures"), "see_planning", False),
    (NOW, "staff", _("Staff"), "see_staff_counts", False),
    (SOON, "catalogue", _("Catalog"), "see_catalogue", False),
    (SOON, "scenarios", _("Scenarios"), "see_planning", False),
    (SOON, "decisions", _("Decisions"), "see_planning", True),
    (SOON, "grid", _("FTE grid"), "see_planning", True),
    (SOON, "contributions", _("Contributions"), "see_planning", True),
    (SOON, "sharing", _("Who pays what"), "see_sharing", True),
    (SOON, "functions", _("Functions"), "see_staff_counts", False),
    (SOON, "competences", _("Competences"), "see_staff_counts", False),
    (SOON, "placement", _("From was to wordt"), "see_staff_counts", True),
    (TOGETHER, "bill_of", _("Bill of services"), "see_center", True),
    (TOGETHER, "for_us", _("What changes for us"), "see_center", True),
    (TOGETHER, "leaving", _("Leaving and joining"), "test_leaving", True),
    (TOGETHER, "options", _("Outside options"), "see_center", True),
    (MANAGE, "workbook", _("Workbook"), "export_workbook", False),
    (MANAGE, "history", _("History"), "see_history", False),
]


def navigation(page: "CenterPage") -> list[dict[str, Any]]:
    """The entries that this member may open, the current one marked."""
    entries = []
    for group, name, label, capability, scenario in ENTRIES:
        if not page.may(capability):
            continue
        kwargs = {"center": page.center.key}
        if scenario:
            if page.scenario is None:
                continue
            kwargs["scenario"] = page.scenario.code
        entries.append(
            {
                "group": str(group),
                "label": label,
                "url": reverse(f"portfolio:{name}", kwargs=kwargs),
                "current": page.nav == name,
            }
        )
    return entries
