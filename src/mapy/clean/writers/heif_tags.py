"""What describes the pictures of HEIF, and stays in a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapy.text import Text

PROPERTIES = frozenset(
    {
        *(b"ispe", b"pixi", b"colr", b"irot", b"imir", b"clap", b"pasp", b"rloc", b"iscl", b"rref"),
        *(b"hvcC", b"lhvC", b"av1C", b"avcC", b"vvcC", b"evcC", b"jpgC", b"j2kH", b"auxC"),
        *(b"uncC", b"cmpd", b"cmpC", b"icef", b"cpat", b"cloc", b"splz", b"sbpm", b"snuc"),
        *(b"clli", b"mdcv", b"cclv", b"amve", b"ndwt", b"reve", b"tols", b"oinf", b"lsel"),
        *(b"a1op", b"a1lx", b"tilC"),
    }
)
"""Boxes that a decoder needs. Times, descriptions, cameras and private ones are not among them."""
PROFILES = frozenset({b"prof", b"rICC"})
"""Types of `colr` that hold a colour profile."""

_MOVIE = (
    "MovieHeaderVersion CreateDate ModifyDate TimeScale Duration PreferredRate PreferredVolume"
    " MatrixStructure PreviewTime PreviewDuration PosterTime SelectionTime SelectionDuration"
    " CurrentTime NextTrackID"
)
"""Of the header of a movie. Its times stay as fields, and say nothing: they are zeros."""
_TRACK = (
    "TrackHeaderVersion TrackCreateDate TrackModifyDate TrackID TrackDuration TrackLayer"
    " TrackVolume MatrixStructure ImageWidth ImageHeight MediaHeaderVersion MediaCreateDate"
    " MediaModifyDate MediaTimeScale MediaDuration MediaLanguageCode HandlerType OtherFormat"
    " GraphicsMode OpColor CompressorID SourceImageWidth SourceImageHeight XResolution YResolution"
    " BitDepth VideoFrameRate"
)
_MOST_TRACKS = 32
STRUCTURE = frozenset(
    f"{group}:{name}"
    for group, names in {
        "File": "FileType FileTypeExtension MIMEType ImageWidth ImageHeight ExifByteOrder",
        "Meta": "PrimaryItemReference MetaImageSize",
        "QuickTime": "MajorBrand MinorVersion CompatibleBrands HandlerType MediaDataSize"
        " MediaDataOffset ImageSpatialExtent ImagePixelDepth CleanAperture ColorProfiles"
        " ColorPrimaries TransferCharacteristics MatrixCoefficients VideoFullRangeFlag"
        " MaxContentLightLevel MaxPicAverageLightLevel HEVCConfigurationVersion"
        " GeneralProfileSpace GeneralTierFlag GeneralProfileIDC GenProfileCompatibilityFlags"
        " ConstraintIndicatorFlags GeneralLevelIDC MinSpatialSegmentationIDC ParallelismType"
        " ChromaFormat HEVC:ChromaFormat AV1:ChromaFormat BitDepthLuma BitDepthChroma"
        " AverageFrameRate ConstantFrameRate NumTemporalLayers TemporalIDNested"
        " AV1ConfigurationVersion ChromaSamplePosition AuxiliaryImageType Rotation"
        f" PixelAspectRatio RelativeLocation {_MOVIE}",
        **{f"Track{number}": _TRACK for number in range(1, _MOST_TRACKS + 1)},
    }.items()
    for name in names.split()
)
STUCK: Mapping[str, Text] = {}
