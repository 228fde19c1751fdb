"""What stands behind a picture: found from the end of the file, one in front of the other."""

from __future__ import annotations

import json
import struct

import pytest

import mapy
from mapy_block_builders import afcp, dataset, foto_station, photo_mechanic, samsung_trailer
from mapy_builders import camera, code_of, jpeg, rdf, tiff

PHOTO = jpeg()
VIVO = b'vivo{"version":1}\0\0\xff\xff\xff\xff\x1b*9HWfu\x84\x93\xa2\xb1'


def test_reads_the_edits_of_photo_mechanic() -> None:
    """Datasets of numbers behind the picture."""
    metadata = mapy.read(PHOTO + photo_mechanic(n221=1, n222=6, n216=2, n217=-5))

    assert metadata["PhotoMechanic:Tagged"].readable == "Yes"
    assert metadata["PhotoMechanic:ColorClass"].readable == "6 (Typical alt)"
    assert metadata["PhotoMechanic:Rotation"].readable == "180"
    assert metadata["PhotoMechanic:CropLeft"].machine == -5


def test_reads_the_pieces_of_foto_station() -> None:
    """An edit and IPTC, each with a foot of its own."""
    edit = struct.pack(">12i", 1536, 1024, 3, 38626, 27000, 0, 18422, 1, 2, 3, 0, 150)
    metadata = mapy.read(PHOTO + foto_station(1, dataset(2, 5, b"x")) + foto_station(2, edit))

    assert metadata["FotoStation:XYResolution"].machine == 38.626
    assert metadata["FotoStation:Rotation"].machine == 90
    assert metadata["FotoStation:CropLeft"].readable == "18.422%"
    assert metadata["FotoStation:CropRotation"].machine == -1.5
    assert metadata["IPTC2:ObjectName"].machine == "x"


def test_reads_the_pieces_of_afcp() -> None:
    """Texts, IPTC and pictures, whose places count from the start of the file."""
    content = PHOTO + afcp(
        PHOTO, (b"IPTC", dataset(2, 5, b"x")), (b"TEXT", b"hello"), (b"Nail", bytes(20))
    )
    metadata = mapy.read(content)

    assert metadata["IPTC2:ObjectName"].machine == "x"
    assert metadata["AFCP:Text"].machine == "hello"
    assert metadata["AFCP:ThumbnailImage"].length == 2


def test_reads_the_directory_of_a_samsung_phone() -> None:
    """Films, sounds and texts behind the picture, each with a name."""
    metadata = mapy.read(
        PHOTO
        + samsung_trailer(
            (0x0A30, b"MotionPhoto_Data", b"film"), (0x0A01, b"Time", b"1714558272123")
        )
    )

    assert metadata["Samsung:EmbeddedVideoType"].machine == "MotionPhoto_Data"
    assert metadata["Samsung:EmbeddedVideoFile"].length == 4
    assert metadata["Samsung:TimeStamp"].machine == "2024:05:01 10:11:12.123+00:00"


def test_reads_the_json_of_a_vivo_phone() -> None:
    """A text of JSON behind the picture."""
    assert mapy.read(PHOTO + VIVO)["Vivo:JSONInfo"].machine == '{"version":1}'


@pytest.mark.parametrize("kind", [b"info", b"coun"])
def test_finds_the_second_picture_of_a_vivo_phone(kind: bytes) -> None:
    """It stands in front of the text, whose objects may hold others; values are ExifTool's."""
    text = b'{"version":1,"a":{"b":2},"c":[1]}'
    picture = b"\xff\xd8\xff\xdbpicture\xff\xd9"
    trailer = b"streamdata" + picture + b"stream" + kind + bytes(8) + b"vivo" + text + b"\0"
    metadata = mapy.read(PHOTO + trailer + VIVO[-15:])

    assert metadata["Vivo:JSONInfo"].machine == text.decode()
    assert metadata["Vivo:HDRImage"].offset == len(PHOTO) + 10
    assert metadata["Vivo:HDRImage"].length == len(picture)


def test_reads_one_trailer_in_front_of_another() -> None:
    """Each tells its length, so that the one before it is found."""
    content = PHOTO + foto_station(2, bytes(48)) + photo_mechanic(n222=1)
    content += samsung_trailer((0x0100, b"a", b"b")) + VIVO
    groups = {tag.group for tag in mapy.read(content)}

    assert {"FotoStation", "PhotoMechanic", "Samsung", "Vivo"} <= groups


