import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po

from chalicelib import language
from chalicelib.language import ngettext, said, say, speaking
from tools.catalogues import complete, messages, stored

ROOT = Path(__file__).parents[1]
FIRST_WORD = """
import sys
from chalicelib import language
with language.speaking("es"):
    print(language.gettext("Start now"), "babel" in sys.modules)
"""


def test_a_sentence_is_english_until_it_is_said_in_another_language():
    sentence = say("Enter a whole number from %(least)s to %(most)s", least=1, most=9)

    assert sentence == "Enter a whole number from 1 to 9"
    assert said(sentence) == "Enter a whole number from 1 to 9"
    with speaking("es"):
        assert said(sentence) == "Escriba un número entero de 1 a 9"
    assert said(sentence) == "Enter a whole number from 1 to 9"


def test_a_sentence_inside_a_sentence_is_said_too():
    distance = say("%(start)s to %(end)s", start=say("1 mile"), end="x")

    with speaking("es"):
        assert said(distance) == "1 milla a x"


def test_other_text_is_left_alone():
    with speaking("es"):
        assert said("100% Start now") == "100% Start now"


def test_a_language_nobody_has_translated_to_is_english():
    with speaking("xx"):
        assert language.gettext("Start now") == "Start now"
        assert ngettext("%(count)s day", "%(count)s days", 2) == "%(count)s days"


def test_a_plural_has_the_form_of_its_number():
    with speaking("es"):
        found = [ngettext("Your camera", "Your cameras", count) for count in (0, 1, 2)]

    assert found == ["Sus cámaras", "Su cámara", "Sus cámaras"]


def test_welsh_tells_six_kinds_of_numbers_apart():
    compiled = language.catalogue("cy")
    forms = {compiled.plural(count) for count in (0, 1, 2, 3, 6, 4)}

    assert forms == set(range(6))


def test_a_compiled_catalogue_says_what_its_source_says():
    source = read_po(BytesIO((language.FOLDER / "es.po").read_bytes()))
    texts = [one for one in messages(source) if isinstance(one.id, str)]

    with speaking("es"):
        assert {one.id: language.gettext(one.id) for one in texts} == {
            one.id: one.string for one in texts
        }
    assert all(complete(one) for one in messages(stored("es")))


def test_the_package_needs_no_compiler_of_catalogues(tmp_path):
    shutil.copytree(ROOT / "chalicelib", tmp_path / "chalicelib")
    source = tmp_path / "chalicelib" / "languages" / "es.po"
    source.with_suffix(".mo").write_bytes(language.compiled_from(source))
    source.unlink()
    command = [sys.executable, "-B", "-c", FIRST_WORD]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S603 - our own code

    assert done.stdout == "Empezar ahora False\n"
