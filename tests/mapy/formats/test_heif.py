"""HEIF: its items, their properties and the headers of its sequences become directories."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st
import pytest

import mapy
from mapy_block_builders import samsung_trailer
from mapy_box_builders import (
    XMP,
    HeifItem,
    box,
    ftyp,
    full_box,
    hdlr,
    heif,
    ispe,
    uuid_box,
)
from mapy_builders import camera, code_of, rdf, tiff

EXIF = b"\0\0\0\0" + tiff(camera())
PICTURE = HeifItem(1, b"hvc1", b"pixels")
CAMERA = HeifItem(2, b"Exif", EXIF, describes=1)
PACKET = HeifItem(3, b"mime", rdf("<dc:format>image/heic</dc:format>"), 1, b"application/rdf+xml")
HVCC = box(
    b"hvcC",
    bytes.fromhex("01036000000090000000000078f000fcfdf8f800001f"),
)
PROPERTIES = (ispe(640, 480), box(b"irot", b"\1"), full_box(b"pixi", b"\3\x08\x08\x08"), HVCC)
CLAP = box(b"clap", struct.pack(">8i", 451, 1, 461, 2, -1, 2, 0, 1))
WHOLE = heif(PICTURE, CAMERA, PACKET, properties=PROPERTIES, owners={1: (1, 2, 3, 4)})


def values(content: bytes, *keys: str) -> tuple[object, ...]:
    """The machine values of these tags; None for one that is not there."""
    metadata = mapy.read(content)
    found = [metadata.get(key) for key in keys]
    return tuple(None if tag is None else tag.machine for tag in found)


def problems(content: bytes, **limits: int) -> list[str]:
    """The codes of the problems."""
    metadata = mapy.read(content, limits=mapy.Limits(**limits))
    return [problem.code for problem in metadata.problems]


def test_reads_exif_and_xmp_items() -> None:
    """Items of metadata are found by their places, and parsed."""
    assert values(WHOLE, "IFD0:Make", "GPS:GPSLatitudeRef", "XMP-dc:Format") == (
        "Lamp",
        "S",
        "image/heic",
    )


def test_places_tags_in_the_file() -> None:
    """An offset is counted from the start of the file, whatever lies between."""
    tag = mapy.read(WHOLE)["IFD0:Make"]

    assert WHOLE[tag.offset : tag.offset + 4] == b"Lamp"


def test_reads_what_describes_the_picture() -> None:
    """Brands, size, rotation, depth, codec of the primary item."""
    metadata = mapy.read(WHOLE)

    assert metadata.format == "HEIC"
    assert metadata["QuickTime:MajorBrand"].machine == "heic"
    assert metadata["QuickTime:CompatibleBrands"].machine == ["mif1", "heic"]
    assert metadata["QuickTime:ImageSpatialExtent"].readable == "640x480"
    assert metadata["File:ImageWidth"].machine == 640
    assert metadata["QuickTime:Rotation"].readable == "Rotate 270 CW"
    assert metadata["QuickTime:ImagePixelDepth"].machine == "8 8 8"
    assert metadata["QuickTime:GeneralProfileIDC"].readable == "Main Still Picture"
    assert metadata["QuickTime:GeneralLevelIDC"].readable == "120 (level 4.0)"
    assert metadata["Meta:PrimaryItemReference"].machine == 1


@pytest.mark.parametrize(
    ("brand", "name"),
    [
        (b"avif", "AVIF"),
        (b"mif1", "HEIF"),
        (b"heix", "HEIF"),
        (b"msf1", "HEIFS"),
        (b"avci", "HEIF"),
    ],
)
def test_names_the_file_by_its_brand(brand: bytes, name: str) -> None:
    """The major brand tells what the items are coded with."""
    assert mapy.read(heif(PICTURE, brand=brand)).format == name


def test_knows_a_file_by_a_compatible_brand() -> None:
    """Some writers have a major brand of their own."""
    assert mapy.read(ftyp(b"what", b"isom", b"mif1")).format == "HEIF"


def test_refuses_a_movie() -> None:
    """The boxes of a video are no picture's."""
    with pytest.raises(mapy.UnknownFormat):
        mapy.read(ftyp(b"isom", b"mp42"))


def test_reads_an_item_in_idat() -> None:
    """Construction method 1: the item lies in the `meta` box itself."""
    item = HeifItem(2, b"Exif", EXIF, is_in_idat=True)

    assert values(heif(PICTURE, item), "IFD0:Make") == ("Lamp",)


def test_says_that_an_item_of_items_is_not_read() -> None:
    """Construction method 2 is refused by name."""
    item = HeifItem(2, b"Exif", EXIF, method=2)

    assert problems(heif(PICTURE, item)) == ["heif.item-not-read"]


