"""Sending one letter through SES, tagged so that its events find their outbox row."""

from dataclasses import dataclass

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
)

from chalicelib import settings
from chalicelib.aws.clients import client
from chalicelib.errors import InvalidInput, OutcomeUnknown, SightlineError, Unavailable

REFUSED = {
    "BadRequestException",
    "MailFromDomainNotVerifiedException",
    "MessageRejected",
    "NotFoundException",
}
"""What SES says when the same letter would be refused again; the rest passes with time."""

SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Mail:
    """What goes out, to one address."""

    address: str
    subject: str
    text: str
    html: str
    tag: str


def send(mail: Mail) -> str:
    """Hand the mail to SES and return its message id.

    InvalidInput: it would be refused again. Unavailable: it was not sent. OutcomeUnknown: the
    answer was lost, so only an event with the tag can tell.
    """
    try:
        answer = client("sesv2").send_email(
            FromEmailAddress=settings.current().sender,
            Destination={"ToAddresses": [mail.address]},
            Content={"Simple": _content(mail)},
            EmailTags=[{"Name": "outbox", "Value": mail.tag}],
            ConfigurationSetName=settings.current().configuration_set,
        )
    except ClientError as error:
        raise _ours(error) from error
    except (ConnectTimeoutError, EndpointConnectionError) as error:
        raise Unavailable from error
    except BotoCoreError as error:
        raise OutcomeUnknown from error
    return str(answer["MessageId"])


def _ours(error: ClientError) -> SightlineError:
    code = error.response["Error"]["Code"]
    if code in REFUSED:
        return InvalidInput(code)
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    return OutcomeUnknown() if status >= SERVER_ERROR else Unavailable()


def _content(mail: Mail) -> dict[str, object]:
    return {
        "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
        "Body": {
            "Text": {"Data": mail.text, "Charset": "UTF-8"},
            "Html": {"Data": mail.html, "Charset": "UTF-8"},
        },
    }
