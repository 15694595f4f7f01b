"""What kind of file the first bytes say it is; believed by nobody, shown to clerks.

Recorders write many odd formats and refusing one would destroy evidence, so nothing is refused
here. Programs and archives are named as such because a clerk should know before opening one.
"""

from dataclasses import dataclass

SNIFFED_BYTES = 4096
TS_PACKET = 188
M2TS_PACKET = 192
SYNC = 0x47


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file: in a short word, as a media type, and as a file name's end."""

    word: str
    mime: str
    extension: str


UNKNOWN = Container("Unknown format", "application/octet-stream", "bin")
MPEG_TS = Container("MPEG transport stream", "video/mp2t", "ts")
M2TS = Container("AVCHD video", "video/mp2t", "mts")
MOV = Container("QuickTime video", "video/quicktime", "mov")
THREE_GP = Container("3GP video", "video/3gpp", "3gp")
MP4 = Container("MP4 video", "video/mp4", "mp4")
WEBM = Container("WebM video", "video/webm", "webm")
MKV = Container("Matroska video", "video/x-matroska", "mkv")
RAW_H264 = Container("Raw H.264 video", "video/h264", "h264")
RAW_H265 = Container("Raw H.265 video", "video/h265", "h265")
ASF = Container("Windows Media video", "video/x-ms-asf", "asf")
ZIP = Container("ZIP archive", "application/zip", "zip")

PREFIXES = (
    (b"\x00\x00\x01\xba", Container("MPEG program stream", "video/mp2p", "mpg")),
    (b"\x00\x00\x01\xb3", Container("MPEG video", "video/mpeg", "mpg")),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", ASF),
    (b"FLV\x01", Container("Flash video", "video/x-flv", "flv")),
    (b"DHAV", Container("Dahua recording", "video/x-dav", "dav")),
    (b"IMKH", Container("Hikvision recording", "video/x-hikvision", "mp4")),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"7z\xbc\xaf\x27\x1c", Container("7-Zip archive", "application/x-7z-compressed", "7z")),
    (b"Rar!\x1a\x07", Container("RAR archive", "application/vnd.rar", "rar")),
    (b"MZ", Container("Windows program", "application/x-msdownload", "exe.bin")),
    (b"\x7fELF", Container("Linux program", "application/x-executable", "elf.bin")),
    (b"%PDF-", Container("PDF document", "application/pdf", "pdf")),
    (b"\xff\xd8\xff", Container("JPEG picture", "image/jpeg", "jpg")),
    (b"\x89PNG\r\n\x1a\n", Container("PNG picture", "image/png", "png")),
    (b"GIF8", Container("GIF picture", "image/gif", "gif")),
    (b"OggS", Container("Ogg recording", "video/ogg", "ogv")),
)
RIFF = {
    b"AVI ": Container("AVI video", "video/x-msvideo", "avi"),
    b"WAVE": Container("WAV sound", "audio/wav", "wav"),
    b"WEBP": Container("WebP picture", "image/webp", "webp"),
}
ATOMS = {b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"}
"""How QuickTime files older than `ftyp` begin."""
START_CODES = (b"\x00\x00\x00\x01", b"\x00\x00\x01")
H264_UNITS = {1, 5, 6, 7, 8, 9}
H265_UNITS = {32, 33, 34, 35, 39}


def sniff(first: bytes, name: str = "") -> Container:
    """Return what the first bytes look like; a name ending in .dav settles only the unknown."""
    for recognise in (_prefix, _iso, _matroska, _riff, _transport_stream, _annex_b):
        if (found := recognise(first)) is not None:
            return found
    if name.lower().endswith(".dav"):
        return Container("Recorder's own format", "video/x-dav", "dav")
    return UNKNOWN


def extension_of(word: str | None) -> str:
    """Return the file name's end for a word that `sniff` gave."""
    known = (MPEG_TS, M2TS, MOV, THREE_GP, MP4, WEBM, MKV, RAW_H264, RAW_H265)
    every = (*known, *(container for _, container in PREFIXES), *RIFF.values())
    return next((one.extension for one in every if one.word == word), UNKNOWN.extension)


def _prefix(first: bytes) -> Container | None:
    return next((found for prefix, found in PREFIXES if first.startswith(prefix)), None)


def _iso(first: bytes) -> Container | None:
    kind, brand = first[4:8], first[8:12]
    if kind in ATOMS:
        return MOV
    if kind != b"ftyp":
        return None
    if brand == b"qt  ":
        return MOV
    return THREE_GP if brand.startswith((b"3gp", b"3g2")) else MP4


def _matroska(first: bytes) -> Container | None:
    if not first.startswith(b"\x1a\x45\xdf\xa3"):
        return None
    return WEBM if b"webm" in first[:64] else MKV


def _riff(first: bytes) -> Container | None:
    return RIFF.get(first[8:12]) if first.startswith(b"RIFF") else None


def _transport_stream(first: bytes) -> Container | None:
    if _repeats(first, 0, TS_PACKET):
        return MPEG_TS
    return M2TS if _repeats(first, 4, M2TS_PACKET) else None


def _repeats(first: bytes, start: int, packet: int) -> bool:
    marks = first[start::packet][:5]
    return len(marks) > 1 and set(marks) == {SYNC}


def _annex_b(first: bytes) -> Container | None:
    """Recognise a bare stream by its first unit: parameter sets, delimiter or a picture."""
    start = next((code for code in START_CODES if first.startswith(code)), None)
    unit = first[len(start) : len(start) + 2] if start else b""
    if len(unit) < 2 or unit[0] & 0x80:  # noqa: PLR2004 - a unit's header has one or two bytes
        return None
    if unit[1] == 1 and unit[0] >> 1 in H265_UNITS:
        return RAW_H265
    return RAW_H264 if unit[0] & 0x1F in H264_UNITS else None
