"""WebP."""


class WebP:
    name = "WebP"
    media_type = "image/webp"
    extension = "webp"

    def recognises(self, head: bytes) -> bool:
        return head[:4] == b"RIFF" and head[8:12] == b"WEBP"

    def read(self, view, reading): ...
