"""Why nobody was logged in by the provider."""

from __future__ import annotations

from enum import Enum

from service.people.attempts import LogInFailed


class SignOnFailure(Enum):
    """The value is the sentence for the person."""

    UNAVAILABLE = "现在连不上统一登录。请稍后再试；有密码的可以用密码登录。"
    STATE = "这次统一登录不是从这个浏览器的登录页开始的，或者已经用过、放得太久了。请从登录页重新开始。"
    DENIED = "统一登录没有同意：可能是您取消了，或者您无权使用简报。请重新登录，或找管理员。"
    CODE = "统一登录没有认可这次登录的凭据：可能已经用过，或者两边的配置对不上。请重新登录；总是这样的话请找维护人员。"
    PROOF = (
        "统一登录发来的身份证明不可信（签名、签发者、用途、有效期或随机数不对），没有登录。"
        "请重新登录；总是这样的话请找维护人员。"
    )
    NO_ROLE = "您在统一登录里不属于任何可以用简报的组，没有登录。请找管理员。"
    NO_ACCOUNT = "统一登录认识您，但简报里没有与之相连的用户，没有登录。请找管理员。"
    DISABLED = "您在简报里的用户已停用，没有登录。请找管理员。"
    ROLE_KEPT = "您在统一登录里的组变了，但简报里的角色不能照着改（唯一的管理员，或三员分立），没有登录。请找管理员。"


class SignOnFailed(LogInFailed):
    """failure: the cause. detail: for the log, in English, without anything secret. account: id of the account that may
    not log in; 0: nobody's was proven."""

    def __init__(self, failure: SignOnFailure, detail: str, account: int = 0) -> None:
        super().__init__(failure.value)
        self.failure = failure
        self.detail = detail
        self.account = account
