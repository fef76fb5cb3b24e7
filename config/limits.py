"""How much one request may bring, known to Django and to the server before it. No Django in here."""

MEGABYTE = 2**20
UPLOAD = 30 * MEGABYTE  # bytes of the files of one request
REST = 64 * 1024  # of a form that carries files: its own fields and the lines between the parts
SMALL = 5 * MEGABYTE  # of every other request
FIELDS = 2000
HEADERS = 64 * 1024  # of all headers together, the address included


def most(path: str, content_type: str) -> int:
    """Bytes of the body that a request to this address may have. The API takes no files."""
    carries_files = content_type.lower().startswith("multipart/form-data") and not path.startswith("/api/")
    return UPLOAD + REST if carries_files else SMALL
