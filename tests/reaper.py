"""Ends the process at each of its writes to AWS in turn, as it were.

@pytest.mark.parametrize("reaper", MOMENTS, indirect=True)
def test_...(reaper, now):
    for story, call in deaths(reaper, prepared):
        ...
"""

import pytest

from chalicelib.aws import clients, s3, tables
from tests.services import SERVICES

MOST_WRITES = 30
MOMENTS = ("before-call", "after-call")
READS = (
    *("BatchGet", "Get", "Head", "List", "Query", "Scan"),
    *("Decrypt", "Encrypt", "GenerateDataKey"),
)
"""What leaves nothing behind: dying at a read is dying at the write before or after it."""


class Killed(BaseException):
    """Not an Exception: nothing that handles those may hide it."""


class Reaper:
    """Ends the process, as it were, at one write; counts from 0."""

    def __init__(self):
        self.at, self.writes, self.last = None, 0, ""
        self.only = ""
        """Die at this kind of write alone, where a story has hundreds of others."""

    def __call__(self, model, **_other):
        if self.at is None or model.name.startswith(READS):
            return
        if not model.name.startswith(self.only):
            return
        self.writes += 1
        if self.writes > self.at:
            self.at, self.last = None, model.name
            raise Killed(model.name)


@pytest.fixture
def reaper(cloud, request):
    """Stand between this process and every AWS client it has."""
    reaper, moment = Reaper(), request.param
    listened = [cloud(service) for service in SERVICES] + [s3._s3(), clients.connection().client]  # noqa: SLF001 - the one client apart
    listened += [table._get_connection().connection.client for table in tables.ALL.values()]  # noqa: SLF001 - as above
    listened = {id(client.meta.events): client for client in listened}.values()
    for client in listened:
        client.meta.events.register(moment, reaper, unique_id="reaper")
    yield reaper
    for client in listened:
        client.meta.events.unregister(moment, reaper, unique_id="reaper")


def deaths(reaper, prepare):
    """Yield what was prepared and at which write its work died, one write later each time."""
    for number in range(MOST_WRITES):
        story, work = prepare(number)
        reaper.at, reaper.writes, reaper.last = number, 0, ""
        try:
            work()
        except Killed:
            yield story, reaper.last
            continue
        finally:
            reaper.at = None
        assert number, "nothing was ever interrupted"
        return
    raise AssertionError("it never came to an end")
