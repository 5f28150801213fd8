"""Files of an issue that are not as they were recorded. `issues` asks for them, and must start fast: few imports."""

from __future__ import annotations

from archive.files import sha256_of_file
from archive.issues import IssueRecord
from service.office import Office


def altered_files(office: Office, issue: IssueRecord) -> list[str]:
    """Those of the issue's files, relative to data_dir, that are missing or not as they were recorded."""
    files = {file.path: file.sha256 for file in issue.final} | ({issue.draft: issue.sha256} if issue.draft else {})
    return [path for path, sha256 in files.items() if sha256_of_file(office.data_dir / path) != sha256]