def test_says_that_a_compressed_item_is_not_read() -> None:
    """The encoding of a `mime` item is no metadata to be parsed."""
    item = HeifItem(3, b"mime", b"packed", 1, b"application/rdf+xml\0deflate")

    assert problems(heif(PICTURE, item)) == ["heif.item-not-read"]


@pytest.mark.parametrize("head", [b"\0\0\0\6Exif\0\0", b"\0\0\0\0Exif\0\0", b"", b"\0\0\0\x63"])
def test_finds_the_tiff_structure_of_an_item(head: bytes) -> None:
    """Where the offset is right, where it is wrong, and where it is left out."""
    item = HeifItem(2, b"Exif", head + tiff(camera()))

    assert values(heif(PICTURE, item), "IFD0:Make") == ("Lamp",)


def test_metadata_of_another_item_does_not_speak_for_the_picture() -> None:
    """What describes a gain map or a depth map is kept, and marked as embedded."""
    other = HeifItem(4, b"mime", rdf("<dc:format>map</dc:format>"), 9, b"application/rdf+xml")
    metadata = mapy.read(heif(PICTURE, PACKET, other))
    told = {
        tag.machine: directory.is_embedded
        for directory in metadata.directories
        for tag in directory
        if tag.key == "XMP-dc:Format"
    }

    assert told == {"image/heic": False, "map": True}


def test_a_property_of_a_tile_does_not_speak_for_the_picture() -> None:
    """The size of the picture is that of its primary item, wherever it stands in the list."""
    tiles = heif(
        *(PICTURE, HeifItem(5, b"hvc1", b"tile")),
        properties=(ispe(512, 512), ispe(4032, 3024), ispe(160, 120)),
        owners={5: (1,), 1: (2,)},
    )
    metadata = mapy.read(tiles)
    found = [
        (tag.machine, directory.is_embedded)
        for directory in metadata.directories
        for tag in directory
        if tag.name == "ImageSpatialExtent"
    ]

    assert found == [("512 512", True), ("4032 3024", False)]
    assert metadata["File:ImageWidth"].machine == 4032


def test_reads_colour_by_codes_and_by_profile() -> None:
    """`nclx` has four codes; `prof` a whole profile, which another parser reads."""
    codes = box(b"colr", b"nclx", struct.pack(">HHHB", 12, 16, 9, 0x80))
    profile = box(b"colr", b"prof", bytes(128))
    metadata = mapy.read(heif(PICTURE, properties=(codes, profile), owners={1: (1, 2)}))

    assert metadata["QuickTime:ColorPrimaries"].readable == "SMPTE EG 432-1"
    assert metadata["QuickTime:VideoFullRangeFlag"].readable == "Full"
    assert "icc" in [block.kind for block in metadata.blocks]


@pytest.mark.parametrize(
    ("content", "key", "value"),
    [
        (box(b"av1C", b"\x81\0\x4d\0"), "AV1ConfigurationVersion", 1),
        (box(b"av1C", b"\x81\0\x4d\0"), "ChromaFormat", 3),
        (box(b"av1C", b"\x81\0\x4d\0"), "ChromaSamplePosition", 1),
        (CLAP, "CleanAperture", "451 230.5 -0.5 0"),
        (box(b"clli", struct.pack(">HH", 712, 72)), "MaxContentLightLevel", 712),
        (box(b"pasp", struct.pack(">II", 4, 3)), "PixelAspectRatio", "4 3"),
        (full_box(b"auxC", b"urn:x\0more"), "AuxiliaryImageType", "urn:x"),
        (full_box(b"rloc", struct.pack(">II", 3, 4)), "RelativeLocation", "3 4"),
    ],
)
def test_reads_a_property(content: bytes, key: str, value: object) -> None:
    """Each property by its standard."""
    picture = heif(PICTURE, properties=(content,), owners={1: (1,)})

    assert values(picture, f"QuickTime:{key}") == (value,)


def test_tells_where_the_media_is() -> None:
    """Size and place of `mdat`, as declared even where it is cut short."""
    metadata = mapy.read(WHOLE[:-3])

    assert metadata["QuickTime:MediaDataOffset"].machine == WHOLE.index(b"pixels")
    assert metadata["QuickTime:MediaDataSize"].machine == len(b"pixels") + len(EXIF) + len(
        PACKET.content
    )