def test_a_tiff_may_have_one_too() -> None:
    """A trailer is known by its own end, whatever the picture is."""
    assert "PhotoMechanic:Rating" in mapy.read(tiff(camera()) + photo_mechanic(n223=3))


@pytest.mark.parametrize(
    "tail",
    [
        b"\xff\xff\xff\xffcbipcbbl",
        b"\0\1\xff\xff\xff\xff\xa1\xb2\xc3\xd4",
        b"\0\1\0\0\0\0\xa1\xb2\xc3\xd4",
        b"\xff\xff\xff\0\0SEFT",
        b"\xff\xff\xff\xff\0\0\0\0SEFT",
        b"\xff\xff\0\0QDIOBS",
        b"AXS!\xff\xff\xff\xff\0\0\0\0",
        b"AXS*\0\0\0\0\0\0\0\0",
        b"CANON OPTIONAL DATA\0\xff\xff\xff\xff" + bytes(40),
        b"~\0\4\0zmie~\0\0\x06\xff\xff\xff\xff\x10\x04",
        VIVO[-15:],
        b"8db42d694ccc418790edff439fe026bf",
        b"\xff" * 46 + b"8db42d694ccc418790edff439fe026bf",
    ],
)
def test_a_trailer_that_lies_about_its_length_is_survived(tail: bytes) -> None:
    """A length beyond the file costs the trailer, not the picture."""
    assert code_of(PHOTO + tail) == ""


def test_a_length_of_nothing_ends_the_search() -> None:
    """Very many trailers of no length would be the same one again and again."""
    metadata = mapy.read(PHOTO + b"\0\1\0\0\0\0\xa1\xb2\xc3\xd4")

    assert [problem.code for problem in metadata.problems] == ["trailer.outside"]


def test_bounds_how_many_trailers_are_read() -> None:
    """A file of trailers alone ends after a few."""
    metadata = mapy.read(PHOTO + foto_station(2, bytes(48)) * 100)

    assert sum(block.kind == "soft-edit" for block in metadata.blocks) == 16


def canon_vrd(*blocks: tuple[int, bytes]) -> bytes:
    """Canon's trailer: a header, blocks of a kind and a length, a foot that ends like a JPEG."""
    body = b"".join(struct.pack(">II", kind, len(data)) + data for kind, data in blocks)
    head = b"CANON OPTIONAL DATA\0" + struct.pack(">II", 0x00010000, len(body))
    foot = b"CANON OPTIONAL DATA\0" + struct.pack(">I", len(body))
    return head + body + foot + bytes(38) + b"\xff\xd9"


def test_reads_the_edits_of_canons_program() -> None:
    """A trailer that ends like a JPEG is found all the same, and its XMP is read."""
    edit = bytearray(626)
    edit[2:4] = struct.pack(">H", 100)
    edit[294:304] = struct.pack(">5H", 2, 0, 0, 255, 255)
    part = struct.pack(">I", len(edit)) + bytes(edit)
    packet = rdf("<dc:format>image/jpeg</dc:format>")
    metadata = mapy.read(PHOTO + canon_vrd((0xFFFF00F4, part), (0xFFFF00F6, packet)))

    assert metadata["CanonVRD:VRDVersion"].readable == "1.0.0"
    assert metadata["CanonVRD:LuminanceCurvePoints"].readable == "(0,0) (255,255)"
    assert metadata["XMP-dc:Format"].machine == "image/jpeg"


def test_a_block_of_canons_program_that_is_cut_short_is_a_problem() -> None:
    """A length beyond the trailer costs that block."""
    content = bytearray(canon_vrd((0xFFFF00F4, bytes(100))))
    content[32:36] = struct.pack(">I", 5_000)
    metadata = mapy.read(PHOTO + bytes(content))

    assert [problem.code for problem in metadata.problems] == ["canon-vrd.cut-short"]


SETTINGS = b"".join(
    bytes([0, len(name)]) + name + struct.pack("<HI", 4, number)
    for name, number in ((b"inputWidth", 640), (b"unknown", 1), (b"zoomStrength", 3))
)
SETTINGS = b"DOFS" + struct.pack("<IIIH", 3, 0, 18 + len(SETTINGS), 3) + SETTINGS
EXTRA = bytes(40) + b"\3\0\xff\xff" + struct.pack("<2I", 640, 480) + bytes(60)
EDITS = b'{"originalPath":"/a.jpg","sepVersion":"1","clipInfoValue":"{\\"mCenterX\\":0.5}"}'


