import csv
import io
from datetime import timedelta

import pytest

from chalicelib import audit, clock, jurisdictions
from chalicelib.officers import Role
from chalicelib.registrations import figures, overview
from chalicelib.registrations.suppression import LEAST
from chalicelib.web.overview_plot import plot
from chalicelib.web.overview_tables import as_file, square_size
from chalicelib.web.overview_tables import overview as tables_of
from tests.pilots.conftest import pilot  # noqa: F401 - a fixture for the tests below
from tests.web.test_officer_search import a_browser

PAGE = "/officer/register/overview"


def some_figures(**changed):
    """A made-up register of 137 people."""
    now = clock.now()
    monday = figures.monday(now.date())
    days = {
        (monday - timedelta(days=7 * n)).isoformat(): {
            "registration:confirm": 30 - n,
            "registration:leave": n % 12,
        }
        for n in range(20)
    }
    given = {
        "as_of": now,
        "days": days,
        "states": {"active": 101, "paused": 12, "lapsed": 24},
        "sources": {"web": 100, "market-day": 34, "=cmd": 3},
        "kinds": {"home": 120, "business": 17},
        "unconfirmed": 4,
        "squares": {"9yukq": 140, "9yukr": 12, "9yuks": 3},
        "kinds_by_square": {"9yukq": {"home": 130, "business": 10}, "9yukr": {"home": 12}},
        "letters": {"delivered": 210, "bounced": 3},
        "choices": {"stays": 12, "open": 125},
    }
    return figures.Figures(**(given | changed))


def shown(**changed):
    return tables_of(some_figures(**changed), jurisdictions.current())


def rows(table_id, overview_shown):
    (table,) = [one for one in overview_shown.tables if one.id == table_id]
    return {name: ranges[0].words for name, ranges in table.rows}


@pytest.fixture
def counted(cloud):
    overview.keep(some_figures())


def test_a_coordinator_sees_figures_in_steps_and_none_under_ten(cloud):
    sources = rows("source", shown())

    assert sources == {"=cmd": "fewer than 10", "market-day": "30 to 34", "web": "100 to 104"}
    assert shown().registered.words == "135 to 139"
    assert shown().unconfirmed.words == "fewer than 10"


def test_every_number_in_the_file_is_a_step_of_five_from_ten_up(cloud):
    found = list(csv.DictReader(io.StringIO(as_file(shown()))))
    numbers = [(int(row["at least"]), int(row["at most"])) for row in found if row["at least"]]

    assert len(numbers) > 20
    assert {(least % 5, most - least) for least, most in numbers} == {(0, 4)}
    assert min(least for least, _ in numbers) >= LEAST


def test_no_spreadsheet_takes_a_cell_for_a_formula(cloud):
    cells = [cell for line in csv.reader(io.StringIO(as_file(shown()))) for cell in line]

    assert "'=cmd" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_squares_are_named_by_where_they_lie_and_none_by_its_geohash(cloud):
    found = shown()
    text = as_file(found)

    assert [one.words for _, one in found.busy] == ["140 to 144", "10 to 14"]
    assert [name for name in ("9yukq", "9yukr", "9yuks", "9yu") if name in text] == []
    assert all(" of the middle" in words or "the middle" in words for words, _ in found.squares)
    assert " by " in square_size(jurisdictions.current())


def test_squares_with_few_cameras_or_one_kind_of_owner_are_gaps(cloud):
    gaps = [what for _, what in shown().gaps]

    assert "Few businesses or none" in gaps
    assert set(gaps) == {"Few businesses or none", "Few cameras, or none"}
    squares = shown().squares
    assert len(gaps) == len(squares) - 1


def test_the_drawing_says_in_words_what_it_shows(cloud):
    drawn = plot(shown().weeks)
    low = [bar for bar in drawn.bars if bar.kind.endswith("-few")]

    assert len(drawn.bars) == 2 * figures.WEEKS
    assert {bar.height for bar in low} == {5}
    assert drawn.described.startswith("Joined: most in the week of ")
    assert "30 to 34" in drawn.described
    assert all(0 <= bar.y <= drawn.high and bar.x + bar.width <= drawn.wide for bar in drawn.bars)


def test_the_page_has_the_drawing_the_table_beneath_and_a_file(counted):
    page = a_browser(Role.COORDINATOR)(PAGE)

    assert page.status_code == 200
    assert 'role="img" aria-labelledby="plot-title plot-described"' in page.text
    assert page.text.count('<tr><th scope="row">') > 26
    assert "135 to 139" in page.text
    assert " style=" not in page.text


def test_the_file_is_handed_over_as_a_file(counted):
    answer = a_browser(Role.COORDINATOR)(f"{PAGE}.csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="overview.csv"'
    assert answer.text.startswith("table,row,column,at least,at most,shown as")


def test_each_look_is_recorded(counted):
    browser = a_browser(Role.COORDINATOR)
    browser(PAGE)
    browser(f"{PAGE}.csv")

    entries = audit.read_day(clock.now().date(), event="overview:view")
    assert [entry.detail for entry in entries] == [{"shown": "page"}, {"shown": "file"}]


def test_before_the_first_count_the_page_says_so(cloud):
    browser = a_browser(Role.COORDINATOR)

    assert "Nothing has been counted yet" in browser(PAGE).text
    assert browser(f"{PAGE}.csv").status_code == 303


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.CLERK, Role.AUDITOR])
def test_nobody_else_sees_the_figures(counted, role):
    assert a_browser(role)(PAGE).status_code == 403


def test_a_programme_that_is_live_has_no_report_of_a_test_run(cloud):
    assert a_browser(Role.COORDINATOR)("/officer/register/pilot").status_code == 404


def test_the_report_of_a_test_run_hides_what_is_small(pilot):  # noqa: F811 - the fixture
    overview.keep(some_figures())
    page = a_browser(Role.COORDINATOR)("/officer/register/pilot")

    assert page.status_code == 200
    assert "fewer than 10" in page.text
    assert "210 to 214" in page.text
    assert "135 to 139" in page.text
