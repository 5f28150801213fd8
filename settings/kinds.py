"""The kinds of values in config.toml: each is checked, refused with a Chinese sentence, and parsed."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, PlainValidator, ValidationInfo

from settings.authorities import checked_ca_file
from settings.days_off import Span, parse_span
from settings.keep_for import KeepFor, parse_keep_for
from settings.remind_before import RemindBefore, parse_remind_before
from settings.schedule import Schedule, parse_schedule
from settings.secrets import Secret, parse_secret
from settings.word_list import load_word_list
from values.account import Role
from values.address import is_sendable
from values.approval import Approver
from values.letter import ReadMark
from values.network import is_loopback
from values.whole_number import whole_number
from values.word_list import NO_WORDS, WordList

_DOMAIN: Final = re.compile(r"(?!-)[\w-]+(?:\.[\w-]+)*")
_LOCAL_PART: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]+")
_HOST: Final = re.compile(r"[\w.:-]+")
_KEYWORD: Final = re.compile(r"[A-Za-z0-9_$.-]+")
_HEADER_NAME: Final = re.compile(r"[A-Za-z0-9-]+")
_NAMED_ADDRESS: Final = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_PORTS: Final = range(1, 65536)
_MOST_POINTS: Final = 10_000
"""No scheme gives an article more than some hundred; what is larger is a slip of the pen."""
CORRECTION_FIELDS: Final = frozenset({"期号", "日期", "标题", "改正"})
"""What the wording of a 更正 may name in braces."""
_PROGRAM: Final = Path(__file__).resolve().parent.parent
"""The folder that holds our packages, and templates/."""


@dataclass(frozen=True, slots=True)
class Listen:
    """An address to listen on: a host (an IPv6 address without its brackets) and a port."""

    host: str
    port: int


def _line(text: str) -> str:
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise ValueError("应是一行文字，不能含换行和控制字符")
    return text.strip()


def _words(text: str) -> str:
    if not (text := _line(text)):
        raise ValueError("不能为空")
    return text


def _bulletin_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+", text):
        raise ValueError("只能用小写字母 a-z、数字和连字符 -：它用在路径、地址和命令里")
    return text


def _address(text: str) -> str:
    local, at, domain = text.strip().rpartition("@")
    if not (at and _LOCAL_PART.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        raise ValueError(f"{text} 不是邮箱地址；应如 editor@example.org")
    return text.strip()


def _sendable(text: str) -> str:
    text = _address(text)
    if not is_sendable(text):
        raise ValueError(f"发信协议不支持 {text} 这样的地址；只能用英文字母、数字和常用符号，如 editor@example.org")
    return text


def _approver(value: object) -> Approver:
    """An address, or a name and an address in angle brackets."""
    if not isinstance(value, str):
        raise ValueError('应是文字，如 "leader@office.example" 或 "张主任 <leader@office.example>"')
    named = _NAMED_ADDRESS.fullmatch(value.strip())
    address = _sendable(named["address"] if named else value)
    return Approver(address.lower(), _line(named["name"]).strip('" ') if named else "")


def _not_empty(people: tuple[Approver, ...]) -> tuple[Approver, ...]:
    if not people:
        raise ValueError("至少要写一个")
    return people


def _sender(text: str) -> str:
    text = text.strip().lower()
    if not (text.startswith("@") and _DOMAIN.fullmatch(text[1:])):
        try:
            _address(text)
        except ValueError:
            raise ValueError(f"{text} 不是邮箱地址，也不是整个域；应如 jtj@example.org 或 @jtj.example.org") from None
    return text


def _after_read(value: object, info: ValidationInfo) -> ReadMark | None:
    forms = '应是 ""（不动邮箱）、"flag"（加星标）、"keyword:标签" 或 "move:文件夹"'
    if not isinstance(value, str):
        raise ValueError(forms)
    kind, _, word = (part.strip() for part in _line(value).partition(":"))
    match kind:
        case "" if not word:
            return None
        case "flag" if not word:
            return ReadMark("flag", "\\Flagged")
        case "keyword" if _KEYWORD.fullmatch(word):
            return ReadMark("keyword", word)
        case "keyword":
            raise ValueError("标签只能用半角字母、数字和 _ $ . -，如 keyword:jianbao")
        case "move" if word and word.upper() != str(info.data.get("folder")).upper():
            return ReadMark("move", word)
        case "move":
            raise ValueError('move: 后面要写另一个文件夹，如 "move:已收稿"；不能就是收信的那个')
    raise ValueError(f"不认识 {value}；{forms}")


def _host(text: str) -> str:
    if not _HOST.fullmatch(text.strip()):
        raise ValueError("应是主机名或 IP 地址，不带 http:// 和端口")
    return text.strip()


def _security(value: str, info: ValidationInfo) -> str:
    host = info.data.get("host", "")
    if value == "none" and host and not is_loopback(host):
        raise ValueError(f'"none" 只能用于本机地址（127.0.0.1、::1、localhost），{host} 不是；请用 "tls" 或 "starttls"')
    return value


def _zone(value: object) -> ZoneInfo:
    if not isinstance(value, str):
        raise ValueError('应是时区名，如 "Asia/Shanghai"')
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # unknown; a path; a folder of zones
        raise ValueError(f'没有 {value} 这个时区；应如 "Asia/Shanghai"') from None


def _schedule(value: object) -> Schedule | None:
    if not isinstance(value, str):
        raise ValueError('应是文字，如 "fri 16:00"')
    return parse_schedule(value)


def _listen(value: object) -> Listen | None:
    example = '应如 "127.0.0.1:8080"；留空则不开审稿台'
    if not isinstance(value, str):
        raise ValueError(example)
    if not value.strip():
        return None
    host, colon, port = value.strip().rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ValueError('IPv6 地址要加方括号，如 "[::1]:8080"')
    if not (colon and _HOST.fullmatch(host)):
        raise ValueError(f"{value} 不是“地址:端口”；{example}")
    number = whole_number(port)
    if number is None or number not in _PORTS:
        raise ValueError(f"端口 {port} 不在 1–65535 之间；{example}")
    return Listen(host, number)


def _public_url(text: str) -> str:
    parts = _split(text)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError('应是编辑在浏览器里打开的网址，如 "https://jianbao.example.org"')
    if parts.path not in ("", "/") or parts.username or parts.password:
        raise ValueError(
            '应只到主机名和端口为止，如 "https://jianbao.example.org"：审稿台占用整个网站，不能放在子路径下'
        )
    return text.strip().rstrip("/")


def _provider_url(text: str) -> str:
    parts = _split(text)
    if parts is None or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError('应是统一登录的网址（issuer），如 "https://sso.example.org/realms/office"，不带 ? 和 #')
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError("统一登录要用 https；http 只许用于本机")
    return text.strip()


def _group_roles(value: object) -> tuple[tuple[str, Role], ...]:
    roles = "、".join(role.value for role in Role)
    if not isinstance(value, dict):
        raise ValueError('应写成 { "组的名称" = "角色", … }')
    for group, role in value.items():
        if not group.strip() or role not in tuple(Role):
            raise ValueError(f"组“{group}”的角色应是 {roles} 之一")
    return tuple((group, Role(role)) for group, role in value.items())


def _network(value: object) -> IPv4Network | IPv6Network:
    example = '应是 IP 地址或网段，如 "127.0.0.1" 或 "10.1.2.0/24"'
    if not isinstance(value, str):
        raise ValueError(example)
    try:
        return ipaddress.ip_network(value.strip())
    except ValueError:
        raise ValueError(f"{value} 不是 IP 地址，也不是网段；{example}") from None


def _header_name(text: str) -> str:
    if text and not _HEADER_NAME.fullmatch(text.strip()):
        raise ValueError("应是 HTTP 头的名字，只有英文字母、数字和 -，如 X-Remote-User")
    return text.strip()


def database_url(text: str) -> str:
    """The URL of a PostgreSQL database, or "". Raises ValueError for anything else, and for one with a password."""
    if not text:
        return text
    parts = _split(text)
    if parts is None or parts.scheme != "postgresql":
        raise ValueError("留空用 SQLite，或写 postgresql://用户@主机/库名")
    if parts.password:
        raise ValueError("口令不能写在数据库地址里；请用 database_password 指明它在哪里")
    return text


def _raw_store(text: str) -> str:
    if not text:
        return text
    parts = _split(text)
    if parts is None or parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc:
        raise ValueError("留空存在 data_dir，或写 s3://桶名/前缀（密钥不写在这里）")
    return text


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text.strip())
        _ = parts.port  # raises on a port that is none
    except ValueError:
        return None
    return parts


def _start_day(value: object) -> date | None:
    """ "" or a day, as a text or as TOML writes it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if value == "":
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError('应是一天，如 2026-11-01；不设写 ""') from None


