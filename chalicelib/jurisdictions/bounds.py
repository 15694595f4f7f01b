"""What a programme's settings may be at most: the linter's tables, apart from its rules."""

import re
from dataclasses import dataclass

CRIME, MISSING = "Criminal investigation", "Missing person"
PURPOSES = {
    "burglary": CRIME,
    "theft": CRIME,
    "robbery": CRIME,
    "assault": CRIME,
    "homicide": CRIME,
    "sexual-crime": CRIME,
    "abduction": CRIME,
    "collision": CRIME,
    "damage": CRIME,
    "fraud": CRIME,
    "other-crime": CRIME,
    "missing-person": MISSING,
    "missing-child": MISSING,
}
"""Every purpose there is, with its group; a programme picks from these."""

NEVER_A_PURPOSE = re.compile(
    r"protest|demonstrat|rally|march|immigra|asylum|deport|visa|worship|church|mosque|synagogue"
    r"|religio|union|strike|picket|abortion|reproductive|politic|journalis|gender|ethnic|race\b",
    re.IGNORECASE,
)
NEVER_CLAIMED = re.compile(
    r"\banonymous|court-ready|end-to-end|\bunhackable|completely safe|100 ?%|\bguarantee",
    re.IGNORECASE,
)

LIMITS = {
    "radius_max_m": (50, 1000),
    "area_max_m2": (7_854, 1_300_000),
    "half_width_max_m": (15, 152),
    "route_max_m": (100, 5000),
    "corners_max": (4, 100),
    "window_min_minutes": (5, 60),
    "window_max_minutes": (15, 720),
    "window_supervisor_minutes": (15, 1440),
    "clock_doubt_minutes": (0, 15),
    "search_age_max_days": (1, 90),
    "cameras_per_search": (1, 500),
    "cameras_per_form": (1, 100),
    "cameras_per_registration": (1, 500),
    "officer_daily_cameras": (1, 1000),
    "clips_per_answer": (1, 25),
    "clip_max_bytes": (1_000_000, 64_424_509_440),
    "answer_max_bytes": (1_000_000, 214_748_364_800),
    "request_open_days": (1, 30),
    "request_text_max": (100, 1000),
    "confirm_link_days": (1, 14),
    "manage_link_days": (1, 7),
    "draft_hours": (1, 48),
    "answer_link_days": (1, 14),
    "leave_link_days": (30, 730),
    "contacts_per_30_days": (1, 4),
}
RETENTION = {
    "unconfirmed_days": (1, 14),
    "import_days": (14, 90),
    "reconfirm_days": (30, 365),
    "reminder_days": (7, 45),
    "lapse_days": (14, 90),
    "lapsed_days": (7, 60),
    "withdrawn_hours": (1, 24),
    "backup_days": (1, 35),
    "home_days_unknown": (1, 30),
    "business_days_unknown": (1, 60),
    "undecided_clip_days": (7, 180),
    "declined_clip_days": (1, 90),
    "request_days": (30, 2557),
    "audit_years": (1, 12),
}
PLACES = (1, 5000)
"""How many people one invite code may be for."""
TEXTS = {
    "lead": 1,
    "promises": 3,
    "notice_version": 1,
    "notice": 4,
    "agreement": 1,
    "terms": 6,
    "how": 5,
    "who_sees": 5,
    "not_kept": 4,
    "law": 1,
    "records_law": 1,
    "privacy": 4,
    "accessibility": 2,
    "genuine": 1,
    "never_asked": 3,
    "sharing": 3,
    "leaving": 1,
    "after_leaving": 1,
    "outside": 1,
    "officer_notice": 1,
}
"""How many sentences or paragraphs each text needs at least."""

LOCAL_WORDS = frozenset(
    {
        *("town", "region", "region_short", "area", "police", "residents", "owner", "owners"),
        *("address_example", "non_emergency", "investigators", "registered_from"),
    }
)
"""The words of a place, which only its own file can give."""

THEME_PAIRS = {
    "header_text": "header",
    "link": "#ffffff",
    "link_hover": "#ffffff",
    "button": "#ffffff",
    "button_hover": "#ffffff",
}


@dataclass(frozen=True, slots=True)
class Country:
    """What is usual in a country, and a box around it."""

    language: str
    units: str
    date_order: str
    zones: tuple[str, ...]
    south: float
    west: float
    north: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


COUNTRIES = {
    "US": Country("en-US", "feet", "mdy", ("America/", "Pacific/"), 18.8, -179.2, 71.5, -66.9),
    "GB": Country("en-GB", "metres", "dmy", ("Europe/London",), 49.8, -8.7, 60.9, 1.8),
}