def test_tells_the_size_of_a_grid() -> None:
    """HEIC keeps in `idat` how its tiles make the picture; a size comes last in it."""
    grid = HeifItem(1, b"grid", struct.pack(">4H", 0, 0x0507, 4032, 3024), is_in_idat=True)
    metadata = mapy.read(heif(grid))

    assert metadata["Meta:MetaImageSize"].machine == "0 1287 4032 3024"
    assert metadata["Meta:MetaImageSize"].readable == "4032x3024"
    assert "Meta:MetaImageSize" not in mapy.read(heif(grid, brand=b"avif"))


def test_takes_no_item_for_the_size_of_a_grid() -> None:
    """What is too long is something else."""
    item = HeifItem(2, b"Exif", EXIF, is_in_idat=True)

    assert "Meta:MetaImageSize" not in mapy.read(heif(PICTURE, item))


def test_lists_no_more_brands_than_a_file_has_reason_for() -> None:
    """A list of a million codes is cut."""
    metadata = mapy.read(ftyp(b"heic", b"mif1" * 1000))

    assert len(metadata["QuickTime:CompatibleBrands"].raw) == 64


def test_reads_xmp_and_a_motion_photo_behind_the_items() -> None:
    """Boxes of the file itself."""
    behind = uuid_box(XMP, rdf("<dc:format>image/heic</dc:format>")) + box(b"mpvd", b"movie")
    metadata = mapy.read(heif(PICTURE, behind=behind))

    assert metadata["XMP-dc:Format"].machine == "image/heic"
    assert metadata["QuickTime:MotionPhotoVideo"].length == 5


def test_a_size_that_lies_does_not_hide_the_metadata() -> None:
    """Nothing is decoded here: that no decoder should try is said as a problem."""
    huge = heif(PICTURE, CAMERA, properties=(ispe(2**31, 2**31),), owners={1: (1,)})

    assert values(huge, "IFD0:Make") == ("Lamp",)
    assert problems(huge) == ["image.too-many-pixels"]


def test_reads_the_headers_of_a_sequence() -> None:
    """Movie, track and media of a file whose pictures follow each other."""
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    times = struct.pack(">II", 3797366400, 0)
    movie = struct.pack(">IIIH10x", 30, 60, 65536, 256) + matrix + struct.pack(">7I", *[0] * 6, 2)
    track = struct.pack(">IIIQHHHH", 1, 0, 60, 0, 7, 0, 256, 0) + matrix
    track += struct.pack(">II", 640 << 16, 480 << 16)
    media = struct.pack(">IIHH", 30, 1, 0x15C7, 0)
    sample = struct.pack(">I4s6xH16xHHII", 86, b"hvc1", 1, 640, 480, 72 << 16, 72 << 16)
    sample = (sample + struct.pack(">IH", 0, 1) + b"\4Name").ljust(82, b"\0") + b"\0\x18\xff\xff"
    table = box(
        b"stbl",
        full_box(b"stsd", struct.pack(">I", 1), sample),
        full_box(b"stts", struct.pack(">III", 1, 3, 2)),
    )
    sequence = ftyp(b"msf1", b"hevc") + box(
        b"moov",
        full_box(b"mvhd", times, movie),
        box(
            b"trak",
            full_box(b"tkhd", times, track),
            box(
                b"mdia",
                full_box(b"mdhd", times, media),
                hdlr(b"vide"),
                box(b"minf", full_box(b"vmhd", struct.pack(">4H", 64, 1, 2, 3)), table),
            ),
        ),
    )
    metadata = mapy.read(sequence)

    assert metadata["QuickTime:CreateDate"].machine == "2024:05:01 00:00:00"
    assert metadata["QuickTime:ModifyDate"].machine == "0000:00:00 00:00:00"
    assert metadata["QuickTime:Duration"].readable == "2.00 s"
    assert metadata["QuickTime:MatrixStructure"].machine == "1 0 0 0 1 0 0 0 1"
    assert metadata["QuickTime:NextTrackID"].machine == 2
    assert metadata["Track1:TrackVolume"].readable == "100.00%"
    assert metadata["Track1:ImageWidth"].machine == 640
    assert metadata["Track1:MediaLanguageCode"].machine == "eng"
    assert metadata["Track1:GraphicsMode"].readable == "ditherCopy"
    assert metadata["Track1:CompressorID"].machine == "hvc1"
    assert metadata["Track1:XResolution"].machine == 72
    assert metadata["Track1:BitDepth"].machine == 24
    assert metadata["Track1:VideoFrameRate"].machine == 15


