"""统一登录 in a real Chromium, at a real provider: there, back to the page that was asked for, and out again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.desk import serving
from tests.support.offices import bulletin, office_at, write_config
from tests.support.oidc import provider_process

pytestmark = pytest.mark.browser


def test_a_browser_logs_in_at_the_provider_and_out_again(chromium: Browser, tmp_path: Path) -> None:
    """Without `tabs`, which let no page leave the desk."""
    with provider_process() as issuer:
        table = f'[desk.oidc]\nissuer = "{issuer}"\nclient_id = "jianbao"\nroles = {{ "简报编辑" = "editor" }}\n'
        path = write_config(tmp_path / "office", table + bulletin())
        with office_at(path, datetime.now(UTC), JIANBAO_OIDC_SECRET="s") as office, serving(office) as url:
            context = chromium.new_context()
            page = context.new_page()
            page.goto(f"{url}/b/wuxing/past?year=2022")
            page.get_by_role("link", name="统一登录").click()
            page.locator("input[name=sub]").fill("s-editor")
            page.locator("input[name=sub]").press("Enter")
            page.wait_for_url(f"{url}/b/wuxing/past?year=2022")
            page.goto(f"{url}/account")  # a form works after the way through another site
            page.get_by_role("button", name="退出", exact=True).click()
            page.wait_for_url(f"{url}/login/oidc/ended")
            page.get_by_role("link", name="也退出统一登录").click()
            page.wait_for_url(f"{issuer}/**")
            page.goto(f"{url}/account")
            page.wait_for_url(f"{url}/login?**")
            context.close()
