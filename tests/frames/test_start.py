"""From names and totals to frames: municipalities found by what people type, and templates turned into a center."""

from pathlib import Path

import pytest

from portfolio.actions.municipalities import load_municipalities
from portfolio.actions.reference import load_reference
from portfolio.frames.municipalities import folded, look_up
from portfolio.frames.start import Body, Draft, Templates, codes_of, drafted

REFERENCE = Path(__file__).parents[2] / "fixtures" / "reference"
#: Inhabitants on 1 January 2023, CBS (CC BY 4.0).
MUNICIPALITIES = b"""gm_code,name,inhabitants,reference_date
GM0441,Schagen,47450,2023-01-01
GM0448,Texel,13979,2023-01-01
GM0400,Den Helder,56539,2023-01-01
GM0420,Medemblik,46031,2023-01-01
GM0518,'s-Gravenhage,562839,2023-01-01
GM0373,Bergen (NH.),30140,2023-01-01
GM1900,S\xc3\xbadwest-Frysl\xc3\xa2n,91174,2023-01-01
"""


@pytest.fixture
def municipalities(db):
    load_municipalities(data=MUNICIPALITIES, source="CBS 03759ned")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("schagen", "Schagen"), ("Gemeente Texel", "Texel"), ("DEN HELDER", "Den Helder"),
        ("Sudwest Fryslan", "Súdwest-Fryslân"), ("Den Haag", "'s-Gravenhage"), ("Bergen NH", "Bergen (NH.)"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_typed(municipalities, typed, name):
    found = look_up([typed])[typed].municipality

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("typed", "nearest"), [("Medemblick", "Medemblik"), ("Bergen", "Bergen (NH.)"), ("Schaagen", "Schagen")]
)
def test_an_unknown_name_comes_with_the_nearest(municipalities, typed, nearest):
    found = look_up([typed])[typed]

    assert found.municipality is None
    assert found.nearest[0].name == nearest


def test_nothing_like_it_is_nothing(municipalities, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = look_up(["Waterschap Zuiderzeeland", "", "!!"])

    assert {one.municipality for one in found.values()} == {None}
    assert found["!!"].nearest == ()
    assert folded("Gemeente") == ""


def test_codes_are_short_and_unique_and_no_name_is_lost():
    assert codes_of(["Berg", "Bergen", "Bergeijk", "Ülft", "東"]) == ["BER", "BER2", "BER3", "ULF", "P"]


@pytest.mark.django_db
def test_every_template_makes_a_row_that_says_it_is_estimated():
    load_reference(folder=REFERENCE)
    templates = Templates.read()
    current = tuple(code for code, row in templates.services.items() if row.phase == "current")
    bodies = (Body("A", "Alfa", 30_000, source="CBS"), Body("S", "Dienst", None, 120, "told", 90_000))
    draft = Draft(
        "Center", bodies, 1_000_000, 20.0, "2027-01", 5, 15_000, 0.03, 0.02, current, ("CISO",), "2028-01"
    )

    frames = drafted(draft, templates).frames

    assert set(frames["services"]["status"]) == set(frames["sizing"]["status"]) == {"estimated"}
    assert len(frames["services"]) == len(current) + 1
    assert frames["sizing"][["service", "driver"]].duplicated().sum() == 0
    paid = frames["participants"].set_index("code")
    assert paid["current_contribution"].to_dict() == {"A": 910_000, "S": 90_000}
    assert paid["status"].to_dict() == {"A": "estimated", "S": "entered"}
    volumes = frames["base_volumes"].set_index(["participant", "driver"])
    assert volumes.loc[("A", "inhabitants"), ["volume", "status", "source"]].tolist() == [
        30_000,
        "entered",
        "CBS",
    ]
    assert volumes.loc[("A", "workplaces"), "status"] == "estimated"
    assert volumes.loc[("S", "workplaces"), ["volume", "status"]].tolist() == [120, "entered"]
    assert all(volumes["source"])
    decisions = frames["decisions"]
    assert set(decisions.loc[decisions["scenario"] == "blijft", "decision"]) == {"keep"}
    assert decisions[decisions["scenario"] == "voorstel"][
        ["service", "decision", "from"]
    ].to_numpy().tolist() == [["CISO", "start", "2028-01"]]
