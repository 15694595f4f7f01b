"""The queue that wakes the mailer: each message is the id of one outbox row."""

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.aws.clients import client
from chalicelib.telemetry import logger


def wake(outbox_id: str) -> None:
    """Ask for this letter to be sent soon; if that fails the sweep asks again."""
    url = settings.current().outbox_queue_url
    try:
        client("sqs").send_message(QueueUrl=url, MessageBody=outbox_id)
    except (BotoCoreError, ClientError):
        logger.warning("mailer not woken", extra={"outbox_id": outbox_id})
