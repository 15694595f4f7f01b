from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.cameras import CameraDetails, Kind, Premises, lists
from chalicelib.cameras.list_cells import Spoken
from chalicelib.cameras.lists import Repeat, WrongLine
from chalicelib.errors import InvalidInput
from chalicelib.geo import Point

HERE = Point(40.0, -98.0)
SPOKEN = Spoken(
    columns={"Dirección": "address", "Nombre": "label", "Mira hacia": "heading"},
    kinds={"Timbre": Kind.DOORBELL},
    compass={"noroeste": 315},
)


def locate(text):
    if "Mill" in text:
        return HERE
    raise InvalidInput(fields={"place": "We could not find that address"})


def covers(point):
    return 39 < point.latitude < 41 and -99 < point.longitude < -97


def read(*lines, **more):
    return lists.read("\n".join(lines), locate=locate, covers=covers, **more)


def a_camera(**changes):
    given = {"point": HERE, "premises": Premises.BUSINESS, "accuracy_m": 10}
    return CameraDetails(**(given | changes))


def only(found):
    assert (found.wrong, len(found.cameras)) == ((), 1)
    return found.cameras[0].details


def test_a_line_with_everything_becomes_a_camera():
    found = read(
        "label,address,latitude,longitude,kind,heading,view_angle,days_kept",
        '"Till, left",1 Mill St,40.0,-98.0,dome,90,120,30',
    )
    assert only(found) == a_camera(
        label="Till, left",
        address="1 Mill St",
        kind=Kind.DOME,
        heading=90,
        view_angle=120,
        days_kept=30,
    )


def test_a_list_that_would_take_all_day_is_refused_before_any_address_is_looked_for():
    looked = []

    def never(text):
        looked.append(text)
        return HERE

    for text in ("address\n" + "1 Mill St\n" * 1000, "address," + "x," * 10_000 + "\n1 Mill St"):
        found = lists.read(text, locate=never, covers=covers)
        assert (found.cameras, len(found.wrong), found.ignored) == ((), 1, ())
        assert "too long" in found.wrong[0].sentence
    assert looked == []


def test_a_line_may_have_an_address_only():
    assert only(read("address", "1 Mill St")) == a_camera(address="1 Mill St", accuracy_m=25)


@pytest.mark.parametrize(
    "text",
    [
        "label,latitude,longitude\nTill,40.0,-98.0",
        "label;latitude;longitude\r\nTill;40,0;-98,0\r\n",
        "label\tlatitude\tlongitude\rTill\t40.0\t-98,000",
        "\ufefflabel,latitude,longitude\nTill,40,-98",
        "sep=;\nLABEL;Latitude; longitude \nTill;40;-98\n;;\n\n",
        '"Label","Latitude","Longitude"\n"Till","40.0","-98.0"',
        "label,latitude,longitude,,\nTill,40.0,-98.0,,",
        "latitude,longitude,label\n'40.0,'-98.0,Till",
    ],
)
def test_whatever_spreadsheet_programs_write_is_read(text):
    found = lists.read(text, locate=locate, covers=covers)
    assert only(found) == a_camera(label="Till")


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("heading", "360", 0),
        ("heading", "90.0", 90),
        ("heading", "45°", 45),
        ("heading", "NW", 315),
        ("heading", "", None),
        ("view angle", "120 degrees", 120),
        ("Days kept", "14 days", 14),
        ("kind", "Doorbell", Kind.DOORBELL),
        ("kind", "", Kind.OTHER),
    ],
)
def test_numbers_and_kinds_are_read_as_people_write_them(column, cell, value):
    camera = only(read(f"address,{column}", f"1 Mill St,{cell}"))
    assert getattr(camera, column.lower().replace(" ", "_")) == value


def test_columns_may_be_called_as_the_form_calls_them():
    found = read(
        "Nombre;direccion;MIRA HACIA;kind", "Caja;1 Mill St;noroeste;timbre", spoken=SPOKEN
    )
    camera = only(found)
    assert (camera.label, camera.heading, camera.kind) == ("Caja", 315, Kind.DOORBELL)


def test_columns_we_do_not_know_are_named_and_left_out():
    found = read("address,Serial no,Password,address", "1 Mill St,X1,hunter2,2 Mill St")
    assert found.ignored == ("Serial no", "Password", "address")
    assert only(found).address == "1 Mill St"
    assert "hunter2" not in str(found)


