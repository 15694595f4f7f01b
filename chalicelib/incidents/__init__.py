"""Incidents and the searches around them.

A search needs a case number, a purpose and a reason, by place and time only: there is no search
for a name. It reads the index and nothing else, so it shows where cameras are and what they may
have seen, never whose they are. Refused searches are recorded too.
"""

from chalicelib.incidents.actions import incident_of, search, view
from chalicelib.incidents.checks import check
from chalicelib.incidents.model import Incident, Result, Search
from chalicelib.jurisdictions.addresses import Place

__all__ = ["Incident", "Place", "Result", "Search", "check", "incident_of", "search", "view"]
