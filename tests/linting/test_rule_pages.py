"""The address of a rule's page."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from importlib import metadata

import pytest

from attribution.linting import pages


@pytest.fixture(autouse=True)
def no_address(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Start without an address, whatever the package that runs the tests says."""
    monkeypatch.delenv(pages.DOCUMENTATION_ENVIRONMENT, raising=False)
    monkeypatch.setattr(metadata, "metadata", lambda name: Message())
    pages.project_url.cache_clear()
    yield
    pages.project_url.cache_clear()


def publish(monkeypatch: pytest.MonkeyPatch, *urls: str) -> None:
    description = Message()
    for url in urls:
        description["Project-URL"] = url
    monkeypatch.setattr(metadata, "metadata", lambda name: description)


def test_without_an_address_a_rule_has_no_page() -> None:
    assert pages.rule_page("SRC105") is None


def test_the_address_is_the_documentation_url_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(monkeypatch, "Repository, https://code.test/attrib", "Documentation, https://docs.test/attrib")
    assert pages.rule_page("SRC105") == "https://docs.test/attrib/rules/SRC105/"


@pytest.mark.parametrize("address", ["https://news.test/docs", "https://news.test/docs/"])
def test_a_newsroom_names_its_own_copy(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    publish(monkeypatch, "Documentation, https://docs.test/attrib")
    monkeypatch.setenv(pages.DOCUMENTATION_ENVIRONMENT, address)
    assert pages.rule_page("HDG301") == "https://news.test/docs/rules/HDG301/"


def test_a_package_that_was_never_installed_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Message:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "metadata", absent)
    assert pages.documentation_address() is None