@pytest.mark.parametrize(
    ("line", "column", "sentence"),
    [
        (",,,,", "address", "Enter an address, or latitude and longitude"),
        ("9 Elm St,,,,", "address", "We could not find that address"),
        (",40.0,,,", "longitude", "Enter latitude and longitude as numbers"),
        (",4e1,-98,,", "latitude", "Enter latitude and longitude as numbers"),
        (",91,-98,,", "latitude", "Latitude goes from -90 to 90 and longitude from -180 to 180"),
        (",-98,40,,", "latitude", "Latitude goes from -90 to 90 and longitude from -180 to 180"),
        (",50,-1,,", "latitude", "That place is outside our area."),
        (",40,-98,north by east,", "heading", "Enter a whole number from 0 to 360"),
        (",40,-98,361,", "heading", "Enter a whole number from 0 to 360"),
        (",40,-98,-1,", "heading", "Enter a whole number from 0 to 360"),
        (
            ",40,-98,,drone",
            "kind",
            "Enter one of doorbell, fixed, floodlight, dome, indoor, dash, other",
        ),
        ("x" * 201 + ",40,-98,,", "address", "Use at most 200 characters"),
        ("a\x07b,40,-98,,", "address", "Some of the text has characters that cannot be used."),
        (",40,-98,,,,7", "", "This line has more cells than the first line has columns"),
        (
            '"1 Mill St,40,-98,,',
            "",
            "A quotation mark is not closed. Put each camera on one line of its own",
        ),
        ("x" * 2001, "", "This line is too long. It can have at most 2000 characters"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_column(line, column, sentence):
    good = "1 Mill St,,,,dome"
    found = read(
        "address,latitude,longitude,heading,kind", good, line + "z" * (line == ",,,,"), good
    )
    if line == ",,,,":
        column, sentence = (
            "kind",
            "Enter one of doorbell, fixed, floodlight, dome, indoor, dash, other",
        )
        found = replace(found, wrong=(WrongLine(3, column, found.wrong[0].sentence),))
        assert found.wrong[0].sentence.startswith("Enter an address")
        return
    assert found.wrong == (WrongLine(3, column, sentence),)
    assert [one.line for one in found.cameras] == [2, 4]


def test_latitude_and_longitude_the_wrong_way_round_are_recognised():
    found = lists.read(
        "latitude,longitude\n-2.7,53.8", locate=locate, covers=lambda point: point.latitude > 50
    )
    assert found.wrong[0].sentence == "Latitude and longitude look the wrong way round"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing in the list"),
        ("\n ;;; \n", "There is nothing in the list"),
        ("address,label\n", "There is no camera below the first line"),
        ("1 Mill St\n2 Mill St", "The first line must name the columns"),
        ("latitude,label\n40,Till", "The first line must name the columns"),
    ],
)
def test_what_is_no_list_is_refused_as_a_whole(text, sentence):
    found = lists.read(text, locate=locate, covers=covers)
    assert found.cameras == ()
    assert found.wrong[0].sentence.startswith(sentence)


def test_a_quoted_line_end_spoils_its_own_lines_only():
    found = read("label,address", '"Till', 'left",1 Mill St', "Door,1 Mill St")
    assert [one.line for one in found.wrong] == [2, 3]
    assert [one.details.label for one in found.cameras] == ["Door"]


def test_a_line_that_may_repeat_another_is_named_and_kept():
    found = read(
        "label,latitude,longitude,heading,kind",
        "Till,40,-98,90,dome",
        "TILL,40.000001,-98,,",
        "Door,40,-98,90,dome",
        "Till,40,-98,180,dome",
        "Till,40.1,-98,90,dome",
        ",40,-98,90,",
    )
    assert found.repeats == (Repeat(3, 2), Repeat(5, 3), Repeat(7, 2))
    assert [one.line for one in found.new] == [2, 4, 6]
    assert len(found.cameras) == 6


def test_a_line_that_may_repeat_a_camera_that_is_there_is_named():
    there = a_camera(label="Till", heading=90)
    found = read("label,latitude,longitude", "till,40,-98", "Door,40,-98", known=[there])
    assert found.repeats == (Repeat(2, None),)


def test_nothing_a_list_holds_is_calculated_by_a_spreadsheet_program():
    nasty = [f"{sign}HYPERLINK(A1)" for sign in ("=", "+", "-", "@")]
    written = lists.write(a_camera(label=one, address=one) for one in nasty)
    rows = written.removeprefix("\ufeff").splitlines()[1:]
    assert [row[:2] for row in rows] == ["'=", "'+", "'-", "'@"]
    assert [
        one.details.label for one in lists.read(written, locate=locate, covers=covers).cameras
    ] == nasty


TEXTS = st.text(max_size=30)
LINES = st.lists(
    st.one_of(TEXTS, st.sampled_from(["40.0", "-98", "dome", "90", '"', "=1"])), max_size=9
)
SHEETS = st.tuples(
    st.sampled_from([",", ";", "\t"]),
    st.lists(LINES, max_size=6),
    st.sampled_from(["\n", "\r\n", "\r"]),
)


@given(st.text(max_size=300))
def test_no_text_whatever_breaks_the_reader(text):
    found = lists.read(text, locate=locate, covers=covers)
    assert found.cameras or found.wrong


@given(SHEETS)
def test_whatever_is_accepted_is_the_same_when_written_and_read_again(sheet):
    delimiter, rows, line_end = sheet
    heading = ["label", "latitude", "longitude", "address", "kind", "heading", "days_kept"]
    lines = [
        heading,
        *([cell, "40.123456789", "-98", *rest] for cell, *rest in map(tuple, filter(None, rows))),
    ]
    text = line_end.join(delimiter.join(line) for line in lines)
    found = lists.read(text, locate=locate, covers=covers)
    again = lists.read(
        lists.write(one.details for one in found.cameras), locate=locate, covers=covers
    )
    assert [one.details for one in again.cameras] == [one.details for one in found.cameras]
    assert again.wrong == () or not found.cameras


@given(st.text(min_size=1, max_size=80).filter(str.isprintable))
def test_every_name_that_is_accepted_survives_a_round_trip(label):
    found = lists.read(lists.write([a_camera(label=label)]), locate=locate, covers=covers)
    tidy = " ".join(label.split())
    stripped = tidy[1:] if tidy[:1] == "'" and tidy[1:2] in {"=", "+", "-", "@"} else tidy
    assert only(found).label == (stripped or None)
