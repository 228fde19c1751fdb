"""Words for Sony's values that are more than one code: lenses, versions, bit fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapy.explain import words
from mapy.wording import set_bits

if TYPE_CHECKING:
    from mapy.makernotes.note import Hook, Note
    from mapy.model import Tag
    from mapy.tags.definition import Formatter, Value

_BEFORE = ((0x0300, {0x0100: "DT", 0x0200: "FE", 0x0300: "E"}), (0x4000, {0x4000: "PZ"}))
_BEHIND = (
    (0x00E0, {0x0020: "STF", 0x0040: "Reflex", 0x0060: "Macro", 0x0080: "Fisheye"}),
    (0x000C, {0x0004: "ZA", 0x0008: "G"}),
    (0x0003, {0x0001: "SSM", 0x0002: "SAM"}),
    (0x8000, {0x8000: "OSS"}),
    (0x2000, {0x2000: "LE"}),
    (0x0800, {0x0800: "II"}),
)
"""Features of a lens: the bits, and what their values mean; some stand before its focal length."""
_SPEC_PARTS = 6


def _features(code: int, table: tuple[tuple[int, dict[int, str]], ...]) -> list[str]:
    found = [(code & mask, names) for mask, names in table if code & mask]
    return [names.get(bits) or f"Unknown({bits:04x})" for bits, names in found]


def _is_lens(short: float, long: float, wide: float, tele: float) -> bool:
    """Whether lengths and apertures are those of a lens: the second of two is not the less."""
    return bool(short and wide) and long in (0, max(long, short)) and tele in (0, max(tele, wide))


def lens_spec(value: Value) -> Value:
    """`E PZ 16-50mm F3.5-5.6 OSS`."""
    if not isinstance(value, str):
        return value
    parts = value.split()
    if len(parts) != _SPEC_PARTS or not _is_lens(*map(float, parts[1:-1])):
        return f"Unknown ({value})"
    first, short, long, wide, tele, last = parts
    code = int(first + last, 16)
    focal = short if long in (short, "0") else f"{short}-{long}"
    aperture = wide if tele in (wide, "0") else f"{wide}-{tele}"
    lens = [f"{focal}mm", f"F{aperture}"]
    return " ".join([*_features(code, _BEFORE), *lens, *_features(code, _BEHIND)])


def lens_features(value: Value) -> Value:
    """`E PZ OSS`."""
    if not isinstance(value, str):
        return value
    code = int(value.replace(" ", ""), 16)
    return " ".join([*_features(code, _BEFORE), *_features(code, _BEHIND)])


def size(value: Value) -> Value:
    """`6000x4000`."""
    return value.replace(" ", "x") if isinstance(value, str) else value


def mount_version(value: Value) -> Value:
    """`1.5` from digits in half bytes."""
    if not isinstance(value, int):
        return value
    text = f"{value >> 8:x}.{value & 0xFF:02x}"
    return text.removesuffix("0")


def firmware(value: Value) -> Value:
    """`Ver.01.009`."""
    return f"Ver.{value >> 8:02x}.{value & 0xFF:03d}" if isinstance(value, int) else value


def temperature(value: Value) -> Value:
    """Degrees Celsius with one decimal."""
    return f"{value:.1f} C" if isinstance(value, (int, float)) else value


def times_8(value: Value) -> Value:
    """Pixels from units of 8."""
    return 8 * value if isinstance(value, int) else value


def shutter(value: Value) -> Value:
    """Whether the shutter was the mechanical one."""
    return f"{'Silent / Electronic' if value == '0 0 0' else 'Mechanical'} ({value})"


_HDR_SET = {0: "Off", 1: "Auto"} | {16 + step: f"{1 + step / 2:.1f} EV" for step in range(11)}
_HDR_DONE = {
    0: "Uncorrected image",
    1: "HDR image (good)",
    2: "HDR image (fail 1)",
    3: "HDR image (fail 2)",
}


def hdr(value: Value) -> Value:
    """What was set, and what came of it."""
    if not isinstance(value, str):
        return value
    pairs = zip(map(int, value.split()), (_HDR_SET, _HDR_DONE), strict=True)
    return "; ".join(names.get(code, f"Unknown ({code})") for code, names in pairs)


_MOST_BYTES = 64
"""Of a field of bits; the longest that a camera writes has 52."""


def in_bits(_note: Note, tag: Tag) -> Tag:
    """Word a field of bits, the lowest in the first byte, by the names of those that are set."""
    names = tag.definition.one_of or {}

    def say(value: Value) -> Value:
        numbers = [int(part) for part in str(value).split()[:_MOST_BYTES]]
        return set_bits(names, sum(number << 8 * place for place, number in enumerate(numbers)))

    return tag._replace(definition=tag.definition._replace(one_of=None, say=say))


def pixel_shift(value: Value) -> Value:
    """Which of the pictures that make one this is: `Group 01050312, Shot 1/4 (0x2c)`."""
    if not isinstance(value, str):
        return value
    group, number, count, rest = value.split()
    if not any((int(group), int(number), int(count), int(rest, 16))):
        return "n/a"
    what = f"Shot {number}/{count}" if number != "0" else f"Composed {count}-shot"
    return f"Group {group}, {what} ({rest})"


def frame_size(value: Value) -> Value:
    """Width and height of the focus frame, where the last number says that there is one."""
    if not isinstance(value, str):
        return value
    width, height, is_there = map(int, value.split())
    return f"{width:3}x{height:3}" if is_there else "n/a"


def thousandths(value: Value) -> Value:
    """Shifts towards amber and magenta."""
    if not isinstance(value, str):
        return value
    return " ".join(f"{int(part) / 1000:.2f}" for part in value.split())


def exposure_time(value: Value) -> Value:
    """Seconds; 0 is bulb."""
    return words.exposure_time(value) if value else "Bulb"


def serial_number(value: Value) -> Value:
    """Eight digits."""
    return f"{int(value):08d}" if isinstance(value, str) and value.isdigit() else value


def plain(value: Value) -> Value:
    """The value itself, where it has no word."""
    return value


def automatic(value: Value) -> Value:
    """A number, or that the camera chooses it."""
    return value or "Auto"


def in_words(say: Formatter) -> Hook:
    """A hook that words the whole value, and not each of its numbers by a list of words."""

    def hook(_note: Note, tag: Tag) -> Tag:
        return tag._replace(definition=tag.definition._replace(one_of=None, say=say))

    return hook
