"""What a container's own header tells, under ExifTool's group names."""

from __future__ import annotations

from mapy.tags.definition import Definition, Value

YCBCR_SUBSAMPLING: dict[int | str, str] = {
    "1 1": "YCbCr4:4:4 (1 1)",
    "2 1": "YCbCr4:2:2 (2 1)",
    "2 2": "YCbCr4:2:0 (2 2)",
    "4 1": "YCbCr4:1:1 (4 1)",
    "4 2": "YCbCr4:1:0 (4 2)",
    "1 2": "YCbCr4:4:0 (1 2)",
    "1 4": "YCbCr4:4:1 (1 4)",
    "2 4": "YCbCr4:2:1 (2 4)",
}
_ENCODINGS: dict[int | str, str] = {
    0: "Baseline DCT, Huffman coding",
    1: "Extended sequential DCT, Huffman coding",
    2: "Progressive DCT, Huffman coding",
    3: "Lossless, Huffman coding",
    5: "Sequential DCT, differential Huffman coding",
    6: "Progressive DCT, differential Huffman coding",
    7: "Lossless, Differential Huffman coding",
    9: "Extended sequential DCT, arithmetic coding",
    10: "Progressive DCT, arithmetic coding",
    11: "Lossless, arithmetic coding",
    13: "Sequential DCT, differential arithmetic coding",
    14: "Progressive DCT, differential arithmetic coding",
    15: "Lossless, differential arithmetic coding",
}
_BYTE_ORDERS: dict[int | str, str] = {
    "II": "Little-endian (Intel, II)",
    "MM": "Big-endian (Motorola, MM)",
}


def _lower(value: Value) -> Value:
    return str(value).lower()


FILE = {
    definition.name: definition
    for definition in (
        Definition("FileType", "FileType"),
        Definition("FileTypeExtension", "FileTypeExtension", say=_lower),
        Definition("MIMEType", "MIMEType"),
        Definition("ExifByteOrder", "ExifByteOrder", _BYTE_ORDERS),
        Definition("ImageWidth", "ImageWidth"),
        Definition("ImageHeight", "ImageHeight"),
        Definition("EncodingProcess", "EncodingProcess", _ENCODINGS),
        Definition("BitsPerSample", "BitsPerSample"),
        Definition("ColorComponents", "ColorComponents"),
        Definition("YCbCrSubSampling", "YCbCrSubSampling", YCBCR_SUBSAMPLING),
        Definition("Comment", "Comment"),
    )
}
