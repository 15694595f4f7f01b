"""Pieces of damage to the geometry, and which check sees each of them.

Where the code has changed, so that a piece is no longer there once, the test says which: choose
its successor.
"""

from tests.geo.damage import Mutant

MUTANTS = [
    Mutant(
        "a camera exactly on a circle's rim is outside",
        "a_rim_belongs_to_its_region",
        (
            (
                "circle",
                "distance_m(lat, lon) <= self.radius_m",
                "distance_m(lat, lon) < self.radius_m",
            ),
        ),
    ),
    Mutant(
        "a camera exactly on a corridor's rim is outside",
        "a_rim_belongs_to_its_region",
        (("corridor", "<= self.half_width_m", "< self.half_width_m"),),
    ),
    Mutant(
        "an area's southern and northern edges are outside",
        "a_rim_belongs_to_its_region",
        (("rings", "if not south <= lat <= north:", "if not south < lat < north:"),),
    ),
    Mutant(
        "an area's edges are inside or not as the ray falls",
        "a_rim_belongs_to_its_region",
        (("rings", "if side == 0 and", "if side is None and"),),
    ),
    Mutant(
        "a hole counts as inside",
        "a_hole_is_outside",
        (("area", "return (self.ring, *self.holes)", "return (self.ring,)"),),
    ),
    Mutant(
        "no slack round a circle",
        "a_rim_that_touches_a_cell_edge_is_read",
        (
            ("cap", "SLACK_RADIANS = 1e-12", "SLACK_RADIANS = 0.0"),
            ("grid", "SLACK_DEGREES = 1e-10", "SLACK_DEGREES = 0.0"),
        ),
    ),
    Mutant(
        "no slack round an area",
        "an_edge_on_a_cell_edge_is_read",
        (("grid", "SLACK_DEGREES = 1e-10", "SLACK_DEGREES = 0.0"),),
    ),
    Mutant(
        "the cover is made on a sphere of 6371 km",
        "a_rim_that_touches_a_cell_edge_is_read",
        (
            (
                "cap",
                "return SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED) / math.pow(curvature, 1.5)",
                "return 6_371_000.0",
            ),
        ),
    ),
    Mutant(
        "distances are those of a sphere of 6371 km",
        "every_distance_is_the_ellipsoids",
        (
            ("distance", "SEMI_MAJOR_M = 6378137.0", "SEMI_MAJOR_M = 6371000.0"),
            ("distance", "FLATTENING = 1 / 298.257223563", "FLATTENING = 1e-9"),
        ),
    ),
    Mutant(
        "the earth is not flattened",
        "every_distance_is_the_ellipsoids",
        (("distance", "FLATTENING = 1 / 298.257223563", "FLATTENING = 1e-9"),),
    ),
    Mutant(
        "a straight line through the earth counts as the way over it",
        "every_distance_is_the_ellipsoids",
        (
            (
                "distance",
                "return 2 * MEAN_RADIUS_M * math.asin(min(1.0, chord_m / (2 * MEAN_RADIUS_M)))",
                "return chord_m * (1 + 1e-6)",
            ),
        ),
    ),
    Mutant(
        "the margin round a circle is left out",
        "every_region_is_read",
        (("cover", "radius = circle.radius_m + margin_m", "radius = circle.radius_m"),),
    ),
    Mutant(
        "the margin round a corridor is left out",
        "every_region_is_read",
        (
            (
                "cover",
                "half_width = corridor.half_width_m + margin_m",
                "half_width = corridor.half_width_m",
            ),
        ),
    ),
    Mutant(
        "the first leg of a route is not covered",
        "every_region_is_read",
        (("cover", "in _legs(corridor.points):", "in _legs(corridor.points[1:]):"),),
    ),
    Mutant(
        "the last leg of a route is not measured",
        "every_distance_is_the_ellipsoids",
        (("corridor", "in enumerate(pairwise(places))", "in enumerate(pairwise(places[:-1]))"),),
    ),
    Mutant(
        "a key's column and row are swapped",
        "every_key_is_the_geohash",
        (
            (
                "geohash",
                "return spread(column) << 1 | spread(row)",
                "return spread(row) << 1 | spread(column)",
            ),
        ),
    ),
    Mutant(
        "a place on a cell's edge goes to the cell above, as other libraries have it",
        "every_key_is_the_geohash",
        (
            (
                "geohash",
                "while index > 0 and _edge(2 * index, most) >= degrees:",
                "while index > 0 and _edge(2 * index, most) > degrees:",
            ),
            (
                "geohash",
                "_edge(2 * index + 2, most) < degrees:",
                "_edge(2 * index + 2, most) <= degrees:",
            ),
        ),
    ),
    Mutant(
        "the shifted curve does not begin again where the map ends",
        "every_key_is_the_geohash",
        (
            (
                "keys",
                "column = geohash.gathered(key >> 1) + cells & last",
                "column = min(geohash.gathered(key >> 1) + cells, last)",
            ),
        ),
    ),
    Mutant(
        "the shifted curve is read the wrong way round",
        "every_key_is_the_geohash",
        (("keys", "column - SHIFT & LAST", "column + SHIFT & LAST"),),
    ),
    Mutant(
        "a range is dropped",
        "every_region_is_read",
        (("plan", "for first, last in best]", "for first, last in best[:-1] or best]"),),
    ),
    Mutant(
        "gaps are closed across partitions",
        "every_plan_keeps_the_rules",
        (("plan", "cuts = _partition_ends(chains, grid)", "cuts: list[int] = []"),),
    ),
    Mutant(
        "more requests than allowed",
        "every_plan_keeps_the_rules",
        (("plan", "REQUESTS_MOST = 32", "REQUESTS_MOST = 40"),),
    ),
    Mutant(
        "the last cell of a range is not read",
        "every_region_is_read",
        (("plan", "(last + 1 << below) - 1", "last << below"),),
    ),
    Mutant(
        "the upper bound of a range is a character short",
        "every_plan_keeps_the_rules",
        (
            (
                "plan",
                "text_of(high & sort, SORT_LENGTH)",
                "text_of((high & sort) >> 5, SORT_LENGTH - 1)",
            ),
        ),
    ),
    Mutant(
        "the upper bound of a range, a character short, loses cameras",
        "every_region_is_read",
        (
            (
                "plan",
                "text_of(high & sort, SORT_LENGTH)",
                "text_of((high & sort) >> 5, SORT_LENGTH - 1)",
            ),
        ),
    ),
    Mutant(
        "the lower bound of a range is a character too long",
        "every_region_is_read",
        (("plan", "text_of(low & sort, SORT_LENGTH)", 'text_of(low & sort, SORT_LENGTH) + "0"'),),
    ),
    Mutant(
        "the cheaper plan names the wrong curve",
        "the_cheaper_plan_reads_on_the_curve_it_names",
        (("plan", "return Plan(curve,", "return Plan(Curve.PLAIN,"),),
    ),
    Mutant(
        "the cover does not begin again where the map ends",
        "every_region_is_read",
        (
            (
                "grid",
                "spreads(west, east, self.column_bits)",
                "spreads(max(west, 0), east, self.column_bits)",
            ),
        ),
    ),
    Mutant(
        "the northernmost row is not covered",
        "every_region_is_read",
        (
            (
                "grid",
                "return range(first, last + 1)",
                "return range(first, last)",
            ),
        ),
    ),
    Mutant(
        "cells that make a square are taken for half of it",
        "every_region_is_read",
        (("grid", "one + 3 for one in squares", "one + 1 for one in squares"),),
    ),
    Mutant(
        "the grid of the shifted curve lies where the plain one does",
        "every_region_is_read",
        (("grid", '"south", -90.0 - moved * 180.0', '"south", -90.0'),),
    ),
    Mutant(
        "a circle is as wide in a row as on the row's southern edge",
        "every_region_is_read",
        (
            (
                "cap",
                "nearest = south if south > widest else min(widest, south + high)",
                "nearest = south",
            ),
        ),
    ),
    Mutant(
        "longitudes round a pole are a circle's like others",
        "every_region_is_read",
        (
            (
                "cap",
                "if left >= across * ALL_ROUND:\n            return 180.0",
                "left = min(left, across)",
            ),
        ),
    ),
    Mutant(
        "degrees of longitude are as wide on a route as on the equator",
        "every_region_is_read",
        (
            (
                "strip",
                "narrow = cosine(min(max(abs(start[1]), abs(end[1])) + half_width, 90.0))",
                "narrow = 1.0",
            ),
        ),
    ),
    Mutant(
        "the sides of a strip are as far apart as those of a line",
        "every_region_is_read",
        (
            (
                "strip",
                "return self.bulge - (height",
                "return -(height",
            ),
        ),
    ),
    Mutant(
        "the middle of an area is not covered",
        "every_region_is_read",
        (("cover", "draw_inside(self.rings, grid, runs)", "draw_inside((), grid, runs)"),),
    ),
    Mutant(
        "a pole in an area has only the longitudes of its corners",
        "every_region_is_read",
        (
            (
                "cover",
                "strips += [pole(latitude) for latitude in {-90.0, 90.0}.intersection(latitudes)]",
                "",
            ),
        ),
    ),
    Mutant(
        "the margin round an area is left out",
        "every_region_is_read",
        (
            (
                "cover",
                "strips = [strip(start, end, angle) for start, end in edges]",
                "strips = [strip(start, end, 0.0) for start, end in edges]",
            ),
        ),
    ),
    Mutant(
        "a geodesic is taken for a straight line in longitude and latitude",
        "a_bent_route_is_read",
        (
            (
                "cover",
                "angle = (half_width + _bulge_m(leg, highest)) / radius",
                "angle = half_width / radius",
            ),
        ),
    ),
    Mutant(
        "a route over a pole is covered like others",
        "every_region_is_read",
        (("cover", "if highest > POLAR:", "if highest > 99:"),),
    ),
    Mutant(
        "the edge of an area has no bend between its corners",
        "every_distance_is_the_ellipsoids",
        (("area", "PIECE_DEGREES = 0.05", "PIECE_DEGREES = 5.0"),),
    ),
    Mutant(
        "the pieces of a line are passed by if their middles are far",
        "every_distance_is_the_ellipsoids",
        (("line", "away - piece.half_m <= most", "away <= most"),),
    ),
    Mutant(
        "the blocks of a line are passed by if their middles are far",
        "every_distance_is_the_ellipsoids",
        (("line", "away - block.half_m <= most", "away <= most"),),
    ),
]
