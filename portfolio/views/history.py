"""Who changed what when, for the center as a whole."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from portfolio.reports.history import entries_of, filtered, filters, worded
from portfolio.views.base import CenterPage

ON_PAGE = 50


class History(CenterPage):
    """Changes of the center, the latest first, per table and person."""

    capability = "see_history"
    template_name = "portfolio/history/history.html"
    title = gettext_lazy("History")
    lead = gettext_lazy("Who changed what, the latest first")
    nav = "history"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        chosen = {name: request.GET.get(name, "") for name in ("table", "person", "q")}
        found = filtered(entries_of(self.center), chosen["table"], chosen["person"], chosen["q"])
        page = Paginator(found, ON_PAGE).get_page(request.GET.get("page"))
        tables, persons = filters(self.center)
        return self.show(
            page_obj=page, entries=worded(page.object_list), tables=tables, persons=persons, chosen=chosen
        )
