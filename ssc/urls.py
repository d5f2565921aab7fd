"""Every address: the portfolio's own, signing in and out, the language, and the back office."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from portfolio.hr_admin import site as hr

urlpatterns = [
    path("", include("portfolio.urls")),
    path("aanmelden/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("afmelden/", auth.LogoutView.as_view(), name="logout"),
    path("wachtwoord/", auth.PasswordChangeView.as_view(), name="password_change"),
    path("wachtwoord/gewijzigd/", auth.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("taal/", include("django.conf.urls.i18n")),
    path("beheer/", admin.site.urls),
    path("hr/", hr.urls),
]
