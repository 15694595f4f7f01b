"""What became of each ask, in words: silence is neutral, and nobody is ranked by their answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.cameras import Camera
from chalicelib.evidence.model import Clip, ClipState
from chalicelib.footage_requests import Answer, Ask, AskState, FootageRequest
from chalicelib.incidents import Result
from chalicelib.incidents.model import DAY, overwritten
from chalicelib.jurisdictions import Jurisdiction
from chalicelib.web.officer_cameras import FACES, URGENT_DAYS, facts_of, result_for
from chalicelib.web.officer_html import Tag, size_words
from chalicelib.web.officer_recorders import clocks_words, estimate_words
from chalicelib.web.officer_shapes import shape_of


class Standing(StrEnum):
    """Where an ask stands; each ask stands in one place only, so the counts add up."""

    SENT = "Footage sent"
    SENDING = "Sending now"
    WILL_SHARE = "Will share"
    NOTHING = "Nothing seen"
    CANNOT = "Cannot help"
    WAITING = "No answer yet"
    BOUNCED = "Could not reach"
    LEFT = "Has left the register"


COLOURS = {
    Standing.SENT: "green",
    Standing.SENDING: "blue",
    Standing.WILL_SHARE: "blue",
    Standing.NOTHING: "grey",
    Standing.CANNOT: "grey",
    Standing.WAITING: "plain",
    Standing.BOUNCED: "red",
    Standing.LEFT: "grey",
}
ANSWERS = {
    Answer.HAVE_FOOTAGE: Standing.WILL_SHARE,
    Answer.NOTHING_THERE: Standing.NOTHING,
    Answer.CANNOT_HELP: Standing.CANNOT,
    Answer.DO_NOT_ASK_AGAIN: Standing.CANNOT,
}
BOXES = (
    *(Standing.SENT, Standing.WILL_SHARE, Standing.NOTHING),
    *(Standing.WAITING, Standing.BOUNCED, Standing.CANNOT),
)
HERE = frozenset(
    {ClipState.ARRIVED, ClipState.ACCEPTED, ClipState.DECLINED, ClipState.INTEGRITY_FAILED}
)
SHOWN = HERE | {ClipState.UPLOADING}
CLIP_WORDS = {
    ClipState.SLOT: "announced",
    ClipState.UPLOADING: "being sent",
    ClipState.ARRIVED: "arrived",
    ClipState.ACCEPTED: "accepted",
    ClipState.DECLINED: "declined",
    ClipState.INTEGRITY_FAILED: "damaged on the way",
    ClipState.ABANDONED: "never finished",
    ClipState.REMOVED: "taken back",
}


@dataclass(frozen=True, slots=True)
class Box:
    """One of the numbers at the top."""

    words: str
    number: int
    care: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when the first of an owner's recordings is likely to exist."""

    words: str
    urgent: bool
    guess: bool
    estimate: str
    """What it is worked out from, if not what the owner said."""


@dataclass(frozen=True, slots=True)
class AskedCamera:
    """A camera in the table."""

    label: str
    facts: tuple[str, ...]
    clock: str
    """By how much its recorder's clock is off; empty if nobody has compared it."""


@dataclass(frozen=True, slots=True)
class SentClip:
    """A clip in the table."""

    id: str
    name: str
    facts: str
    here: bool


@dataclass(frozen=True, slots=True)
class AskRow:
    """One owner's line: cameras and answer, never a name."""

    standing: Standing
    tag: Tag
    asked_about: str
    """Their own window in words; empty if everybody was asked about the same."""
    note: str
    changed: str
    waits: str
    """When a letter goes out that waits for the end of quiet hours; empty if none does."""
    kept: Kept | None
    cameras: tuple[AskedCamera, ...]
    clips: tuple[SentClip, ...]
    fresh: str
    """When the owner last said that the entry is right; empty if they have gone."""


def standing_of(ask: Ask, clips: Iterable[Clip]) -> Standing:
    """Say where an ask stands; footage that is here says more than any answer."""
    states = {clip.state for clip in clips}
    if states & HERE:
        return Standing.SENT
    if ask.state is AskState.ENDED:
        return Standing.LEFT
    if ClipState.UPLOADING in states:
        return Standing.SENDING
    if ask.answer is not None:
        return ANSWERS[ask.answer]
    return Standing.BOUNCED if ask.state is AskState.BOUNCED else Standing.WAITING


def box_of(standing: Standing, every: Sequence[Standing]) -> Box:
    number = every.count(standing)
    return Box(standing.value, number, care=standing is Standing.BOUNCED and number > 0)


