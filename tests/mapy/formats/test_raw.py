"""Camera raw files: each maker's shape becomes directories, under the kind's own name."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_builders import (
    UNDEFINED,
    Entry,
    Ifd,
    ascii_entry,
    camera,
    code_of,
    exif,
    ifd,
    jpeg,
    long,
    pointer,
    segment,
    short,
    tiff,
)
from mapy_format_builders import (
    ciff_directory,
    crw,
    mrw,
    phase_one,
    raf,
    x3f,
    x3f_properties,
)

ARRAY = short(0x0106, 32803)
"""PhotometricInterpretation: a colour filter array."""


def raw_of(make: str, *entries: Entry, model: str = "X") -> Ifd:
    """IFD0 of a camera, with a colour filter array below it."""
    return ifd(
        ascii_entry(0x010F, make),
        ascii_entry(0x0110, model),
        *entries,
        pointer(0x014A, ifd(ARRAY)),
    )


@pytest.mark.parametrize(
    ("make", "model", "kind", "media_type"),
    [
        ("NIKON CORPORATION", "NIKON Z 9", "NEF", "image/x-nikon-nef"),
        ("SONY", "ILCE-7M3", "ARW", "image/x-sony-arw"),
        ("SONY", "DSC-R1", "SR2", "image/x-sony-sr2"),
        ("PENTAX", "PENTAX K-30", "PEF", "image/x-pentax-pef"),
        ("SAMSUNG", "NX1", "SRW", "image/x-samsung-srw"),
        ("Hasselblad", "X1D", "3FR", "image/x-hasselblad-3fr"),
        ("SEIKO EPSON CORP.", "R-D1", "ERF", "image/x-epson-erf"),
        ("Eastman Kodak Company", "DC50", "KDC", "image/x-kodak-kdc"),
        ("Kodak", "DCS Pro 14N", "DCR", "image/x-kodak-dcr"),
        ("Mamiya-OP Co.,Ltd.", "ZD", "MEF", "image/x-mamiya-mef"),
        ("Somebody", "Else", "TIFF", "image/tiff"),
    ],
)
def test_names_a_raw_file_by_its_maker(make: str, model: str, kind: str, media_type: str) -> None:
    """The maker decides, if the picture is raw."""
    metadata = mapy.read(tiff(raw_of(make, model=model)))

    assert (metadata.format, metadata.media_type) == (kind, media_type)


def test_a_developed_picture_of_a_camera_is_no_raw_file() -> None:
    """A TIFF in RGB stays one, whoever made the camera."""
    page = ifd(short(0x0106, 2), ascii_entry(0x010F, "NIKON CORPORATION"))

    assert mapy.read(tiff(page)).format == "TIFF"


def test_a_version_of_dng_makes_a_dng() -> None:
    """Whatever the maker."""
    content = tiff(raw_of("SONY", Entry(0xC612, 1, b"\1\4\0\0")))

    assert mapy.read(content).format == "DNG"


@pytest.mark.parametrize(("mark", "kind"), [(b"IIRO", "ORF"), (b"IIRS", "ORF"), (b"II+\0", "BTF")])
def test_knows_other_numbers_in_the_header(mark: bytes, kind: str) -> None:
    """Olympus writes letters where TIFF writes 42."""
    content = mark + tiff(raw_of("OLYMPUS"))[4:]
    if kind == "BTF":
        content = mark + struct.pack("<HHQQ", 8, 0, 16, 1) + bytes(40)

    assert mapy.read(content).format == kind


def test_calls_pictures_as_the_kind_does() -> None:
    """The JPEG in IFD0 of an ARW is its preview."""
    content = tiff(raw_of("SONY", long(0x0201, 8), long(0x0202, 4)))
    metadata = mapy.read(content)

    assert metadata["IFD0:PreviewImageStart"].machine == 8
    assert metadata["IFD0:PreviewImage"].span == mapy.Span(8, 4)
    assert "IFD0:OtherImage" not in metadata


def test_calls_the_strips_of_a_cr2_its_preview() -> None:
    """CR2 has its mark behind the header."""
    page = ifd(ascii_entry(0x010F, "Canon"), long(0x0111, 10), long(0x0117, 4))
    content = bytearray(tiff(page))
    content[8:10] = b"CR"
    metadata = mapy.read(bytes(content))

    assert metadata.format == "CR2"
    assert metadata["IFD0:PreviewImageLength"].machine == 4


def test_finds_a_thumbnail_that_is_a_page() -> None:
    """A reduced page in plain RGB counts with the header that makes it a file."""
    page = ifd(
        long(0x00FE, 1),
        long(0x0100, 2),
        long(0x0101, 3),
        short(0x0102, 8, 8, 8),
        short(0x0103, 1),
        short(0x0106, 2),
        long(0x0111, 8),
        short(0x0115, 3),
        long(0x0117, 18),
    )
    thumbnail = mapy.read(tiff(page))["IFD0:ThumbnailTIFF"]

    assert thumbnail.machine == "(Binary data 234 bytes, use -b option to extract)"


def moved_note(origin: int, mark: bytes = b"II") -> bytes:
    """A note of Canon's as Adobe's converter keeps it: its offsets are those of the raw file."""
    row = struct.pack("<HHII", 0x0006, 2, 8, origin + 18)
    note = struct.pack("<H", 1) + row + bytes(4) + b"Camera1\0"
    body = mark + struct.pack(">I", origin) + note
    return b"Adobe\0MakN" + struct.pack(">I", len(body)) + body


def dng_of_canon(private: bytes) -> bytes:
    """A DNG with these private data."""
    return tiff(
        ifd(ascii_entry(0x010F, "Canon"), Entry(0xC612, 1, b"\1\4\0\0"), Entry(0xC634, 1, private))
    )


def test_reads_a_note_that_was_moved() -> None:
    """What it refers to is found, and its place is that in this file."""
    content = dng_of_canon(moved_note(700))
    tag = mapy.read(content)["Canon:CanonImageType"]

    assert tag.machine == "Camera1"
    assert content[tag.offset : tag.offset + tag.length] == b"Camera1\0"


@pytest.mark.parametrize("private", [moved_note(0x7FFFFFFF), moved_note(8, b"xx")])
def test_notes_a_moved_note_that_cannot_be_read(private: bytes) -> None:
    """An origin that is far away or an unknown byte order is a problem."""
    metadata = mapy.read(dng_of_canon(private))

    assert [problem.code for problem in metadata.problems] == ["dng.bad-note"]


def test_survives_every_truncation_of_a_moved_note() -> None:
    """Cut at each byte, the rest of the file is read."""
    whole = moved_note(700)

    for size in range(5, len(whole)):
        assert code_of(dng_of_canon(whole[:size])) == ""


def test_shows_a_title_only_if_there_is_one() -> None:
    """Panasonic's cameras write fields of zeros."""
    page = ifd(Entry(0xC6D2, UNDEFINED, b"Holiday\0"), Entry(0xC6D3, UNDEFINED, bytes(64)))
    metadata = mapy.read(tiff(page))

    assert metadata["IFD0:PanasonicTitle"].machine == "Holiday"
    assert "IFD0:PanasonicTitle2" not in metadata


