"""Rows of a workbook in the preview of an import."""

from django.utils.translation import override

from portfolio.reports.workbook import row_text


def test_a_row_goes_by_its_codes_and_without_any_by_its_number_in_words():
    with override("nl"):
        assert row_text(("CISO", "inhabitants")) == "CISO, inhabitants"
        assert row_text(("", "OEV")) == "OEV"
        assert row_text(("row 6",)) == "rij 6"
