import json
import re
from datetime import timedelta

import pytest

from chalicelib.jurisdictions import contrast, linter, reader
from chalicelib.jurisdictions.reader import UnsafeProgramme

SQUARE = [[-95.0, 38.0], [-94.9, 38.0], [-94.9, 38.1], [-95.0, 38.1], [-95.0, 38.0]]
LANCASHIRE = (reader.HERE / "lancashire.toml").read_text("utf-8")
STAFFORDSHIRE = (reader.HERE / "staffordshire.toml").read_text("utf-8")


def seventh_text():
    text = (reader.HERE / "palos-park.toml").read_text("utf-8")
    text = text.replace("Palos Park", "Sampleton").replace("41.667", "38.05")
    text = text.replace('["en-US", "es"]', '["en-US"]')
    return text.replace("-87.833", "-94.95")


@pytest.fixture
def seventh(tmp_path, monkeypatch):
    monkeypatch.setenv("JURISDICTIONS_PATH", str(tmp_path))
    outline = {"type": "Feature", "properties": {}}
    outline["geometry"] = {"type": "Polygon", "coordinates": [SQUARE]}

    def written(text=None, ring=SQUARE, **changes):
        text = seventh_text() if text is None else text
        for key, value in changes.items():
            text, count = re.subn(
                rf'(?m)^{key} = (?:"""[^"]*"""|.*)$', lambda _, k=key, v=value: f"{k} = {v}", text
            )
            assert count, key
        outline["geometry"]["coordinates"] = [ring]
        (tmp_path / "sampleton.toml").write_text(text, "utf-8")
        (tmp_path / "sampleton.outline.geojson").write_text(json.dumps(outline), "utf-8")
        return linter.problems("sampleton")

    return written


def test_a_seventh_programme_is_a_file_and_an_outline(seventh):
    assert seventh() == ()
    assert "sampleton" in reader.ids()
    assert reader.read("sampleton").force == "Sampleton Police Department"