@pytest.mark.parametrize(
    ("make", "name"), [("NIKON", "JpgFromRaw"), ("SAMSUNG", "Thumbnail"), ("Hasselblad", "Other")]
)
def test_calls_the_jpeg_below_ifd0_as_the_maker_does(make: str, name: str) -> None:
    """Nikon's is the developed picture."""
    below = ifd(ARRAY, long(0x0201, 8), long(0x0202, 4))
    page = ifd(ascii_entry(0x010F, make), pointer(0x014A, below))
    names = [tag.name for tag in mapy.read(tiff(page)) if tag.id == 0x0201]

    assert [each.startswith(name) for each in names] == [True]


def test_reads_private_data_of_nobody_as_bytes() -> None:
    """What a maker is known to write is not shown so."""
    page = ifd(Entry(0xC612, 1, b"\1\4\0\0"), Entry(0xC634, 1, b"secret things"))
    known = ifd(Entry(0xC612, 1, b"\1\4\0\0"), Entry(0xC634, 1, b"Adobe\0MakN"))

    assert mapy.read(tiff(page))["IFD0:DNGPrivateData"].length == 13
    assert "IFD0:DNGPrivateData" not in mapy.read(tiff(known))


@pytest.mark.parametrize("order", ["<", ">"])
def test_reads_the_note_that_a_dng_of_ricoh_has_in_its_private_data(order: str) -> None:
    """Behind the maker's name and a byte order; the tags are those of Pentax."""
    mark = b"RICOH\0II" if order == "<" else b"RICOH\0MM"
    speed = struct.pack(order + "HHHIHHI", 1, 0x0014, 3, 1, 100, 0, 0)
    page = ifd(
        ascii_entry(0x010F, "RICOH IMAGING COMPANY, LTD."),
        ascii_entry(0x0110, "RICOH GR III"),
        Entry(0xC612, 1, b"\1\4\0\0"),
        Entry(0xC634, 1, mark + speed),
    )

    assert mapy.read(tiff(page))["Pentax:ISO"].machine == 100


