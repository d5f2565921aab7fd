"""The catalogue: templates to choose from beside the services the center has."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portfolio.actions.catalogue import AlreadyThere, add_template, missing_drivers
from portfolio.engine.findings import Refused
from portfolio.forms.catalogue import AddTemplateForm
from portfolio.models.reference import DriverTemplate, RoleTemplate, ServiceTemplate
from portfolio.reports.catalogue import cards, chosen, competences, defaults, outsourcing, roles
from portfolio.reports.names import Names
from portfolio.views.base import CenterPage


class Catalogue(CenterPage):
    """All services, by category."""

    capability = "see_catalogue"
    template_name = "portfolio/catalogue/catalogue.html"
    title = gettext_lazy("Catalog")
    lead = gettext_lazy("What a center can offer, beside what yours does")
    nav = "catalogue"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        groups = cards(
            ServiceTemplate.objects.all(),
            self.inputs,
            url=lambda code: self.url("template_page", code=code),
            own_url=self.url("center_table", table="services") if self.may("see_planning") else "",
        )
        show = request.GET.get("show", "all")
        words = [
            ("all", _("all")),
            ("new", _("new")),
            ("current", _("of today")),
            ("open", _("not ours yet")),
        ]
        return self.show(
            groups=chosen(groups, show),
            picks=[
                {"label": label, "url": f"?show={name}", "current": name == show} for name, label in words
            ],
            count=sum(len(found) for _category, found in groups),
            ours=sum(card.is_ours for _category, found in groups for card in found),
        )


class TemplatePage(CenterPage):
    """One template, what its defaults stand on, and the way to make it a service of the center."""

    capability = "see_catalogue"
    template_name = "portfolio/catalogue/template.html"
    nav = "catalogue"

    @cached_property
    def template(self) -> ServiceTemplate:
        return get_object_or_404(ServiceTemplate, code=self.kwargs["code"])

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        return self.page(self.form())

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        if not self.may("edit_center"):
            raise PermissionDenied
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            saved = add_template(
                center=self.center,
                template=self.template,
                phase=form.cleaned_data["phase"],
                volumes=form.given_volumes,
                answers=form.given_answers,
                user=request.user,
            )
        except AlreadyThere:
            messages.info(request, _("Your catalog has this service already."))
        except Refused as refused:
            for finding in refused.findings[:5]:
                messages.error(request, Names(self.inputs.frames).said(finding))
            return self.page(form, status=422)
        else:
            request.session[f"undo-{self.center.key}"] = saved.undo
            messages.success(
                request,
                _("%(name)s is in your catalog, as an estimate. Decide in a scenario what happens with it.")
                % {"name": self.template},
            )
        return redirect(self.url("template_page", code=self.template.code))

    def form(self, data: object = None) -> AddTemplateForm:
        drivers = missing_drivers(self.template, self.inputs)
        labels = {one.code: str(one) for one in DriverTemplate.objects.filter(code__in=drivers)}
        frame = self.inputs.frames["participants"]
        return AddTemplateForm(
            data,
            template=self.template,
            drivers=[(code, labels.get(code, code)) for code in drivers],
            participants=list(zip(frame["code"], frame["name"], strict=True)),
        )

    def page(self, form: AddTemplateForm, status: int = 200) -> HttpResponse:
        template = self.template
        services = self.inputs.frames["services"]
        own = services[services["service"] == template.code]
        found = RoleTemplate.objects.filter(code__in=[row["role"] for row in template.role_mix])
        told = defaults(template)
        return self.show(
            status,
            title=str(template),
            lead=template.said("category"),
            template=template,
            description=template.said("description"),
            included=template.said("included"),
            excluded=template.said("excluded"),
            questions=template.said("questions") if template.less_obvious else [],
            phase_label=template.get_phase_display(),
            roles=roles(template, {role.code: role for role in found}),
            competences=competences(template),
            defaults=told,
            assumed=sum(not one.is_sourced for one in told),
            outsourcing=outsourcing(template),
            depends_on=[str(one) for one in ServiceTemplate.objects.filter(code__in=template.depends_on)],
            is_ours=not own.empty,
            form=form,
            can_add=own.empty and self.may("edit_center"),
            undo=self.request.session.get(f"undo-{self.center.key}"),
            sees_planning=self.may("see_planning"),
        )
