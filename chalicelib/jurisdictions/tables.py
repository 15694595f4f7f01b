"""The tables of a programme's file, each a value nothing can change."""

from datetime import date
from typing import Literal

from msgspec import Struct

from chalicelib.geo import Point
from chalicelib.jurisdictions.bounds import MISSING


class Setting(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One table of a programme's file: a key it does not know is an error, not a surprise."""


class Theme(Setting, frozen=True):
    """The force's colours; yellow focus and red errors are the same everywhere."""

    header: str
    header_text: str
    accent: str
    link: str
    link_hover: str
    button: str
    button_hover: str
    button_shadow: str


class Purpose(Setting, frozen=True):
    """One reason a search may have."""

    id: str
    label: str
    group: str

    @property
    def at_once(self) -> bool:
        """Whether a life may depend on it: then nobody's quiet hours are kept."""
        return self.group == MISSING


class Limits(Setting, frozen=True):
    """The numbers no officer, owner or form can exceed."""

    radius_choices_m: tuple[int, ...]
    radius_max_m: int
    area_max_m2: int
    """How much ground any search may cover, whatever its shape."""
    half_width_choices_m: tuple[int, ...]
    half_width_max_m: int
    route_max_m: int
    corners_max: int
    """Most places of a route, and most corners of an area, its holes included."""
    window_min_minutes: int
    window_max_minutes: int
    window_supervisor_minutes: int
    clock_doubt_minutes: int
    """How much earlier and later than an escape can have passed a camera is asked for."""
    search_age_max_days: int
    cameras_per_search: int
    cameras_per_form: int
    """Most cameras described by hand on one form; a list of a business may be longer."""
    cameras_per_registration: int
    officer_daily_cameras: int
    clips_per_answer: int
    clip_max_bytes: int
    answer_max_bytes: int
    request_open_days: int
    request_text_max: int
    confirm_link_days: int
    manage_link_days: int
    draft_hours: int
    """How long a form that was begun can be gone on with."""
    answer_link_days: int
    leave_link_days: int
    contacts_per_30_days: int


class Invitation(Setting, frozen=True):
    """A code that lets testers in: known by its digest, for so many people, until a day."""

    digest: str
    """SHA-256 of the code in capitals; the code itself is never in a file."""
    ends_on: date
    """The last day it can be used."""
    places: int
    """How many registrations it is good for."""


class Pilot(Setting, frozen=True):
    """What a test run of the programme has besides."""

    ends_on: date
    """Its last day: who has not chosen to stay by then is erased on the next."""


class Retention(Setting, frozen=True):
    """How long each kind of thing is kept, and what an unknown recorder is taken to keep."""

    unconfirmed_days: int
    import_days: int
    """How long somebody of an old list has to say that the entry is still right."""
    reconfirm_days: int
    """After how long an owner is asked whether the entry is still right."""
    reminder_days: int
    """How long after that question it is asked once more."""
    lapse_days: int
    """How long after that question an entry that nobody confirmed is hidden."""
    lapsed_days: int
    """How long after that it is erased."""
    withdrawn_hours: int
    backup_days: int
    home_days_unknown: int
    business_days_unknown: int
    undecided_clip_days: int
    declined_clip_days: int
    request_days: int
    audit_years: int


class Contact(Setting, frozen=True):
    """A named person or team a member of the public can reach."""

    name: str
    email: str
    phone: str
    hours: str
    address: str


class Paragraph(Setting, frozen=True):
    """A heading and the plain words under it."""

    title: str
    text: str


class Leaflet(Setting, frozen=True):
    """The words of a printed thing: the brochure or the poster with the QR code."""

    title: str
    lead: str
    points: tuple[str, ...]
    foot: str


class Texts(Setting, frozen=True, kw_only=True):
    """Everything the programme says in whole sentences."""

    lead: str
    """What the programme is, in one or two sentences, at the head of the start page."""
    promises: tuple[str, ...]
    """What the force promises, shown first on the start page."""
    notice_version: str
    """The date of what is agreed to: each registration keeps the version its owner agreed to."""
    notice: tuple[Paragraph, ...]
    """What an owner is told and agrees to."""
    agreement: str
    """The sentence beside the tick box."""
    terms: tuple[Paragraph, ...]
    """What taking part means for both sides, beyond the notice."""
    how: tuple[Paragraph, ...]
    """What happens, step by step, from the form to leaving."""
    who_sees: tuple[Paragraph, ...]
    """Who can look at what, and who cannot."""
    not_kept: tuple[str, ...]
    """What we neither ask for nor keep."""
    law: tuple[Paragraph, ...]
    """The law the register runs under."""
    records_law: str
    """Whether a public-records request could reach an entry, said honestly."""
    privacy: tuple[Paragraph, ...]
    accessibility: tuple[Paragraph, ...]
    genuine: tuple[str, ...]
    """How to tell that a request really comes from the force."""
    never_asked: tuple[str, ...]
    """What no letter of the programme will ever ask for."""
    sharing: tuple[str, ...]
    """What happens to a clip once it is sent."""
    why_share: tuple[str, ...]
    """On what ground the force asks and an owner may share, for the owner's own files."""
    leaving: str
    """What leaving does, said before anybody leaves."""
    after_leaving: str
    """What is said to somebody who has left."""
    outside: str
    """What somebody whose address is outside the area is told before where to go instead."""
    officer_notice: str
    """What an officer accepts at sign-in."""
    brochure: Leaflet
    poster: Leaflet
    phase_banner: str = ""
    """One line on each page while the phase is `pilot`."""
    feedback: str = ""
    """How testers can say what they think, while the phase is `pilot`."""


class MapSettings(Setting, frozen=True):
    """Where the map's ground comes from; never a host that learns where officers look."""

    provider: Literal["outline", "geojson", "xyz", "pmtiles"]
    centre: Point
    zoom: int
    attribution: str
    base_url: str
