"""Files that are no workbook to read: each is refused with its own reason, and nothing is read."""

import io
import zipfile

import pytest

from portfolio.sheets import opening
from portfolio.sheets.reading import read
from tests.sheets.workbooks import saved, small_center

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def repacked(change):
    """The small center as a package with its parts changed: name to content in, the same out."""
    with zipfile.ZipFile(io.BytesIO(saved(small_center()))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in change(parts).items():
            package.writestr(name, content)
    return buffer.getvalue()


def macro_workbook(parts):
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return {**parts, "[Content_Types].xml": types}


FILES = {
    "nothing": (b"", "not_a_workbook"),
    "text": (b"code;name\n", "not_a_workbook"),
    "old": (OLE + bytes(2000), "old_workbook"),
    "password": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600), "protected_file"),
    "cut short": (saved(small_center())[:3000], "corrupt_file"),
    "zip of something else": (repacked(lambda parts: {"a.txt": b"a"}), "not_a_workbook"),
    "macros by type": (repacked(macro_workbook), "macros"),
    "macros by part": (repacked(lambda parts: {**parts, "xl/vbaProject.bin": b"x"}), "macros"),
    "broken workbook": (repacked(lambda parts: {**parts, "xl/workbook.xml": b"<a"}), "corrupt_file"),
    "broken sheet": (
        repacked(lambda parts: {**parts, "xl/worksheets/sheet2.xml": b"<a><b>"}),
        "corrupt_file",
    ),
    "large": (b"PK" + bytes(opening.MAX_BYTES), "large_file"),
    "bomb": (repacked(lambda parts: {**parts, "xl/media/x": bytes(opening.MAX_UNPACKED)}), "unpacked_file"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_workbook_is_refused_with_its_reason(name):
    content, code = FILES[name]

    reading = read(io.BytesIO(content), "center.xlsx")

    assert reading.inputs is None
    assert code in {finding.code for finding in reading.errors}


def test_a_missing_file_is_named(tmp_path):
    reading = read(tmp_path / "none.xlsx")

    assert [(reading.where(finding), finding.code) for finding in reading.findings] == [
        ("none.xlsx", "missing_file")
    ]


def test_a_folder_is_no_file(tmp_path):
    assert [finding.code for finding in read(tmp_path).findings] == ["unreadable_file"]


def test_a_path_is_read_as_well_as_a_file(tmp_path):
    path = tmp_path / "center.xlsx"
    path.write_bytes(saved(small_center()))

    assert read(path).inputs is not None
    assert read(str(path)).inputs is not None
