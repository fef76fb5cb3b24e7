import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.product import Product


@pytest.fixture(scope="package")
def product() -> Iterator[Product]:
    """With a small demo county; set up once for all fault tests, then stopped in order."""
    with tempfile.TemporaryDirectory(prefix="hejie-f-") as folder:
        product = Product(Path(folder) / "data")
        product.set_up()
        product.start()
        yield product
        assert product.stop() == 0


@pytest.fixture(scope="package")
def clerk_token(product: Product) -> str:
    return product.token("t01.clerk")