@pytest.mark.parametrize(
    ("kind", "name", "content", "expected"),
    [
        (0x0001, b"DualShot_2", b"123", {"EmbeddedImage2": "(Binary data 3 bytes"}),
        (0x0A30, b"MotionPhoto_Data", b"mpv2" + struct.pack(">II", 10, 20), {
            "EmbeddedVideoOffsetSize": "10 20", "EmbeddedVideoType": "MotionPhoto_Data",
        }),
        (0x0A31, b"MotionPhoto_Version", b"mpv3", {"SamsungMotionPhotoVersion": "mpv3"}),
        (0x0AA1, b"MCC_Data", b"262", {"MCCData": "Germany (262)"}),
        (0x0AB1, b"DualShot_DepthMap_5", b"12", {"DepthMapData2": "(Binary data 2 bytes"}),
        (0x0AB3, b"DualShot_Extra_Info", EXTRA, {"DepthMapWidth": 640, "DepthMapHeight": 480}),
        (0x0B40, b"SingleShot_Meta_Info", SETTINGS, {"InputWidth": 640, "ZoomStrength": 3}),
        (0x0BA1, b"Original_Path_Hash_Key", b"abc/1", {"OriginalPathHashKey": "abc/1"}),
        (0x0BA1, b"PhotoEditor_Re_Edit_Data", EDITS, {
            "OriginalPath": "/a.jpg", "SEPVersion": "1", "ClipCenterX": 0.5,
        }),
        (0x0C51, b"Samsung_Capture_Info", b"Screen", {"SamsungCaptureInfo": "Screen"}),
        (0x0D91, b"PEg_Info", b'{"genImageVersion":"1"}', {"GenImageVersion": "1"}),
        (0x0E41, b"Video_Edited_UTC_Offset", b"+0800", {"VideoEditedTimeZone": "+0800"}),
    ],
)  # fmt: skip
def test_reads_each_kind_of_piece_of_a_samsung_phone(
    kind: int, name: bytes, content: bytes, expected: dict[str, object]
) -> None:
    """The values are those that ExifTool reads."""
    metadata = mapy.read(jpeg() + samsung_trailer((kind, name, content)))
    found = {tag.name: tag.readable for tag in metadata if tag.group == "Samsung"}
    for key, value in expected.items():
        assert str(found[key]).startswith(str(value)), key


def test_survives_a_piece_that_ends_anywhere() -> None:
    """A piece that is cut says what it has, and nothing else is lost."""
    for kind, content in (
        (0x0B40, SETTINGS),
        (0x0AB3, EXTRA),
        (0x0BA1, EDITS),
        (0x0A30, b"x" * 12),
    ):
        for size in range(0, len(content), 3):
            pieces = (kind, b"PhotoEditor_Re_Edit_Data", content[:size]), (0x0E41, b"z", b"+0100")
            metadata = mapy.read(jpeg() + samsung_trailer(*pieces))
            assert metadata["Samsung:VideoEditedTimeZone"].machine == "+0100"


def test_reads_the_later_edits_of_canons_program() -> None:
    """Behind the first part stand a number of stamps and a part with a block of any length."""
    first = bytearray(0x0272)
    first[2:4], first[56:60] = struct.pack(">H", 220), struct.pack(">i", 3000)
    second = bytearray(600)
    second[176:188] = struct.pack(">H", 10) + b"style data"
    second[2 * 102 + 10 : 2 * 102 + 12] = struct.pack(">h", 512)
    part = bytes(first) + struct.pack(">II", 4, 7) + bytes(second)
    metadata = mapy.read(PHOTO + canon_vrd((0xFFFF00F4, struct.pack(">I", len(part)) + part)))
    names = ("VRDVersion", "RawBrightnessAdj", "StampToolCount", "ChromaticAberration")
    assert [metadata[f"CanonVRD:{name}"].readable for name in names] == ["2.2.0", "0.50", 7, "50%"]
    assert metadata["CanonVRD:CustomPictureStyleData"].length == 12


