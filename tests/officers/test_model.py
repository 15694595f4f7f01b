import pytest

from chalicelib.officers.model import Role, local_path, roles_of


@pytest.mark.parametrize(
    "groups",
    [["officer", "clerk", "pool-admins"], "officer,clerk", "[officer clerk]", "clerk, officer, x"],
)
def test_groups_are_read_as_a_list_or_as_text_and_unknown_ones_ignored(groups):
    assert roles_of(groups) == {Role.OFFICER, Role.CLERK}


@pytest.mark.parametrize("groups", [None, "", [], 7, "administrators"])
def test_somebody_without_a_known_group_has_no_role(groups):
    assert roles_of(groups) == frozenset()


@pytest.mark.parametrize(
    "path", ["/officer", "/officer/search", "/officer/requests/abc?tab=1", "/officer?x=1"]
)
def test_a_path_of_an_officer_page_is_returned_to(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/officers",
        "//evil.example/officer",
        "https://evil.example/officer",
        "/officer/\\evil.example",
        "/officer//evil.example",
        "/officer/\r\nSet-Cookie: a=b",
    ],
)
def test_any_other_path_becomes_the_start_page_of_officers(path):
    assert local_path(path) == "/officer"
