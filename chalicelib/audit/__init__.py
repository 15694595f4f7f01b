"""The append-only record of who did what: one hash chain for each registration, request, clip...

`record` goes into the transaction of the change itself, so nothing happens unrecorded and
nothing is recorded that did not happen. Chains are named `registration#<id>`, `request#<id>`,
`clip#<id>`, `search#<id>`, `officer#<id>`, `outbox#<id>`: one for each entity, so that two
people at work seldom meet. Actors are `owner:<registration id>`, `officer:<id>`,
`system:<function>` or `public`.
"""

from chalicelib.audit.actions import read_chain, read_day, record, verify
from chalicelib.audit.events import EVENTS, Event
from chalicelib.audit.model import AuditEntry

__all__ = ["EVENTS", "AuditEntry", "Event", "read_chain", "read_day", "record", "verify"]
