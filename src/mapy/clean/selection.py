"""`Selection`: which tags go and which are coarsened, where only some of the metadata goes.

The editors in `mapy.clean.edit` ask it for the fate of each tag they meet, by the group and the
name that `mapy.read` gives it. What cannot be edited but may hold copies (makers' notes, other
pictures, signed provenance, unknown blocks) goes as a whole as soon as anything goes.
"""

from __future__ import annotations

from enum import Enum
import re
from typing import TYPE_CHECKING, NamedTuple

from mapy.clean.policy import Coarsen, Keep, Policy
from mapy.explain.finding import Subject

if TYPE_CHECKING:
    from mapy.model import Position


class Fate(Enum):
    """What becomes of a tag."""

    KEEP = "keep"
    REMOVE = "remove"
    COARSEN = "coarsen"
    """It is rewritten from `Selection.position`: latitude or longitude, or their references."""


class Selection(NamedTuple):
    """What a selective cleaning takes, from a policy and the picture's own position."""

    subjects: frozenset[Subject]
    keep: frozenset[Keep]
    coarsen: Coarsen | None = None
    position: Position | None = None
    """What every copy of the position is rewritten to. None: there is none to tell, so all go."""

    def fate(self, group: str, name: str) -> Fate:
        """What becomes of a tag, by the group and name of our readers."""
        if name in _POSITION and self.coarsen is not None and self.position is not None:
            return Fate.COARSEN
        if self.drops_opaque and (_OPAQUE.fullmatch(name) or group in _OPAQUE_GROUPS):
            return Fate.REMOVE
        if self._is_kept(name):
            return Fate.KEEP
        for subject in self.subjects:
            if SUBJECTS[subject].has(group, name) and not self._is_coarse_enough(group, name):
                return Fate.REMOVE
        return Fate.KEEP

    def takes(self, group: str, name: str) -> bool:
        """Whether a tag goes."""
        return self.fate(group, name) is Fate.REMOVE

    @property
    def drops_opaque(self) -> bool:
        """Whether what cannot be edited goes: makers' notes, other pictures, unknown blocks."""
        return bool(self.subjects)

    def _is_kept(self, name: str) -> bool:
        return any(_KEPT[each].fullmatch(name) for each in self.keep if each in _KEPT)

    def _is_coarse_enough(self, group: str, name: str) -> bool:
        """Whether a tag about the place says no more than the coarsened position does."""
        if self.coarsen is None:
            return False
        return f"{group}:{name}" == _GPS_VERSION or bool(_COARSE[self.coarsen].fullmatch(name))


def selection_of(policy: Policy, position: Position | None) -> Selection:
    """The selection of a selective policy; `position` is what the copies are coarsened to."""
    subjects = policy.remove if isinstance(policy.remove, frozenset) else frozenset(Subject)
    if policy.coarsen is not None:
        subjects |= {Subject.PLACE}
    return Selection(subjects, policy.keep, policy.coarsen, position)


class About(NamedTuple):
    """The tags of a subject."""

    names: re.Pattern[str]
    """Names, in whatever group they stand: the same fact has the same name in most of them."""
    groups: re.Pattern[str]
    """Groups that go as a whole."""
    but: re.Pattern[str] = re.compile("")
    """Names that only look like it."""

    def has(self, group: str, name: str) -> bool:
        """Whether a tag is about the subject."""
        if self.groups.fullmatch(group):
            return True
        return bool(self.names.fullmatch(name)) and not self.but.fullmatch(name)


def _about(names: str, groups: str = "", but: str = "") -> About:
    return About(re.compile(names), re.compile(groups), re.compile(but))


_POSITION = frozenset({"GPSLatitude", "GPSLongitude", "GPSLatitudeRef", "GPSLongitudeRef"})
_OPAQUE = re.compile(r".*MakerNote.*|DNGPrivateData|.*0x[0-9A-Fa-f]+|Padding")
"""Tags whose content nobody can vouch for: notes of makers, and what no table names."""
_OPAQUE_GROUPS = frozenset({"JUMBF", "CBOR", "Google"})
"""Groups of such content: Content Credentials, and what Google's camera notes."""
_GPS_VERSION = "GPS:GPSVersionID"
_KEPT = {
    Keep.ORIENTATION: re.compile("Orientation"),
    Keep.COPYRIGHT: re.compile("Copyright(Notice)?|Rights|WebStatement|Marked|UsageTerms"),
    Keep.CREATOR: re.compile("Artist|Creator|By-line|Author|Credit"),
}
_COUNTRY = r".*Country.*|.*WorldRegion"
_COARSE = {
    Coarsen.KM: re.compile(rf".*City|.*State|.*ProvinceState|Province-State|{_COUNTRY}"),
    Coarsen.CITY: re.compile(rf".*City|.*State|.*ProvinceState|Province-State|{_COUNTRY}"),
    Coarsen.COUNTRY: re.compile(_COUNTRY),
}
"""Names of places that say no more than a position so coarse."""

