"""The texts of a RIFF file's lists INFO and exif (Exif 3.0; Microsoft's multimedia standards).

In each row the identifier of a chunk, and the name of what it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.model import Tag
    from mapy.tags.definition import Value

_ROWS = """
AGES Rated
CMNT Comment
CODE EncodedBy
COMM Comments
DIRC Directory
GENR Genre
IARL ArchivalLocation
IART Artist
IAS1 FirstLanguage
IAS2 SecondLanguage
IAS3 ThirdLanguage
IAS4 FourthLanguage
IAS5 FifthLanguage
IAS6 SixthLanguage
IAS7 SeventhLanguage
IAS8 EighthLanguage
IAS9 NinthLanguage
IBSU BaseURL
ICAS DefaultAudioStream
ICDS CostumeDesigner
ICMS Commissioned
ICMT Comment
ICNM Cinematographer
ICNT Country
ICOP Copyright
ICRD DateCreated
ICRP Cropped
IDIM Dimensions
IDPI DotsPerInch
IDST DistributedBy
IEDT EditedBy
IENC EncodedBy
IENG Engineer
IGNR Genre
IKEY Keywords
ILGT Lightness
ILGU LogoURL
ILIU LogoIconURL
ILNG Language
IMBI MoreInfoBannerImage
IMBU MoreInfoBannerURL
IMED Medium
IMIT MoreInfoText
IMIU MoreInfoURL
IMUS MusicBy
INAM Title
IPDS ProductionDesigner
IPLT NumColors
IPRD Product
IPRO ProducedBy
IRIP RippedBy
IRTD Rating
ISBJ Subject
ISFT Software
ISGN SecondaryGenre
ISHP Sharpness
ISRC Source
ISRF SourceForm
ISTD ProductionStudio
ISTR Starring
ITCH Technician
ITRK TrackNumber
IWMU WatermarkURL
IWRI WrittenBy
LANG Language
LOCA Location
PRT1 Part
PRT2 NumberOfParts
STAR Starring
TITL Title
TORG Organization
TRCK TrackNumber
TURL URL
TVER Version
YEAR Year
ecor Make
emdl Model
erel RelatedImageFile
etim TimeCreated
ever ExifVersion
"""


def _text(tag: Tag) -> Value:
    return str(bytes(tag.raw).rstrip(b"\0").decode("cp1252", "replace"))


def _date(tag: Tag) -> Value:
    return str(_text(tag)).replace("-", ":")


def _software(tag: Tag) -> Value:
    """The program; Casio's cameras write more, in 16 bits a letter, behind the NUL that ends it."""
    first, _, rest = str(_text(tag)).partition("\0")
    more = rest.replace("\0", "")
    return f"{first.rstrip()}, {more}" if more else first.rstrip()


_CONVERTED = {"ICRD": _date, "ISFT": _software}
TEXTS = {
    kind.encode(): Definition(kind, name, convert=_CONVERTED.get(kind, _text))
    for kind, name in (row.split() for row in _ROWS.split("\n") if row)
}
