"""Bodies no honest client sends: thirteen shapes, and the content types they may come in."""

CANARY = "canary-7f3a"

SHAPES = {
    "nothing": b"",
    "null": b"null",
    "list": b"[]",
    "text": f'"{CANARY}"'.encode(),
    "number": b"12345678901234567890123456789012345678901234567890",
    "not a number": b'{"a": NaN}',
    "infinite": b'{"a": 1e999, "b": -Infinity}',
    "deep": b"[" * 60_000,
    "deep objects": b'{"a":' * 30 + b"1" + b"}" * 30,
    "surrogate": f'{{"{CANARY}": "\\ud800"}}'.encode(),
    "twice": f'{{"a": "{CANARY}", "a": 2}}'.encode(),
    "not UTF-8": b"a=%ff&b=\xff\xfe\x00",
    "too large": b"a=" + b"x" * 70_000,
    "cut off": f'{{"a": "{CANARY}'.encode(),
    "two lines": f"csrf=a%0d%0aSet-Cookie:{CANARY}&step={CANARY}%00&step=2".encode(),
    "right to left": f'{{"a": "\\u202e{CANARY}"}}'.encode(),
}

CONTENT_TYPES = (
    "application/json",
    "application/x-www-form-urlencoded",
    "text/plain",
    f"multipart/form-data; boundary={CANARY}",
    f"application/{CANARY}",
    "application/octet-stream",
    "",
)
