"""SIGHUP to the running service: it goes on with the configuration as it is now, and never ends."""

from __future__ import annotations

import signal
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from tests.support.correspondence import manuscript, submission
from tests.support.dovecot import dovecot_server
from tests.support.offices import bulletin, write_config
from tests.support.running import PATIENCE, free_port, service


def settings(port: int, listen: str, more: str = "") -> str:
    return f'[service]\nlog_format = "json"\n[desk]\nlisten = "{listen}"\n{bulletin(port=port, more=more)}'


def test_reload_takes_up_register_and_word_list_and_names_what_needs_a_restart(tmp_path: Path) -> None:
    listen, other = (f"127.0.0.1:{free_port()}" for _ in range(2))
    with dovecot_server(tmp_path) as dovecot:
        account = dovecot.account()

        def written(at: str, more: str = "", *senders: str) -> Path:
            text = settings(dovecot.port, at, more).replace("wuxing@example.org", account.username)
            text += "".join(f'[[bulletin.department]]\nname = "新单位"\nsenders = ["{sender}"]\n' for sender in senders)
            return write_config(tmp_path / "office", text)

        config = written(listen)
        with service(config, JIANBAO_IMAP_PASSWORD=account.password) as running:
            assert running.notification().startswith("READY=1")
            (tmp_path / "office" / "words.txt").write_text("@密级 工作秘密\n", encoding="utf-8")
            written(other, 'word_list = "words.txt"', "jtj@example.org")
            running.process.send_signal(signal.SIGHUP)
            assert running.notification() == "RELOADING=1"
            assert running.log("这些项改了，要重启服务才生效")["keys"] == ["[desk] listen"]
            assert running.notification().startswith("READY=1")
            account.deliver(submission(manuscript()), datetime.now(UTC))
            assert running.log("letter settled")["verdict"] == "article"
            account.deliver(submission(manuscript("工作秘密"), number=2), datetime.now(UTC))
            assert running.log("letter settled")["verdict"] == "sealed"
            with urllib.request.urlopen(f"http://{listen}/healthz", timeout=PATIENCE) as answer:
                assert answer.status == 200
            running.process.send_signal(signal.SIGTERM)
            assert running.process.wait(PATIENCE) == 0


def test_mistake_in_the_new_configuration_is_logged_and_the_old_one_stays(tmp_path: Path) -> None:
    config = write_config(tmp_path / "office", settings(free_port(), ""))
    right = config.read_text(encoding="utf-8")
    with service(config) as running:
        assert running.notification().startswith("READY=1")
        for wrong, named in ((right.replace("title", "titel"), "titel"), (right.replace(".docx", ".gone"), ".gone")):
            config.write_text(wrong, encoding="utf-8")
            running.process.send_signal(signal.SIGHUP)
            assert named in running.log("配置有误，没有重新载入，照原来的配置继续运行")["reason"]
            assert running.notification() == "RELOADING=1"
            assert running.notification().startswith("READY=1")
        config.unlink()
        running.process.send_signal(signal.SIGHUP)
        running.log("配置有误，没有重新载入，照原来的配置继续运行")
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(PATIENCE) == 0


def test_reload_does_not_end_a_service_whose_data_folder_is_gone(tmp_path: Path) -> None:
    config = write_config(tmp_path / "office", settings(free_port(), ""))
    with service(config) as running:
        assert running.notification().startswith("READY=1")
        (tmp_path / "office" / "data").rename(tmp_path / "away")
        running.process.send_signal(signal.SIGHUP)
        assert running.notification() == "RELOADING=1"
        assert running.notification().startswith("READY=1")
        while "data" not in running.log("poll failed")["reason"]:
            pass  # the poll before the signal may have failed at the mailbox, which is not there
        (tmp_path / "away").rename(tmp_path / "office" / "data")
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(PATIENCE) == 0
