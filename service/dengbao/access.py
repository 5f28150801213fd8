"""Who gets in, what everybody may do, and what is recorded: 8.1.4.1 to 8.1.4.3 of GB/T 22239-2019."""

from __future__ import annotations

from service.dengbao.facts import DengbaoFacts
from service.dengbao.line import DengbaoState, Standing
from service.people.attempts import AT_ACCOUNT, FROM_ADDRESS, FROM_ORIGIN, WITHIN
from service.people.log_in import LONGEST
from service.people.weak_passwords import SHORTEST

_RECORD_PAGE = "审稿台“变更记录”页；docs/decisions/0070"


def unique_identity(facts: DengbaoFacts) -> Standing:
    """8.1.4.1 a)."""
    if facts.by_proxy:
        setting = "由前面的代理统一登录（user_header）：用户名唯一；密码的复杂度和更换由统一登录的系统管"
        return Standing(DengbaoState.PARTLY, setting, "config.toml [desk] user_header；统一登录系统的设置")
    rules = f"用户名唯一；密码至少 {SHORTEST} 个字符，拒绝常见密码和含自己名字的密码"
    evidence = "service/people/weak_passwords.py；config.toml [desk] password_days"
    if facts.password_days:
        return Standing(DengbaoState.MET, f"{rules}；每 {facts.password_days} 天必须更换", evidence)
    return Standing(DengbaoState.PARTLY, f"{rules}；没有要求定期更换，要求的话设 [desk] password_days，如 90", evidence)


def failed_log_ins(facts: DengbaoFacts) -> Standing:
    """8.1.4.1 b)."""
    minutes, hours = int(WITHIN.total_seconds()) // 60, int(LONGEST.total_seconds()) // 3600
    setting = (
        f"{minutes} 分钟内同一地址对同一用户失败 {FROM_ORIGIN} 次、各地址对同一用户共 {AT_ACCOUNT} 次、"
        f"同一地址共 {FROM_ADDRESS} 次就不再受理；{facts.idle_minutes} 分钟没有操作自动退出，最长 {hours} 小时"
    )
    evidence = "service/people/attempts.py；config.toml [desk] idle_minutes；变更记录里的登录失败"
    if facts.by_proxy:
        setting = f"由前面的代理统一登录：失败次数和超时退出由统一登录的系统管；在这里用密码登录的，{setting}"
        return Standing(DengbaoState.PARTLY, setting, f"{evidence}；统一登录系统的设置")
    return Standing(DengbaoState.MET, setting, evidence)


def protected_log_in(facts: DengbaoFacts) -> Standing:
    """8.1.4.1 c)."""
    evidence = "config.toml [desk] public_url、listen；浏览器地址栏的证书"
    if facts.https:
        return Standing(DengbaoState.MET, "审稿台用 https 打开，登录用的 Cookie 只走加密连接", evidence)
    if not facts.is_unencrypted:
        setting = "审稿台只在本机监听、用本机的网址打开：别的电脑打不开；要远程使用，请配带证书的反向代理"
        return Standing(DengbaoState.MET, setting, evidence)
    setting = "审稿台在网络上用 http，口令明文经过网络；请在前面配带证书的反向代理，public_url 写 https 网址"
    return Standing(DengbaoState.UNMET, setting, evidence)


def two_factors(facts: DengbaoFacts) -> Standing:
    """8.1.4.1 d)."""
    evidence = "config.toml [desk] second_factor；审稿台“我的账号”页"
    if facts.by_proxy:
        setting = "由前面的代理统一登录：是否用两种以上鉴别，看统一登录的系统"
        return Standing(DengbaoState.PARTLY, setting, "config.toml [desk] user_header；统一登录系统的设置")
    counts = facts.accounts
    everybody = counts.admins + counts.editors + counts.viewers + counts.auditors + counts.approvers
    having = f"{everybody} 人中 {counts.with_second_factor} 人已设好"
    match facts.second_factor:
        case "required":
            setting = f"密码加动态口令（TOTP，RFC 6238），人人必须用；{having}"
            return Standing(DengbaoState.MET, setting, evidence)
        case "optional":
            setting = f'可以用密码加动态口令（TOTP），但不强制；{having}；要求三级的请设 second_factor = "required"'
            return Standing(DengbaoState.PARTLY, setting, evidence)
        case "off":
            setting = '只用密码；要求三级的请设 second_factor = "required"'
            return Standing(DengbaoState.UNMET, setting, evidence)


def accounts_and_rights(facts: DengbaoFacts) -> Standing:
    """8.1.4.2 a)."""
    counts = facts.accounts
    setting = (
        f"一人一个账号一个角色：管理 {counts.admins}、编辑 {counts.editors}、查看 {counts.viewers}、"
        f"审计 {counts.auditors} 个，审核 {counts.approvers} 个；"
        "每个页面在服务端按角色核对"
    )
    return Standing(DengbaoState.MET, setting, "审稿台“用户”页；user list；tests/desk/test_guard.py 逐个页面核对")


