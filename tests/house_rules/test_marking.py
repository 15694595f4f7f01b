"""Nothing the public reads is written down where no translator finds it."""

import ast
import re
from html.parser import HTMLParser

import pytest
from jinja2 import Environment, nodes

from tools.catalogues import ROOT, templates

TEMPLATES = sorted(templates())
SPOKEN = re.compile(r"[A-Za-z]{2}")
SAID = ("aria-label", "title", "placeholder", "alt", "summary", "label")
OUTSIDE = {"script", "style"}
NAMES = {"SHA-256"}
"""What is called so in every language."""
CALLS = {"_", "ngettext", "gettext"}
SENTENCES = re.compile(r"[A-Z][a-z]*[ \u2019].*|[A-Z][a-z]{2,}")
"""How something that is said begins; ids, classes, units and formats look otherwise."""
OFFICERS = re.compile(
    r"/(compiled|officers|incidents|audit|aws|geo)/"  # geo: a form says what is wrong with a place
    r"|/web/(officer|coordinator|paper_forms|by_hand|openapi|bodies|json_text|problems)"
    r"|/registrations/(campaigns|forms|importing|opening)"  # the coordinator's desk
    r"|/footage_requests/(actions|drafting|sending)|/evidence/deciding"
)
"""Where only officers, coordinators or programs can go wrong: they are answered in English."""
PUBLIC = sorted(
    path for path in (ROOT / "chalicelib").rglob("*.py") if not OFFICERS.search(str(path))
)


class Text(HTMLParser):
    """The text a reader meets in a template, its expressions left out."""

    def __init__(self, source):
        super().__init__()
        self.found, self.open = [], []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.found += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag):
        if tag in self.open:
            del self.open[len(self.open) - 1 - self.open[::-1].index(tag) :]

    def handle_data(self, data):
        if not OUTSIDE & set(self.open):
            self.found.append(data)


def unmarked_text(source):
    """Return text that stands outside every `_(...)` and `{% trans %}`."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(source)
    classes = [block for block in tree.find_all(nodes.Block) if block.name == "body_class"]
    names = {id(data) for block in classes for data in block.find_all(nodes.TemplateData)}
    shown = [data.data for data in tree.find_all(nodes.TemplateData) if id(data) not in names]
    plain = "\x00".join(shown)
    found = [" ".join(text.replace("\x00", " ").split()) for text in Text(plain).found]
    return [text for text in found if SPOKEN.search(text) and text not in NAMES]


def unmarked_strings(source):
    """Return sentences handed to a macro or shown by an expression as they are."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(source)
    marked = {
        id(constant)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in CALLS
        for constant in call.find_all(nodes.Const)
    }
    return [
        constant.value
        for constant in tree.find_all(nodes.Const)
        if isinstance(constant.value, str)
        and id(constant) not in marked
        and SENTENCES.fullmatch(constant.value.strip())
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_text_of_a_template_is_marked(path):
    source = path.read_text()

    assert unmarked_text(source) == []
    assert unmarked_strings(source) == []


def test_an_unmarked_text_would_be_found():
    assert unmarked_text('<p lang="es">Hello {{ name }}</p>') == ["Hello"]
    assert unmarked_text('<a aria-label="Go back" href="/">{{ _("Back") }}</a>') == ["Go back"]
    assert unmarked_text("<p>{% trans %}Hello {{ name }}{% endtrans %}</p>") == []
    assert unmarked_strings('{{ button("Save", "action") }}') == ["Save"]
    assert unmarked_strings('{{ button(_("Save"), "action") }}') == []


def raised(tree):
    """Yield the sentences of every error that is raised or collected."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ERRORS.search(ast.unparse(node.func)):
            yield from spoken(node)
        if isinstance(node, ast.Assign) and "wrong" in ast.unparse(node.targets[0]):
            yield from spoken(node.value)


DESK = {
    "Enter the date on the form and where it is kept.",
    "Somebody takes part with this email address already.",
    "Choose how you know that this person leaves.",
}
"""What only a coordinator at the desk is told."""
ERRORS = re.compile(
    r"^(InvalidInput|LimitExceeded|StateConflict|NotFound|LinkGone|TooManyRequests|OutsideJurisdiction"
    r"|_unknown|_refuse\w*)$"
)


def spoken(node):
    """Yield the texts below a node that no `say(...)` holds."""
    if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "say":
        return
    if isinstance(node, ast.JoinedStr):
        yield ast.unparse(node)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from spoken(child)


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_error_the_public_can_meet_is_marked(path):
    assert set(raised(ast.parse(path.read_text()))) - DESK == set()


def test_an_unmarked_error_would_be_found():
    assert list(raised(ast.parse('raise InvalidInput(fields={"a": "Enter a day"})')))
    assert list(raised(ast.parse('wrong["a"] = f"At most {most} signs"')))
    assert not list(raised(ast.parse('raise InvalidInput(fields={"a": say("Enter a day")})')))


OWN_SCRIPTS = [
    path
    for path in sorted((ROOT / "chalicelib/web/static").glob("*.js"))
    if not path.name.startswith(("officer-", "leaflet", "govuk"))
]
LITERAL = re.compile(r"""(["'])((?:(?!\1)[^\\\n])*)\1""")


def sentences(script):
    """Return the texts of a script that look as if somebody was meant to read them."""
    plain = re.sub(r"/\*.*?\*/|//[^\n]*", "", script, flags=re.DOTALL)
    return [text for _, text in LITERAL.findall(plain) if re.match(r"[A-Z][a-z]+ [a-z]", text)]


@pytest.mark.parametrize("path", OWN_SCRIPTS, ids=lambda path: path.name)
def test_a_public_script_says_only_what_its_page_gives_it(path):
    assert sentences(path.read_text()) == []


def test_a_sentence_in_a_script_would_be_found():
    assert sentences('announce("It continues by itself.");') == ["It continues by itself."]
