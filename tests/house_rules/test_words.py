import ast
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from chalicelib import jurisdictions

ROOT = Path(__file__).parents[2]
CODE = sorted(p for p in (ROOT / "chalicelib").rglob("*.py") if "compiled" not in p.parts)
TEMPLATES = sorted(
    p
    for folder in ("web/templates", "letters")
    for p in (ROOT / "chalicelib" / folder).rglob("*")
    if p.suffix in {".html", ".txt"}
)
PROGRAMMES = jurisdictions.ids()
ROOTS = {"words", "jurisdiction"}


def strings(path):
    tree = ast.parse(path.read_text())
    docs = {id(doc) for doc in map(docstring, ast.walk(tree)) if doc}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def docstring(node):
    body = getattr(node, "body", None)
    first = body[0] if isinstance(body, list) and body else None
    return first.value if isinstance(first, ast.Expr) else None


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_no_code_asks_for_a_programmes_name(path):
    words = {word for text in strings(path) for word in text.replace("/", " ").split()}

    assert not words & set(PROGRAMMES)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_template_holds_a_programmes_or_forces_name(path):
    text = path.read_text()
    told = [jurisdictions.load(one) for one in PROGRAMMES]
    names = {name for one in told for name in (one.programme, one.force, one.id) if name != "demo"}

    assert not {name for name in names if name in text}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_jurisdiction_has_every_word_a_template_asks_for(path):
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(path.read_text())
    chains = {chain for node in tree.find_all(nodes.Getattr) if (chain := chain_of(node))}

    missing = {(one, chain) for one in PROGRAMMES for chain in chains if not has(one, chain)}

    assert missing == set()


def chain_of(node):
    """Return ("words", "postcode_label") for words.postcode_label, () for anything else."""
    parts = []
    while isinstance(node, nodes.Getattr):
        parts.append(node.attr)
        node = node.node
    if not isinstance(node, nodes.Name) or node.name not in ROOTS:
        return ()
    return (node.name, *reversed(parts))


def has(programme, chain):
    jurisdiction = jurisdictions.load(programme)
    found = {"words": jurisdiction.words, "jurisdiction": jurisdiction}[chain[0]]
    for name in chain[1:]:
        if hasattr(found, "keys") and name in found:
            found = found[name]
            continue
        if not hasattr(found, name):
            return False
        found = getattr(found, name)
    return True


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_every_jurisdiction_has_every_word_the_code_asks_for(path):
    asked = {
        node.slice.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Subscript)
        and ast.unparse(node.value).endswith(".words")
        and isinstance(node.slice, ast.Constant)
    }

    for programme in PROGRAMMES:
        assert asked <= set(jurisdictions.load(programme).words), programme
