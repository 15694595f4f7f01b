"""Ten thousand bodies of forms, some nearly right, most of them not; the same ones each time."""

import json
import random
from urllib.parse import quote, urlencode

PLAUSIBLE = {
    "name": ["Ann Lee", "Night manager"],
    "email": ["ann@residents.example", "other@residents.example"],
    "phone": ["785-555-0142", ""],
    "premises": ["home", "business"],
    "place": ["302 Millrace Street", "40.0, -98.0", ""],
    "latitude": ["40.0", ""],
    "longitude": ["-98.0", ""],
    "kind": ["doorbell", "fixed"],
    "heading": ["90", ""],
    "view_angle": ["120", ""],
    "days_kept": ["14", ""],
    "label": ["yard", ""],
    "agree": ["yes"],
    "action": ["continue", "another", "find"],
    "answer": ["nothing_there", "have_footage", "cannot_help"],
    "language": ["en-US", "es"],
    "code": ["K7MP-3XWD"],
    "reach": ["email", "phone"],
    "note": ["The clock is ten minutes fast."],
}
HOSTILE = [
    *("", " ", "\x00", "\r\nBcc: a@b.example", "\u202e", "\ud7ff\u0000", "💥" * 400, "é" * 3000),
    *("NaN", "1e999", "-1", "9" * 400, "0x10", "١٢", "1,5", "--", "None", "true", "[]", "{}"),
    *("<script>alert(1)</script>", "{{7*7}}", "%(name)s", "{name}", "'; DROP TABLE", "../../etc"),
    *(
        "a@b",
        "a@b.example\n",
        "@",
        "a" * 300 + "@b.example",
        "javascript:alert(1)",
        "\ufeff",
        "\u2028",
    ),
    *("2026-02-30", "25:61", "13/45/2026", "0000-00-00", "yes" * 50, "on", "\t" * 5000),
]
FORM = "application/x-www-form-urlencoded"
BOUNDARY = "edge"


def bodies(fields, count, seed):
    """Return pairs of body and content type for a route; `fields` are the names forms use."""
    by_chance = random.Random(seed)  # noqa: S311 - invented bodies
    return [_body(by_chance, fields) for _ in range(count)]


def _body(by_chance, fields):
    chosen = by_chance.sample(fields, by_chance.randint(0, min(12, len(fields))))
    pairs = [(name, _value(by_chance, name)) for name in chosen]
    if pairs and by_chance.random() < 0.1:
        pairs.append((pairs[0][0], _value(by_chance, pairs[0][0])))
    if by_chance.random() < 0.05:
        pairs.append((by_chance.choice(HOSTILE) or "x", "1"))
    return by_chance.choices((_form, _parts, _json, _broken), weights=(76, 8, 8, 8))[0](
        by_chance, pairs
    )


def _value(by_chance, name):
    if by_chance.random() < 0.5:
        return by_chance.choice(PLAUSIBLE.get(name, ["1", "yes", "abc"]))
    return by_chance.choice(HOSTILE)


def _form(_by_chance, pairs):
    return urlencode(pairs).encode(), FORM


def _parts(_by_chance, pairs):
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in pairs
    ]
    text = "".join([*parts, f"--{BOUNDARY}--\r\n"])
    return text.encode(errors="replace"), f"multipart/form-data; boundary={BOUNDARY}"


def _json(_by_chance, pairs):
    return json.dumps(dict(pairs)).encode(), "application/json"


def _broken(by_chance, pairs):
    text = "&".join(f"{name}={quote(value)}" for name, value in pairs).encode()
    noise = bytes(by_chance.randrange(256) for _ in range(20))
    place = by_chance.randint(0, len(text))
    return text[:place] + by_chance.choice((noise, b"%", b"%f", b"&&==&", b"")), FORM
