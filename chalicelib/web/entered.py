"""The texts of the registration form as they were typed, before anything is made of them."""

import msgspec


class EnteredCamera(msgspec.Struct, frozen=True, omit_defaults=True):
    """One camera of the form."""

    key: str = ""
    """Random: tells the cameras of one form apart, also when a page is sent twice."""
    done: bool = False
    """Whether its owner went on; before that only its place may be known."""
    place: str = ""
    latitude: str = ""
    longitude: str = ""
    kind: str = ""
    label: str = ""
    heading: str = ""
    view_angle: str = ""
    recorder: dict[str, str] = {}
    """The fields about the recorder, by the names `recorder_forms` gives them."""
    at: str = ""
    """When it was typed: a clock that was compared and an oldest recording are as of then."""


class Entered(msgspec.Struct, frozen=True, omit_defaults=True):
    """The whole form."""

    source: str = ""
    invite_code: str = ""
    premises: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    cameras: tuple[EnteredCamera, ...] = ()
    site: dict[str, str] = {}
    """The texts of the page about a business, by the names of its fields."""

    def camera(self, key: str) -> EnteredCamera | None:
        """Return the camera of this key."""
        return next((one for one in self.cameras if one.key == key), None)

    def with_camera(self, camera: EnteredCamera) -> "Entered":
        """Return the form with this camera in the place of the one of the same key, or added."""
        if self.camera(camera.key) is None:
            return msgspec.structs.replace(self, cameras=(*self.cameras, camera))
        after = tuple(camera if one.key == camera.key else one for one in self.cameras)
        return msgspec.structs.replace(self, cameras=after)

    def without_camera(self, key: str) -> "Entered":
        """Return the form without the camera of this key."""
        left = tuple(one for one in self.cameras if one.key != key)
        return msgspec.structs.replace(self, cameras=left)
