"""A geo index too big for the local stand-in: sorted in memory, paged as DynamoDB pages."""

import io
import json
from bisect import bisect_left, bisect_right

from botocore.awsrequest import AWSResponse

PAGE_BYTES = 1_000_000
ENTRY_BYTES = 35
"""As DynamoDB counts: names and values of id, keys and packed view."""


class BigIndex:
    """Answers the queries of a client from rows of partition, sort key, id and packed view."""

    def __init__(self, rows):
        self.rows = sorted(rows)
        self.pages = []

    def answer(self, request, **_):
        query = json.loads(request.body)
        names = query["KeyConditionExpression"].split()
        values = query["ExpressionAttributeValues"]
        partition, low, high = (values[name]["S"] for name in (":partition", ":low", ":high"))
        begin = bisect_left(self.rows, (partition, low))
        if "ExclusiveStartKey" in query:
            start = query["ExclusiveStartKey"]
            begin = bisect_right(self.rows, (partition, start[names[4]]["S"], start["i"]["S"], "~"))
        end = bisect_right(self.rows, (partition, high, "~"))
        return self._page(request, self.rows[begin:end], names[0], names[4])

    def _page(self, request, rows, hash_name, range_name):
        page = rows[: PAGE_BYTES // ENTRY_BYTES]
        items = [
            {hash_name: {"S": g}, range_name: {"S": s}, "i": {"S": i}, "v": {"B": v}}
            for g, s, i, v in page
        ]
        body = {"Items": items, "Count": len(items), "ScannedCount": len(items)}
        body["ConsumedCapacity"] = {"CapacityUnits": len(items) * ENTRY_BYTES / 8192}
        if len(page) < len(rows):
            body["LastEvaluatedKey"] = {k: v for k, v in items[-1].items() if k != "v"}
        self.pages.append(len(items))
        return AWSResponse(request.url, 200, {}, _Body(json.dumps(body).encode()))


class _Body(io.BytesIO):
    """What an HTTP library's answer looks like to botocore."""

    def stream(self, **_):
        yield self.read()
