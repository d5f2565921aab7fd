"""The national table of municipalities, in the shapes in which it is downloaded."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from portfolio.actions.municipalities import UnreadableTable, load_municipalities, read_table
from portfolio.models.reference import Municipality

OPEN_DATA = """"ID";"RegioS";"Perioden";"BevolkingAanHetBeginVanDePeriode_1";"Naam"
"0";"NL01  ";"2025JJ00";"18044027";"Nederland"
"1";"GM0363";"2024JJ00";"931298";"Amsterdam"
"2";"GM0363";"2025JJ00";"934927";"Amsterdam"
"3";"GM1680";"2025JJ00";"      .";"Aa en Hunze"
"4";"GM0085";"2025JJ00";"  26137";"Ooststellingwerf"
"""
TABLE = """"Regionale kerncijfers Nederland"
"Onderwerp";"Bevolking";"Bevolking";"Koppelvariabele regiocode"
"Regio's";"Perioden";"Totale bevolking (aantal)";"Mannen, bevolking (aantal)";"Gemeentecode (code)"
"Nederland";"2025";"18 044 027";"8 973 000";""
"Amsterdam";"2025";"934 927";"464 100";"GM0363"
"Ooststellingwerf";"2025";"26 137";"13 100";"GM0085"
"Bron: CBS"
"""
TIDY = """gm_code,name,inhabitants,reference_date
GM0363,Amsterdam,934927,2025-01-01
GM0085,Ooststellingwerf,26137,2025-01-01
"""
IN_ONE = (
    "Regio's;Bevolking op 1 januari (aantal)\nAmsterdam (GM0363);934.927\nOoststellingwerf (GM0085);26.137\n"
)
DAY = date(2025, 1, 1)
EXPECTED = [("GM0085", "Ooststellingwerf", 26137, DAY), ("GM0363", "Amsterdam", 934927, DAY)]


@pytest.mark.parametrize("text", [OPEN_DATA, TABLE, TIDY], ids=["open data", "table", "tidy"])
def test_a_table_is_read_in_each_of_its_shapes(text):
    found = read_table(text)

    assert [(c.gm_code, c.name, c.inhabitants, c.reference_date) for c in found] == EXPECTED


def test_a_code_in_one_cell_with_its_name_is_read_with_a_given_date():
    found = read_table(IN_ONE, reference_date=DAY)

    assert [(c.gm_code, c.inhabitants) for c in found] == [("GM0085", 26137), ("GM0363", 934927)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a;b\n1;2\n", "No code of a municipality"),
        ("", "No code of a municipality"),
        ("code;omzet\nGM0363;1\n", "No column with inhabitants"),
        (IN_ONE, "no period or date"),
        ("RegioS;Bevolking;Perioden\nGM0363;1;2025\n", "has no name"),
        ("RegioS;Naam;Perioden;Bevolking, mannen;Bevolking, vrouwen\nGM0363;A;2025;1;2\n", "Several columns"),
        ("RegioS;Naam;Perioden;Bevolking\nGM0363;A;2025;1,5\n", "not a number"),
        ("RegioS;Naam;Perioden;Bevolking\nGM0363;A;2025;.\n", "No municipality"),
        ("RegioS;Naam;Geslacht;Perioden;Bevolking\nGM0363;A;m;2025;1\nGM0363;A;v;2025;2\n", "second figure"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(text, said):
    from django.utils import translation

    with translation.override("en"), pytest.raises(UnreadableTable, match=said):
        read_table(text)


@pytest.mark.django_db
def test_loading_twice_updates_what_is_there():
    load_municipalities(data=TIDY.encode(), source="2025")
    later = TIDY.replace("934927", "940000").replace("2025-", "2026-")

    assert load_municipalities(data=later.encode("utf-8-sig"), source="2026") == 2
    amsterdam = Municipality.objects.get(gm_code="GM0363")
    assert (amsterdam.inhabitants, amsterdam.reference_date, amsterdam.source) == (
        940000,
        date(2026, 1, 1),
        "2026",
    )
    assert Municipality.objects.count() == 2


@pytest.mark.django_db
def test_a_name_that_is_known_need_not_be_told_again():
    load_municipalities(data=TIDY.encode(), source="2025")

    load_municipalities(data=b"RegioS;Bevolking;Perioden\nGM0363;1;2026\n", source="x")

    assert Municipality.objects.get(gm_code="GM0363").name == "Amsterdam"


@pytest.mark.django_db
def test_a_file_of_windows_is_read():
    text = "gm_code;naam;inwoners;peildatum\nGM0140;Súdwest-Fryslân;90000;2025-01-01\n"
    load_municipalities(data=text.encode("cp1252"), source="x")

    assert Municipality.objects.get().name == "Súdwest-Fryslân"


@pytest.mark.django_db
def test_the_command_loads_a_file_or_says_what_is_wrong(tmp_path, capsys):
    (tmp_path / "cbs.csv").write_text(OPEN_DATA)
    call_command("load_municipalities", str(tmp_path / "cbs.csv"))
    assert Municipality.objects.get(gm_code="GM0363").source == "cbs.csv"

    (tmp_path / "cbs.csv").write_text("nothing")
    with pytest.raises(CommandError, match=r"cbs\.csv"):
        call_command("load_municipalities", str(tmp_path / "cbs.csv"))
    with pytest.raises(CommandError, match=r"other\.csv"):
        call_command("load_municipalities", str(tmp_path / "other.csv"))
    assert Municipality.objects.count() == 2
