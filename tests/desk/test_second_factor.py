"""二次验证 at the desk: set up, asked for, used once, replaced by a recovery code, reset by an administrator."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from structlog.testing import capture_logs

from service.office import Office
from service.people.accounts import invite
from tests.support.desk import DeskDriver, at_desk
from tests.support.desk_routes import rows_of
from tests.support.people import PASSWORD, path_of, with_password
from values.account import Role

STEP = timedelta(seconds=30)
PATH = "/account/second-factor"


class Phone:
    """An authenticator app, whose clock is the office's."""

    def __init__(self, desk: DeskDriver) -> None:
        self._desk = desk
        self.secret = "".join(desk.html(PATH).xpath("//code")[0].text_content().split())

    def code(self) -> str:
        """The next code that was not shown yet."""
        self._desk.clock.now += STEP
        return pyotp.TOTP(self.secret).at(self._desk.clock.now)


def logged_in(desk: DeskDriver, name: str = "wang", role: Role = Role.EDITOR) -> None:
    """Somebody who has just logged in with a password."""
    with_password(desk, name, role)
    assert desk.post("/login", name=name, password=PASSWORD).status_code == 303
    assert desk.get("/account").status_code == 200


def set_up(desk: DeskDriver, name: str = "wang", role: Role = Role.EDITOR) -> tuple[Phone, list[str]]:
    """Somebody who has a second factor and is logged in; the phone and the recovery codes."""
    logged_in(desk, name, role)
    assert desk.post(PATH, old=PASSWORD).headers["location"] == PATH
    phone = Phone(desk)
    shown = desk.post(f"{PATH}/confirm", code=phone.code())
    assert (shown.status_code, "二次验证已开启" in shown.text) == (200, True)
    codes = [code.partition("</code>")[0] for code in shown.text.split("<code>")[1:]]
    assert len(codes) == 10
    return phone, codes


def log_out(desk: DeskDriver) -> None:
    """As by the button of a page; does nothing for somebody who is logged out."""
    if desk.get("/account").status_code == 200:  # the browser gets the CSRF cookie of the session
        assert desk.post("/logout").headers["location"] == "/login"


def steps_of_log_in(desk: DeskDriver, code: str) -> list[tuple[int, str]]:
    """Status and next page of both steps, in a browser that is logged out."""
    log_out(desk)
    first = desk.post("/login", name="wang", password=PASSWORD, next="/account?a=1")
    second = desk.post("/login/code", code=code, next="/account?a=1")
    return [(answer.status_code, answer.headers.get("location", "")) for answer in (first, second)]


def test_log_in_asks_for_a_code_and_goes_on_to_the_page_that_was_wanted(desk: DeskDriver) -> None:
    phone, _ = set_up(desk)
    log_out(desk)
    asked = desk.post("/login", name="wang", password=PASSWORD, next="/account?a=1").headers["location"]
    assert asked == "/login/code?next=/account%3Fa%3D1"
    assert desk.get("/account").status_code == 303, "the password alone opens nothing"
    assert desk.html(asked).xpath("//input[@name='next']/@value") == ["/account?a=1"]
    assert steps_of_log_in(desk, phone.code())[1] == (303, "/account?a=1")
    assert "已开启" in desk.words("/account")


def test_code_is_accepted_once(desk: DeskDriver) -> None:
    phone, _ = set_up(desk)
    code = phone.code()
    assert steps_of_log_in(desk, code)[1][0] == 303
    log_out(desk)
    desk.post("/login", name="wang", password=PASSWORD)
    refused = desk.post("/login/code", code=code)
    assert (refused.status_code, "已经用过" in refused.text) == (403, True)
    assert desk.get("/account").status_code == 303


def test_code_that_turned_it_on_does_not_log_in(desk: DeskDriver) -> None:
    logged_in(desk)
    desk.post(PATH, old=PASSWORD)
    code = Phone(desk).code()
    assert desk.post(f"{PATH}/confirm", code=code).status_code == 200
    assert steps_of_log_in(desk, code)[1][0] == 403


