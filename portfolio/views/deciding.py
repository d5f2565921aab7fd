"""What a director decides about: proposals without a name, and one name at a time when decisions are taken."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from portfolio.actions.register import Refused, show_name
from portfolio.forms.register import NameForm
from portfolio.frames.register import is_deciding, read_unnamed
from portfolio.reports import register
from portfolio.reports.names import Names
from portfolio.views.acts import ActingPage


class Deciding(ActingPage):
    """Proposals that have been discussed, by function; a name after a reason, in the answer alone."""

    capability = "see_name_to_decide"
    template_name = "portfolio/placement/deciding.html"
    title = gettext_lazy("Placements to decide on")
    lead = gettext_lazy("Without names; ask for one when a decision needs it, and it is noted that you did")
    nav = "placement"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        return self.page(NameForm())

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        form = NameForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        person = form.cleaned_data["person"]
        try:
            name = show_name(
                scenario=self.scenario,
                person=person,
                reason=form.cleaned_data["reason"],
                user=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_error("reason", str(refused))
            return self.page(form, status=422)
        return self.page(NameForm(), shown=(person, name))

    def page(self, form: NameForm, shown: tuple[int, str] | None = None, status: int = 200) -> HttpResponse:
        now = timezone.localdate()
        rows = register.unnamed(read_unnamed(self.scenario), Names(self.inputs.frames), shown)
        response = self.show(status, form=form, deciding=is_deciding(self.center, now), rows=rows)
        response["Cache-Control"] = "no-store"
        return response
