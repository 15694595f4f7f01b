import pytest

from chalicelib import audit
from chalicelib.registrations import campaigns
from tests.web.desk import Coordinator


@pytest.fixture
def desk(cloud):
    return Coordinator()


def test_a_campaign_gets_a_poster_with_its_tag(desk):
    done = desk.do("/campaigns", tag="Library-2026", words="Library notice board")

    assert done.status_code == 303
    page = desk.look("/campaigns").text
    assert "Library notice board" in page
    assert "/print/poster?s=library-2026" in page
    poster = desk.client.get("/print/poster?s=library-2026").text
    assert "library-2026" in poster.partition("poster__foot")[2]


def test_a_tag_that_is_nobodys_campaign_is_not_printed(desk):
    poster = desk.client.get("/print/poster?s=anything-at-all").text

    assert "anything-at-all" not in poster.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("tag", ["", "web", "Library 2026", "-x", "a" * 41, "é"])
def test_other_tags_are_refused(desk, tag):
    page = desk.do("/campaigns", tag=tag, words="Somewhere")

    assert page.status_code == 400
    assert campaigns.every() == ()


def test_a_tag_is_used_once(desk):
    desk.do("/campaigns", tag="fair", words="County fair")
    again = desk.do("/campaigns", tag="fair", words="Another fair")

    assert "There is a campaign with this tag already" in again.text
    assert [one.words for one in campaigns.every()] == ["County fair"]


def test_a_campaign_is_taken_off_the_list_on_record(desk):
    desk.do("/campaigns", tag="fair", words="County fair")
    desk.do("/campaigns/fair/remove")

    assert campaigns.every() == ()
    assert desk.do("/campaigns/fair/remove").status_code == 404
    events = [(one.event, one.actor) for one in audit.read_chain("campaigns")]
    assert events == [("campaign:add", "officer:o-coord"), ("campaign:remove", "officer:o-coord")]


def test_the_desk_says_what_waits(desk):
    page = desk.look()

    assert page.status_code == 200
    assert "One entry" in page.text
