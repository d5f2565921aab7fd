"""Introduces the portfolio to Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortfolioConfig(AppConfig):
    name = "portfolio"
    verbose_name = _("Service portfolio")
    default_auto_field = "django.db.models.BigAutoField"