def test_items_that_overlap_are_read_within_the_limit() -> None:
    """Many items of one place would multiply the file: their sum is bounded."""
    start = len(heif(PICTURE))
    item = struct.pack(">HHHHII", 2, 0, 0, 200, start, 1)
    entry = full_box(b"infe", struct.pack(">HH", 2, 0), b"Exif\0", version=2)
    pieces = struct.pack(">II", 8, 4096) * 200
    meta = full_box(
        b"meta",
        full_box(b"iinf", struct.pack(">H", 1), entry),
        full_box(b"iloc", b"\x44\0", struct.pack(">H", 1), item[:8], pieces, version=1),
    )
    content = ftyp(b"heic") + meta + box(b"mdat", bytes(8192))

    assert problems(content, read_bytes=100_000) == ["limit.read-bytes"]
    assert problems(content, items=100) == ["limit.items"]


def test_a_list_longer_than_the_file_is_refused_at_once() -> None:
    """A count of four billions costs nothing."""
    meta = full_box(b"meta", full_box(b"ipma", b"\xff\xff\xff\xff", bytes(8)))

    assert problems(ftyp(b"heic") + meta) == ["heif.items"]


def test_survives_every_truncation() -> None:
    """Cut at each byte, a file gives what is left, or a named error."""
    for length in range(len(WHOLE)):
        assert code_of(WHOLE[:length]) in ("", "file.empty", "file.unknown-format", "file.broken")


@given(st.data())
def test_survives_flipped_bytes(data: st.DataObject) -> None:
    """Whatever its bytes say, reading ends with tags or a named error."""
    content = bytearray(WHOLE)
    for at in data.draw(st.lists(st.integers(8, len(content) - 1), min_size=1, max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    code_of(bytes(content))


@pytest.mark.parametrize(
    ("kind", "body", "key", "machine", "readable"),
    [
        (b"imir", b"\0", "QuickTime:Mirroring", 0, "Vertical"),
        (b"imir", b"\1", "QuickTime:Mirroring", 1, "Horizontal"),
        (
            b"colr",
            b"nclx" + struct.pack(">HHHB", 10, 10, 13, 128),
            "QuickTime:ColorPrimaries",
            10,
            "SMPTE 428 (CIE 1931 XYZ)",
        ),
        (
            b"hvcC",
            bytes.fromhex("01030000000390000000000078f000fcfdf8f800001f"),
            "QuickTime:GenProfileCompatibilityFlags",
            3,
            "[0], [1]",
        ),
    ],
)
def test_says_what_a_property_means(
    kind: bytes, body: bytes, key: str, machine: object, readable: object
) -> None:
    """Mirroring, colours and profiles have words; bits without a meaning have numbers."""
    properties = (ispe(4, 3), box(kind, body))
    tag = mapy.read(heif(PICTURE, properties=properties, owners={1: (1, 2)}))[key]

    assert (tag.machine, tag.readable) == (machine, readable)


def test_says_what_a_sequence_of_avif_is() -> None:
    """The brand of a sequence has words of its own."""
    brand = mapy.read(heif(PICTURE, brand=b"avis"))["QuickTime:MajorBrand"]

    assert brand.readable == "AV1 Image Sequence (.AVIF)"


@pytest.mark.parametrize("is_in_idat", [False, True])
def test_finds_a_preview_that_is_an_item(is_in_idat: bool) -> None:
    """Cameras keep smaller pictures as JPEG items; the tag tells where such a one lies."""
    small = HeifItem(2, b"jpeg", b"\xff\xd8small", links=[(b"thmb", 1)], is_in_idat=is_in_idat)
    content = heif(PICTURE, small)
    tag = mapy.read(content)["File:PreviewImage"]

    assert content[tag.offset : tag.offset + tag.length] == small.content


@pytest.mark.parametrize(
    "item",
    [
        HeifItem(1, b"jpeg", b"\xff\xd8all"),
        HeifItem(2, b"jpeg", b"no JPEG"),
        HeifItem(2, b"jpeg", b"\xff\xd8", method=2),
    ],
)
def test_what_is_no_preview(item: HeifItem) -> None:
    """Neither the picture itself, nor other bytes, nor an item that is stored in another item."""
    assert "File:PreviewImage" not in mapy.read(heif(item, primary=1))


def test_reads_what_samsung_adds() -> None:
    """The trailer of Samsung's phones stands in a box of its own."""
    pieces = samsung_trailer((0x0AA1, b"MCC_Data", b"262"))
    tag = mapy.read(heif(PICTURE, behind=box(b"sefd", pieces)))["Samsung:MCCData"]

    assert (tag.machine, tag.readable) == (262, "Germany (262)")


def test_reads_who_vouches_for_the_file() -> None:
    """SEAL has a box of its own."""
    element = b'<seal seal="1" d="a.example"/>'

    assert values(heif(PICTURE, behind=box(b"SEAL", element)), "SEAL:Domain") == ("a.example",)
