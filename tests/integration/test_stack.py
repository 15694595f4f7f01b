import http.client
import json
import re
import time
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.integration.browser import Browser, sign_in

pytestmark = pytest.mark.integration

PAGES = ("/", "/register/details", "/privacy", "/accessibility", "/contact", "/request-check")


@pytest.fixture
def local(stack):
    return stack("demo")


def test_every_public_page_answers(local):
    browser = Browser(local.url)
    answers = {path: browser.get(path).status for path in PAGES}
    assert answers == dict.fromkeys(PAGES, 200)


def test_an_unknown_address_is_a_page_and_not_a_gateway_message(local):
    answer = Browser(local.url).get("/no-such-page")
    assert (answer.status, "Page not found" in answer.text) == (404, True)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_request_of_the_demo_data_reached_its_owners_letterboxes(local):
    wait_for(lambda: len(letters_with(local, "/answer/")) >= 6)
    letter = letters_with(local, "/answer/")[0]
    link = re.search(r"http://localhost:\d+(/answer/\S+)", letter["BodyText"])[1]
    assert Browser(local.url).get(link).status == 200


def test_an_officer_signs_in_with_the_pools_own_page(local):
    browser = Browser(local.url)
    page = sign_in(browser, local.officers[0])
    assert (page.status, urlsplit(page.url).path) == (200, "/officer/search")


def test_the_api_refuses_a_call_without_a_token(local):
    with connected(local) as connection:
        connection.request("GET", "/api/v1/requests", headers={"Authorization": "Bearer nonsense"})
        assert connection.getresponse().status == 401


def test_a_head_request_has_no_body_and_keeps_the_connection(local):
    with connected(local) as connection:
        for _ in range(2):
            connection.request("HEAD", "/theme.css")
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (200, b"")


def test_a_function_may_do_only_what_its_policy_says(local):
    policy = local.client("iam").get_role_policy(**role_policy(local, "MailEvents"))
    assert "sqs:ReceiveMessage" not in json.dumps(policy["PolicyDocument"])
    names = [item["FunctionName"] for item in functions(local)]
    assert len(names) == 5


def test_deploying_again_changes_nothing(local):
    before = local.outputs
    local._prepare(demo=True)  # noqa: SLF001 - what script/server does at its second start
    assert local.outputs == before


def connected(local):
    return closing(http.client.HTTPConnection("localhost", urlsplit(local.url).port))


def functions(local):
    return local.client("lambda").list_functions()["Functions"]


def role_policy(local, name):
    (found,) = [item for item in functions(local) if f"-{name}-" in item["FunctionName"]]
    role = found["Role"].rpartition("/")[2]
    (policy,) = local.client("iam").list_role_policies(RoleName=role)["PolicyNames"]
    return {"RoleName": role, "PolicyName": policy}


def letters_with(local, text):
    return [letter for letter in local.letters() if text in letter["BodyText"]]


def wait_for(happened, seconds=30):
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.2)
