"""A page for tests and developers that shows every part of the look at once, with figures that mean nothing.

To look at it yourself: `python tests/e2e/storyboard.py`, then open http://localhost:8123/storyboard/.
"""

import os
import sys
from pathlib import Path
from types import SimpleNamespace

if __name__ == "__main__":  # before Django's settings are read
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ |= {"SSC_DEBUG": "yes", "DJANGO_SETTINGS_MODULE": "ssc.settings"}
    import django

    django.setup()

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from portfolio.reports import charts
from portfolio.templatetags.figures import heat
from ssc.urls import urlpatterns as project_urls

PLACES = [
    "Oeverstad",
    "Duinrade",
    "Heidehoven",
    "Wolbeek",
    "Maasdrecht",
    "Lindewaard",
    "Esveld",
    "Ravenoord",
    "SD Kromme Waal",
]
TEAMS = {
    "Regie": {
        "Regievoering": [1.4, 1, 0.8, 0.65, 0.55, 0.45, 0.3, 0.2, 0.15],
        "Contractbeheer": [0.55, 0.4, 0.35, 0.25, 0.2, 0.2, 0.1, 0.1, 0.05],
    },
    "Veiligheid en privacy": {
        "CISO": [0.7, 0.45, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.05],
        "Privacy officer": [0.8, 0.55, 0.45, 0.4, 0.3, 0.25, 0.15, 0.15, None],
        "FG": [0.4, 0.25, 0.2, 0.2, 0.15, 0.1, 0.1, 0.05, 0.05],
    },
    "Gegevens": {
        "GEO-team": [1.7, 1.2, 1, 0.75, 0.65, 0.5, 0.35, 0.25, None],
        "BI-team": [1, 0.7, 0.6, 0.45, 0.35, 0.3, 0.2, None, None],
    },
    "Vernieuwing": {
        "Architecten": [0.7, 0.5, 0.4, 0.35, 0.25, 0.25, None, None, None],
        "Projectleiders": [1.05, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1],
    },
}
NAV = [
    ("", ["Overzicht"]),
    ("Nu", ["Centrum", "Personeel", "Contracten"]),
    ("Straks", ["Catalogus", "Besluiten", "Fte-verdeling", "Bijdragen"]),
    ("Samen", ["Wat verandert voor ons"]),
    ("Beheer", ["Werkmap", "Geschiedenis"]),
]
posted: list[dict[str, list[str]]] = []


class ExampleForm(forms.Form):
    name = forms.CharField(label="Naam van het centrum", help_text="Zoals het in de begroting staat.")
    contribution = forms.IntegerField(label="Bijdragen per jaar (€)", min_value=0)
    kind = forms.ChoiceField(
        label="Soort", choices=[("gr", "Gemeenschappelijke regeling"), ("dvo", "Dienstverlening")]
    )
    sure = forms.BooleanField(label="Bevestigd door de controller", required=False)


def shell(title: str, lead: str = "") -> dict:
    colors = [
        ("Alles blijft zoals het is", 6),
        ("Infrastructuur naar de markt", 2),
        ("Regiecentrum met pools", 1),
    ]
    scenarios = [
        {"name": name, "color": color, "url": f"?scenario={color}", "current": color == 1}
        for name, color in colors
    ]
    return {
        "title": title,
        "lead": lead,
        "nav": [
            {"group": group, "label": label, "url": f"/{label}", "current": label == title}
            for group, labels in NAV
            for label in labels
        ],
        "strip": {
            "center": "SSC Rivierenland-Oost · 9 deelnemers",
            "scenario": scenarios[2],
            "scenarios": scenarios,
            "seal": "current",
            "recompute_url": "/storyboard/grid/",
            "role": "Directeur",
        },
        "user": SimpleNamespace(
            is_authenticated=True, get_full_name="Sanne de Wit", get_username="directeur"
        ),
    }


def show(request: HttpRequest, name: str, context: dict) -> HttpResponse:
    template = engines["django"].from_string(
        (Path(__file__).parent / "storyboard" / f"{name}.html").read_text()
    )
    return HttpResponse(template.render(context, request))