def default_accounts(_facts: DengbaoFacts) -> Standing:
    """8.1.4.2 b)."""
    setting = "没有默认口令：第一个管理员（admin）用一次性链接自己设密码；另建管理员后可以停用它"
    return Standing(DengbaoState.MET, setting, "user list；变更记录里的“用户”一类；service/people/accounts.py")


def surplus_accounts(facts: DengbaoFacts) -> Standing:
    """8.1.4.2 c)."""
    evidence = "审稿台“用户”页；变更记录里的登录"
    if not facts.accounts.unused:
        return Standing(DengbaoState.MET, "没有三个月没人用过的账号；账号可以停用，停用立即退出登录", evidence)
    names = "、".join(facts.accounts.unused)
    setting = f"三个月没人用过：{names}。不需要的请停用（user disable 用户名）"
    return Standing(DengbaoState.UNMET, setting, evidence)


def separated_duties(facts: DengbaoFacts) -> Standing:
    """8.1.4.2 d)."""
    evidence = "config.toml [desk] separation_of_duties；user list；docs/decisions/0070"
    if facts.separated and facts.accounts.auditors:
        setting = f"三员分立：审计员 {facts.accounts.auditors} 个，只看记录，不能兼编辑或管理；管理员看不到登录和下载"
        return Standing(DengbaoState.MET, setting, evidence)
    if facts.separated:
        setting = "设了三员分立，但还没有审计员；请用 user add 用户名 --role auditor 添加"
    else:
        setting = "没有要求三员分立，管理员也能看登录和下载；要求的话设 separation_of_duties = true，并添加审计员"
    return Standing(DengbaoState.PARTLY, setting, evidence)


def who_grants(_facts: DengbaoFacts) -> Standing:
    """8.1.4.2 e)."""
    setting = "只有管理员（和能在服务器上以服务用户运行命令的人）能添加用户、给角色，都记在变更记录里"
    return Standing(DengbaoState.MET, setting, "审稿台“用户”页；变更记录里的“用户”一类")


def granularity(_facts: DengbaoFacts) -> Standing:
    """8.1.4.2 f)."""
    setting = "主体到人；客体到单篇稿件、单封来信、单期、单个文件，按刊物查找，改动要说明看到的是哪一稿"
    evidence = "tests/desk/test_guard.py、test_other_bulletins.py、test_versions_seen.py"
    return Standing(DengbaoState.MET, setting, evidence)


def security_marks(_facts: DengbaoFacts) -> Standing:
    """8.1.4.2 g)."""
    setting = (
        "带密级标志的来信自动封存，不显示、不搜索、不印发，只有管理员能解除；"
        "其他资料不设安全标记，本程序不得处理涉密信息"
    )
    return Standing(DengbaoState.PARTLY, setting, "docs/decisions/0053；审稿台“来信”页的封存")


def audit_coverage(facts: DengbaoFacts) -> Standing:
    """8.1.4.3 a)."""
    since = f"，{facts.record.since.isoformat()} 起" if facts.record.since else ""
    setting = (
        "登录、退出、登录失败、下载、改角色，稿件、期刊、来信、单位、用户的每处改动都有记录；"
        f"现有 {facts.record.lines} 条{since}"
    )
    if facts.by_proxy:
        setting = f"{setting}；由前面的代理统一登录的，退出和登录失败只在统一登录的系统里有记录"
        return Standing(DengbaoState.PARTLY, setting, f"{_RECORD_PAGE}；统一登录系统的日志")
    return Standing(DengbaoState.MET, setting, _RECORD_PAGE)


def audit_content(_facts: DengbaoFacts) -> Standing:
    """8.1.4.3 b)."""
    setting = "每条有时间、人、种类、对象、做了什么、理由；登录另有来访地址和成败，登录失败记用户编号、不记输入的用户名"
    return Standing(DengbaoState.MET, setting, _RECORD_PAGE)


def audit_protection(facts: DengbaoFacts) -> Standing:
    """8.1.4.3 c)."""
    record = facts.record
    evidence = "verify；docs/decisions/0062；manifest.json 里的 record"
    if record.broken or record.missing_triggers:
        missing = len(record.missing_triggers)
        setting = f"记录链有 {record.broken} 处不符，缺 {missing} 个触发器；请运行 verify 查明，从备份恢复"
        return Standing(DengbaoState.UNMET, setting, evidence)
    setting = (
        "每条含前一条的 SHA-256，数据库拒绝改和删，程序没有删记录的功能，一直保存（要求至少六个月）；记录随台账一起备份"
    )
    if facts.backups.folder and not facts.backups.is_late:
        return Standing(DengbaoState.MET, f"{setting}，自动备份到 {facts.backups.folder}", evidence)
    return Standing(DengbaoState.PARTLY, f"{setting}，但没有自动备份，见 8.1.4.9 a)", evidence)


def audit_process(_facts: DengbaoFacts) -> Standing:
    """8.1.4.3 d)."""
    setting = "记录与改动写在同一个事务里，不记录就不能改；没有关掉记录的设置。服务由 systemd 看护，停了自动重启"
    return Standing(DengbaoState.MET, setting, "archive/changes.py；deploy/jianbao.service 的 WatchdogSec、Restart")
