"""The names of all commands, each with its module and its line in `--help`. Imports none of the modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One command."""

    module: str
    """Where its arguments and its `run` are; see `cli.base.command.CommandModule`."""
    summary: str
    """What it does, in Chinese."""


CATALOGUE: Final[Mapping[str, CatalogueEntry]] = {
    "run": CatalogueEntry("cli.run", "收稿、按时编排、发信，直到收到 SIGTERM"),
    "init": CatalogueEntry("cli.init", "提问（或按选项）写出一份新的 config.toml，当场试登录"),
    "demo": CatalogueEntry("cli.demo", "用示例来信走一遍全程；在终端上还打开审稿台，按 Ctrl+C 结束"),
    "check": CatalogueEntry("cli.check", "检查配置、口令、邮箱、发信、模板、字体、磁盘、时钟、台账"),
    "poll": CatalogueEntry("cli.poll", "现在就收一遍邮箱，读完每封来信"),
    "import": CatalogueEntry("cli.import_letters", "导入 .eml 文件、文件夹、Maildir 或 mbox，读完每封来信"),
    "add": CatalogueEntry("cli.add", "新增稿件：不是用邮件送来的文字、文件、照片"),
    "messages": CatalogueEntry("cli.messages", "每封来信和它的结果"),
    "articles": CatalogueEntry("cli.articles", "每篇稿件、正文和审校意见"),
    "assemble": CatalogueEntry("cli.assemble", "生成（或重新生成）下一期的送审稿"),
    "issues": CatalogueEntry("cli.issues", "各期和它们的文件"),
    "decide": CatalogueEntry("cli.decide", "决定一篇稿件的去留"),
    "undo": CatalogueEntry("cli.undo", "撤销上次的决定；退改信还没有寄出的收回"),
    "findings": CatalogueEntry("cli.findings", "审校意见：忽略、已核实、总是允许一个词"),
    "arrange": CatalogueEntry("cli.arrange", "安排一篇稿件：在哪个栏目、排第几、进不进增刊"),
    "split": CatalogueEntry("cli.split", "拆分：一篇稿件按段拆成几篇；不写 --part 则列出各块的编号"),
    "merge": CatalogueEntry("cli.merge", "合并（综合采用）：几篇稿件并成一篇，各单位都署名；--undo 撤销"),
    "joint": CatalogueEntry("cli.joint", "联合署名：一篇稿件加上、去掉单位"),
    "note": CatalogueEntry("cli.note", "本期的按语；送审和签发的都带着它"),
    "replace": CatalogueEntry("cli.replace", "查找替换本期各篇里的文字；先列出，加 --apply 才替换"),
    "responsible": CatalogueEntry("cli.responsible", "本期或一篇稿件的责任编辑"),
    "comment": CatalogueEntry("cli.comment", "编辑之间对一篇稿件的留言，不印、不寄"),
    "correct": CatalogueEntry("cli.correct", "更正：刊发的稿件有错，编一篇更正进下一期"),
    "endorse": CatalogueEntry("cli.endorse", "领导批示：登记在刊发的稿件上，带原件；更改、删除"),
    "take-back": CatalogueEntry("cli.take_back", "读入在 Word、WPS 里改过的送审稿；先列出会改什么，确认才改"),
    "upper": CatalogueEntry("cli.upper", "上级采用：登记，从通报里读，列出，删除"),
    "statistics": CatalogueEntry("cli.statistics", "统计：各单位的报送、采用、上级采用"),
    "approval": CatalogueEntry("cli.approval", "审核：到了哪一步；提请审核、同意、退回"),
    "sign-off": CatalogueEntry("cli.sign_off", "签发：期号和文件从此不变"),
    "circulate": CatalogueEntry("cli.circulate", "印发签发的一期、寄采用通知；先列出，十分钟内可以收回"),
    "commission": CatalogueEntry("cli.commission", "约稿：向单位约一个题目的稿，谁报了、谁没报；改期、取消、寄信"),
    "urge": CatalogueEntry("cli.urge", "催稿：给本期未报送的单位写信；先列出，十分钟内可以收回"),
    "discard": CatalogueEntry("cli.discard", "作废一期送审稿"),
    "senders": CatalogueEntry("cli.senders", "编辑认领过的发件地址"),
    "departments": CatalogueEntry("cli.departments", "报送单位的名录：列出，从 .xlsx、.csv 导入，导出"),
    "retry": CatalogueEntry("cli.retry", "重读一封待处理或需留意的来信；或写明理由，不处理它"),
    "answer": CatalogueEntry("cli.answer", "答复一封来信：信寄给来信人，由编辑署名的单位发出"),
    "sealed": CatalogueEntry("cli.sealed", "解除一封来信的封存，再读一遍；或销毁它"),
    "erase": CatalogueEntry("cli.erase", "删除一封来信的内容，只留收到时间、结果和删除的记录；刊发的不动"),
    "outbox": CatalogueEntry("cli.outbox", "发件箱：发出的信和待发的信"),
    "check-text": CatalogueEntry("cli.check_text", "审校一个文件（.docx、.txt……），不收信也不记账；有意见时返回 1"),
    "train": CatalogueEntry("cli.train", "读往期简报，记下其中的地名、人名等，审校不再疑它们有错；--reset 忘掉"),
    "user": CatalogueEntry("cli.user", "审稿台的用户"),
    "token": CatalogueEntry("cli.token", "OA、门户等程序用接口的令牌：发、列、吊销"),
    "verify": CatalogueEntry("cli.verify", "核对存的每个文件和变更记录有没有被改动；有不符的返回 1"),
    "export": CatalogueEntry("cli.export", "导出一年的各期、稿件和来信，成为不用本程序也能看的文件，供归档"),
    "backup": CatalogueEntry("cli.backup", "备份全部数据：一个文件，或增量备份到文件夹；服务运行时也可以"),
    "restore": CatalogueEntry("cli.restore", "从备份恢复到没有台账的数据文件夹；核对后用 --release 放行"),
    "rename": CatalogueEntry("cli.rename", "刊物或邮箱在 config.toml 里改了名字：台账跟着改，期号接着编"),
    "move": CatalogueEntry("cli.move", "把台账移到 PostgreSQL，或移回 data_dir 里的文件"),
    "rebuild": CatalogueEntry("cli.rebuild", "台账遗失、又没有备份时，用来信原件和各期清单重建"),
    "migrate": CatalogueEntry("cli.migrate", "把台账升级到本版本的格式"),
}
