"""The bill of services: it closes to the euro, says what it does not know, and shows nobody another's bill."""

import io

import openpyxl
import pandas as pd
import pytest

from portfolio.frames.store import load_frame
from portfolio.models.center import Participant
from tests.views.words import words_of


@pytest.fixture
def address(cast):
    return cast.url("bill", scenario="regie", participant="A")


def sheets(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def by_name(rows):
    """Rows of a sheet by their second cell, as mappings by head."""
    heads, *rest = rows
    return {row[1]: dict(zip(heads, row, strict=True)) for row in rest}


def test_the_cents_of_every_bill_add_up_to_the_whole_euro_contribution(demo_cast):
    paid = load_frame(demo_cast.plan, "contributions").set_index(["participant", "year"])["eur"]
    cents = load_frame(demo_cast.plan, "shares").groupby(["participant", "year"])["eur_cents"].sum()

    assert (cents.reindex(paid.index, fill_value=0) == paid * 100).all()


def test_services_and_parts_add_up_to_the_contribution(cast, client_of, address):
    bill = client_of(cast.reviewer).get(address).context["bill"]

    assert bill.year == 2029
    assert [line.name for line in bill.lines] == sorted(
        (line.name for line in bill.lines),
        key=lambda name: -next(x.total for x in bill.lines if x.name == name),
    )
    assert sum(line.total for line in bill.lines) == sum(bill.amounts) == bill.payer.becomes
    assert bill.closes


def test_it_agrees_with_the_page_of_the_participant(cast, client_of, address):
    client = client_of(cast.reviewer)
    groups = client.get(cast.url("participant", scenario="regie", participant="A")).context["groups"]
    bill = client.get(address).context["bill"]

    theirs = {line.name: line.eur for group in groups for line in group.lines if line.eur}
    assert {line.name: line.total for line in bill.lines if line.total} == theirs


def test_own_effort_stands_beside_it_and_a_quantity_beneath_it(cast, client_of, address):
    answer = client_of(cast.reviewer).get(address)

    lines = {line.code: line for line in answer.context["bill"].lines}
    assert (lines["CISO"].own_was, lines["CISO"].own) == (88_000, 23_340)
    assert "was 88,000" in answer.content.decode()
    assert (lines["WERK"].quantity.driver, lines["WERK"].quantity.count) == ("Werkplekken", 400)
    assert "Werkplekken: 400 × €" in answer.content.decode()


def test_the_year_before_stands_beside_it_and_is_not_called_today(cast, client_of, address):
    client = client_of(cast.reviewer)
    now, then = (client.get(address, {"year": year}).context["bill"] for year in (2029, 2028))

    assert now.before == 2028
    assert now.before_total == then.total
    assert {line.code: line.before for line in now.lines if line.before} == {
        line.code: line.total for line in then.lines if line.total
    }
    assert client.get(address, {"year": 2027}).context["bill"].before is None
    assert client.get(address, {"year": "x"}).context["bill"].year == 2029


def test_it_says_why_with_the_interaction_as_a_step_of_its_own(cast, client_of, address):
    answer = client_of(cast.reviewer).get(address)

    payer, text = answer.context["payer"], answer.content.decode()
    assert payer.was + sum(amount for _label, _meaning, amount in payer.all_reasons) == payer.becomes
    assert answer.context["message"]["head"].startswith("In 2029 the bill of Alfadam is €")
    assert "Mostly because of " in answer.context["message"]["rest"]
    assert text.count("Combined effect") >= 2
    assert len(payer.all_reasons) == 7


def test_a_part_year_counts_its_months_today_included(make_cast, small_inputs, client_of):
    cast = make_cast(small_inputs(settings={"start": "2027-07"}))
    client, address = client_of(cast.director), cast.url("bill", scenario="regie", participant="A")

    answer = client.get(address, {"year": 2027})

    bill = answer.context["bill"]
    assert (bill.payer.was, bill.own_was, bill.closes) == (450_000, 44_000, True)
    assert "2027 counts 6 months" in answer.content.decode()
    assert client.get(address, {"year": 2028}).context["bill"].before is None


def test_unknown_today_is_said_and_nothing_is_explained(make_cast, small_inputs, client_of):
    people = small_inputs().frames["participants"].assign(current_contribution=[None, 500_000.0, 400_000.0])
    cast = make_cast(small_inputs(participants=people))
    client = client_of(cast.director)

    answer = client.get(cast.url("bill", scenario="regie", participant="A"))

    assert answer.context["chart"] is None
    assert "not known" in answer.context["message"]["rest"]
    assert "nan" not in words_of(answer)
    total = by_name(sheets(client.get(cast.url("bills_file", scenario="regie"))).worksheets[0].values)
    assert total["Alfadam"]["Contribution today"] is None
    assert total["Total"]["Contribution today"] is None


def test_who_takes_nothing_and_pays_nothing_has_an_empty_bill(make_cast, small_inputs, client_of):
    people = small_inputs().frames["participants"].assign(current_contribution=[900_000.0, 500_000.0, 0.0])
    nothing = [("", code, "C", False) for code in ("HELP", "WERK", "CISO", "BI")]
    uptake = pd.DataFrame(nothing, columns=["scenario", "service", "participant", "takes"])
    cast = make_cast(small_inputs(participants=people, uptake=uptake))

    answer = client_of(cast.director).get(cast.url("bill", scenario="regie", participant="C"))

    text = answer.content.decode()
    assert answer.context["bill"].closes
    assert "Gammastad takes no service in 2029 and pays nothing." in text
    assert "Nothing changes" in text
    assert "nan" not in words_of(answer)
    file = client_of(cast.director).get(cast.url("bill_file", scenario="regie", participant="C"))
    assert [row[1] for row in sheets(file).worksheets[0].values] == ["Name", "Total"]


def test_a_bill_goes_to_excel_with_the_same_figures(cast, client_of, address):
    client = client_of(cast.reviewer)
    bill = client.get(address, {"year": 2028}).context["bill"]

    answer = client.get(cast.url("bill_file", scenario="regie", participant="A"), {"year": 2028})

    book = sheets(answer)
    rows = by_name(book.worksheets[0].values)
    assert book.sheetnames == ["Bill", "Why it changes", "About"]
    assert {name: row["Contribution"] for name, row in rows.items() if name != "Total"} == {
        line.name: line.total for line in bill.lines
    }
    assert rows["Total"]["Contribution"] == bill.payer.becomes
    assert rows["CISO-pool"]["Own effort, was"] == 88_000
    assert list(book["Why it changes"].values)[1][-1] == bill.payer.becomes
    assert answer["Content-Disposition"] == 'attachment; filename="bill-a-regie-2028.xlsx"'


def test_all_bills_go_to_one_workbook_whose_total_closes(cast, client_of):
    answer = client_of(cast.director).get(cast.url("bills_file", scenario="regie"))

    book = sheets(answer)
    assert book.sheetnames == ["Total", "Alfadam", "Betadorp", "Gammastad", "Why it changes", "About"]
    total = by_name(book["Total"].values)
    for name in ("Alfadam", "Betadorp", "Gammastad"):
        assert total[name]["Bill"] == total[name]["Contribution in the plan"]
        assert total[name]["Bill"] == by_name(book[name].values)["Total"]["Contribution"]
    assert total["Total"]["Bill"] == sum(total[name]["Bill"] for name in ("Alfadam", "Betadorp", "Gammastad"))
    parts = list(total["Total"].values())[2:-5]
    assert sum(parts) == total["Total"]["Bill"]


def test_names_run_no_formula_and_break_no_sheet(make_cast, small_inputs, client_of):
    people = small_inputs().frames["participants"].assign(name=["=1+1", "Total", "a/b:*"])
    services = small_inputs().frames["services"].assign(name=["+1", "@x", "-2", "=SUM(A1)"])
    cast = make_cast(small_inputs(participants=people, services=services))

    book = sheets(client_of(cast.director).get(cast.url("bills_file", scenario="regie")))

    assert book.sheetnames == ["Total", "=1+1", "Total 2", "a b", "Why it changes", "About"]
    texts = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]
    assert all(cell.data_type == "s" for cell in texts)
    assert any(cell.value == "=1+1" and cell.quotePrefix for cell in texts)


