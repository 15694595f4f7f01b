"""Values of every letter, for tests that look at all of them."""

from chalicelib.letters import (
    AddedValues,
    ClockLine,
    ConfirmValues,
    InvitationValues,
    LapsedValues,
    LeftValues,
    ManageValues,
    PilotEndingValues,
    ReceiptValues,
    ReconfirmValues,
    RequestValues,
    UnreachableValues,
    WelcomeValues,
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
    overwritten_by="Thursday, Dec 3",
    clocks=(
        ClockLine("front door", ("Nov 18, 2026, 10:18 PM to 11:04 PM",)),
        ClockLine(
            "yard <1>", ("Nov 18, 2026, 11:15 PM to 12:00 AM", "Nov 19, 2026, 0:15 AM to 1:00 AM")
        ),
    ),
    clock_unknown=True,
)
RECONFIRM = ReconfirmValues(
    count=2,
    camera="Tom & Ann's <door>",
    confirmed="Nov 20, 2026",
    right_url="https://sightline.example/still-right/abc",
    hidden_on="Jan 19, 2028",
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
    "paper_welcome": WelcomeValues(
        dated="Nov 12, 2026", reference="K7Q2-9F3X", cameras=("porch <1>", "yard")
    ),
    "reconfirm": RECONFIRM,
    "reconfirm_reminder": RECONFIRM,
    "lapsed": LapsedValues(
        right_url="https://sightline.example/still-right/abc", erased_on="Feb 18, 2028"
    ),
    "invitation": InvitationValues(
        count=1,
        camera="Tom & Ann's <door>",
        confirm_url="https://sightline.example/confirm/abc",
        expires="Jan 19, 2027",
    ),
    "unreachable": UnreachableValues(registration_id="abcdefghijklm", since="Nov 20, 2026"),
    "pilot_ending": PilotEndingValues(
        keep_url="https://sightline.example/my/abc/keep", ends="June 30, 2027"
    ),
    "left": LeftValues(left="Nov 20, 2026", erased_by="Nov 21, 2026"),
}
