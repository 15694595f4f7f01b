"""Writes down what owners are given to agree to: `python -m tools.notices`.

Each programme, version and language gets one line with its fingerprint. Words that have been
published under a version stay what they were: changed words need a new `notice_version`. Words
nobody has agreed to yet may be taken again with `--again`.
"""

import sys

from chalicelib.jurisdictions import notices, reader

HEAD = "# What owners agreed to, by programme, version and language; `python -m tools.notices`.\n"


def published() -> notices.Ledger:
    """Return the fingerprints of what each programme says today."""
    found: notices.Ledger = {}
    for jurisdiction_id in ours():
        for code in reader.programme(jurisdiction_id).languages:
            given = notices.notice(reader.read(jurisdiction_id, code))
            versions = found.setdefault(jurisdiction_id, {})
            versions.setdefault(given.version, {})[code] = given.sha256
    return found


def ours() -> list[str]:
    """Return the programmes that come with the source, not those a deployer adds."""
    return [name for name in reader.ids() if (reader.HERE / f"{name}.toml").is_file()]


def changed(known: notices.Ledger, today: notices.Ledger) -> list[str]:
    """Name what says something else today than what was written down for the same version."""
    return [
        f"{name} {version} {code}"
        for name, version, code, sha256 in lines(today)
        if known.get(name, {}).get(version, {}).get(code, sha256) != sha256
    ]


def lines(ledger: notices.Ledger) -> list[tuple[str, str, str, str]]:
    return [
        (name, version, code, sha256)
        for name, versions in sorted(ledger.items())
        for version, codes in sorted(versions.items())
        for code, sha256 in sorted(codes.items())
    ]


def joined(known: notices.Ledger, today: notices.Ledger) -> notices.Ledger:
    """Add today's to what is known."""
    result: notices.Ledger = {}
    for name, version, code, sha256 in lines(known) + lines(today):
        result.setdefault(name, {}).setdefault(version, {})[code] = sha256
    return result


def written(ledger: notices.Ledger) -> str:
    text, table = HEAD, ""
    for name, version, code, sha256 in lines(ledger):
        if table != (table := f'\n[{name}."{version}"]\n'):
            text += table
        text += f'{code} = "{sha256}"\n'
    return text


def main(arguments: list[str]) -> int:
    """Write the ledger; return 1 and write nothing if a version's words have changed."""
    known, today = notices.ledger(), published()
    wrong = changed(known, today)
    if wrong and "--again" not in arguments:
        print("These words changed; give them a new notice_version:", *wrong, sep="\n  ")
        return 1
    (reader.HERE / notices.LEDGER).write_text(written(joined(known, today)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
