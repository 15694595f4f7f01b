"""What all tables share: one connection, and names that come from the environment."""

import os

from pynamodb.connection import TableConnection
from pynamodb.models import Model

from chalicelib.aws.clients import connection


class Table(Model):
    """A table of ours. All share one connection: one each would cost 0.1 s each to open."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        own = super()._get_connection()
        if own.connection is not connection():
            connection().add_meta_table(own.get_meta_table())
            own.connection = connection()
        return own


def name_of(table: str) -> str:
    """Return the deployed name of `table`; undeployed (unit tests) it is the plain name."""
    return os.environ.get(f"TABLE_{table.upper()}", table)
