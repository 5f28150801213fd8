"""Intruders, integrity, confidentiality, backups and personal data: 8.1.4.4 to 8.1.4.11 of GB/T 22239-2019."""

from __future__ import annotations

from service.dengbao.facts import DengbaoFacts
from service.dengbao.line import DengbaoState, Standing


def least_software(_facts: DengbaoFacts) -> Standing:
    """8.1.4.4 a)."""
    setting = "只用清单里的 Python 包，版本和散列固定；LibreOffice 等外部程序缺了也能运行。操作系统的精简由单位落实"
    return Standing(DengbaoState.PARTLY, setting, "requirements.lock；check 的 LibreOffice、libarchive 两行")


def least_ports(facts: DengbaoFacts) -> Standing:
    """8.1.4.4 b)."""
    where = "只在本机监听一个端口" if facts.is_local else "在网络上监听一个端口"
    setting = f"审稿台{where}，没有别的监听；服务器的其他服务和端口由单位关闭"
    return Standing(DengbaoState.PARTLY, setting, "config.toml [desk] listen；ss -ltnp")


def terminals(_facts: DengbaoFacts) -> Standing:
    """8.1.4.4 c)."""
    setting = "程序不限制管理终端的地址；请在反向代理或防火墙上限制能打开审稿台、能登录服务器的地址范围"
    return Standing(DengbaoState.OUTSIDE, setting, "反向代理、防火墙的设置")


def validated_input(facts: DengbaoFacts) -> Standing:
    """8.1.4.4 d)."""
    setting = "来信、附件、表单、配置进来时都按类型和大小核对，读信在受限的子进程里，子进程的答复再核对一遍"
    if facts.is_confined:
        return Standing(DengbaoState.MET, setting, "check 的“读信”一行；docs/decisions/0056；desk/forms.py")
    setting += "；但这台机器上子进程没有受到限制，请看 check 的“读信”一行"
    return Standing(DengbaoState.UNMET, setting, "check 的“读信”一行；docs/decisions/0056")


def known_holes(_facts: DengbaoFacts) -> Standing:
    """8.1.4.4 e)."""
    setting = "依赖的版本固定在清单里，可用漏洞扫描工具核对；升级和打补丁由单位安排"
    return Standing(DengbaoState.OUTSIDE, setting, "requirements.lock；CHANGELOG.md")


def intrusions(facts: DengbaoFacts) -> Standing:
    """8.1.4.4 f)."""
    evidence = "verify；check 的“核对”一行；变更记录里的登录失败；config.toml [service] alarm_to"
    noticed = "存放的文件、签发的期刊、变更记录每夜核对，有不符就报警；登录失败都有记录"
    if facts.alarms:
        return Standing(DengbaoState.MET, f"{noticed}；告警寄给 {'、'.join(facts.alarms)}", evidence)
    setting = f"{noticed}；但没有人收告警：没有配置 [smtp] host，或没有 alarm_to 和编辑的邮箱"
    return Standing(DengbaoState.PARTLY, setting, evidence)


def malicious_code(facts: DengbaoFacts) -> Standing:
    """8.1.4.5."""
    evidence = "check 的“读信”“LibreOffice”两行；docs/decisions/0056、0057"
    if facts.is_confined and facts.wall != "missing":
        setting = (
            "来件里的宏、脚本、外部链接一律不运行不打开；读信和 LibreOffice 都在隔离里，看不到本机别的文件，不能联网。"
            "服务器和终端的防病毒软件由单位安装"
        )
        return Standing(DengbaoState.PARTLY, setting, evidence)
    setting = "读来件的程序没有隔离好，请看 check 的“读信”“LibreOffice”两行；服务器的防病毒软件由单位安装"
    return Standing(DengbaoState.UNMET, setting, evidence)


def trusted_boot(_facts: DengbaoFacts) -> Standing:
    """8.1.4.6."""
    setting = "程序不做可信启动验证；由服务器的可信根、操作系统落实"
    return Standing(DengbaoState.OUTSIDE, setting, "服务器和操作系统的可信验证功能")


def integrity_in_transit(facts: DengbaoFacts) -> Standing:
    """8.1.4.7 a)."""
    return _in_transit(facts, "用 TLS，改动会被发现")


def integrity_at_rest(facts: DengbaoFacts) -> Standing:
    """8.1.4.7 b)."""
    record = facts.record
    evidence = "verify；verified.json；docs/decisions/0062"
    if record.differences or record.broken:
        setting = f"有 {record.differences} 处文件、{record.broken} 处记录与入库时不同；请运行 verify 查明，从备份恢复"
        return Standing(DengbaoState.UNMET, setting, evidence)
    compared = f"最近一次 {record.compared_on.isoformat()}" if record.compared_on else "还没有核对过"
    setting = f"来信、图片、期刊文件都有 SHA-256，变更记录是散列链；每夜核对一部分，{compared}；改过的文件不给下载"
    return Standing(DengbaoState.MET, setting, evidence)


def confidentiality_in_transit(facts: DengbaoFacts) -> Standing:
    """8.1.4.8 a)."""
    return _in_transit(facts, "用 TLS，内容加密")