@pytest.mark.parametrize(
    ("compression", "name"), [(52546, "PreviewJXL"), (34892, "OtherImage"), (7, "PreviewImage")]
)
def test_names_the_strips_of_a_dng_by_their_compression(compression: int, name: str) -> None:
    """What a decoder takes as it is, is a picture of its own; names are ExifTool's."""
    smaller = ifd(long(0x00FE, 1), short(0x0103, compression), long(0x0111, 8), long(0x0117, 20))
    metadata = mapy.read(tiff(ifd(Entry(0xC612, 1, b"\1\7\1\0"), pointer(0x014A, smaller))))

    assert metadata[f"SubIFD:{name}Start"].machine == 8
    assert metadata[f"SubIFD:{name}"].length == 20


def test_reads_the_records_of_dng_1_7() -> None:
    """A picture's place in a sequence, and the dynamic range of a profile."""
    sequence = b"id-1\0burst\0frame\0" + struct.pack(">IIB", 2, 5, 1)
    page = ifd(
        Entry(0xC612, 1, b"\1\7\1\0"),
        Entry(0xCD44, UNDEFINED, sequence),
        Entry(0xCD47, UNDEFINED, struct.pack(">HHf", 1, 1, 4)),
    )
    metadata = mapy.read(tiff(page))
    found = {tag.name: tag.readable for tag in metadata if tag.group == "DNG"}

    assert found == {
        "SeqID": "id-1",
        "SeqType": "burst",
        "SeqFrameInfo": "frame",
        "SeqIndex": 2,
        "SeqCount": 5,
        "SeqFinal": "Yes",
        "PDRVersion": 1,
        "DynamicRange": "High",
        "HintMaxOutputValue": 4,
    }


def rw2() -> bytes:
    """A raw file of Panasonic with white balances and a JPEG."""
    balances = struct.pack("<HHHHH", 1, 9, 573, 256, 416).ljust(60, b"\0")
    inside = jpeg(exif(tiff(camera())))
    page = ifd(
        short(0x0002, 3724),
        Entry(0x0027, UNDEFINED, balances),
        Entry(0x002E, UNDEFINED, inside),
        ascii_entry(0x010F, "Panasonic"),
    )
    return b"IIU\0" + tiff(page)[4:]


def test_reads_an_rw2() -> None:
    """IFD0 has numbers of its own; the JPEG inside has what the camera wrote."""
    content = rw2()
    metadata = mapy.read(content)

    assert metadata.format == "RW2"
    assert metadata["IFD0:SensorWidth"].machine == 3724
    assert metadata["PanasonicRaw:WB_RGBLevels1"].machine == "573 256 416"
    assert metadata["GPS:GPSLatitudeRef"].machine == "S"
    model = metadata["IFD0:Model"]
    assert content[model.offset : model.offset + model.length] == b"Safe 1\0"


