"""`statistics`: what departments sent, what was printed of it, and what papers of a higher level adopted."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser

from cli.base.arguments import add_bulletin, parse_period
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.office import logged_office_of, office_of
from cli.base.output_parts import OutputTable, Styled
from service.figures.adoption_report import report_adoption
from service.figures.statistics import Statistics, statistics_of
from service.shapes.statistics import statistics_document
from values.period import month_of


def add_arguments(parser: ArgumentParser) -> None:
    add_bulletin(parser)
    parser.add_argument("--period", type=parse_period, metavar="P", help="期间，如 2022-11、2022-Q4、2022；默认本月")
    parser.add_argument("--report", action="store_true", help="生成（或按最新数字更新）采用情况通报，编入下一期")


def run(invocation: Invocation) -> ExitStatus:
    """The table of the period, as the desk shows it. Raises BadUsage as `report_adoption`, for `--report`."""
    arguments = invocation.arguments
    with (logged_office_of if arguments.report else office_of)(invocation) as office:
        period = arguments.period or month_of(office.local(office.now()).date())
        bulletin = office.bulletin(arguments.bulletin)
        if arguments.report:
            report_adoption(office, bulletin, period, who=getpass.getuser())
        figures = statistics_of(office, bulletin, period)
    invocation.output.give(lambda: statistics_document(figures), lambda: [_table(figures)])
    return ExitStatus.DONE


def _table(figures: Statistics) -> OutputTable:
    headings = ["单位", "报送", "采用", "采用率", "留用", "退改", "退稿", "上级采用"]
    headings += ["批示"] * figures.counts_endorsements + ["得分"] * figures.scored
    rows = []
    for line in (*figures.ranked, figures.total):
        cells = [line.department, line.received, line.adopted, line.rate_in_words, line.held, line.returned]
        cells += [line.rejected, line.upper_adoptions]
        cells += [line.endorsements] * figures.counts_endorsements + [line.points_in_words] * figures.scored
        rows.append(tuple(Styled(str(cell)) for cell in cells))
    return OutputTable(tuple(headings), tuple(rows))