_DATES = (
    r".*Date.*|.*(Create|Creation|Modif|Digiti|Capture|Sent|Release|Expir|Start|End|Offset|Sub[Ss]ec"
    r"|GPS|Shot|Universal).*Time.*|.*Time(Original|Digitized|Zone|Stamp|Created|Sent).*|.*When"
    r"|CreationTime|UTCTime|DaylightSavings|TimeCreated"
)
SUBJECTS = {
    Subject.PLACE: _about(
        r"(?!Subject)(GPS|Geo|Location|ContentLocation|LocationCreated|LocationShown).*"
        r"|.*(City|Country|Sub-?[Ll]ocation|WorldRegion|ProvinceState|Latitude|Longitude|Altitude)"
        r"(Name|Code|ID)?|Country-PrimaryLocation.*|(Province-)?State|Location"
        r"|.*PlusCode|Weather.*|(Ambient)?Temperature|Pressure|WaterDepth|CameraElevationAngle"
        r"|.*(Yaw|Pitch|Roll)(Degrees?)?|Event(I[dD])?|ContentDescriptionEvent.*"
        r"|ModelTiePoint|ModelTransform|PixelScale|IntergraphMatrix",
        r"GPS|GeoTiff|XMP-(location|drone-dji|GettyImagesGIFT|dji)|IFD\d+-GPS",
    ),
    Subject.PERSON: _about(
        r"(Camera)?Owner.*|Artist|Author.*|By-line.*|.*Creator(?!Tool).*|Copyright.*|.*Rights.*"
        r"|Credit|Contact.*|Writer-Editor|CaptionWriter|Person.*|Photographer|.*Personality"
        r"|UsageTerms|WebStatement|Licensor.*|ImageSupplier.*|ImageCreator.*|Contributor"
        r"|Publisher|.*Email.*|.*Phone.*|Ci(Adr|Email|Tel|Url).*|XP(Author|Comment)|Face.*"
        r"|Region.*|People|Nickname|UserComment|UserName|ModelRelease.*|Signature.*"
        r"|Profile(s|Name).*|InstanceUserName|(Image)?Description|Caption.*|(XP)?(Title|Subject)"
        r"|ObjectName|Headline|Comment|.*Keywords?.*|.*Categor(y|ies)|HierarchicalSubject|Notes"
        r"|OrganisationInImage.*|History|DocumentName|TagsList|CatalogSets|.*FlatSubject"
        r"|(AltText|ExtDescr).*",
        r"XMP-(plus|mwg-rs|MP|MPRI|MPReg|mwg-kw|prism|xmpRights|cc|creatorAtom)",
    ),
    Subject.DEVICE: _about(
        r"(?!Scene)(Make|Model|UniqueCameraModel|.*Serial.*|Lens.*|.*CameraModel.*|HostComputer"
        r"|CameraID|.*UniqueID|CameraLabel|LocalizedCameraModel|Device.*|.*Firmware.*"
        r"|ImageUniqueID|.*ModelName|CameraName|HardwareVersion|InternalSerialNumber|SecurityClass"
        r"|ProfileCameraIndices|Software|ImageNumber|.*ShutterCount)",
        r"XMP-(aux|Device|GCamera|apple-fi)|Make.*|PrintIM|Google",
        r"ModelRelease.*|.*ModelTransformation.*|LensFocalLength|ColorModel",
    ),
    Subject.TIME: _about(_DATES, "", r"ExposureTime|.*ShutterTime|ReferenceDate"),
    Subject.HISTORY: _about(
        r".*Software.*|.*Creator[Tt]ool.*|.*History.*|.*DocumentID|.*InstanceID|.*Derived.*"
        r"|Ingredients.*|Pantry.*|ManageFrom.*|DocumentAncestors|TextLayers.*|XMPToolkit"
        r"|OriginatingProgram|ProgramVersion|WriterName|ReaderName|.*EditStatus|RawData.*"
        r"|(Image)?EditingSoftware|MetadataEditingSoftware|RAWDevelopingSoftware|CreatorVersion"
        r"|SourceModified|Thumbnail.*History|Rating.*|Label|Urgency|Job.*|SpecialInstructions"
        r"|Instructions|OriginalTransmissionReference|TransmissionReference|SlicesGroupName"
        r"|Preview(Application|Settings).*|IPTCDigest|LegacyIPTCDigest|ModifyDate|MetadataDate|ExifImage(Width|Height)",
        r"XMP-(xmpMM|crs|crd|crss|lr|digiKam|GIMP|darktable|acdsee|aas|xmpBJ|stEvt)",
    ),
    Subject.PICTURE: _about(
        r".*Thumbnail.*|.*Preview.*|.*JpgFromRaw.*|OtherImage.*|.*GImage.*|.*GDepth.*"
        r"|MicroVideo.*|MotionPhoto.*|MPImage\d+|GainMapImage|TextLayer.*",
        r"IFD1|XMP-(xmpGImg|GImage|GDepth|GAudio|GPano|GContainer|Container|HDRGainMap"
        r"|hdrgm|Item|photoshop-thumb)",
    ),
    Subject.ORIGIN: _about(
        r"DigitalSource(File)?Type|(AI|Ai)[A-Z].*|.*Provenance.*|Parameters|Prompt|Workflow"
        r"|Dream|Sd-metadata|Invokeai.*|GenerationData|Comment|Seed|NegativePrompt",
        r"JUMBF|CBOR|JSON|XMP-(dcterms|c2pa)",
    ),
    Subject.NAME: _about(
        r".*FileName.*|SlicesGroupName|DocumentName|PreservedFileName|.*FilePath|PageName|ImageHistory|OriginalFile.*"
        r"|ObjectName|DOCName|.*DocName|SourceFile.*|BaseURL|FilePrefix|.*LinkedProfileName",
    ),
}
"""What the tags of each subject are called."""