def a_raf() -> bytes:
    """A raw file of Fujifilm."""
    return raf(
        camera(),
        (0x0100, struct.pack(">HH", 1444, 4352)),
        (0x0121, struct.pack(">HH", 1440, 4288)),
        (0x0130, bytes([0x8C, 0, 0, 0])),
        (0x9200, struct.pack(">hh", 1, 4)),
        (0xC000, struct.pack("<3I", 4096, 3000, 0)),
    )


def test_reads_a_raf() -> None:
    """The height stands first, and is doubled where pixels stand in twice as many rows."""
    metadata = mapy.read(a_raf())

    assert metadata.format == "RAF"
    assert metadata["RAF:FirmwareVersion"].machine == "0106"
    assert metadata["RAF:RAFCompression"].readable == "Lossless"
    assert metadata["RAF:RawImageFullSize"].readable == "4352x1444"
    assert metadata["RAF:RawImageSize"].machine == "2144 2880"
    assert metadata["RAF:RelativeExposure"].readable == "-2.0"
    assert metadata["RAF:RawImageWidth"].machine == 2048
    assert metadata["RAF:RawImageHeight"].machine == 6000
    assert metadata["IFD0:Make"].machine == "Lamp"


@pytest.mark.parametrize(
    ("numbers", "size"),
    [
        ((4096, 3000, 0), (4096, 3000)),
        ((0x12345678, 6160, 4032), (6160, 4032)),
        ((0x12345678, 0x9ABCDEF0, 6160, 4032), (6160, 4032)),
        ((4096,), (4096, None)),
        ((70000, 70000, 70000, 4032), (None, None)),
    ],
)
def test_finds_the_size_in_the_settings_of_a_raf(
    numbers: tuple[int, ...], size: tuple[int | None, int | None]
) -> None:
    """The first number that can be a width is it, and the next one the height."""
    settings = (0xC000, struct.pack(f"<{len(numbers)}I", *numbers))
    metadata = mapy.read(raf(camera(), (0x0117, struct.pack(">I", 1)), settings))
    found = [metadata.get(f"RAF:{name}") for name in ("RawImageWidth", "RawImageHeight")]

    assert tuple(tag and tag.machine for tag in found) == size
    assert metadata["RAF:RawZoomActive"].readable == "Yes"


def test_halves_an_odd_width_where_two_rows_stand_in_one() -> None:
    """No camera writes it; as ExifTool does, it is halved all the same."""
    layout, settings = (0x0130, bytes([0x8C, 0, 0, 0])), (0xC000, struct.pack("<3I", 4095, 3000, 0))
    metadata = mapy.read(raf(camera(), layout, settings))

    assert metadata["RAF:RawImageWidth"].machine == 2047.5
    assert metadata["RAF:RawImageHeight"].machine == 6000


def test_reads_the_directory_in_front_of_the_data_of_a_sensor() -> None:
    """Its offsets count from its own start, and are shown from the file's."""
    content = bytearray(a_raf())
    at = len(content)
    struct.pack_into(">I", content, 0x64, at)
    content += tiff(ifd(pointer(0xF000, ifd(long(0xF001, 6000), long(0xF007, 2048)))))
    metadata = mapy.read(bytes(content))

    assert metadata["FujiIFD:RawImageFullWidth"].machine == 6000
    assert metadata["FujiIFD:StripOffsets"].machine == at + 2048


def an_mrw(order: str = ">") -> bytes:
    """A raw file of Minolta."""
    sensor = b"27200001" + struct.pack(order + "4H", 2456, 3272, 2448, 3264)
    settings = bytearray(64)
    settings[1:7] = bytes([0, 255, 1, 128, 2, 43])
    return mrw(
        (b"PRD", sensor + bytes([12, 12, 89, 0, 0, 0, 0, 1])),
        (b"TTW", tiff(camera())),
        (b"RIF", bytes(settings)),
        order=order,
    )


