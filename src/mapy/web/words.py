"""What the choices of cleaning are called on the page."""

from __future__ import annotations

from mapy.clean.policy import Coarsen, Keep
from mapy.text import Text

KEEP_LABELS = {
    Keep.ORIENTATION: Text("Which side is up"),
    Keep.COLOUR: Text("Colour profile"),
    Keep.COPYRIGHT: Text("Copyright"),
    Keep.CREATOR: Text("Creator"),
}
COARSEN_LABELS = {
    Coarsen.KM: Text("to about a kilometre"),
    Coarsen.CITY: Text("to the nearest place"),
    Coarsen.COUNTRY: Text("to the country"),
}
