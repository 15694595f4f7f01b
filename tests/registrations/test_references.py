import pytest

from chalicelib.errors import InvalidInput
from chalicelib.links import new_id
from chalicelib.registrations import references


def test_a_reference_is_eight_signs_that_nobody_mistakes(cloud):
    written = references.written(new_id())

    assert len(written) == 9
    assert not set("ILOU") & set(written)
    assert references.read(written.lower().replace("-", " ")) == written.replace("-", "")


def test_the_same_entry_has_the_same_reference(cloud):
    entry = new_id()

    assert references.written(entry) == references.written(entry)
    assert references.written(entry) != references.written(new_id())


def test_every_single_wrong_sign_is_noticed(cloud):
    right = references.read(references.written("abcdefghijklm"))
    passed = []
    for place in range(len(right)):
        for sign in references.SIGNS:
            typed = right[:place] + sign + right[place + 1 :]
            passed += [typed] if is_read(typed) and typed != right else []

    assert passed == []


def is_read(typed):
    try:
        references.read(typed)
    except InvalidInput:
        return False
    return True


@pytest.mark.parametrize("typed", ["", "K7Q2", "K7Q2-9F3X-2", "K7Q2-9F3*", "käse-1234"])
def test_what_is_no_reference_is_refused(cloud, typed):
    with pytest.raises(InvalidInput) as refused:
        references.read(typed)

    assert set(refused.value.fields) == {"reference"}
