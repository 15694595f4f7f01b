"""The page /_outbox: every letter the local run sent, readable, with working links."""

import html
import re
from datetime import UTC, datetime
from typing import Any

LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:)]")
STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:56rem;padding:1rem;color:#0b0c0c}
article{border:1px solid #b1b4b6;border-radius:4px;margin:1rem 0;padding:1rem}
h2{font-size:1.2rem;margin:0}
dl{display:grid;grid-template-columns:auto 1fr;gap:0 .75rem;margin:.5rem 0}
dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;background:#f3f2f1;padding:1rem;margin:0}
iframe{width:100%;height:32rem;border:1px solid #b1b4b6}summary{cursor:pointer;padding:.5rem 0}
"""


def page(letters: list[dict[str, Any]]) -> str:
    """Return the whole page, newest letter first."""
    articles = "".join(_article(letter) for letter in reversed(letters))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Outbox ({len(letters)})</title><style>{STYLE}</style></head><body><main>"
        "<h1>Outbox</h1><p>What this local run has sent by e-mail. Nothing left this machine. "
        'Also as <a href="/_outbox.json">JSON</a>. <a href="/">Start page</a></p>'
        f"{articles or '<p>No letters yet. Reload this page after you have caused one.</p>'}"
        "</main></body></html>"
    )


def _article(letter: dict[str, Any]) -> str:
    facts = {
        "To": ", ".join(letter["To"]),
        "From": str(letter["Source"]),
        "At": datetime.fromtimestamp(letter["Timestamp"], UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }
    rows = "".join(f"<dt>{name}</dt><dd>{html.escape(text)}</dd>" for name, text in facts.items())
    return (
        f"<article><h2>{html.escape(letter['Subject'])}</h2><dl>{rows}</dl>"
        f"<pre>{_linked(letter['BodyText'] or '')}</pre>{_formatted(letter['BodyHtml'])}</article>"
    )


def _linked(text: str) -> str:
    parts, end = [], 0
    for found in LINK.finditer(text):
        address = html.escape(found.group())
        parts += [html.escape(text[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    return "".join([*parts, html.escape(text[end:])])


def _formatted(body: str | None) -> str:
    if not body:
        return ""
    # The letter's own page, without scripts; its links may leave the frame when clicked.
    frame = 'sandbox="allow-top-navigation-by-user-activation allow-popups" loading="lazy"'
    content = html.escape(f'<base target="_top">{body}')
    return (
        "<details><summary>As a formatted letter</summary>"
        f'<iframe title="Formatted letter" {frame} srcdoc="{content}"></iframe></details>'
    )
