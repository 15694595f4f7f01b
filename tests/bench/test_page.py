from bench.meter import Bill
from bench.page import END, PAGE, START, tables
from bench.rows import Lookup, Read, Rival, Row


def test_a_run_becomes_tables_with_its_misses_told():
    read = Read(Bill(1, 0.5, 20), 0.2, 0, 0)
    rivals = {"scan": Rival([1000]), "dynamodbgeo, real items": Rival([30] * 7, 699)}
    figures = Row("circle", "rural", "250", [Lookup(5, read, read, rivals)], 3.21).figures()
    lines = list(tables([{"seed": 1, "rows": [figures], "broken": ["circle rural 250: dear"]}]))
    assert "### Circles" in lines
    row = "| circle rural 250 | 1 | 5.0 | 1.00 (1, 1) | 0.50 | 1.00 | 1.00 (1, 1) | 100 % | 0.50 "
    assert [line for line in lines if line.startswith(row)] == [f"{row}| 1.00 | 0, 0 | 3.2 |"]
    assert "- circle rural 250: dear" in lines


def test_the_page_has_a_place_for_them():
    assert PAGE.read_text().count(START) == PAGE.read_text().count(END) == 1
