"""`Refusal`: what a tool or the workbench says when it does not do what it was asked."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A request that cannot be carried out, with the sentences that the person reads.

    Raised by a tool or the workbench, which turns it into a page or a problem+json document.
    """

    def __init__(self, code: str, message: str, hint: str = "", status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        """Stable and documented: `upload.too-large`. Never holds anything of the upload."""
        self.message = message
        """What happened and what it means for the user's data. A `str` that is a `Sentence` too
        if there are values in it."""
        self.hint = hint
        """What to do next."""
        self.status = status

    def __reduce__(self) -> tuple[type[Refusal], tuple[str, str, str, int]]:
        """To another process goes all of it."""
        return type(self), (self.code, self.message, self.hint, self.status)
