"""PNG."""


class Png:
    name = "PNG"
    media_type = "image/png"
    extension = "png"

    def recognises(self, head: bytes) -> bool:
        return head.startswith(b"\x89PNG\r\n\x1a\n")

    def read(self, view, reading): ...
