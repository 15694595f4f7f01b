import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cameras import (
    ACCURACY_MAX_M,
    DAYS_KEPT_MAX,
    POINT_ACCURACY_MAX_M,
    REACH_MAX_M,
    CameraDetails,
    IndexedView,
    Kind,
    Premises,
    packed,
    unpacked,
)
from chalicelib.cameras.packing import accuracy_in
from chalicelib.errors import InvalidInput
from chalicelib.geo import Point

HERE = Point(53.7632, -2.7031)
views = st.builds(
    IndexedView,
    heading=st.none() | st.integers(0, 359),
    view_angle=st.none() | st.integers(1, 360),
    reach_m=st.none() | st.integers(0, REACH_MAX_M),
    accuracy_m=st.integers(0, POINT_ACCURACY_MAX_M)
    | st.integers(1, ACCURACY_MAX_M // 200).map(lambda steps: 200 * steps),
    kind=st.sampled_from(Kind),
    premises=st.sampled_from(Premises),
    days_kept=st.none() | st.integers(0, DAYS_KEPT_MAX),
)


def details(view):
    return CameraDetails(
        HERE,
        kind=view.kind,
        premises=view.premises,
        heading=view.heading,
        view_angle=view.view_angle,
        reach_m=view.reach_m,
        accuracy_m=view.accuracy_m,
        days_kept=view.days_kept,
    )


@given(views)
def test_a_view_comes_out_of_six_bytes_as_it_went_in(view):
    entry = packed(details(view))
    assert len(entry) == 6
    assert unpacked(entry) == view
    assert accuracy_in(entry) == view.accuracy_m


@given(st.integers(0, ACCURACY_MAX_M))
def test_accuracy_is_never_made_better_than_it_is(metres):
    kept = unpacked(packed(CameraDetails(HERE, accuracy_m=metres))).accuracy_m
    assert metres <= kept < metres + (1 if metres <= POINT_ACCURACY_MAX_M else 200)


def test_the_format_on_disk_never_changes():
    view = IndexedView(270, 120, 60, 5, Kind.DOORBELL, Premises.BUSINESS, 30)
    assert packed(details(view)).hex() == "21c783c0a21e"


@pytest.mark.parametrize(
    "entry", [b"", b"\0" * 5, b"\0" * 7, b"\xc0" + b"\0" * 5, b"\x3f" + b"\xff" * 5]
)
def test_bytes_of_another_format_are_refused(entry):
    with pytest.raises(ValueError, match="not an index entry"):
        unpacked(entry)


@pytest.mark.parametrize("entry", [b"", b"\0" * 5, b"\0" * 7, b"\x40" + b"\0" * 5])
def test_the_accuracy_is_not_taken_from_bytes_of_another_format(entry):
    with pytest.raises(ValueError, match="not an index entry"):
        accuracy_in(entry)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("heading", 360),
        ("heading", -1),
        ("view_angle", 0),
        ("view_angle", 361),
        ("reach_m", REACH_MAX_M + 1),
        ("accuracy_m", ACCURACY_MAX_M + 1),
        ("days_kept", DAYS_KEPT_MAX + 1),
        ("address", "x" * 201),
        ("label", "x" * 201),
    ],
)
def test_what_the_index_could_not_hold_is_refused_by_name(field, value):
    with pytest.raises(InvalidInput) as refusal:
        CameraDetails(HERE, **{field: value})
    assert set(refusal.value.fields) == {field}
