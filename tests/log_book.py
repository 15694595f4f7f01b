"""Every line the service logs while the tests run, searched at the end for anything personal.

In this process the one logger writes here instead of to the terminal, at its lowest level; what
other libraries warn about comes along, as it would reach the function's log. A local cloud's
functions have log groups, which are read when it stops.
"""

import io
import logging
import re
from contextlib import contextmanager

from chalicelib.telemetry import logger

NAMES = re.compile(
    r"canary|yellowhammer|jordan reyes|mara field|ines holm|ann lee|pat reed|millrace street"
    r"|canary street|front door|alder lane",
    re.IGNORECASE,
)
PERSONAL = {
    "a name or address of the tests": NAMES,
    "an email address": re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    "a phone number": re.compile(r"\b\d{3}[- .]555[- .]\d{4}\b|\b01632 ?\d{6}\b"),
    "a place": re.compile(r"(?<![\d.])-?\d{1,3}\.\d{5,}[,; ]+-?\d{1,3}\.\d{5,}|latitude.{0,4}\d"),
    "a working link": re.compile(r"/(?:my|confirm|still-right|answer|feedback)/[A-Za-z0-9_-]{16,}"),
    "a token": re.compile(r"(?<![\w/+-])(?=[\w-]*\d)(?=[\w-]*[A-Z])[A-Za-z0-9_-]{43}(?![\w/+=-])"),
}
OURS = re.compile(r"sightline-[a-z-]+-[A-Z]")
"""Names of deployed functions, some of which are as long as a token."""
LEVEL = logging.DEBUG


class Book(io.TextIOBase):
    """Something to write lines to, and the stopped clouds' lines."""

    def __init__(self):
        self.lines = []

    def write(self, text):
        self.lines.extend(line for line in text.splitlines() if line.strip())
        return len(text)


BOOK = Book()


def listen():
    """Let the service's own logger and the warnings of all others come here."""
    logger.setLevel(LEVEL)
    logger.registered_handler.setStream(BOOK)
    others = logging.StreamHandler(BOOK)
    others.setLevel(logging.WARNING)
    logging.getLogger().addHandler(others)


@contextmanager
def aside():
    """Keep what is logged meanwhile out of the book, for a test that leaks on purpose."""
    kept, BOOK.lines = BOOK.lines, []
    try:
        yield BOOK.lines
    finally:
        BOOK.lines = kept


def lines_of(local):
    """Return what the functions of a local cloud have logged."""
    logs = local.client("logs")
    groups = [
        group["logGroupName"]
        for page in logs.get_paginator("describe_log_groups").paginate()
        for group in page["logGroups"]
    ]
    pages = logs.get_paginator("filter_log_events")
    found = [
        event["message"]
        for group in groups
        for page in pages.paginate(logGroupName=group)
        for event in page["events"]
    ]
    logs.close()
    return found


def keep(local):
    """Keep the lines of a cloud that is about to stop."""
    BOOK.lines.extend(lines_of(local))


def leaks(lines):
    """Return each line that says something about a person, with what it says."""
    return [
        (what, line[:300])
        for line in lines
        for what, pattern in PERSONAL.items()
        for found in [pattern.search(line)]
        if found and not OURS.search(found[0])
    ]