def dr4(*edits: tuple[int, int, bytes], order: str = "<", flags: int = 0) -> bytes:
    """A directory of edits: number, type, value."""
    at, rows, values = 36 + 28 * len(edits), b"", b""
    for number, kind, value in edits:
        place = at + len(values)
        rows += struct.pack(order + "7I", number, kind, flags, flags, 0, place, len(value))
        values += value
    mark = b"IIII" if order == "<" else b"MMMM"
    head = mark + struct.pack(order + "7I", 0x10004, 0, 0x412, 0, 0, 0, len(edits)) + bytes(4)
    return head + rows + values + bytes(8)


@pytest.mark.parametrize("order", ["<", ">"])
def test_reads_the_newest_edits_of_canons_program(order: str) -> None:
    """A directory of numbers, texts and records, with flags."""
    crop = struct.pack(order + "8id2i", 1, 6000, 4000, 10, 20, 300, 200, 0, 1.5, 6000, 4000)
    edits = (
        (0x10002, 8, struct.pack(order + "I", 90)),
        (0x20310, 13, struct.pack(order + "d", 1)),
        (0x20702, 38, struct.pack(order + "d", 0.25)),
        (0x20125, 33, struct.pack(order + "5I", 14, 1, 2, 3, 4)),
        (0xF0100, 255, crop),
        (0xF0512, 2, b"EF50mm\0"),
        (0x77777, 8, bytes(4)),
    )
    body = dr4(*edits, order=order, flags=1)
    metadata = mapy.read(PHOTO + canon_vrd((0xFFFF00F7, struct.pack(">I", len(body)) + body)))
    found = {tag.name: tag.readable for tag in metadata if tag.group == "CanonDR4"}
    expected = {
        "DR4CameraModel": "EOS M50 / Kiss M",
        "Rotation": 90,
        "SharpnessAdjOn": "Yes",
        "PeripheralIllumination": "0.25",
        "WBAdjRGGBLevels": "1 2 3 4",
        "CropActive": "Yes",
        "CropWidth": 300,
        "CropAngle": 1.5,
        "LensFocalLength": "EF50mm",
    }
    assert {name: found[name] for name in expected} == expected


def test_survives_edits_that_end_anywhere() -> None:
    """A directory that is cut short says what it has."""
    body = dr4((0x10002, 8, bytes(4)), (0xF0100, 255, bytes(52)))
    for size in range(len(body)):
        part = struct.pack(">I", len(body)) + body[:size]
        mapy.read(PHOTO + canon_vrd((0xFFFF00F7, part), (0xFFFF00F4, part)))


def one_plus(*pieces: tuple[str, bytes]) -> bytes:
    """Pieces, then the list that tells how far back each begins."""
    rows, back = [], sum(len(piece) for _, piece in pieces)
    for name, piece in pieces:
        rows.append({"name": name, "offset": back, "length": len(piece), "version": 1})
        back -= len(piece)
    return b"".join(piece for _, piece in pieces) + listed(json.dumps(rows).encode())


def listed(content: bytes) -> bytes:
    """A list of OnePlus' with its foot."""
    return content + b"jxrs" + struct.pack("<I", len(content) + 8)


def test_reads_the_pieces_of_one_plus() -> None:
    """The list as it is, and the name of the phone behind its code."""
    trailer = one_plus(("private.emptyspace", bytes(8)), ("watermark.device", b"\1\2\3\4\5Phone"))
    metadata = mapy.read(PHOTO + photo_mechanic(n221=1) + trailer)

    assert metadata["OnePlus:Device"].machine == "0x0102030405 Phone"
    assert str(metadata["OnePlus:JSONInfo"].machine).startswith('[{"name": "private.emptyspace"')
    assert "PhotoMechanic:Tagged" in metadata


@pytest.mark.parametrize(
    "content",
    [
        b"{nope",
        b'{"name": 1}',
        b"[" * 10_000,
        b'[1, {}, {"name": 1, "offset": 1, "length": 1}]',
        b'[{"name": "watermark.device", "offset": 9999999, "length": 3}]',
        b'[{"name": "watermark.device", "offset": true, "length": -3}]',
        b'[{"name": "watermark.device", "offset": 1e9, "length": 3}]',
        b"\xff\xfe",
    ],
)
def test_a_list_that_tells_nonsense_names_no_phone(content: bytes) -> None:
    """What is no list of pieces, or tells of pieces outside the file, is passed over."""
    assert "OnePlus:Device" not in mapy.read(PHOTO + listed(content))


