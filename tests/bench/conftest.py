import pytest

from bench.answers import forget_clients


@pytest.fixture(autouse=True)
def real_clients_afterwards():
    yield
    forget_clients()
