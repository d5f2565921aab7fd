"""Registers the tables with Django. Import each model from its own module; no names are re-exported."""

from portfolio.models import (  # noqa: F401
    base,
    careers,
    catalogue,
    center,
    contracts,
    functions,
    labels,
    leaving,
    letters,
    options,
    placement,
    plans,
    reference,
    scenarios,
    social_plan,
    staff,
)
