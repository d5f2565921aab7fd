"""The second factor in front of personal data: set it up once, then give a code at every session."""

from typing import Any

import django_otp
import segno
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views import View

from portfolio.actions.second_factor import confirm_app, has_second_factor, unconfirmed, verify
from portfolio.forms.second_factor import CodeForm


class SecondFactor(LoginRequiredMixin, View):
    """Ask for a code, and go on to where somebody was going."""

    template_name = "portfolio/second_factor/verify.html"

    @property
    def next(self) -> str:
        asked = self.request.POST.get("next") or self.request.GET.get("next") or "/"
        safe = url_has_allowed_host_and_scheme(
            asked, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return asked if safe else "/"

    def get(self, request: HttpRequest) -> HttpResponse:
        if not has_second_factor(request.user):
            return redirect(f"{reverse('portfolio:second_factor_setup')}?{urlencode({'next': self.next})}")
        return self.show(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if form.is_valid():
            device = verify(user=request.user, code=form.cleaned_data["code"])
            if device is not None:
                django_otp.login(request, device)
                return redirect(self.next)
            form.add_error(
                "code", _("This code is not right, or came too soon after a wrong one. Wait a little.")
            )
        return self.show(form, status=422)

    def show(self, form: CodeForm, status: int = 200, **context: Any) -> HttpResponse:
        response = render(
            self.request, self.template_name, {"form": form, "next": self.next, **context}, status=status
        )
        response["Cache-Control"] = "no-store"
        return response


class SetUp(SecondFactor):
    """Add an authenticator app, and get recovery codes, which are shown once."""

    template_name = "portfolio/second_factor/set_up.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if has_second_factor(request.user):
            return redirect(f"{reverse('portfolio:second_factor')}?{urlencode({'next': self.next})}")
        return self.offer(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if form.is_valid():
            found = confirm_app(user=request.user, code=form.cleaned_data["code"])
            if found is not None:
                device, codes = found
                django_otp.login(request, device)
                return self.show(form, codes=codes)
            form.add_error("code", _("This code is not right. Is the clock of your phone right?"))
        return self.offer(form, status=422)

    def offer(self, form: CodeForm, status: int = 200) -> HttpResponse:
        if has_second_factor(self.request.user):
            return redirect("portfolio:second_factor")
        device = unconfirmed(self.request.user)
        picture = segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=2)
        return self.show(form, status, picture=picture, secret=_in_fours(device))


def _in_fours(device: Any) -> str:
    """The secret as an app takes it when its camera fails."""
    secret = device.config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
