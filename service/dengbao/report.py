"""Every item of GB/T 22239-2019 8.1.4 (第三级, 安全计算环境), in the standard's order.

The wording of an item is ours and short; the standard has the words that count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from service.dengbao import access, protection
from service.dengbao.facts import DengbaoFacts
from service.dengbao.line import DengbaoLine, Standing

SCOPE: Final = (
    "对照 GB/T 22239-2019 第三级 8.1.4 安全计算环境，只说本程序：操作系统、数据库、网络和管理制度另行测评，"
    "结论以测评机构为准。"
)
Judge = Callable[[DengbaoFacts], Standing]
ITEMS: Final[tuple[tuple[str, str, tuple[tuple[str, str, Judge], ...]], ...]] = (
    (
        "8.1.4.1",
        "身份鉴别",
        (
            ("a)", "身份唯一，密码复杂并定期更换", access.unique_identity),
            ("b)", "限制登录失败次数，超时退出", access.failed_log_ins),
            ("c)", "远程管理时鉴别信息不被窃听", access.protected_log_in),
            ("d)", "两种以上鉴别，一种用密码技术", access.two_factors),
        ),
    ),
    (
        "8.1.4.2",
        "访问控制",
        (
            ("a)", "给登录的用户分配账户和权限", access.accounts_and_rights),
            ("b)", "默认账户改名或删除，默认口令改掉", access.default_accounts),
            ("c)", "多余、过期的账户删除或停用，不共用", access.surplus_accounts),
            ("d)", "管理用户权限最小并分离", access.separated_duties),
            ("e)", "由授权的人配置访问控制", access.who_grants),
            ("f)", "控制到单个用户和单个文件、表", access.granularity),
            ("g)", "重要的主体、客体有安全标记", access.security_marks),
        ),
    ),
    (
        "8.1.4.3",
        "安全审计",
        (
            ("a)", "审计覆盖每个用户和重要的行为、事件", access.audit_coverage),
            ("b)", "记录有时间、用户、类型、成败", access.audit_content),
            ("c)", "保护记录，定期备份，不被删改", access.audit_protection),
            ("d)", "保护审计进程不被中断", access.audit_process),
        ),
    ),
    (
        "8.1.4.4",
        "入侵防范",
        (
            ("a)", "只装需要的组件和程序", protection.least_software),
            ("b)", "关闭不需要的服务和高危端口", protection.least_ports),
            ("c)", "限制管理终端的接入地址", protection.terminals),
            ("d)", "检验输入的数据", protection.validated_input),
            ("e)", "发现并修补已知漏洞", protection.known_holes),
            ("f)", "发现入侵并报警", protection.intrusions),
        ),
    ),
    ("8.1.4.5", "恶意代码防范", (("", "识别并阻断病毒等恶意代码", protection.malicious_code),)),
    ("8.1.4.6", "可信验证", (("", "基于可信根验证启动和应用", protection.trusted_boot),)),
    (
        "8.1.4.7",
        "数据完整性",
        (
            ("a)", "传输中完整", protection.integrity_in_transit),
            ("b)", "存储中完整", protection.integrity_at_rest),
        ),
    ),
    (
        "8.1.4.8",
        "数据保密性",
        (
            ("a)", "传输中保密", protection.confidentiality_in_transit),
            ("b)", "存储中保密", protection.confidentiality_at_rest),
        ),
    ),
    (
        "8.1.4.9",
        "数据备份恢复",
        (
            ("a)", "本地备份与恢复", protection.local_backup),
            ("b)", "异地实时备份", protection.remote_backup),
            ("c)", "重要系统热冗余", protection.redundancy),
        ),
    ),
    (
        "8.1.4.10",
        "剩余信息保护",
        (
            ("a)", "鉴别信息释放前清除", protection.residual_secrets),
            ("b)", "敏感数据释放前清除", protection.residual_data),
        ),
    ),
    (
        "8.1.4.11",
        "个人信息保护",
        (
            ("a)", "只采集、保存必需的个人信息", protection.needed_personal_data),
            ("b)", "不得越权访问、非法使用", protection.used_personal_data),
        ),
    ),
)


def dengbao_report(facts: DengbaoFacts) -> tuple[DengbaoLine, ...]:
    """A line for each item."""
    return tuple(
        _line(f"{clause} {letter}".strip(), topic, asks, judge(facts))
        for clause, topic, items in ITEMS
        for letter, asks, judge in items
    )


def _line(clause: str, topic: str, asks: str, judgement: Standing) -> DengbaoLine:
    return DengbaoLine(clause, topic, asks, judgement.state, judgement.setting, judgement.evidence)