def test_a_programme_says_speeds_and_grounds_as_people_there_do(seventh):
    seventh(seventh_text().replace('speeds = "mph"', 'speeds = "km/h"'))
    metric, american = reader.read("sampleton"), reader.read("liberty")
    assert [one.speed_words(one.speed_mps(4.5)) for one in (metric, american)] == [
        "4.5 km/h",
        "4.5 mph",
    ]
    assert [one.speed_mps(60) for one in (metric, american)] == pytest.approx([50 / 3, 26.8224])
    areas = [reader.read(name).area_words(1_300_000) for name in ("liberty", "lancashire")]
    assert areas == ["0.5 square miles", "1.3 square kilometres"]
    assert american.half_width_words() == ((31, "100 ft"), (61, "200 ft"), (152, "500 ft"))
    assert american.clock_doubt == timedelta(minutes=5)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"radius_max_m": 1200}, "limits.radius_max_m: 1200 is not between 50 and 1000."),
        (
            {"radius_max_m": 900},
            "limits.radius_max_m: its circle is larger than limits.area_max_m2.",
        ),
        ({"radius_max_m": 500}, "limits.radius_choices_m: one is larger than limits.radius_max_m."),
        (
            {"area_max_m2": 2_000_000},
            "limits.area_max_m2: 2000000 is not between 7854 and 1300000.",
        ),
        (
            {"half_width_choices_m": "[60, 30]"},
            "limits.half_width_choices_m: needs lengths, the smallest first.",
        ),
        ({"radius_choices_m": "[]"}, "limits.radius_choices_m: needs lengths"),
        ({"half_width_max_m": 200}, "limits.half_width_max_m: 200 is not between 15 and 152."),
        (
            {"half_width_max_m": 100},
            "limits.half_width_choices_m: one is larger than limits.half_width_max_m.",
        ),
        ({"route_max_m": 5001}, "limits.route_max_m: 5001 is not between 100 and 5000."),
        ({"corners_max": 3}, "limits.corners_max: 3 is not between 4 and 100."),
        ({"clock_doubt_minutes": 16}, "limits.clock_doubt_minutes: 16 is not between 0 and 15."),
        (
            {"clock_doubt_minutes": 15, "window_max_minutes": 20},
            "limits.clock_doubt_minutes: twice that is longer than limits.window_max_minutes.",
        ),
        ({"window_max_minutes": 721}, "limits.window_max_minutes: 721 is not between 15 and 720."),
        (
            {"window_supervisor_minutes": 60},
            "limits.window_max_minutes: must lie between the least and the supervised window.",
        ),
        ({"contacts_per_30_days": 9}, "limits.contacts_per_30_days: 9 is not between 1 and 4."),
        ({"withdrawn_hours": 48}, "retention.withdrawn_hours: 48 is not between 1 and 24."),
        ({"declined_clip_days": 400}, "retention.declined_clip_days: 400 is not between 1 and 90."),
        (
            {"header": '"#cccccc"'},
            "theme.header_text: has contrast 1.6 with header; 4.5 is the least.",
        ),
        ({"link": '"blue"'}, "theme.link: must be a colour such as #14284b."),
        ({"time_zone": '"America/Atlantis"'}, "time_zone: there is no time zone America/Atlantis."),
        ({"time_zone": '"Europe/London"'}, "time_zone: Europe/London is not in US."),
        ({"units": '"metres"'}, "units: people there measure in feet."),
        ({"notice_version": '"autumn"'}, "texts.notice_version: must be the date of the notice"),
        ({"notice_version": '""'}, "texts.notice_version: is missing."),
        ({"phase": '"pilot"'}, "invite_codes_required: must be true while the phase is pilot."),
        (
            {"invite_codes_required": "true"},
            "invitations: needs the SHA-256 of at least one",
        ),
        ({"email": '""'}, "contact.email: is missing."),
        ({"link": '"http://x.example"'}, "neighbours: the link of the police where the camera is"),
        ({"gazetteer": '"file"'}, "gazetteer: there is no file sampleton/addresses.json."),
        ({"provider": '"geojson"'}, "map.base_url: must begin with /"),
        ({"latitude": "41.0"}, "map: its centre is outside the outline."),
        ({"lead": '"It is anonymous."'}, "texts.lead: never claim “anonymous”"),
        (
            {"records_law": '"Confidential."'},
            "texts.records_law: must say that confidentiality ends",
        ),
        ({"region_short": '""'}, "words.region_short: is empty."),
    ],
)
def test_an_unsafe_setting_is_refused_by_its_name(seventh, changes, sentence):
    assert any(found.startswith(sentence) for found in seventh(**changes)), seventh(**changes)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'public_map = "never"',
            'public_map = "coarse"',
            "sampleton.toml: Invalid enum value 'coarse'",
        ),
        ('public_map = "never"', "", "sampleton.toml: Object missing required field `public_map`"),
        (
            'speeds = "mph"',
            'speeds = "knots"',
            "sampleton.toml: Invalid enum value 'knots'",
        ),
        ("audit_years = 5", "audit_yeas = 5", "sampleton.toml: Object contains unknown field"),
        ("audit_years = 5", 'audit_years = "5"', "sampleton.toml: Expected `int`, got `str`"),
        ('town = "Sampleton"', "", "words.town: is missing."),
        ('town = "Sampleton"', 'town = "Sampleton"\ntwon = "S"', "words.twon: no page asks"),
        ('id = "burglary"', 'id = "protest"', "purposes: protest is not a reason"),
        (
            'label = "Burglary"',
            'label = "Burglary at a protest"',
            "purposes: Burglary at a protest may",
        ),
        ('id = "burglary"', 'id = "theft"', "purposes: theft is listed twice."),
        (
            'group = "Criminal',
            'group = "Missing person"\n#',
            "purposes: burglary belongs to the group",
        ),
        ("{contact}, answers", "{nobody}, answers", "texts: there is no word 'nobody' to fill in."),
        ("[[neighbours]]", "[[neighbors]]", "sampleton.toml: Object contains unknown field"),
    ],
)
def test_a_missing_or_unknown_setting_is_refused_by_its_name(seventh, old, new, sentence):
    assert old in seventh_text()
    found = seventh(seventh_text().replace(old, new))
    assert any(one.startswith(sentence) for one in found), found


