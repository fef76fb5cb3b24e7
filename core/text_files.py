"""The text of a file an office program saved: UTF-8 with or without a mark, UTF-16 with one, GB18030. Pure."""

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
ENCODINGS = ("utf-8", "gb18030")


class NotText(ValueError):
    """The bytes are no text in any of these encodings; `is_binary` when zeros say that they are no text at all."""

    def __init__(self, *, is_binary: bool) -> None:
        super().__init__("binary" if is_binary else "encoding")
        self.is_binary = is_binary


def text_of(data: bytes) -> str:
    """Raises NotText."""
    marked = [encoding for mark, encoding in MARKS if data.startswith(mark)]
    for encoding in marked or ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise NotText(is_binary=True)
        return text
    raise NotText(is_binary=b"\0" in data)