def nikon_app(*records: tuple[int, bytes], name: bytes = b"NIKON APP") -> bytes:
    """A head, records of a number and a length, a foot."""
    head = (name + b"\0").ljust(0x40, b"\0")
    body = head + b"".join(struct.pack(">II", kind, len(data)) + data for kind, data in records)
    return body + struct.pack(">I", len(body) + 20) + bytes(6) + b"/NIKON APP"


NOTED = rdf("<dc:format>image/jpeg</dc:format>")


def test_reads_what_nikons_programs_add() -> None:
    """XMP in a record of a trailer, and the trailer in front of it."""
    trailer = nikon_app((1, NOTED), (0, b""))
    metadata = mapy.read(PHOTO + photo_mechanic(n221=1) + trailer)

    assert metadata["XMP-dc:Format"].machine == "image/jpeg"
    assert "PhotoMechanic:Tagged" in metadata


@pytest.mark.parametrize(
    "trailer",
    [
        nikon_app((2, NOTED), (0, b"")),
        nikon_app((1, NOTED), (0, b""), name=b"OTHER APP"),
        nikon_app((0, b""), (1, NOTED)),
        nikon_app((1, NOTED), (0, b""))[-20:],
    ],
)
def test_passes_over_what_nikons_programs_do_not_write(trailer: bytes) -> None:
    """Records of other numbers and behind the last, heads of others, and a lone foot."""
    assert "XMP-dc:Format" not in mapy.read(PHOTO + trailer)


@pytest.mark.parametrize(
    "trailer", [nikon_app((1, NOTED), (0, b"")), one_plus(("watermark.device", b"12345Phone"))]
)
def test_new_trailers_that_are_cut_short_are_no_harm(trailer: bytes) -> None:
    """Whatever is left out of their middle, the picture is read."""
    for at in range(len(trailer) - 8):
        assert mapy.read(PHOTO + trailer[:at] + trailer[at + 7 :]).format == "JPEG"


def later_edits(version: int, data: bytes, *, is_on: bool = True, style: int = 0) -> bytes:
    """Edits with a block of a style, and data of a lens in front of the last fields."""
    first = bytearray(0x0272)
    first[2:4] = struct.pack(">H", version)
    second = bytearray(440)
    second[176:178] = struct.pack(">H", style)
    second[188:190] = struct.pack(">H", 0x42)
    second[178:178] = bytes(style)
    second += struct.pack(">3hI", is_on, 80, 0x7FFF, len(data))
    lens = bytes(6) + struct.pack(">h", 90) + b"1.2.3.4\0\0\0" + data + bytes(4)
    second += (lens if is_on else b"") + struct.pack(">9h", *range(1, 10))
    part = bytes(first) + struct.pack(">I", 0) + bytes(second)
    return canon_vrd((0xFFFF00F4, struct.pack(">I", len(part)) + part))


@pytest.mark.parametrize("style", [0, 10])
def test_reads_what_a_lens_was_corrected_by(style: int) -> None:
    """Data of any length stand in the midst of the edits, and the fields behind are found."""
    content = PHOTO + later_edits(350, b"lens data", style=style)
    metadata = mapy.read(content)
    names = ("DLOSetting", "DLOSettingApplied", "DLOVersion", "CameraRawColorTone")
    data = metadata["CanonVRD:DLOData"]

    assert [metadata[f"CanonVRD:{name}"].machine for name in names] == [80, 90, "1.2.3.4", 1]
    assert metadata["CanonVRD:CameraRawOutputShadowPoint"].machine == 9
    assert content[data.offset : data.offset + data.length] == b"lens data"
    assert "CanonVRD:DLOShootingDistance" not in metadata


def test_reads_edits_without_a_lens() -> None:
    """Where nothing was corrected, the last fields follow at once."""
    metadata = mapy.read(PHOTO + later_edits(350, b"", is_on=False))

    assert metadata["CanonVRD:CameraRawColorTone"].machine == 1
    assert "CanonVRD:DLOVersion" not in metadata


@pytest.mark.parametrize(("version", "words"), [(320, "Unknown (66)"), (350, "4")])
def test_noise_reduction_has_other_words_since(version: int, words: str) -> None:
    """From version 3.3 on the strength is told in steps."""
    tag = mapy.read(PHOTO + later_edits(version, b""))["CanonVRD:ChrominanceNoiseReduction"]

    assert (tag.machine, str(tag.readable)) == (0x42, words)