def test_an_area_must_be_closed_and_in_its_country(seventh):
    (open_ring,) = seventh(ring=SQUARE[:-1])
    assert open_ring.startswith("outline: ")
    moved = [[longitude + 94.95, latitude] for longitude, latitude in SQUARE]
    assert "outline: reaches outside US." in seventh(ring=moved)


def test_a_pilot_needs_hashed_codes_a_banner_and_a_way_to_answer(seventh):
    text = re.sub(r'"[0-9a-f]{64}"', '"STAFFS-PILOT-2026"', STAFFORDSHIRE)
    found = seventh(text, phase_banner='""', feedback='""')
    assert (
        "invitations: each digest must be a SHA-256 in hexadecimal, never the code itself." in found
    )
    assert "texts.phase_banner: is needed while the phase is pilot." in found


def test_the_trial_code_is_warned_of():
    assert any(
        one.startswith("invitations: still has the trial code")
        for one in linter.warnings("staffordshire")
    )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "[pilot]\nends_on = 2027-06-30",
            "",
            "pilot.ends_on: a test run needs its last day while the phase is pilot.",
        ),
        ("places = 250", "places = 0", "invitations.places: 0 is not between 1 and 5000."),
        ("places = 250", "places = 5001", "invitations.places: 5001 is not between 1 and 5000."),
        (
            "ends_on = 2027-06-16",
            "ends_on = 2027-07-01",
            "invitations.ends_on: 2027-07-01 is after the test run ends.",
        ),
        ("places = 250", 'places = 250\ncode = "X"', "sampleton.toml: Object contains unknown"),
        ("ends_on = 2027-06-16", 'ends_on = "soon"', "sampleton.toml: Expected `date`"),
    ],
)
def test_a_test_run_needs_an_end_and_places(seventh, old, new, sentence):
    assert old in STAFFORDSHIRE
    found = seventh(STAFFORDSHIRE.replace(old, new))
    assert any(one.startswith(sentence) for one in found), found


def test_a_code_is_listed_once(seventh):
    begins = STAFFORDSHIRE.index("[[invitations]]")
    table = STAFFORDSHIRE[begins : STAFFORDSHIRE.index("[map]")]
    found = seventh(STAFFORDSHIRE.replace("[map]", f"{table}[map]", 1))
    assert "invitations: one code is listed twice." in found


def test_a_file_that_is_not_there_is_said_to_be_missing():
    assert linter.problems("atlantis") == ("atlantis.toml: there is no file atlantis.toml",)
    with pytest.raises(UnsafeProgramme, match="not inside"):
        reader.load("../secrets")


def test_our_own_programmes_cannot_be_replaced_by_a_search_path(seventh, tmp_path):
    (tmp_path / "liberty.toml").write_text("programme = 1", "utf-8")
    assert reader.read("liberty").programme == "LookoutForLiberty"


def test_contrast_follows_the_guidelines():
    assert contrast.ratio("#000000", "#ffffff") == 21
    assert contrast.ratio("#ffffff", "#ffffff") == 1
    assert round(contrast.ratio("#767676", "#FFFFFF"), 2) == 4.54
    assert contrast.near_error_red("#ca3535")
    assert not contrast.near_error_red("#14284b")


def test_the_linter_says_no_with_its_exit_code(seventh, capsys):
    seventh(radius_max_m=1200)
    assert linter.main(["sampleton"]) == 1
    assert "sampleton: refused: limits.radius_max_m: 1200" in capsys.readouterr().out
    assert linter.main(["liberty"]) == 0
    assert "liberty: warning: contact.email" in capsys.readouterr().out
