"""What the header and the layers of a PSD tell."""

from __future__ import annotations

from mapy.tags.definition import Definition, Value


def _percent(value: Value) -> Value:
    return [f"{each}%" for each in value] if isinstance(value, list) else value


_MODES: dict[int | str, str] = {
    0: "Bitmap",
    1: "Grayscale",
    2: "Indexed",
    3: "RGB",
    4: "CMYK",
    7: "Multichannel",
    8: "Duotone",
    9: "Lab",
}
_BLENDS: dict[int | str, str] = {
    "pass": "Pass Through",
    "norm": "Normal",
    "diss": "Dissolve",
    "dark": "Darken",
    "mul ": "Multiply",
    "idiv": "Color Burn",
    "lbrn": "Linear Burn",
    "dkCl": "Darker Color",
    "lite": "Lighten",
    "scrn": "Screen",
    "div ": "Color Dodge",
    "lddg": "Linear Dodge",
    "lgCl": "Lighter Color",
    "over": "Overlay",
    "sLit": "Soft Light",
    "hLit": "Hard Light",
    "vLit": "Vivid Light",
    "lLit": "Linear Light",
    "pLit": "Pin Light",
    "hMix": "Hard Mix",
    "diff": "Difference",
    "smud": "Exclusion",
    "fsub": "Subtract",
    "fdiv": "Divide",
    "hue ": "Hue",
    "sat ": "Saturation",
    "colr": "Color",
    "lum ": "Luminosity",
}

PSD = {
    definition.name: definition
    for definition in (
        Definition("NumChannels", "NumChannels"),
        Definition("ImageHeight", "ImageHeight"),
        Definition("ImageWidth", "ImageWidth"),
        Definition("BitDepth", "BitDepth"),
        Definition("ColorMode", "ColorMode", _MODES),
        Definition("LayerCount", "LayerCount"),
        Definition("LayerRectangles", "LayerRectangles"),
        Definition("LayerBlendModes", "LayerBlendModes", _BLENDS),
        Definition("LayerOpacities", "LayerOpacities", say=_percent),
        Definition("LayerVisible", "LayerVisible", {0: "Yes", 2: "No"}),
        Definition("LayerNames", "LayerNames"),
        Definition("LayerUnicodeNames", "LayerUnicodeNames"),
        Definition(
            "LayerColors",
            "LayerColors",
            {
                0: "None",
                1: "Red",
                2: "Orange",
                3: "Yellow",
                4: "Green",
                5: "Blue",
                6: "Violet",
                7: "Gray",
            },
        ),
        Definition(
            "LayerSections",
            "LayerSections",
            {0: "Layer", 1: "Folder (open)", 2: "Folder (closed)", 3: "Divider"},
        ),
        Definition("LayerModifyDates", "LayerModifyDates"),
        Definition(
            "Compression",
            "Compression",
            {
                0: "Uncompressed",
                1: "RLE",
                2: "ZIP without prediction",
                3: "ZIP with prediction",
            },
        ),
    )
}
