"""Files of office programs as text; the oracle is Python's own encoder."""

import pytest

from core.text_files import NotText, text_of

SAID = "标题,事由\r\n甲,𠮷野家与㐂"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_office_programs_write(encoding: str) -> None:
    assert text_of(SAID.encode(encoding)) == SAID


@pytest.mark.parametrize(
    ("data", "is_binary"),
    [
        (b"\0\1\2", True),
        (b"\xff\xfea", False),  # half a character of UTF-16
        (SAID.encode() + b"\xff", False),
        (b"\xef\xbb\xbf\xff", False),
        ("title".encode("utf-16-le"), True),
    ],
)
def test_what_is_no_text(data: bytes, is_binary: bool) -> None:
    with pytest.raises(NotText) as refused:
        text_of(data)
    assert refused.value.is_binary == is_binary
