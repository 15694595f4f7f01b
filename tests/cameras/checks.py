"""Checks of what a search makes of index entries, for `test_mutants`; nothing here needs a cloud.

`python -m tests.cameras.checks NAME` exits with 3 if the check has anything to complain of.
"""

import sys

from chalicelib.aws.index import Entry
from chalicelib.cameras import CameraDetails, packed
from chalicelib.cameras.sightings import Question, sightings, uncertain_sightings
from chalicelib.geo import Circle, Curve, Point, index_key, position
from tests.geo.damage import told
from tests.geo.oracles import reached

SEAM = (54.047, -2.8125)


def entry(metres, curve, **details):
    """Return a camera north of the seam as the index keeps it, and where that is."""
    key = index_key(*reached(*SEAM, 10, metres), curve)
    place = position(*key, curve)
    return Entry("c" * 13, *key, packed(CameraDetails(Point(*place), **details))), place


def answer(region, scene, one, curve, *, only_seeing=False):
    question = Question(region, scene, only_seeing)
    return [sighting.certainty for sighting in sightings(question, [one], curve)]


def a_camera_that_may_just_be_inside_is_found():
    """Ask up to where it may stand at the nearest: whole metres off, so that nothing is rounded."""
    for curve in Curve:
        for metres in (140.3, 180.7, 333.1):
            one, place = entry(metres, curve, accuracy_m=100)
            away = Circle(*SEAM, 1).distance_m(*place)
            circle = Circle(*SEAM, away - 100)
            if answer(circle, circle, one, curve) != ["possible"]:
                yield f"{circle}, {curve}: {place}"


def a_camera_that_must_just_be_inside_is_definite():
    for curve in Curve:
        one, place = entry(140.3, curve, accuracy_m=64)
        circle = Circle(*SEAM, Circle(*SEAM, 1).distance_m(*place) + 64)
        if answer(circle, circle, one, curve) != ["definite"]:
            yield f"{circle}, {curve}: {place}"


def a_camera_that_sees_the_scene_is_found_wherever_it_stands():
    scene, far = Circle(*SEAM, 10), Circle(*reached(*SEAM, 180, 5000), 50)
    for curve in Curve:
        for heading, certainties in ((190, ["definite"]), (10, []), (None, ["possible"])):
            one, place = entry(200, curve, heading=heading, view_angle=60, reach_m=250)
            if answer(far, scene, one, curve, only_seeing=True) != certainties:
                yield f"{heading}, {curve}: {place}"


def a_camera_of_unknown_direction_counts_up_to_its_reach():
    for curve in Curve:
        one, place = entry(200, curve, reach_m=64)
        scene = Circle(*SEAM, Circle(*SEAM, 1).distance_m(*place) - 64)
        if answer(scene, scene, one, curve, only_seeing=True) != ["possible"]:
            yield f"{scene}, {curve}: {place}"


def a_camera_hardly_located_is_uncertain_up_to_its_doubt():
    one, place = entry(2000, Curve.PLAIN, accuracy_m=1600)
    one = one._replace(partition=f"?{one.partition}")
    near = Circle(*SEAM, Circle(*SEAM, 1).distance_m(*place) - 1600)
    for circle, certainties in ((near, ["uncertain"]), (Circle(*SEAM, 1), [])):
        found = uncertain_sightings(Question(circle, circle, only_seeing=False), [one])
        if [sighting.certainty for sighting in found] != certainties:
            yield f"{circle}: {place}"


CHECKS = {
    check.__name__: check
    for check in (
        a_camera_that_may_just_be_inside_is_found,
        a_camera_that_must_just_be_inside_is_definite,
        a_camera_that_sees_the_scene_is_found_wherever_it_stands,
        a_camera_of_unknown_direction_counts_up_to_its_reach,
        a_camera_hardly_located_is_uncertain_up_to_its_doubt,
    )
}


if __name__ == "__main__":
    told(CHECKS, sys.argv[1])
