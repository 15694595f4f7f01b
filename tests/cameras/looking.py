"""Places, and what every test of a lookup asks."""

from chalicelib import cameras
from chalicelib.geo import Circle, Point

SEAM = Point(54.0470, -2.8125)
PRESTON = Point(53.7632, -2.7031)


def circle(place, radius_m):
    return Circle(place.latitude, place.longitude, radius_m)


def look(region, *, scene=None, only_seeing=False):
    scene = scene or circle(region.middle, 10)
    return cameras.find(region, scene=scene, only_seeing=only_seeing)


def ids(found):
    return {camera.id for camera in found}
