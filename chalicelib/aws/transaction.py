"""One all-or-nothing write over several tables, and what to do once it has been written."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from pynamodb.exceptions import DoesNotExist, PynamoDBException, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib.aws.clients import connection
from chalicelib.errors import StateConflict, Unavailable

__all__ = ["Action", "Condition", "Transaction", "translated"]

Item = TypeVar("Item", bound=Model)
CONFLICTS = {"ConditionalCheckFailed", "TransactionConflict", "DuplicateItem"}
MOST_ACTIONS = 100
"""DynamoDB takes no more in one transaction."""


class Transaction:
    """Collects writes; nothing reaches a table before `commit`.

    DynamoDB takes at most 100 actions and 4 MB in one transaction, and one action an item.
    `room` says how many actions still fit.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._puts: list[tuple[Model, Condition | None]] = []
        self._updates: list[tuple[Model, list[Action], Condition | None]] = []
        self._deletes: list[tuple[Model, Condition | None]] = []
        self._checks: list[tuple[type[Model], object, object, Condition]] = []
        self._beforehand: list[Callable[[], None]] = []
        self._afterwards: list[Callable[[], None]] = []

    @property
    def room(self) -> int:
        """Return how many more actions fit."""
        held = (self._puts, self._updates, self._deletes, self._checks)
        return MOST_ACTIONS - sum(len(actions) for actions in held)

    def put(self, item: Model, condition: Condition | None = None) -> None:
        """Write the whole item, if `condition` holds for what is there now."""
        self._puts.append((item, condition))

    def pending(self, model: type[Item], matches: Callable[[Item], bool]) -> Item | None:
        """Return a matching item that is already to be put; it may be changed until `commit`."""
        for item, _ in self._puts:
            if isinstance(item, model) and matches(item):
                return item
        return None

    def update(
        self, item: Model, actions: Sequence[Action], condition: Condition | None = None
    ) -> None:
        """Change some attributes of the item that has this key."""
        self._updates.append((item, list(actions), condition))

    def delete(self, item: Model, condition: Condition | None = None) -> None:
        """Remove the item that has this key."""
        self._deletes.append((item, condition))

    def check(
        self, model: type[Model], hash_key: object, range_key: object, condition: Condition
    ) -> None:
        """Go ahead only if `condition` holds for an item that is not itself changed."""
        self._checks.append((model, hash_key, range_key, condition))

    def beforehand(self, step: Callable[[], None]) -> None:
        """Run `step` right before the writes: what must hold at the latest when they are seen.

        It stays done if the writes are then refused, so it must be harmless without them.
        """
        self._beforehand.append(step)

    def afterwards(self, step: Callable[[], None]) -> None:
        """Run `step` once the writes are safe. A crash may lose it: a sweep makes up for that."""
        self._afterwards.append(step)

    def commit(self) -> None:
        """Write everything or nothing. Raise StateConflict if a condition failed."""
        for step in self._beforehand:
            step()
        with translated():
            self._write()
        for step in self._afterwards:
            step()

    def _write(self) -> None:
        with TransactWrite(connection=connection()) as write:
            for item, condition in self._puts:
                write.save(item, condition=condition)
            for item, actions, condition in self._updates:
                write.update(item, actions=actions, condition=condition)
            for item, condition in self._deletes:
                write.delete(item, condition=condition)
            for model, hash_key, range_key, condition in self._checks:
                write.condition_check(model, hash_key, range_key, condition)


@contextmanager
def translated() -> Iterator[None]:
    """Turn PynamoDB's errors into ours."""
    try:
        yield
    except TransactWriteError as error:
        codes = {reason.code for reason in error.cancellation_reasons if reason}
        if codes & CONFLICTS:
            raise StateConflict from error
        raise Unavailable from error
    except DoesNotExist:
        raise
    except PynamoDBException as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            raise StateConflict from error
        raise Unavailable from error
