"""Keeps the stand-in for AWS from filling the memory of a test run.

Before a transaction it copies each table once for every action, and it remembers every copy (and
every item of every copy) until the process ends: a hundred actions on a few hundred items are
gigabytes within one test.
"""

import copy
import threading

from moto.core.model_instances import model_data
from moto.dynamodb import models
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table

_write = DynamoDBBackend.transact_write_items


class CopiesOnce(threading.local):
    """Copies as the module `copy` does, but each table only once in one transaction."""

    def __init__(self):
        self.tables = {}

    def deepcopy(self, thing):
        if not isinstance(thing, Table):
            return copy.deepcopy(thing)
        if id(thing) not in self.tables:
            self.tables[id(thing)] = copy.deepcopy(thing)
        return self.tables[id(thing)]


def install():
    """Let transactions copy each table once; what they do stays the same."""
    copies = models.copy = CopiesOnce()

    def transact_write_items(backend, transact_items):
        copies.tables.clear()
        try:
            _write(backend, transact_items)
        finally:
            copies.tables.clear()
            forget()

    DynamoDBBackend.transact_write_items = transact_write_items


def forget():
    """Drop what is remembered of items and tables for a dashboard that nobody opens."""
    for model in model_data["dynamodb"].values():
        model.instances_tracked.clear()
