"""Registers the tables with Django. Import each model from its own module; no names are re-exported."""

from portfolio.models import (  # noqa: F401
    base,
    catalogue,
    center,
    contracts,
    labels,
    leaving,
    options,
    plans,
    reference,
    scenarios,
    staff,
)