def _path(value: object, info: ValidationInfo) -> Path:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise ValueError("应是路径（相对路径从配置文件所在的文件夹算起）")
    return _home(info) / value.strip()


def _optional_path(value: object, info: ValidationInfo) -> Path | None:
    return None if value == "" else _path(value, info)


def _ca_file(value: object, info: ValidationInfo) -> Path | None:
    path = _optional_path(value, info)
    return None if path is None else checked_ca_file(path)


def _template(value: object, info: ValidationInfo) -> Path:
    """Beside the configuration; where there is none, beside the program, so that a config.toml in /etc uses the
    template that came with the program."""
    path = _path(value, info)
    shipped = _PROGRAM / str(value).strip()
    return shipped if not path.exists() and shipped.is_file() else path


def _word_list(value: object, info: ValidationInfo) -> WordList:
    return NO_WORDS if value == "" else load_word_list(_path(value, info))


def _score(value: object) -> Decimal:
    number = None if isinstance(value, bool) or not isinstance(value, int | float) else Decimal(str(value))
    if number is None or not number.is_finite() or not 0 <= number <= _MOST_POINTS or number != round(number, 2):
        raise ValueError(f"应是 0 到 {_MOST_POINTS} 的数，最多两位小数，不加引号，如 2.5")
    return number


