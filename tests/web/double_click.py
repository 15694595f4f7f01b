"""The other press of a double click: it comes right before the first one writes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from chalicelib.aws.clients import connection


@contextmanager
def other_press(act: Callable[[], object]) -> Iterator[list[object]]:
    """Do `act` once, right before the next transaction is written; give what it returned."""
    events, begun, done = connection().client.meta.events, [], []

    def press(model, **_call):
        if model.name == "TransactWriteItems" and not begun:
            begun.append(model)
            done.append(act())

    events.register("before-call", press)
    try:
        yield done
    finally:
        events.unregister("before-call", press)
