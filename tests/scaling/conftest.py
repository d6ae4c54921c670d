from tests.server.conftest import pack, start  # noqa: F401