def test_a_reviewer_sees_the_own_bill_alone(cast, client_of, address):
    client = client_of(cast.reviewer)

    text = client.get(address).content.decode()
    assert "Betadorp" not in text
    assert "rekeningen/" not in text
    for name in ("bill", "bill_file"):
        for code in ("B", "no-such"):
            assert client.get(cast.url(name, scenario="regie", participant=code)).status_code == 403
    assert client.get(cast.url("bills_file", scenario="regie")).status_code == 403
    assert client.get(cast.url("bill_of", scenario="regie"), {"participant": "B"}).url.endswith("/A/")


def test_the_menu_and_the_picker_lead_to_a_bill_and_keep_the_year(cast, client_of):
    client = client_of(cast.director)

    led = client.get(cast.url("bill_of", scenario="regie"), {"participant": "B", "year": "2028"}).url
    assert led.endswith("/rekening/B/?year=2028")
    assert client.get(led).context["bill"].payer.name == "Betadorp"


def test_the_pages_of_contributions_and_participant_lead_here(cast, client_of, address):
    client = client_of(cast.director)

    assert f"{address}?year=2029" in client.get(cast.url("contributions", scenario="regie")).content.decode()
    page = client.get(cast.url("participant", scenario="regie", participant="A"))
    assert f"{address}?year=2029" in page.content.decode()


def test_when_inputs_have_changed_it_says_so_and_counts_nothing(cast, client_of, address):
    Participant.objects.filter(code="B").update(current_contribution=1)

    answer = client_of(cast.director).get(address)

    assert "the next plan may differ" in answer.content.decode()
    assert not answer.context["bill"].has_units
    assert answer.context["bill"].closes


def test_without_a_plan_or_unknown_to_it_there_is_no_bill_yet(make_cast, cast, client_of):
    other = make_cast(compute=False)
    Participant.objects.create(center=cast.center, code="D", name="Deltaburg")

    for each, code in ((other, "A"), (cast, "D")):
        client = client_of(each.director)
        page = client.get(each.url("bill", scenario="regie", participant=code))
        assert "There is no bill yet" in page.content.decode()
        assert client.get(each.url("bill_file", scenario="regie", participant=code)).status_code == 404
    assert client_of(other.director).get(other.url("bills_file", scenario="regie")).status_code == 404


def test_a_stranger_finds_nothing_and_nothing_can_be_posted(cast, client_of, address):
    file = cast.url("bill_file", scenario="regie", participant="A")
    for each in (
        address,
        file,
        cast.url("bills_file", scenario="regie"),
        cast.url("bill_of", scenario="regie"),
    ):
        assert client_of(cast.stranger).get(each).status_code == 404
        assert client_of(cast.director).post(each).status_code == 405


def test_queries_do_not_grow_with_rows(demo_cast, demo_twice, client_of, django_assert_max_num_queries):
    counts = []
    for cast in (demo_cast, demo_twice):
        client = client_of(cast.director)
        for name, more in (("bill", {"participant": "OEV"}), ("bills_file", {})):
            with django_assert_max_num_queries(30) as found:
                assert client.get(cast.url(name, scenario="regie", **more)).status_code == 200
            counts.append(len(found))
    assert counts[:2] == counts[2:]
