"""Every state of the world in which Sightline says no, with its HTTP status and one sentence.

SightlineError
├── InvalidInput          400  the fields of a form or body are wrong
│   ├── OutsideJurisdiction 422  the place belongs to another force
│   └── LimitExceeded     422  larger, longer or more than the programme allows
├── NotSignedIn           401
├── Forbidden             403
│   └── WrongFormToken    403  the page was not ours or was left open too long
├── NotFound              404
├── WrongMethod           405
├── StateConflict         409  somebody else changed it first
├── LinkGone              410  a link that has expired or was never ours
├── TooLarge              413
├── UnsupportedType       415
├── TooManyRequests       429
└── Unavailable           503  a service we depend on does not answer
    └── OutcomeUnknown    503  it broke off: what we asked for may have happened or not
"""

from collections.abc import Mapping

from chalicelib.language import say


class SightlineError(Exception):
    """Something the person in front of us can be told in one sentence."""

    status = 500
    title: str = say("Something went wrong")
    sentence: str = say("Sorry, something went wrong on our side. Please try again.")

    def __init__(self, sentence: str = "") -> None:
        """Say `sentence`, or the class's own."""
        super().__init__(sentence or self.sentence)
        self.sentence = sentence or self.sentence


class InvalidInput(SightlineError):
    """Some fields cannot be used; `fields` names each with its own sentence."""

    status = 400
    title = say("There is a problem")
    sentence = say("Check what you entered and try again.")

    def __init__(self, sentence: str = "", fields: Mapping[str, str] | None = None) -> None:
        """Say `sentence`, and what is wrong with each field."""
        super().__init__(sentence)
        self.fields: dict[str, str] = dict(fields or {})


class OutsideJurisdiction(InvalidInput):
    """The place is not in this force's area."""

    status = 422
    title = say("Outside our area")
    sentence = say("That place is outside our area.")


class LimitExceeded(InvalidInput):
    """The programme's own limits forbid it."""

    status = 422
    title = say("Over the limit")
    sentence = say("That is more than is allowed.")


class NotSignedIn(SightlineError):
    """No valid session or token."""

    status = 401
    title = say("Sign in")
    sentence = say("Sign in to continue.")


class Forbidden(SightlineError):
    """Signed in, but not for this."""

    status = 403
    title = say("Not allowed")
    sentence = say("Your role does not allow this.")


class WrongFormToken(Forbidden):
    """The form did not come from a page of this session."""

    title = say("Please try again")
    sentence = say("This page was open too long. Go back, reload it and try again.")


class NotFound(SightlineError):
    """Nothing here, or nothing for you: the two look the same."""

    status = 404
    title = say("Page not found")
    sentence = say("There is nothing at this address.")


class WrongMethod(SightlineError):
    """The address exists, the method does not."""

    status = 405
    title = say("Not possible here")
    sentence = say("This address does not accept that kind of request.")


class StateConflict(SightlineError):
    """Somebody else changed it between our read and our write."""

    status = 409
    title = say("This has just changed")
    sentence = say(
        "Somebody changed this at the same moment. Look at it again and repeat your change."
    )


class LinkGone(SightlineError):
    """A link that has expired, was used up, or never existed: the three look the same."""

    status = 410
    title = say("This link no longer works")
    sentence = say("The link has expired or has been used. You can ask for a new one.")


class TooLarge(SightlineError):
    """The body is larger than anything we ask for."""

    status = 413
    title = say("Too large")
    sentence = say("That is larger than this page accepts.")


class UnsupportedType(SightlineError):
    """The body is of a type we do not read."""

    status = 415
    title = say("Wrong type of content")
    sentence = say("This address does not accept that type of content.")


class TooManyRequests(SightlineError):
    """A quota is used up for now."""

    status = 429
    title = say("Too many attempts")
    sentence = say("That was tried too often. Wait a while and try again.")


class Unavailable(SightlineError):
    """A service we depend on throttles or does not answer."""

    status = 503
    title = say("Please try again shortly")
    sentence = say("The service is busy. Nothing was lost; please try again in a minute.")


class OutcomeUnknown(Unavailable):
    """The answer was lost: asking again at once might do the same thing twice."""
