"""Secrets are found where the configuration points, and never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings.secrets import Secret, parse_secret, resolve, weakness
from values.errors import BadConfig

HOME = Path("/srv/jianbao")


def refusal(secret: Secret, environ: dict[str, str]) -> str:
    with pytest.raises(BadConfig) as refused:
        resolve(secret, environ)
    return str(refused.value)


@pytest.mark.parametrize(
    ("written", "secret"),
    [
        ({"env": "IMAP_PASSWORD"}, Secret("env", "IMAP_PASSWORD")),
        ({"file": "secrets/imap"}, Secret("file", "/srv/jianbao/secrets/imap")),
        ({"file": "/run/imap"}, Secret("file", "/run/imap")),
        ({"credential": "imap"}, Secret("credential", "imap")),
    ],
)
def test_reference_is_read(written: dict[str, str], secret: Secret) -> None:
    assert parse_secret(written, HOME) == secret


@pytest.mark.parametrize(
    "written",
    [
        "hunter2",
        2,
        {},
        {"env": "hunter2", "file": "hunter2"},
        {"environment": "hunter2"},
        {"env": "hunter2!"},
        {"credential": "../hunter2"},
        {"credential": ".."},
        {"file": ["hunter2"]},
    ],
)
def test_secret_that_is_no_reference_is_refused_without_repeating_it(written: object) -> None:
    with pytest.raises(ValueError) as refused:
        parse_secret(written, HOME)
    assert '写成 { env = "变量名" }' in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_secret_comes_from_the_environment() -> None:
    assert resolve(Secret("env", "IMAP_PASSWORD"), {"IMAP_PASSWORD": "hunter2"}) == "hunter2"


def test_secret_comes_from_a_file_without_its_line_end(tmp_path: Path) -> None:
    (tmp_path / "imap").write_text(" hunter2 \r\n", encoding="utf-8", newline="")
    assert resolve(Secret("file", str(tmp_path / "imap")), {}) == " hunter2 "


def test_secret_comes_from_systemd(tmp_path: Path) -> None:
    (tmp_path / "imap").write_text("hunter2", encoding="utf-8")
    assert resolve(Secret("credential", "imap"), {"CREDENTIALS_DIRECTORY": str(tmp_path)}) == "hunter2"


def test_missing_variable_is_named() -> None:
    assert refusal(Secret("env", "IMAP_PASSWORD"), {}) == "环境变量 IMAP_PASSWORD 没有内容；请先设置它，再启动服务"


def test_missing_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "imap"
    assert refusal(Secret("file", str(path)), {}) == (
        f"找不到 文件 {path}；请建立文件 {path}，只写口令一行，并执行 chmod 600"
    )


def test_credential_outside_systemd_is_reported(tmp_path: Path) -> None:
    assert "LoadCredential=imap:" in refusal(Secret("credential", "imap"), {})
    assert "LoadCredential=imap:" in refusal(Secret("credential", "imap"), {"CREDENTIALS_DIRECTORY": str(tmp_path)})


def test_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "imap").write_text("\n", encoding="utf-8")
    assert "没有内容" in refusal(Secret("file", str(tmp_path / "imap")), {})


def test_file_that_is_no_text_is_refused_without_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "imap").write_bytes(b"hunter2\xff")
    with pytest.raises(BadConfig) as refused:
        resolve(Secret("file", str(tmp_path / "imap")), {})
    assert "不是 UTF-8 文本" in str(refused.value)
    assert refused.value.__suppress_context__


def test_file_that_others_can_read_is_weak(tmp_path: Path) -> None:
    path = tmp_path / "imap"
    path.write_text("hunter2", encoding="utf-8")
    path.chmod(0o640)
    assert weakness(Secret("file", str(path)), {}) == (
        f"文件 {path} 的权限是 0640，本机其他用户也能读；请执行 chmod 600 {path}"
    )
    path.chmod(0o600)
    assert weakness(Secret("file", str(path)), {}) is None


def test_secrets_elsewhere_are_not_weak() -> None:
    assert weakness(Secret("env", "IMAP_PASSWORD"), {}) is None
