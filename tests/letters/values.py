"""Values of every letter, for tests that look at all of them."""

from chalicelib.letters import (
    AddedValues,
    ConfirmValues,
    LeftValues,
    ManageValues,
    ReceiptValues,
    RequestValues,
)

REQUEST = RequestValues(
    officer="Sgt. Rivera, 4471",
    code="K7QM-2XWP",
    check_url="https://sightline.example/request-check",
    case_number="26-004512",
    what_happened="A vehicle was damaged in the street.",
    looking_for="A person on foot & a <dark> van",
    window="Nov 18, 2026, 10:15 PM to 11:00 PM",
    cameras=("front door", "yard \u201cnorth\u201d"),
    overwritten="Wednesday, Nov 25",
    reply_by="Monday, Nov 23",
    answer_url="https://sightline.example/answer/abc",
)
VALUES = {
    "confirm": ConfirmValues(
        camera="Tom & Ann's <door>",
        confirm_url="https://sightline.example/confirm/abc",
        expires="Nov 27, 2026",
    ),
    "manage_link": ManageValues(
        manage_url="https://sightline.example/my/abc", expires="Nov 21, 2026, 6:00 AM"
    ),
    "camera_added": AddedValues(camera="yard"),
    "request": REQUEST,
    "reminder": REQUEST,
    "receipt": ReceiptValues(
        code="K7QM-2XWP",
        case_number="26-004512",
        file_name="front <door>.mp4",
        size="1.2 GB",
        sha256="a" * 64,
        arrived="Nov 20, 2026, 6:00 AM",
        answer_url="https://sightline.example/answer/abc",
    ),
    "left": LeftValues(left="Nov 20, 2026", erased_by="Nov 21, 2026"),
}
