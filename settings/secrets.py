"""References to secrets. The configuration names where a secret is kept; `resolve` alone reads it."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from values.errors import BadConfig

CREDENTIALS_DIRECTORY: Final = "CREDENTIALS_DIRECTORY"  # systemd.exec(5), LoadCredential=
HOW_TO_REFER: Final = '写成 { env = "变量名" }、{ file = "文件路径" } 或 { credential = "systemd 凭据名" }'

Kind = Literal["env", "file", "credential"]
_NAME_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "env": re.compile(r"[A-Za-z_][A-Za-z0-9_]*"),
    "file": re.compile(r"[^\0\r\n]+"),
    "credential": re.compile(r"(?!\.\.?$)[A-Za-z0-9_.@:-]+"),
}


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret is kept; never the secret itself."""

    kind: Kind
    name: str
    """Name of an environment variable, absolute path of a file, or name of a systemd credential."""

    def __str__(self) -> str:
        place = {"env": "环境变量", "file": "文件", "credential": "systemd 凭据"}[self.kind]
        return f"{place} {self.name}"


def parse_secret(value: object, home: Path) -> Secret:
    """{ env = … }, { file = … } or { credential = … } → `Secret`; a relative file is relative to `home`.

    Raises ValueError with a Chinese sentence that never repeats the value: it could be the secret itself.
    """
    if not isinstance(value, Mapping):
        raise ValueError(f"口令不能直接写在配置里；{HOW_TO_REFER}")
    if len(value) != 1:
        raise ValueError(f"只能指明一个出处；{HOW_TO_REFER}")
    kind, name = next(iter(value.items()))
    if kind not in _NAME_FORMS:
        raise ValueError(f"出处只能是 env、file 或 credential；{HOW_TO_REFER}")
    if not isinstance(name, str) or not _NAME_FORMS[kind].fullmatch(name):
        raise ValueError(f"{kind} 后面应是名字，不是口令本身；{HOW_TO_REFER}")
    return Secret(kind, str(home / name) if kind == "file" else name)


def resolve(secret: Secret, environ: Mapping[str, str]) -> str:
    """The secret's value, without the line end of its file.

    Raises BadConfig with the reference and the remedy when there is none. Callers resolve a secret only when they need
    it, so that a command that sends nothing works without the password for sending.
    """
    if secret.kind == "env":
        value = environ.get(secret.name, "")
        remedy = "请先设置它，再启动服务"
    else:
        value = _read(_path(secret, environ), secret)
        remedy = "请把口令写进去，只写一行"
    if not value:
        raise BadConfig((f"{secret} 没有内容；{remedy}",))
    return value


def without_secrets(secrets: Iterable[Secret], environ: MutableMapping[str, str]) -> Mapping[str, str]:
    """A copy of the environment to resolve secrets with; the variables that hold them are removed from `environ`.

    Of `os.environ`, that is the process's own: no program started later inherits them.
    """
    copy = dict(environ)
    for secret in secrets:
        if secret.kind == "env":
            environ.pop(secret.name, None)
    return copy


def weakness(secret: Secret, environ: Mapping[str, str]) -> str | None:
    """A Chinese sentence when other users of the machine can read the secret's file, else None.

    systemd itself keeps its credentials private, so only files that the configuration names are checked.
    """
    if secret.kind != "file":
        return None
    try:
        mode = stat.S_IMODE(_path(secret, environ).stat().st_mode)
    except OSError:
        return None
    if not mode & 0o077:
        return None
    return f"{secret} 的权限是 {mode:04o}，本机其他用户也能读；请执行 chmod 600 {secret.name}"


def _path(secret: Secret, environ: Mapping[str, str]) -> Path:
    if secret.kind == "file":
        return Path(secret.name)
    directory = environ.get(CREDENTIALS_DIRECTORY, "")
    if not directory:
        raise BadConfig(
            (f"找不到 {secret}：没有 ${CREDENTIALS_DIRECTORY}；请由 systemd 启动，并写 LoadCredential={secret.name}:…",)
        )
    return Path(directory, secret.name)


def _read(path: Path, secret: Secret) -> str:
    try:
        return path.read_text(encoding="utf-8").strip("\r\n")
    except FileNotFoundError:
        remedy = f"请建立文件 {path}，只写口令一行，并执行 chmod 600"
        if secret.kind == "credential":
            remedy = f"请在服务单元里写 LoadCredential={secret.name}:…"
        raise BadConfig((f"找不到 {secret}；{remedy}",)) from None
    except OSError as error:
        raise BadConfig((f"读不了 {secret}：{error.strerror}；请检查权限",)) from None
    except UnicodeDecodeError:
        # `from None`: the error holds the bytes of the file
        raise BadConfig((f"{secret} 不是 UTF-8 文本；请重新写入口令",)) from None
