"""What is said of a movie: user data, item lists, keys (QuickTime File Format; ISO/IEC 14496-12).

In each row what the file calls it, and the name of what it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapy.explain.words import degrees
from mapy.tags.definition import Definition

if TYPE_CHECKING:
    from mapy.tags.definition import Formatter, Names, Value

USER_DATA: Final = "UserData"
ITEM_LIST: Final = "ItemList"
KEYS: Final = "Keys"
_ROWS: Final = {
    USER_DATA: """
albm Album
auth Author
cprt Copyright
date DateTimeOriginal
dscp Description
kywd Keywords
manu Make
modl Model
name Name
perf Performer
slno SerialNumber
titl Title
yrrc Year
©ART Artist
©alb Album
©cmt Comment
©com Composer
©cpy Copyright
©day ContentCreateDate
©dir Director
©enc EncoderID
©fmt Format
©gen Genre
©inf Information
©mak Make
©mal MakerURL
©mdl Model
©mod Model
©nam Title
©prd Producer
©req Requirements
©src SourceCredits
©swr SoftwareVersion
©too Encoder
©wrt Composer
©xyz GPSCoordinates
""",
    ITEM_LIST: """
aART AlbumArtist
auth Author
catg Category
covr CoverArt
cpil Compilation
cprt Copyright
desc Description
disk DiskNumber
dscp Description
keyw Keyword
ldes LongDescription
ownr Owner
rtng Rating
titl Title
tmpo BeatsPerMinute
trkn TrackNumber
©ART Artist
©alb Album
©cmt Comment
©com Composer
©cpy Copyright
©day ContentCreateDate
©des Description
©dir Director
©enc EncodedBy
©gen Genre
©grp Grouping
©lyr Lyrics
©nam Title
©prd Producer
©pub Publisher
©st3 Subtitle
©too Encoder
©wrt Composer
©xyz GPSCoordinates
""",
    KEYS: """
Encoded_With EncodedWith
collection.user UserCollection
com.android.capture.fps AndroidCaptureFPS
com.android.manufacturer AndroidMake
com.android.model AndroidModel
com.android.version AndroidVersion
content.identifier ContentIdentifier
creation_time CreationTime
creationdate CreationDate
direction.facing CameraDirection
direction.motion CameraMotion
displayname DisplayName
live-photo.auto LivePhotoAuto
live-photo.vitality-score LivePhotoVitalityScore
live-photo.vitality-scoring-version LivePhotoVitalityScoringVersion
location.ISO6709 GPSCoordinates
location.accuracy.horizontal LocationAccuracyHorizontal
location.body LocationBody
location.date LocationDate
location.name LocationName
location.note LocationNote
location.role LocationRole
rating.user UserRating
samsung.android.utc_offset AndroidTimeZone
""",
}
DATES: Final = frozenset({"ContentCreateDate", "CreationDate", "CreationTime", "LocationDate"})
COORDINATES: Final = "GPSCoordinates"


def _place(value: Value) -> Value:
    """A position in degrees, minutes and seconds, and its height."""
    latitude, longitude, *height = [float(part) for part in str(value).split(" ")]
    words = f"{degrees(latitude)} {'NS'[latitude < 0]}, {degrees(longitude)} {'EW'[longitude < 0]}"
    for metres in height:
        words += f", {abs(metres):.15g} m {'Below' if metres < 0 else 'Above'} Sea Level"
    return words


_SAID: Final[dict[str, Formatter]] = {COORDINATES: _place}
_CODES: Final[dict[str, Names]] = {
    "Compilation": {0: "No", 1: "Yes"},
    "Rating": {0: "none", 1: "Explicit", 2: "Clean", 4: "Explicit (old)"},
}


def define(name: str, group: str = "") -> Definition:
    """The definition of a name; of an item list some are codes."""
    words = _CODES.get(name) if group == ITEM_LIST else None
    return Definition(name, name, words, say=_SAID.get(name))


TABLES: Final = {
    group: {
        kind: define(name, group)
        for kind, name in (row.split(" ") for row in rows.split("\n") if row)
    }
    for group, rows in _ROWS.items()
}