def _joint_score(value: object) -> Decimal | Literal["share"]:
    if isinstance(value, str):
        if value.strip() != "share":
            raise ValueError('应是每家的得分，如 3；或 "share"，一篇的得分由各家均分')
        return "share"
    return _score(value)


def _secret(value: object, info: ValidationInfo) -> Secret:
    return parse_secret(value, _home(info))


def _home(info: ValidationInfo) -> Path:
    home = (info.context or {})["home"]
    assert isinstance(home, Path)
    return home


def _optional(check: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: check(text) if text else text


def _correction_wording(text: str) -> str:
    text = _words(text)
    if strange := set(re.findall(r"\{([^{}]*)\}", text)) - CORRECTION_FIELDS:
        raise ValueError(f"不认识 {{{'}、{'.join(sorted(strange))}}}；可用 {{期号}}、{{日期}}、{{标题}}、{{改正}}")
    if "{改正}" not in text:
        raise ValueError("要有 {改正}：它代表哪里错、应为什么")
    return text


Line = Annotated[str, AfterValidator(_line)]
CorrectionWording = Annotated[str, AfterValidator(_correction_wording)]
Words = Annotated[str, AfterValidator(_words)]
BulletinId = Annotated[str, AfterValidator(_bulletin_id)]
Address = Annotated[str, AfterValidator(_sendable)]
OptionalAddress = Annotated[str, AfterValidator(_optional(_sendable))]
Sender = Annotated[str, AfterValidator(_sender)]
Host = Annotated[str, AfterValidator(_host)]
OptionalHost = Annotated[str, AfterValidator(_optional(_host))]
Port = Annotated[int, Field(strict=True, ge=_PORTS.start, le=_PORTS.stop - 1)]
Positive = Annotated[int, Field(strict=True, ge=1)]
Count = Annotated[int, Field(strict=True, ge=0)]
Security = Annotated[Literal["tls", "starttls", "none"], AfterValidator(_security)]
GroupRoles = Annotated[tuple[tuple[str, Role], ...], PlainValidator(_group_roles)]
ProviderUrl = Annotated[str, AfterValidator(_provider_url)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
Fix = Literal["digit-space", "full-width-characters", "half-width-punctuation", "ellipsis", "dash"]
HeldKind = Literal[
    "receipt",
    "rejection",
    "acknowledged",
    "submissions",
    "returned",
    "answer",
    "commission",
    "reminder",
    "amendment",
    "urging",
    "withdrawn",
    "draft",
]
"""Kinds of letters out (`values.outgoing.LetterKind`) that can wait for a person; an alarm cannot."""
HeaderName = Annotated[str, AfterValidator(_header_name)]
Switch = Annotated[bool, Field(strict=True)]
Database = Annotated[str, AfterValidator(database_url)]
RawStore = Annotated[str, AfterValidator(_raw_store)]
# Parsed into another type than they are written in.
ApprovalPeople = Annotated[tuple[Annotated[Approver, PlainValidator(_approver)], ...], AfterValidator(_not_empty)]
AfterRead = Annotated[ReadMark | None, PlainValidator(_after_read)]
Zone = Annotated[ZoneInfo, PlainValidator(_zone)]
Days = Annotated[Span, PlainValidator(parse_span)]
StartDay = Annotated[date | None, PlainValidator(_start_day)]
KeepLetters = Annotated[KeepFor | None, PlainValidator(parse_keep_for)]
Reminding = Annotated[RemindBefore | None, PlainValidator(parse_remind_before)]
When = Annotated[Schedule | None, PlainValidator(_schedule)]
ListenOn = Annotated[Listen | None, PlainValidator(_listen)]
Network = Annotated[IPv4Network | IPv6Network, PlainValidator(_network)]
TemplatePath = Annotated[Path, PlainValidator(_template)]
HomePath = Annotated[Path, PlainValidator(_path)]
CaFile = Annotated[Path | None, PlainValidator(_ca_file)]
OptionalPath = Annotated[Path | None, PlainValidator(_optional_path)]
Score = Annotated[Decimal, PlainValidator(_score)]
JointScore = Annotated[Decimal | Literal["share"], PlainValidator(_joint_score)]
WordListFile = Annotated[WordList, PlainValidator(_word_list)]
SecretReference = Annotated[Secret, PlainValidator(_secret)]


def written(value: Any) -> Any:
    """A default as it would be written in config.toml; it passes the same checks as a written one."""
    return Field(default=value, validate_default=True)