def home(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Het scenario is berekend.")
    warnings = [
        {
            "level": "error",
            "message": "Heidehoven betaalt € 41.000 meer dan op eigen kracht",
            "detail": "Met sleutel inwoners; sleutel afname lost het op",
            "url": "/a",
        },
        {
            "level": "error",
            "message": "FG-pool heeft één persoon",
            "detail": "Geen vervanging bij ziekte; minimaal 2",
            "url": "/b",
        },
        {
            "level": "warning",
            "message": "Zienswijze past niet voor 15 september",
            "detail": "Ontwerpbegroting moet drie weken eerder naar de raden",
            "url": "/c",
        },
        {"level": "note", "message": "De uitkomst rust voor 40% op schattingen"},
    ]
    decided = [
        ("blijft", 19, "keep"),
        ("uitbesteed", 6, "out"),
        ("stopt", 2, "gone"),
        ("start", 4, "new"),
        ("open", 13, "open"),
    ]
    months = [f"{year}-{month:02}" for year in (2027, 2028, 2029, 2030) for month in range(1, 13)]
    ramp = [min(1, max(0, (at - 9) / 18)) for at in range(len(months))]
    area = charts.stacked_area(
        "fte-over-time",
        "Formatie per maand",
        months,
        {
            "Infrastructuur": [21 - 17.5 * r for r in ramp],
            "Werkplek": [14.2 - 1.1 * r for r in ramp],
            "Regie": [1.2 + 6.5 * r for r in ramp],
            "Veiligheid en privacy": [2.4 + 4.75 * r for r in ramp],
            "Gegevens": [3 + 7 * r for r in ramp],
            "Overig": [19.6 - 3.1 * r for r in ramp],
        },
    )
    steps = [
        ("Loon en prijs", 103_000),
        ("Infrastructuur naar de markt", -231_000),
        ("Nieuwe diensten", 158_000),
        ("Andere sleutel", 4_000),
        ("Samenloop", -7_000),
    ]
    bridge = charts.bridge(
        "bridge", "Waardoor verandert de bijdrage?", ("Bijdrage nu", 1_714_000), steps, "Bijdrage in 2030"
    )
    side = charts.bars(
        "bars",
        "Bijdrage per deelnemer",
        PLACES[:5],
        {"nu": [2431, 1714, 1398, 1121, 952], "straks": [2489, 1741, 1262, 1093, 921]},
        unit="",
    )
    context = {
        **shell("Overzicht", "Wat dit scenario doet, vergeleken met vandaag"),
        "warnings": warnings,
        "charts": [area, bridge, side],
        "decided": [{"label": label, "value": value, "kind": kind} for label, value, kind in decided],
    }
    context["strip"]["seal"] = request.GET.get("seal", "current")
    return show(request, "home", context)


def grid(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        posted.append(
            {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
        )
        messages.success(request, "Bewaard.")
    groups = [
        {
            "name": group,
            "rows": [
                {
                    "name": name,
                    "team": round(sum(v or 0 for v in values), 2),
                    "cells": [
                        {
                            "name": f"fte-{name}-{at}".replace(" ", "_"),
                            "label": f"{name}, {PLACES[at]}",
                            "value": value,
                            "heat": heat(value, 1.7),
                            "mark": "requested"
                            if name == "GEO-team" and at in (1, 4)
                            else "locked"
                            if (name, at) == ("CISO", 0)
                            else "",
                            "locked": (name, at) == ("CISO", 0),
                        }
                        for at, value in enumerate(values)
                    ],
                }
                for name, values in rows.items()
            ],
        }
        for group, rows in TEAMS.items()
    ]
    columns = [
        round(sum(row["cells"][at]["value"] or 0 for group in groups for row in group["rows"]), 2)
        for at in range(len(PLACES))
    ]
    total = round(sum(columns), 2)
    years = [
        {"label": str(year), "url": f"?year={year}", "current": year == 2029} for year in range(2027, 2032)
    ]
    units = [
        {"label": "fte", "url": "?", "current": True},
        {"label": "euro", "url": "?unit=eur", "current": False},
    ]
    context = shell("Fte-verdeling", "Hoeveel van elk team voor welke deelnemer werkt")
    return show(
        request,
        "grid",
        {
            **context,
            "groups": groups,
            "places": PLACES,
            "columns": columns,
            "total": total,
            "years": years,
            "units": units,
            "preview": "preview" in request.GET,
        },
    )


def preview(request: HttpRequest) -> HttpResponse:
    names = [name for name in request.POST if name.startswith("fte-")]
    return JsonResponse(
        {
            "cells": {"fte-FG-0": {"value": "0,35", "class": "heat-2"}},
            "texts": {"effect": f"Effect van {len(names)}"},
        }
    )


def lists(request: HttpRequest) -> HttpResponse:
    rows = [
        ("Serverhosting en opslag", "gone", "naar de markt", 3.1, 412_000, "confirmed"),
        ("Werkplekbeheer", "", "blijft", 12.25, 1_250_500, "entered"),
        ("Regievoering", "new", "nieuw", 5.5, 498_000, "estimated"),
        ("Architecten", "open", "nog niet besloten", None, None, "estimated"),
        ("Één loket", "", "blijft", 2, 98_000, "entered"),
    ]
    context = shell("Catalogus", "Wat een centrum kan bieden")
    form = ExampleForm({"contribution": "-3"} if "wrong" in request.GET else None)
    return show(request, "lists", {**context, "rows": rows, "form": form})


def empty(request: HttpRequest) -> HttpResponse:
    context = shell("Bijdragen", "Wie betaalt wat")
    context["strip"]["seal"] = "missing"
    return show(request, "empty", context)


def slow(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<p id="ready" role="status">Klaar</p>')


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=500)


urlpatterns = [
    path("storyboard/", home),
    path("storyboard/grid/", grid),
    path("storyboard/preview/", preview),
    path("storyboard/lists/", lists),
    path("storyboard/empty/", empty),
    path("storyboard/slow/", slow),
    path("storyboard/broken/", broken),
    *project_urls,
]

if __name__ == "__main__":
    from django.conf import settings
    from django.core.management import execute_from_command_line

    settings.ROOT_URLCONF = "tests.e2e.storyboard"
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    execute_from_command_line(["manage.py", "runserver", "8123", "--noreload"])
