"""What one force has promised, as values nothing can change while the programme runs."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from chalicelib import language
from chalicelib.geo import Outline, Point
from chalicelib.jurisdictions import lengths, moments
from chalicelib.jurisdictions.tables import (
    Contact,
    Invitation,
    Limits,
    MapSettings,
    Purpose,
    Retention,
    Texts,
    Theme,
)

Clock = Literal[12, 24]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Where somebody goes whose address is not ours."""

    name: str
    outline: Outline | None
    """Their area; the neighbour without one answers for everywhere else."""
    link: str
    contact: str
    advice: str

    @property
    def words(self) -> str:
        """Say where to go, in one paragraph."""
        return f"{self.advice} {self.name}: {self.link}, {self.contact}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """One force's programme: its words, area, limits, times and law."""

    id: str
    programme: str
    force: str
    force_short: str
    country: Literal["US", "GB"]
    languages: tuple[str, ...]
    """Every language its public pages and letters come in, the usual one first."""
    language: str
    """The one these words are in: en-US, en-GB, es or cy, as `lang` wants it."""
    time_zone: str
    phase: Literal["live", "pilot"]
    invite_codes_required: bool
    invitations: tuple[Invitation, ...]
    pilot_ends_on: date | None
    """The last day of the test run; None if there is none."""
    fields: Literal["full", "minimal"]
    paper_entry: bool
    public_map: Literal["never"]
    units: Literal["feet", "metres"]
    speeds: Literal["mph", "km/h"]
    date_order: Literal["mdy", "dmy"]
    outline: Outline
    neighbours: tuple[Neighbour, ...]
    map: MapSettings
    gazetteer: Literal["none", "file"]
    theme: Theme
    words: Mapping[str, str]
    purposes: tuple[Purpose, ...]
    limits: Limits
    retention: Retention
    contact: Contact
    texts: Texts

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def pilot(self) -> bool:
        return self.phase == "pilot"

    def covers(self, point: Point) -> bool:
        return self.outline.covers(point)

    @property
    def pilot_ends(self) -> datetime | None:
        """Return noon of the last day of the test run, for saying it in words."""
        day = self.pilot_ends_on
        return datetime(day.year, day.month, day.day, 12, tzinfo=self.zone) if day else None

    @property
    def invitations_end(self) -> datetime | None:
        """Return noon of the last day any invitation can be used."""
        if not self.invite_codes_required or not self.invitations:
            return None
        day = max(one.ends_on for one in self.invitations)
        return datetime(day.year, day.month, day.day, 12, tzinfo=self.zone)

    def today(self, now: datetime) -> date:
        """Return the local day."""
        return now.astimezone(self.zone).date()

    def invitation(self, code: str, today: date) -> Invitation | None:
        """Return the invitation `code` belongs to, unless its time is over."""
        digest = hashlib.sha256(code.strip().upper().encode()).hexdigest()
        known = [one for one in self.invitations if hmac.compare_digest(digest, one.digest)]
        return next((one for one in known if today <= one.ends_on), None)

    def accepts_invite(self, code: str, today: date) -> bool:
        """Return whether `code` may register; true for any text where none is asked."""
        return not self.invite_codes_required or self.invitation(code, today) is not None

    def neighbour_for(self, point: Point) -> Neighbour | None:
        """Return the neighbour whose area holds `point`, else the one for everywhere else."""
        for neighbour in self.neighbours:
            if neighbour.outline is not None and neighbour.outline.covers(point):
                return neighbour
        return next((one for one in self.neighbours if one.outline is None), None)

    def purpose(self, purpose_id: str) -> Purpose | None:
        return next((one for one in self.purposes if one.id == purpose_id), None)

    def distance_words(self, metres: float) -> str:
        """Say a distance as people here do: 320 ft, 1.2 miles, 98 m, 1.2 km."""
        if self.units == "feet":
            return self._said(lengths.feet_words(metres))
        return lengths.metre_words(metres)

    def area_words(self, square_metres: float) -> str:
        """Say how much ground that is: 0.5 square miles, 1.3 square kilometres."""
        if self.units == "feet":
            return lengths.square_mile_words(square_metres)
        return lengths.square_kilometre_words(square_metres)

    def speed_words(self, mps: float) -> str:
        """Say a speed given in metres a second: 3 mph, 5 km/h."""
        return lengths.mph_words(mps) if self.speeds == "mph" else lengths.kmh_words(mps)

    def speed_mps(self, speed: float) -> float:
        """Return the metres a second of a speed as people here give it."""
        return speed * (lengths.MPS_PER_MPH if self.speeds == "mph" else lengths.MPS_PER_KMH)

    def kind_words(self, kind: str, *, short: bool = False) -> str:
        """Say what kind of camera it is; nothing where the programme does not keep that."""
        if self.fields == "minimal":
            return ""
        return self.words[f"kind_short_{kind}" if short else f"kind_{kind}"]

    def radius_words(self) -> tuple[tuple[int, str], ...]:
        """Return each radius an officer may choose, in metres and in words."""
        return tuple(
            (metres, self.distance_words(metres)) for metres in self.limits.radius_choices_m
        )

    def half_width_words(self) -> tuple[tuple[int, str], ...]:
        """Return how far either side of a route an officer may look, in metres and in words."""
        return tuple(
            (metres, self.distance_words(metres)) for metres in self.limits.half_width_choices_m
        )

    def date_words(self, moment: datetime) -> str:
        """Say the local day: Nov 18, 2026 or 18 November 2026."""
        return moments.date_words(moment.astimezone(self.zone), self.language)

    def day_words(self, moment: datetime) -> str:
        """Say the local day with its weekday: Wednesday, Nov 18 or Wednesday 18 November."""
        return moments.day_words(moment.astimezone(self.zone), self.language)

    def time_words(self, moment: datetime, *, clock: Clock = 12) -> str:
        """Say the local time: 10:15 PM or 10:15pm; 22:15 on the officers' 24-hour clock."""
        return moments.time_words(moment.astimezone(self.zone), self.language, clock=clock)

    def clock_words(self, text: str) -> str:
        """Say a time of the wall clock that is kept as HH:MM."""
        day = datetime.combine(date(2026, 1, 15), time.fromisoformat(text), tzinfo=self.zone)
        return self.time_words(day)

    def moment_words(self, moment: datetime, *, clock: Clock = 12) -> str:
        """Say day and time: Nov 18, 2026, 10:15 PM."""
        return f"{self.date_words(moment)}, {self.time_words(moment, clock=clock)}"

    def window_words(self, starts_at: datetime, ends_at: datetime, *, clock: Clock = 12) -> str:
        """Say a window, its day only once where both ends share it."""
        start = self.moment_words(starts_at, clock=clock)
        if starts_at.astimezone(self.zone).date() == ends_at.astimezone(self.zone).date():
            end = self.time_words(ends_at, clock=clock)
        else:
            end = self.moment_words(ends_at, clock=clock)
        return self._said(language.say("%(start)s to %(end)s", start=start, end=end))

    def date_text(self, moment: datetime) -> str:
        """Write the local day as a form field wants it and `parse_moment` reads it."""
        return moments.date_text(moment.astimezone(self.zone), self.date_order)

    def parse_date(self, text: str) -> date:
        """Read a day as people here write it; raise InvalidInput for `date`."""
        return moments.parse_date(text, self.date_order, self.language)

    def parse_moment(self, date_text: str, time_text: str) -> datetime:
        """Read a local day and time as UTC; raise InvalidInput for `date` or `time`.

        An hour that comes twice (clocks go back) is read as the earlier one. An hour that never
        comes (clocks go forward) is refused: nobody saw anything in it.
        """
        texts = (date_text, time_text)
        return moments.parse_moment(texts, self.date_order, self.zone, self.language)

    @property
    def clock_doubt(self) -> timedelta:
        """How far a recorder's clock and a witness's are taken to be apart at most."""
        return timedelta(minutes=self.limits.clock_doubt_minutes)

    def link_life(self, purpose: str) -> timedelta:
        """Return how long a link for `confirm`, `manage`, `answer` or `leave` works."""
        return timedelta(days=getattr(self.limits, f"{purpose}_link_days"))

    def _said(self, sentence: str) -> str:
        with language.speaking(self.language):
            return language.said(sentence)
