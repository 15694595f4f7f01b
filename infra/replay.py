"""Erase again whoever a restored backup brought back: python -m infra.replay <id>.

Runs with the environment of the deployed sweep, so that it reads the tables that are live now.
Whoever runs it needs the rights the sweep has, and to scan the tombstones.
"""

import os
import sys

import boto3

from infra import stack as stacks


def main() -> None:
    """Replay the tombstones of one jurisdiction's stack and print how many people were erased."""
    stack = stacks.read(sys.argv[1] if len(sys.argv) > 1 else "")
    os.environ.update(environment_of(stack))
    os.environ.setdefault("AWS_DEFAULT_REGION", stack.region)

    from chalicelib import clock  # noqa: PLC0415 - table names come from the environment
    from chalicelib.web import mailroom  # noqa: PLC0415 - as above

    erased = mailroom.replay_tombstones(clock.now())
    print(f"{len(erased)} erased again")


def environment_of(stack: stacks.Stack) -> dict[str, str]:
    """Return what the deployed sweep sees in its environment."""
    region = {"region_name": stack.region}
    name = stacks.outputs(stack)["SweepFunction"]
    found = boto3.client("lambda", **region).get_function_configuration(FunctionName=name)
    return dict(found["Environment"]["Variables"])


if __name__ == "__main__":
    main()
