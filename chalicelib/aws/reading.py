"""Reading items, and changing a single one, so that a missing one is None and errors are ours."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chalicelib.aws.transaction import translated

Item = TypeVar("Item", bound=Model)


def one(model: type[Item], hash_key: object, range_key: object = None) -> Item | None:
    """Return the item as of all finished writes, or None."""
    try:
        with translated():
            return model.get(hash_key, range_key, consistent_read=True)
    except model.DoesNotExist:
        return None


def every(query: Callable[[], Iterable[Item]]) -> tuple[Item, ...]:
    """Return all pages of a query, e.g. `every(lambda: AuditItem.query(chain))`."""
    with translated():
        return tuple(query())


def some(query: Callable[[], Iterable[Item]]) -> Iterator[Item]:
    """Give the items of a query one by one, page after page, for as long as they are wanted."""
    with translated():
        yield from query()


def change(item: Model, actions: Sequence[Action], condition: Condition) -> None:
    """Change one item outside any transaction; StateConflict if `condition` does not hold."""
    with translated():
        item.update(actions=list(actions), condition=condition)
