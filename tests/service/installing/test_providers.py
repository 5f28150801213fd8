"""The table of providers."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.installing.providers import PROVIDERS, MailProvider, provider_called
from settings.field_check import mistake_in
from settings.model import MailboxSettings


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.id)
def test_servers_are_hosts_and_the_advice_is_a_clause(tmp_path: Path, provider: MailProvider) -> None:
    assert provider_called(provider.id) is provider
    assert bool(provider.imap_host) == bool(provider.smtp_host)
    for host in filter(None, (provider.imap_host, provider.smtp_host)):
        assert mistake_in(MailboxSettings, "host", {"host": host}, tmp_path) is None
    assert provider.advice
    assert not provider.advice.endswith("。")


def test_provider_that_is_not_listed_is_none() -> None:
    assert provider_called("gmail") is None
