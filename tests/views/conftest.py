"""The cast of the page tests: who signs in, and a center of three participants and four services with a sealed plan.

``cast`` is a fresh one per test; ``make_cast(inputs=..., compute=False)`` makes one of your own; ``client_of(user)``
is a test client in which that user has signed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portfolio.actions.plans import compute_plan
from portfolio.engine.inputs import CenterInputs
from portfolio.frames.write import new_center
from portfolio.models.center import Center, Membership, MembershipRole, Participant
from portfolio.models.plans import Plan
from portfolio.models.scenarios import Scenario
from portfolio.models.social_plan import Safeguards
from tests.golden import demo
from tests.remembered import remembered

SETTINGS: dict[str, Any] = {
    "name": "Testregio", "start": "2027-01", "years": 3, "wage_growth": 0.03, "price_growth": 0.02,
    "overhead_per_fte": 12_000, "interest": 0.02,
}  # fmt: skip

#: Three participants; HELP and WERK run today, CISO and BI are new. HELP is kept, WERK is outsourced from 2028,
#: CISO starts in 2028, BI is not yet decided. Alfa has a CISO of its own.
FRAMES: dict[str, pd.DataFrame] = {
    "participants": pd.DataFrame(
        [("A", "Alfadam", 900_000.0), ("B", "Betadorp", 500_000.0), ("C", "Gammastad", 400_000.0)],
        columns=["code", "name", "current_contribution"],
    ),
    "drivers": pd.DataFrame({"driver": ["inhabitants", "workplaces"], "label": ["Inwoners", "Werkplekken"]}),
    "base_volumes": pd.DataFrame(
        [
            ("A", "inhabitants", 40_000.0), ("A", "workplaces", 400.0),
            ("B", "inhabitants", 20_000.0), ("B", "workplaces", 200.0),
            ("C", "inhabitants", 15_000.0), ("C", "workplaces", 150.0),
        ],
        columns=["participant", "driver", "volume"],
    ),
    "roles": pd.DataFrame(
        [("CISO", "CISO", "ciso", 110_000.0), ("SUP", "Supportmedewerker", "", 70_000.0)],
        columns=["role", "name", "family", "annual_cost"],
    ),
    "services": pd.DataFrame(
        [
            ("HELP", "Servicedesk", "Werkplek", "current", 2.0, 20_000.0),
            ("WERK", "Werkplekbeheer", "Werkplek", "current", 2.0, 100_000.0),
            ("CISO", "CISO-pool", "Veiligheid en privacy", "new", 1.5, 30_000.0),
            ("BI", "BI-team", "Data", "new", 1.0, 25_000.0),
        ],
        columns=["service", "name", "category", "phase", "min_fte", "fixed_cost"],
    ),
    "sizing": pd.DataFrame(
        [
            ("HELP", "workplaces", 150.0, 1.0), ("WERK", "workplaces", 100.0, 1.0),
            ("CISO", "inhabitants", 40_000.0, 1.0),
        ],
        columns=["service", "driver", "per", "fte"],
    ),
    "role_mix": pd.DataFrame(
        [("HELP", "SUP", 1.0), ("WERK", "SUP", 1.0), ("CISO", "CISO", 1.0), ("BI", "SUP", 1.0)],
        columns=["service", "role", "share"],
    ),
    "offers": pd.DataFrame(
        [("WERK", "outsource", "workplaces", 1.0, 300.0, 10_000.0, 0.3)],
        columns=["service", "decision", "driver", "per", "price", "fixed_cost", "retained_share"],
    ),
    "own_effort": pd.DataFrame([("A", "CISO", 0.8, 0.25)], columns=["participant", "service", "fte", "remains"]),
    "scenarios": pd.DataFrame({"scenario": ["regie"], "name": ["Regiecentrum"]}),
    "decisions": pd.DataFrame(
        [
            ("regie", "HELP", "keep", ""), ("regie", "WERK", "outsource", "2028-01"),
            ("regie", "CISO", "start", "2028-01"), ("regie", "BI", "undecided", ""),
        ],
        columns=["scenario", "service", "decision", "from"],
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """A center and the people around it; ``reviewer`` reviews participant A, ``stranger`` is no member."""

    center: Center
    scenario: Scenario
    plan: Plan | None
    director: Any
    controller: Any
    hr: Any
    reviewer: Any
    stranger: Any

    def url(self, name: str, **kwargs: Any) -> str:
        """An address inside the center: ``cast.url("overview", scenario="regie")``."""
        return reverse(f"portfolio:{name}", kwargs={"center": self.center.key, **kwargs})

    def participant(self, code: str) -> Participant:
        return Participant.objects.get(center=self.center, code=code)


@pytest.fixture
def small_inputs() -> Callable[..., CenterInputs]:
    """The small center as frames; frames given by name replace its own, and ``settings`` joins its settings."""

    def make(settings: dict[str, Any] | None = None, **frames: pd.DataFrame) -> CenterInputs:
        return CenterInputs.of(SETTINGS | (settings or {}), FRAMES | frames)

    return make


def make_anew(inputs: CenterInputs, *, compute: bool) -> Cast:
    """The work itself, which ``make_cast`` is mostly spared."""
    User = get_user_model()
    prefix = f"{count}-" if (count := Center.objects.count()) else ""  # a second cast has other people
    center = new_center(inputs, user=None, at=timezone.now())
    people = {
        name: User.objects.create_user(f"{prefix}{name}", password=name)
        for name in ("director", "controller", "hr", "reviewer", "stranger")
    }
    first = Participant.objects.filter(center=center).order_by("code").first()
    for name, user in people.items():
        if name != "stranger":
            own = first if name == "reviewer" else None
            Membership.objects.create(user=user, center=center, role=MembershipRole(name), participant=own)
    # So that staff may be loaded; at once, since the log of a test begins empty.
    Safeguards.objects.bulk_create([Safeguards(center=center, is_fictional=True)])
    scenario = Scenario.objects.filter(center=center).order_by("code").last()
    plan = compute_plan(scenario=scenario, user=people["director"]) if compute else None
    return Cast(center, scenario, plan, **people)


@pytest.fixture
def make_cast(db, small_inputs) -> Callable[..., Cast]:
    """Makes a center with its people; without ``inputs`` the small one, without ``compute`` no plan."""

    def make(inputs: CenterInputs | None = None, *, compute: bool = True) -> Cast:
        key = inputs and (inputs.settings, inputs.frames)
        return remembered(
            ("cast", key, compute), lambda: make_anew(inputs or small_inputs(), compute=compute)
        )

    return make


@pytest.fixture
def cast(make_cast) -> Cast:
    """The small center with a computed plan."""
    return make_cast()


@pytest.fixture
def demo_cast(make_cast) -> Cast:
    """The demo region, of which only the last scenario is computed: for query counts at a real size."""
    return make_cast(demo.center())


@pytest.fixture
def demo_twice(make_cast) -> Cast:
    """The demo region with every participant twice: a page takes as many queries for it as for the region."""
    inputs = demo.center()
    frames = dict(inputs.frames)
    for name, column in {"participants": "code", "base_volumes": "participant", "budget": "participant",
                         "own_effort": "participant"}.items():  # fmt: skip
        frames[name] = pd.concat([frames[name], frames[name].assign(**{column: frames[name][column] + "2"})])
    return make_cast(CenterInputs.of(inputs.settings, frames))


@pytest.fixture
def client_of() -> Callable[[Any], Client]:
    """A test client in which a user has signed in, who reads English: ``client_of(cast.director).get(...)``."""

    def sign_in(user: Any) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return sign_in