@dataclass(frozen=True, slots=True)
class Tracking:
    """All a request's page needs: the request, its cameras and clips, and when one looks."""

    request: FootageRequest
    cameras: dict[str, tuple[Camera, ...]]
    clips: tuple[Clip, ...]
    jurisdiction: Jurisdiction
    now: datetime
    fresh: Mapping[str, str]

    def rows(self) -> tuple[AskRow, ...]:
        """Return a line for each owner, the most pressing recording first."""
        rows = [(self._first_lost(ask), self._row(ask)) for ask in self.request.asks]
        return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))

    def boxes(self) -> tuple[Box, ...]:
        """Return how many owners stand where; those about to send count as willing to share."""
        standings = self._standings()
        counted = [Standing.WILL_SHARE if one is Standing.SENDING else one for one in standings]
        asked = Box("Owners asked", len(standings), care=False)
        return (asked, *(box_of(standing, counted) for standing in BOXES))

    def remindable(self) -> int:
        """Return how many owners a reminder would go to."""
        if self.request.closed(self.now) or self.request.reminded_at is not None:
            return 0
        standings = self._standings()
        return standings.count(Standing.WAITING)

    def _standings(self) -> list[Standing]:
        return [standing_of(ask, self._clips(ask)) for ask in self.request.asks]

    def _row(self, ask: Ask) -> AskRow:
        standing, results = standing_of(ask, self._clips(ask)), self._results(ask)
        return AskRow(
            standing=standing,
            tag=Tag(COLOURS[standing], standing.value),
            asked_about=self._asked_about(ask),
            note=ask.note,
            changed=self._changed(ask),
            waits=self._waits(ask),
            kept=self._kept(results),
            cameras=tuple(self._camera(result) for result in results),
            clips=tuple(self._clip(clip) for clip in self._clips(ask) if clip.state in SHOWN),
            fresh=self.fresh.get(ask.registration_id, "") if results else "",
        )

    def _asked_about(self, ask: Ask) -> str:
        if not self.request.own_times:
            return ""
        return self.jurisdiction.window_words(ask.starts_at, ask.ends_at, clock=24)

    def _results(self, ask: Ask) -> tuple[Result, ...]:
        results = (
            self._as_asked(camera, ask) for camera in self.cameras.get(ask.registration_id, ())
        )
        return tuple(sorted(results, key=lambda result: result.distance_m))

    def _as_asked(self, camera: Camera, ask: Ask) -> Result:
        """Look at a camera as the search did, but count from the window its owner was told."""
        incident, here = self.request.incident, self.jurisdiction
        result = result_for(camera, incident, jurisdiction=here, now=self.now)
        at, is_guess = overwritten(result.view, ask.ends_at, here.retention)
        return replace(
            result,
            starts_at=ask.starts_at,
            ends_at=ask.ends_at,
            overwritten_at=at,
            overwritten_is_guess=is_guess,
            days_left=(at - self.now) / DAY,
            gone=at < self.now,
        )

    def _first_lost(self, ask: Ask) -> tuple[bool, datetime, str]:
        until = [result.overwritten_at for result in self._results(ask)]
        return not until, min(until, default=self.now), ask.registration_id

    def _clips(self, ask: Ask) -> list[Clip]:
        return [clip for clip in self.clips if clip.registration_id == ask.registration_id]

    def _changed(self, ask: Ask) -> str:
        moments = [ask.answered_at, *(clip.arrived_at for clip in self._clips(ask))]
        latest = max((moment for moment in moments if moment), default=self.request.sent_at)
        return self.jurisdiction.moment_words(latest, clock=24)

    def _waits(self, ask: Ask) -> str:
        waits = ask.not_before is not None and ask.not_before > self.now and ask.answer is None
        if not waits or ask.not_before is None or ask.state is AskState.ENDED:
            return ""
        return self.jurisdiction.moment_words(ask.not_before, clock=24)

    def _kept(self, results: tuple[Result, ...]) -> Kept | None:
        if not results:
            return None
        first = min(results, key=lambda result: result.overwritten_at)
        urgent, days = first.days_left < URGENT_DAYS, int(first.days_left)
        left = f", {days} {'day' if days == 1 else 'days'}" if urgent and days >= 1 else ""
        until = self.jurisdiction.date_words(first.overwritten_at)
        words = f"Likely gone since {until}" if first.gone else f"{until}{left}"
        return Kept(
            words,
            urgent=urgent and not first.gone,
            guess=first.overwritten_is_guess,
            estimate=estimate_words(self._own(first), first, self.jurisdiction),
        )

    def _camera(self, result: Result) -> AskedCamera:
        shape, here = shape_of(self.request.incident.region), self.jurisdiction
        faces = (FACES[shape].lower(),) if result.faces else ()
        facts = facts_of(result, self.request.incident, here)
        return AskedCamera(result.label, (*facts, *faces), clocks_words([self._own(result)], here))

    def _own(self, result: Result) -> Camera:
        every = (camera for owned in self.cameras.values() for camera in owned)
        return next(camera for camera in every if camera.id == result.camera_id)

    def _clip(self, clip: Clip) -> SentClip:
        size = size_words(clip.size or clip.declared_size)
        facts = f"{size}, {CLIP_WORDS[clip.state]}"
        return SentClip(clip.id, clip.file_name, facts, here=clip.state in HERE)