def confidentiality_at_rest(facts: DengbaoFacts) -> Standing:
    """8.1.4.8 b)."""
    evidence = "check 的“数据文件夹”“邮箱口令”两行；服务器的磁盘加密"
    if facts.privacy:
        setting = f"数据文件夹没有关好：{'；'.join(facts.privacy)}"
        return Standing(DengbaoState.UNMET, setting, evidence)
    setting = (
        "密码只存 argon2id 散列，邮箱口令不写进配置；二次验证的密钥要用来核对验证码，原样存在台账里；"
        "数据文件夹只有服务的用户能读，但不加密，要加密请用加密的磁盘"
    )
    return Standing(DengbaoState.PARTLY, setting, evidence)


def local_backup(facts: DengbaoFacts) -> Standing:
    """8.1.4.9 a)."""
    backups = facts.backups
    evidence = "config.toml [service] backup；check 的“备份”一行；恢复演练的记录"
    last = f"最近一次 {backups.made_on.isoformat()}" if backups.made_on else "还没有备份过"
    if not backups.folder:
        setting = f"有 backup 和 restore 命令，但没有设自动备份，{last}；请设 [service] backup，放在别的磁盘或机器上"
        return Standing(DengbaoState.PARTLY, setting, evidence)
    if backups.is_late:
        setting = f"到时间没有备份到 {backups.folder}，{last}；请看服务有没有开、那个文件夹能不能写"
        return Standing(DengbaoState.UNMET, setting, evidence)
    setting = f"自动备份到 {backups.folder}，{last}，逐个核对 SHA-256；用 restore 恢复，恢复演练由单位做"
    return Standing(DengbaoState.MET, setting, evidence)


def remote_backup(_facts: DengbaoFacts) -> Standing:
    """8.1.4.9 b)."""
    setting = "异地实时备份由单位落实，如把数据文件夹所在的磁盘实时复制到异地"
    return Standing(DengbaoState.OUTSIDE, setting, "单位的异地备份设施")


def redundancy(_facts: DengbaoFacts) -> Standing:
    """8.1.4.9 c)."""
    setting = "程序单机运行，停机期间来信留在邮箱，恢复后补收补编；热冗余由单位落实"
    return Standing(DengbaoState.OUTSIDE, setting, "docs/flow.md；单位的冗余设施")


def residual_secrets(_facts: DengbaoFacts) -> Standing:
    """8.1.4.10 a)."""
    setting = (
        "密码、会话、链接、恢复码只存散列，退出和用过即失效；二次验证的密钥在关闭、取消时删去；"
        "登录时输入的密码不落盘，没有这个用户的用户名也不存"
    )
    evidence = "service/people/passwords.py；archive/sessions.py、second_factors.py；docs/decisions/0067、0069"
    return Standing(DengbaoState.MET, setting, evidence)


def residual_data(_facts: DengbaoFacts) -> Standing:
    """8.1.4.10 b)."""
    setting = (
        "读信和转换的临时文件在隔离里，用后即删；封存的来信，正文、图片、索引、记录里的标题都收起。"
        "来信可以删除（erase），封存的可以销毁（sealed destroy）：文件覆写后删除，台账重写，恢复较早的数据后再移除，"
        "verify 查得出漏网的文件；邮箱里的原信，固态硬盘、快照和备份里的旧数据不在内，它们和磁盘报废由单位处理"
    )
    return Standing(
        DengbaoState.PARTLY, setting, "erase、sealed destroy、verify；docs/decisions/0053、0057、0073；单位的介质管理"
    )


def needed_personal_data(facts: DengbaoFacts) -> Standing:
    """8.1.4.11 a)."""
    collected = (
        "账号只存用户名、称呼、角色；来信里的姓名电话只作审稿用，不印发撰稿人联系电话；单封来信可以删除（erase）"
    )
    evidence = "archive/schema/desk.py 的 account；config.toml [service] keep_letters；变更记录里的删除"
    if facts.keeps_letters:
        setting = f"{collected}，到期的每夜自动删除：保存 {facts.keeps_letters}"
        return Standing(DengbaoState.MET, setting, evidence)
    setting = f"{collected}；来信没有保存期限，要到期自动删除的设 [service] keep_letters，如 3y"
    return Standing(DengbaoState.PARTLY, setting, evidence)


def used_personal_data(_facts: DengbaoFacts) -> Standing:
    """8.1.4.11 b)."""
    setting = "来信和原件要登录才能看，下载都有记录；程序不往别处发送数据，只连配置里的邮件服务器"
    return Standing(DengbaoState.MET, setting, "审稿台“变更记录”页的“下载”；config.toml")


def _in_transit(facts: DengbaoFacts, how: str) -> Standing:
    evidence = "config.toml [desk] public_url、[bulletin.mailbox] 和 [smtp] 的 security"
    open_ways = list(facts.open_servers)
    if facts.is_unencrypted:
        open_ways.append("审稿台（http）")
    if open_ways:
        setting = f"没有加密：{'、'.join(open_ways)}；邮件请用 tls 或 starttls，审稿台请用 https"
        return Standing(DengbaoState.UNMET, setting, evidence)
    desk = "审稿台 https" if facts.https else "审稿台只在本机"
    return Standing(DengbaoState.MET, f"收信、发信{how}；{desk}", evidence)