@pytest.mark.parametrize("order", [">", "<"])
def test_reads_an_mrw(order: str) -> None:
    """Records in the byte order of the file, and EXIF in its own."""
    metadata = mapy.read(an_mrw(order))

    assert metadata.format == "MRW"
    assert metadata["MinoltaRaw:SensorWidth"].machine == 3272
    assert metadata["MinoltaRaw:StorageMethod"].readable == "Linear"
    assert metadata["MinoltaRaw:ISOSetting"].readable == 65
    assert metadata["MinoltaRaw:WBMode"].readable == "Auto (0)"
    assert metadata["MinoltaRaw:ColorTemperature"].machine == 0
    assert metadata["IFD0:Make"].machine == "Lamp"


@pytest.mark.parametrize(
    ("make", "model", "expected"),
    [
        ("KONICA MINOLTA", "MAXXUM 7D", {"ColorFilter": 56, "ColorTemperature": 6000}),
        (
            "SONY",
            "DSLR-A100",
            {"ZoneMatching": 74, "ColorTemperature": 7600, "ColorFilter": 77, "BWFilter": 57},
        ),
        ("SONY", "DSLR-A700", {"ColorTemperature": 7800, "ColorFilter": 79}),
    ],
)
def test_the_settings_of_an_mrw_depend_on_the_camera(
    make: str, model: str, expected: dict[str, int]
) -> None:
    """Each maker, and some cameras, keep some of them at other places."""
    camera_ = tiff(ifd(ascii_entry(0x010F, make), ascii_entry(0x0110, model)))
    metadata = mapy.read(mrw((b"TTW", camera_), (b"RIF", bytes(range(84))), order="<"))

    assert {name: metadata[f"MinoltaRaw:{name}"].machine for name in expected} == expected
    assert ("MinoltaRaw:WB_RBLevelsShade" in metadata) == (model == "DSLR-A100")


def an_x3f() -> bytes:
    """A raw file of Sigma."""
    pairs = [("TIME", "86400"), ("EXPTIME", "24140"), ("LENSMODEL", "145"), ("NOBODY", "x")]
    picture = b"SECi" + struct.pack("<6I", 0x20000, 2, 18, 1, 1, 0)
    return x3f((b"PROP", x3f_properties(pairs)), (b"IMA2", picture + jpeg(exif(tiff(camera())))))


def test_reads_an_x3f() -> None:
    """Header, adjustments by their types, properties, the JPEG inside."""
    metadata = mapy.read(an_x3f())

    assert metadata.format == "X3F"
    assert metadata["SigmaRaw:FileVersion"].machine == "2.2"
    assert metadata["SigmaRaw:ExposureAdjust"].readable == "0.5"
    assert metadata["SigmaRaw:Contrast"].machine == -1
    assert metadata["SigmaRaw:DateTimeOriginal"].machine == "1970:01:02 00:00:00"
    assert metadata["SigmaRaw:IntegrationTime"].readable == "1/41"
    assert metadata["SigmaRaw:LensType"].machine == 0x145
    assert metadata["IFD0:Make"].machine == "Lamp"


def a_crw() -> bytes:
    """A raw file of Canon's older cameras: directories inside each other."""
    inner = ciff_directory(
        (0x0810, b"A Person\0"), (0x080A, b"Canon\0Canon EOS 10D\0"), (0x580B, b"\1\0\0\0")
    )
    properties = ciff_directory(
        (0x2807, inner),
        (0x0805, b"a comment\0"),
        (0x2804, ciff_directory((0x0805, b"a file\0"))),
        (0x5814, struct.pack("<f", -1)),
        (0x180E, struct.pack("<IiI", 86_400, 0, 0)),
    )
    return crw((0x2005, bytes(20)), (0x300A, properties))


def test_reads_a_crw() -> None:
    """Values in the directory and elsewhere; one number means two things by where it stands."""
    metadata = mapy.read(a_crw())

    assert metadata.format == "CRW"
    assert {tag.name: tag.readable for tag in metadata if tag.group == "CanonRaw"} == {
        "RawData": "(Binary data 20 bytes, use -b option to extract)",
        "OwnerName": "A Person",
        "Make": "Canon",
        "Model": "Canon EOS 10D",
        "SerialNumber": "0000000001",
        "UserComment": "a comment",
        "CanonFileDescription": "a file",
        "MeasuredEV": 4.0,
        "DateTimeOriginal": "1970:01:02 00:00:00",
        "TimeZoneCode": 0,
        "TimeZoneInfo": 0,
    }


