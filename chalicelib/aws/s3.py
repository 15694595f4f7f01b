"""The bucket of clips: uploads granted to browsers, the bytes that arrived, and downloads."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import botocore.config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import settings
from chalicelib.aws.clients import session
from chalicelib.errors import NotFound, StateConflict, Unavailable

CONTENT_TYPE = "application/octet-stream"
"""Fixed for every clip: nothing that arrives is ever shown or run as what it claims to be."""
CHUNK = 1024 * 1024
MISSING = {"404", "NoSuchKey", "NoSuchUpload", "NoSuchVersion", "NotFound"}
REFUSED = {"EntityTooSmall", "InvalidPart", "InvalidPartOrder", "BadDigest", "InvalidRequest"}


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part S3 holds, as ListParts tells."""

    number: int
    size: int
    etag: str


@dataclass(frozen=True, slots=True)
class Form:
    """Where a plain HTML form posts a file to, and its hidden fields."""

    url: str
    fields: Mapping[str, str]


@cache
def _client(bucket: str, origin: str) -> Any:  # noqa: ANN401 - botocore makes its classes at run time
    # A presigned address must have the host that the content security policy names, or browsers
    # refuse it. Left alone, botocore signs for bucket.s3.amazonaws.com, whatever the region.
    host = urlsplit(origin).hostname or ""
    style = "virtual" if host.startswith(f"{bucket}.") else "path"
    config = botocore.config.Config(
        signature_version="s3v4",
        s3={"addressing_style": style, "us_east_1_regional_endpoint": "regional"},
        retries={"mode": "standard", "max_attempts": 4},
        connect_timeout=3,
        read_timeout=20,
    )
    return session().create_client("s3", config=config)


def _s3() -> Any:  # noqa: ANN401 - as above
    return _client(_bucket(), settings.current().clip_origin)


def _bucket() -> str:
    return settings.current().clip_bucket


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in MISSING:
            raise NotFound from error
        raise (StateConflict if code in REFUSED else Unavailable) from error
    except BotoCoreError as error:
        raise Unavailable from error


def begin_upload(key: str) -> str:
    """Begin an upload in parts and return S3's id for it."""
    with _translated():
        answer = _s3().create_multipart_upload(
            Bucket=_bucket(), Key=key, ContentType=CONTENT_TYPE, ChecksumAlgorithm="SHA256"
        )
    return str(answer["UploadId"])


def presign_part(  # noqa: PLR0913 - what identifies one part, all keyword-only but two
    key: str, upload_id: str, *, number: int, size: int, sha256: str, lives: timedelta
) -> tuple[str, dict[str, str]]:
    """Return an address that takes exactly these bytes as part `number`, and its headers.

    Length and digest are inside the signature, so S3 refuses any other bytes. A browser sets
    Content-Length by itself and lets no page do it, so only the digest is handed out.
    """
    parameters = {
        "Bucket": _bucket(),
        "Key": key,
        "UploadId": upload_id,
        "PartNumber": number,
        "ContentLength": size,
        "ChecksumSHA256": sha256,
    }
    url = _s3().generate_presigned_url(
        "upload_part", Params=parameters, ExpiresIn=int(lives.total_seconds())
    )
    return str(url), {"x-amz-checksum-sha256": sha256}


def presign_form(key: str, *, most: int, redirect: str, lives: timedelta) -> Form:
    """Return a form that can put one file of at most `most` bytes at `key`, and nothing else."""
    fields = {"Content-Type": CONTENT_TYPE, "success_action_redirect": redirect}
    conditions: list[object] = [{name: value} for name, value in fields.items()]
    answer = _s3().generate_presigned_post(
        Bucket=_bucket(),
        Key=key,
        Fields=fields,
        Conditions=[*conditions, ["content-length-range", 1, most]],
        ExpiresIn=int(lives.total_seconds()),
    )
    return Form(str(answer["url"]), dict(answer["fields"]))


def parts_of(key: str, upload_id: str) -> tuple[StoredPart, ...]:
    """Return the parts that have arrived; NotFound if the upload is finished or given up."""
    with _translated():
        pages = (
            _s3()
            .get_paginator("list_parts")
            .paginate(Bucket=_bucket(), Key=key, UploadId=upload_id)
        )
        return tuple(
            StoredPart(int(part["PartNumber"]), int(part["Size"]), str(part["ETag"]))
            for page in pages
            for part in page.get("Parts", [])
        )


def complete(
    key: str, upload_id: str, parts: Sequence[StoredPart], digests: Mapping[int, str]
) -> None:
    """Join the parts; S3 compares each digest with what it has itself computed."""
    listed = [
        {"PartNumber": part.number, "ETag": part.etag, "ChecksumSHA256": digests[part.number]}
        for part in parts
    ]
    with _translated():
        _s3().complete_multipart_upload(
            Bucket=_bucket(), Key=key, UploadId=upload_id, MultipartUpload={"Parts": listed}
        )


def composite(digests: Iterable[str]) -> str:
    """Return the checksum S3 gives an upload in parts: the digest of the parts' digests."""
    each = [base64.b64decode(digest) for digest in digests]
    joined = base64.b64encode(hashlib.sha256(b"".join(each)).digest()).decode()
    return f"{joined}-{len(each)}"


def abort(key: str, upload_id: str) -> None:
    """Give an upload up; its parts are deleted. Nothing to give up is as good."""
    try:
        with _translated():
            _s3().abort_multipart_upload(Bucket=_bucket(), Key=key, UploadId=upload_id)
    except NotFound:
        return


def versions_of(key: str) -> tuple[str, ...]:
    """Return all versions of one object, oldest first."""
    return tuple(reversed([version for version, marker in _listed(key) if not marker]))


def _listed(key: str) -> list[tuple[str, bool]]:
    with _translated():
        pages = _s3().get_paginator("list_object_versions").paginate(Bucket=_bucket(), Prefix=key)
        found = []
        for page in pages:
            for kind in ("Versions", "DeleteMarkers"):
                same = [item for item in page.get(kind, []) if item["Key"] == key]
                found += [(str(item["VersionId"]), kind == "DeleteMarkers") for item in same]
        return found


def stream(key: str, version: str) -> Iterator[bytes]:
    """Yield the bytes of one version in chunks; never more than a chunk is in memory."""
    with _translated():
        answer = _s3().get_object(Bucket=_bucket(), Key=key, VersionId=version)
        yield from answer["Body"].iter_chunks(CHUNK)


def remove_all(key: str) -> None:
    """Delete every version of an object for good, delete markers too."""
    with _translated():
        for version, _ in _listed(key):
            _s3().delete_object(Bucket=_bucket(), Key=key, VersionId=version)


def remove(key: str, version: str) -> None:
    """Delete one version for good."""
    with _translated():
        _s3().delete_object(Bucket=_bucket(), Key=key, VersionId=version)


def presign_download(key: str, version: str, *, file_name: str, lives: timedelta) -> str:
    """Return an address that saves one version as `file_name` and never shows it."""
    parameters = {
        "Bucket": _bucket(),
        "Key": key,
        "VersionId": version,
        "ResponseContentDisposition": f'attachment; filename="{file_name}"',
        "ResponseContentType": CONTENT_TYPE,
    }
    return str(
        _s3().generate_presigned_url(
            "get_object", Params=parameters, ExpiresIn=int(lives.total_seconds())
        )
    )
