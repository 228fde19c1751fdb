"""The ways to write a day that people and programs use; read strictly, written exactly."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1753, 9999
"""What the databases of such programs hold."""
_EPOCH, _DAY_S = dt.date(1970, 1, 1), 86_400


class DateFormat(NamedTuple):
    """One way to write a day."""

    form: re.Pattern[str]
    """With the groups y, m and d."""
    template: str

    def parts(self, value: str) -> dt.date | None:
        """The day that a value names; None where it is written otherwise or there is none."""
        found = self.form.fullmatch(value)
        if found is None:
            return None
        try:
            if "s" in self.form.groupindex:
                days, rest = divmod(int(found["s"]), _DAY_S)
                if rest:
                    return None  # a time of a day is more than a day
                day = _EPOCH + dt.timedelta(days)
            else:
                day = dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
        except (ValueError, OverflowError):
            return None
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None

    def written(self, day: dt.date) -> str:
        """The day in this way."""
        seconds = (day - _EPOCH).days * _DAY_S
        return self.template.format(y=day.year, m=day.month, d=day.day, s=seconds)


_PARTS = {"YYYY": ("y", "[0-9]{4}", "04"), "MM": ("m", "[0-9]{1,2}", "02")}
_PARTS["DD"] = ("d", "[0-9]{1,2}", "02")


def _format(name: str) -> DateFormat:
    form, template = re.escape(name), name
    for part, (group, digits, width) in _PARTS.items():
        form = form.replace(part, f"(?P<{group}>{digits})")
        template = template.replace(part, f"{{{group}:{width}}}")
    return DateFormat(re.compile(form), template)


DATE_FORMATS = {
    name: _format(name)
    for name in ("YYYY-MM-DD", "YYYY/MM/DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY")
}
"""By the name that a person chooses. One digit for a day or month is read, two are written."""

DATE_FORMATS["seconds"] = DateFormat(re.compile(r"(?P<s>-?[0-9]{1,12})"), "{s}")
"""Since 1970, at midnight UTC: what Eloqua's REST takes."""