def test_reads_the_heap_in_a_jpeg() -> None:
    """Canon's oldest cameras wrote it instead of EXIF."""
    heap = b"II\x1a\0\0\0HEAPJPGM" + bytes(12) + ciff_directory((0x0810, b"A Person\0"))
    metadata = mapy.read(jpeg(segment(0xE0, heap)))

    assert metadata.format == "JPEG"
    assert metadata["CIFF:OwnerName"].machine == "A Person"


def test_directories_of_a_heap_are_bounded_in_depth() -> None:
    """A heap that is deeper than allowed is cut, and said to be."""
    block = ciff_directory((0x0810, b"x\0"))
    for _ in range(30):
        block = ciff_directory((0x300A, block))
    metadata = mapy.read(crw((0x300A, block), (0x0816, b"name\0")))

    assert "ciff.too-deep" in [problem.code for problem in metadata.problems]
    assert metadata["CanonRaw:OriginalFileName"].machine == "name"


def an_iiq() -> bytes:
    """A raw file of Phase One: its directory stands between TIFF's header and first IFD."""
    directory = phase_one(
        (0x0102, 1, b"LD001055\0"),
        (0x0105, 4, struct.pack("<i", 100)),
        (0x0107, 4, struct.pack("<3f", 1.5, 1, 2)),
        (0x0401, 4, struct.pack("<f", 4)),
        (0x021C, 4, bytes(20)),
    )
    at = struct.pack("<I", 8 + len(directory))
    return b"II*\0" + at + directory + struct.pack("<HHHII", 1, 0x0112, 3, 1, 1) + bytes(4)


def test_reads_an_iiq() -> None:
    """Texts, numbers, several numbers, and what stands for many."""
    metadata = mapy.read(an_iiq())

    assert metadata.format == "IIQ"
    assert {tag.name: tag.machine for tag in metadata if tag.group == "PhaseOne"} == {
        "SerialNumber": "LD001055",
        "ISO": 100,
        "WB_RGBLevels": "1.5 1 2",
        "ApertureValue": 4.0,
        "StripOffsets": "(Binary data 9 bytes, use -b option to extract)",
    }


def test_reads_texts_of_kyocera_backwards() -> None:
    """So they stand in the file."""
    content = bytearray(156)
    content[25:32] = b"ARECOYK"
    content[12:20] = b"LATIGID "
    struct.pack_into(">I", content, 56, 56)
    metadata = mapy.read(bytes(content))

    assert metadata.format == "RAW"
    assert metadata["KyoceraRaw:Model"].machine == "DIGITAL"
    assert metadata["KyoceraRaw:ExposureTime"].readable == "1/125"


def test_reads_the_directory_of_kodak() -> None:
    """Its numbers mean something else than those of IFD0."""
    inner = ifd(Entry(0x0000, 1, b"\1\0\0\0"))
    metadata = mapy.read(tiff(ifd(ascii_entry(0x010F, "Kodak"), pointer(0x8290, inner))))

    assert metadata["KodakIFD:KodakVersion"].readable == "1.0.0.0"


FILES = {
    "rw2": rw2(),
    "raf": a_raf(),
    "mrw": an_mrw(),
    "x3f": an_x3f(),
    "crw": a_crw(),
    "iiq": an_iiq(),
}


@pytest.mark.parametrize("name", FILES)
def test_survives_every_truncation(name: str) -> None:
    """Cut at each byte, a file gives what is left or a named error."""
    content = FILES[name]
    codes = {code_of(content[:size]) for size in range(26, len(content))}

    assert codes <= {"", "file.broken"}


@pytest.mark.parametrize("name", FILES)
@given(st.data())
def test_survives_flipped_bytes(name: str, data: st.DataObject) -> None:
    """Whatever its bytes become, a file gives values or a named error."""
    content = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert isinstance(code_of(bytes(content)), str)
