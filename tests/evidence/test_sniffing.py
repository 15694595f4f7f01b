from pathlib import Path

import pytest

from chalicelib.evidence import sniff
from chalicelib.evidence.sniffing import extension_of

VIDEO = Path(__file__).parents[3] / "shared" / "data" / "video"


def packets(length, start=0):
    return (b"\x00" * start + b"\x47" + b"\x00" * (length - start - 1)) * 6


@pytest.mark.parametrize(
    ("first", "word"),
    [
        (b"\x00\x00\x00\x18ftypisom", "MP4 video"),
        (b"\x00\x00\x00\x14ftypqt  ", "QuickTime video"),
        (b"\x00\x00\x00\x08wide", "QuickTime video"),
        (b"\x00\x00\x00\x18ftyp3gp5", "3GP video"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "WebM video"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska", "Matroska video"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "AVI video"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "WAV sound"),
        (packets(188), "MPEG transport stream"),
        (packets(192, 4), "AVCHD video"),
        (b"\x00\x00\x01\xba\x44", "MPEG program stream"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", "Windows Media video"),
        (b"FLV\x01\x05", "Flash video"),
        (b"\x00\x00\x00\x01\x67\x42\x00\x1f", "Raw H.264 video"),
        (b"\x00\x00\x01\x09\xf0", "Raw H.264 video"),
        (b"\x00\x00\x00\x01\x40\x01\x0c", "Raw H.265 video"),
        (b"DHAV\xfd\x00", "Dahua recording"),
        (b"IMKH\x01\x01", "Hikvision recording"),
        (b"PK\x03\x04\x14", "ZIP archive"),
        (b"MZ\x90\x00", "Windows program"),
        (b"\x7fELF\x02", "Linux program"),
        (b"\xff\xd8\xff\xe0", "JPEG picture"),
        (b"%PDF-1.7", "PDF document"),
        (b"", "Unknown format"),
        (b"\x00\x00\x00\x01", "Unknown format"),
        (b"G", "Unknown format"),
        (b"<html>", "Unknown format"),
    ],
)
def test_the_first_bytes_say_what_it_is(first, word):
    assert sniff(first).word == word


def test_a_name_settles_only_what_the_bytes_leave_open():
    assert sniff(b"\x00\x01\x02", "cam1.DAV").word == "Recorder's own format"
    assert sniff(b"MZ\x90\x00", "cam1.dav").word == "Windows program"


def test_no_program_gets_a_name_that_would_start_it():
    assert extension_of(sniff(b"MZ\x90\x00").word) == "exe.bin"
    assert extension_of("anything else") == "bin"


@pytest.mark.skipif(not VIDEO.exists(), reason="the real recordings are not on this machine")
@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("camcorder_avchd.mts", "MPEG transport stream"),
        ("camera_mjpeg.AVI", "AVI video"),
        ("cctv_overhead_cars.mp4", "MP4 video"),
        ("cctv_overhead_cars_10s.mkv", "Matroska video"),
        ("cctv_overhead_cars_vp9.webm", "WebM video"),
        ("dvr_export_dahua_like.dav", "Dahua recording"),
        ("dvr_raw_stream.h264", "Raw H.264 video"),
        ("old_phone.3gp", "3GP video"),
        ("tiny.flv", "Flash video"),
        ("tiny.mov", "QuickTime video"),
        ("tiny_wmv.asf", "Windows Media video"),
        ("broken/windows_program_renamed.mp4", "Windows program"),
        ("broken/zip_renamed.mp4", "ZIP archive"),
        ("broken/html_renamed.mp4", "Unknown format"),
        ("broken/zero_bytes.mp4", "Unknown format"),
    ],
)
def test_real_recordings_are_recognised(name, word):
    with (VIDEO / name).open("rb") as recording:
        assert sniff(recording.read(4096), name).word == word