def test_recovery_code_logs_in_once_and_is_recorded(desk: DeskDriver) -> None:
    _, codes = set_up(desk)
    assert steps_of_log_in(desk, codes[3].lower())[1][0] == 303
    assert "恢复码还剩 9 个" in desk.words("/account")
    assert steps_of_log_in(desk, codes[3]) == [(303, "/login/code?next=/account%3Fa%3D1"), (403, "")]
    assert "，用密码和恢复码" in repr(rows_of(desk.office)["change"])


def test_other_recovery_codes_make_the_earlier_ones_invalid(desk: DeskDriver) -> None:
    phone, codes = set_up(desk)
    assert desk.post(f"{PATH}/codes", code="000000").status_code == 400
    assert "以前的都作废了" in desk.post(f"{PATH}/codes", code=phone.code()).text
    assert steps_of_log_in(desk, codes[0])[1][0] == 403


def test_refusal_is_shown_above_all_forms_of_the_page(desk: DeskDriver) -> None:
    """Not within the form for another password, which was not sent."""
    logged_in(desk)
    refused = desk.post(PATH, old="not the password").text
    assert "现在的密码不对" in refused
    assert refused.index("现在的密码不对") < refused.index("更换密码")


def test_guessing_codes_is_limited_and_does_not_reset_by_giving_the_password_again(desk: DeskDriver) -> None:
    phone, _ = set_up(desk)
    stranger = DeskDriver(desk.office)
    for _ in range(10):
        stranger.post("/login", name="wang", password=PASSWORD)
        assert stranger.post("/login/code", code="000000").status_code == 403
    stranger.post("/login", name="wang", password=PASSWORD)
    refused = stranger.post("/login/code", code=phone.code())
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "900")
    assert steps_of_log_in(desk, phone.code())[1][0] == 303, "the known browser is not locked out"


def test_code_is_not_shown_when_the_session_has_ended_under_the_form(desk: DeskDriver) -> None:
    _, codes = set_up(desk)
    desk.clock.now += timedelta(hours=12)
    refused = desk.post(f"{PATH}/off", code=codes[0])
    assert (refused.status_code, codes[0] in refused.text) == (401, False)


def test_proof_of_the_password_expires_and_ends_with_the_password(desk: DeskDriver) -> None:
    phone, _ = set_up(desk)
    log_out(desk)
    desk.post("/login", name="wang", password=PASSWORD)
    desk.clock.now += timedelta(minutes=10)
    late = desk.post("/login/code", code=phone.code(), next="/account")
    assert late.headers["location"] == "/login?next=/account"
    assert "等得太久了" in desk.words("/login")
    forger = DeskDriver(desk.office)
    forger.client.cookies.set("jianbao-proof", "1.9999999999.0." + "0" * 64)
    assert forger.post("/login/code", code=phone.code()).headers["location"].startswith("/login")


def test_link_for_a_new_password_does_not_replace_the_code(desk: DeskDriver) -> None:
    phone, _ = set_up(desk)
    log_out(desk)
    link = path_of(invite(desk.office, "wang", who="测试").url)
    other = "又一匹正确的马和电池"
    assert desk.post(link, password=other, again=other).headers["location"] == "/login/code?next=/"
    assert desk.get("/account").status_code == 303
    assert desk.post("/login/code", code=phone.code()).status_code == 303
    assert desk.get("/account").status_code == 200


