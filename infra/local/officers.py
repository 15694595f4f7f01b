"""Invented officers of the local run, one for each way of working."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    """Somebody who can sign in to the local run."""

    user_name: str
    name: str
    number: str
    groups: tuple[str, ...]
    password: str


OFFICERS = (
    DemoOfficer("officer", "Robin Vale", "4471", ("officer",), "Officer-local-1"),
    DemoOfficer("supervisor", "Morgan Ashe", "2096", ("supervisor",), "Supervisor-local-1"),
    DemoOfficer("clerk", "Sam Quill", "7712", ("clerk",), "Clerk-local-1"),
    DemoOfficer("auditor", "Alex Penrose", "9003", ("auditor",), "Auditor-local-1"),
    DemoOfficer("coordinator", "Kim Sayer", "3350", ("coordinator",), "Coordinator-local-1"),
    DemoOfficer("detective", "Jo Harlan", "5128", ("officer", "clerk"), "Detective-local-1"),
)


def create(cognito: Any, pool: str) -> None:  # noqa: ANN401 - boto3 makes clients at run time
    """Give the pool these officers, whether or not it has them already."""
    there = {user["Username"] for user in cognito.list_users(UserPoolId=pool)["Users"]}
    for officer in OFFICERS:
        if officer.user_name not in there:
            _create_one(cognito, pool, officer)


def _create_one(cognito: Any, pool: str, officer: DemoOfficer) -> None:  # noqa: ANN401 - as above
    who = {"UserPoolId": pool, "Username": officer.user_name}
    attributes = {
        "name": officer.name,
        "custom:number": officer.number,
        "preferred_username": officer.number,
    }
    cognito.admin_create_user(
        **who,
        MessageAction="SUPPRESS",
        UserAttributes=[{"Name": key, "Value": text} for key, text in attributes.items()],
    )
    cognito.admin_set_user_password(**who, Password=officer.password, Permanent=True)
    for group in officer.groups:
        cognito.admin_add_user_to_group(**who, GroupName=group)


def listing() -> str:
    """Return the table that is shown at the start."""
    rows = [f"  {who.user_name:11} {who.password:20} {', '.join(who.groups)}" for who in OFFICERS]
    return "\n".join(rows)


def as_rows() -> list[dict[str, Any]]:
    """Return the officers as plain values, for tests."""
    return [asdict(officer) for officer in OFFICERS]