def test_setting_up_needs_the_password_and_a_right_code(desk: DeskDriver) -> None:
    logged_in(desk)
    assert desk.get(PATH).headers["location"] == "/account"
    assert "现在的密码不对" in desk.post(PATH, old="不是这个密码不是").text
    assert desk.get(PATH).headers["location"] == "/account"
    desk.post(PATH, old=PASSWORD)
    phone = Phone(desk)
    assert "验证码不对" in desk.post(f"{PATH}/confirm", code="000000").text
    assert desk.post("/login", name="wang", password=PASSWORD).headers["location"] == "/", "not asked for yet"
    assert desk.get("/account").status_code == 200
    assert desk.post(f"{PATH}/confirm", code=phone.code()).status_code == 200
    assert desk.get(PATH).headers["location"] == "/account", "the key is not shown again"
    assert "已经开着" in desk.post(PATH, old=PASSWORD).text


def test_turning_on_ends_the_sessions_elsewhere_and_off_asks_for_a_code(desk: DeskDriver) -> None:
    with_password(desk)
    elsewhere = DeskDriver(desk.office)
    elsewhere.post("/login", name="wang", password=PASSWORD)
    desk.post("/login", name="wang", password=PASSWORD)
    desk.get("/account")
    desk.post(PATH, old=PASSWORD)
    phone = Phone(desk)
    desk.post(f"{PATH}/confirm", code=phone.code())
    assert elsewhere.get("/account").status_code == 303
    assert desk.post(f"{PATH}/off", code="000000").status_code == 400
    assert desk.post(f"{PATH}/off", code=phone.code()).headers["location"] == "/account"
    assert "没有开启" in desk.words("/account")
    log_out(desk)
    assert desk.post("/login", name="wang", password=PASSWORD).headers["location"] == "/"


def test_administrator_resets_the_factor_of_a_lost_phone(desk: DeskDriver) -> None:
    set_up(desk)
    admin = DeskDriver(desk.office)
    admin.login("admin")
    assert "取消二次验证" in admin.words("/people")
    assert admin.post("/people/1/second-factor/reset").headers["location"] == "/people"
    assert "取消二次验证" not in admin.words("/people")
    assert "取消了用户王编辑（wang）的二次验证" in admin.words("/people")
    assert desk.get("/account").status_code == 303, "its sessions have ended"
    assert desk.post("/login", name="wang", password=PASSWORD).headers["location"] == "/"
    assert admin.post("/people/1/second-factor/reset").status_code == 400


@pytest.fixture
def strict_desk(office: Office) -> DeskDriver:
    """Of an office that requires a second factor of everybody."""
    return DeskDriver(at_desk(office, office.settings.desk.model_copy(update={"second_factor": "required"})))


def test_where_it_is_required_it_is_set_up_before_anything_else(strict_desk: DeskDriver) -> None:
    logged_in(strict_desk, "zhao", Role.ADMIN)
    assert strict_desk.get("/people").headers["location"] == "/account"
    assert "要先设置二次验证" in strict_desk.words("/account")
    strict_desk.post(PATH, old=PASSWORD)
    strict_desk.post(f"{PATH}/confirm", code=Phone(strict_desk).code())
    assert strict_desk.get("/people").status_code == 200


def test_where_it_is_off_nobody_is_asked(desk: DeskDriver) -> None:
    set_up(desk)
    off = DeskDriver(at_desk(desk.office, desk.office.settings.desk.model_copy(update={"second_factor": "off"})))
    assert off.post("/login", name="wang", password=PASSWORD).headers["location"] == "/"
    assert "二次验证" not in off.words("/account")
    assert "没有开放" in off.post(PATH, old=PASSWORD).text


def test_key_and_codes_are_in_no_log_record_or_page(desk: DeskDriver) -> None:
    with capture_logs() as logged:
        phone, codes = set_up(desk)
        steps_of_log_in(desk, codes[0])
        steps_of_log_in(desk, "000000")
    rows = rows_of(desk.office)
    assert phone.secret in repr(rows.pop("second_factor"))
    for secret in (phone.secret, *codes, *(code.replace("-", "") for code in codes)):
        assert secret not in repr(rows)
        assert secret not in repr(logged)
    steps_of_log_in(desk, phone.code())
    assert phone.secret not in desk.get("/account").text
