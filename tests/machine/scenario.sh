#!/bin/bash
# Runs on the machine that run.sh starts. `lines NAME` runs the block of that name from the handbook, as it stands there;
# everything else here looks at what came of it, or plays the parts of mail server, departments and disaster.
set -euo pipefail
cd /io

step() { echo "== $* ($(date +%T))"; }
lines() {
    step "handbook: $1"
    bash -euo pipefail -x "/io/lines/$1"
}
fail() {
    echo "FAILED: $*"
    exit 1
}
# until_true NAME SECONDS COMMAND...: waits until the command succeeds.
until_true() {
    local what=$1 left=$2
    shift 2
    while ! "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || fail "$what"
        sleep 1
    done
}
from_json() { python3 -c "import json, sys; rows = json.load(sys.stdin); $1"; }
letters() { jianbao messages --json | from_json 'print(len(rows))'; }
read_all() { jianbao messages --json | from_json 'sys.exit(any(row["verdict"] == "pending" for row in rows))'; }
have_letters() { [ "$(letters)" = "$1" ] && read_all; }
issues() { jianbao issues --json | from_json 'print(*(row["label"] + ":" + row["status"] for row in rows))'; }
have_issue() { issues | grep -q "$1"; }
receipts() { grep -c '^d[0-9]@' /io/sent || true; }
deliver() { # FIRST LAST
    for number in $(seq "$1" "$2"); do
        cp "/io/letters/$number.eml" "/srv/mail/cur/$number.M1P1.host:2,"
    done
    chown -R mail:mail /srv/mail
}

step "no network"
[ "$(grep -c : /proc/net/dev)" = 1 ] || fail "there is a network"

step "a mail server of the office, with a certificate of its own authority"
echo "127.0.0.1 imap.example.org smtp.example.org" >>/etc/hosts
openssl req -x509 -newkey rsa:2048 -nodes -keyout /io/ca.key -out /io/ca.pem -days 30 -subj "/CN=Office CA" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign 2>/dev/null
openssl req -newkey rsa:2048 -nodes -keyout /etc/ssl/mail.key -out /io/mail.csr -subj "/CN=imap.example.org" 2>/dev/null
printf 'subjectAltName=DNS:imap.example.org,DNS:smtp.example.org\n' >/io/san
openssl x509 -req -in /io/mail.csr -CA /io/ca.pem -CAkey /io/ca.key -CAcreateserial -days 30 -extfile /io/san \
    -out /etc/ssl/mail.pem 2>/dev/null
mkdir -p /srv/mail/{cur,new,tmp}
chown -R mail:mail /srv/mail
echo "tougao@example.org:{PLAIN}secret-code:$(id -u mail):$(id -g mail)::/srv" >/etc/dovecot/users
cat >/etc/dovecot/dovecot.conf <<'DOVECOT'
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = </etc/ssl/mail.pem
ssl_key = </etc/ssl/mail.key
mail_location = maildir:/srv/mail
first_valid_uid = 1
passdb {
  driver = passwd-file
  args = /etc/dovecot/users
}
userdb {
  driver = passwd-file
  args = /etc/dovecot/users
}
DOVECOT
systemctl restart dovecot
: >/io/sent
systemd-run --quiet --unit=sink python3 /io/mail_sink.py /etc/ssl/mail.pem /etc/ssl/mail.key /io/sent
printf 'secret-code\n' >/io/password

mkdir /root/work
cd /root/work
cp /io/previous/*-bundle.tar .
lines install
rm -rf ./*
cp /io/ca.pem /io/departments.csv /io/password .
lines init
lines start
until_true "the service is not active" 30 systemctl is-active jianbao

step "two hundred letters"
deliver 0 199
until_true "200 letters were not read" 300 have_letters 200
[ "$(jianbao articles --json | grep -c '"revision": 1')" = 200 ] || fail "not 200 articles"
until_true "no receipt was sent" 90 grep -q '^d[0-9]@' /io/sent

step "an issue on schedule"
soon=$(TZ=Asia/Shanghai LC_ALL=C date -d '+2 minutes' '+%a %H:%M' | tr '[:upper:]' '[:lower:]')
sed -i "s/^schedule = .*/schedule = \"$soon\"/" /etc/jianbao/config.toml
lines reload
until_true "no issue was made" 300 have_issue 第1期:draft
until_true "the draft was not mailed" 90 grep -q bianji@example.org /io/sent
jianbao sign-off 1
issues

lines backup
before=$(jianbao messages --json | sha256sum)
sent=$(receipts)
[ "$(receipts)" -gt 0 ] || fail "no receipt was sent"

step "destroy: the data folder is lost"
systemctl stop jianbao
rm -rf /var/lib/jianbao

lines restore
[ "$(jianbao messages --json | sha256sum)" = "$before" ] || fail "the letters are not as before"
jianbao verify
lines release
until_true "the service is not active" 30 systemctl is-active jianbao
sleep 70 # two rounds of sending
[ "$(letters)" = 200 ] || fail "letters were doubled"
[ "$(receipts)" = "$sent" ] || fail "receipts went out again"
issues | grep -q 第1期:signed_off || fail "the issue is not there"

step "upgrade"
rm -rf ./*
cp /io/*-bundle.tar .
lines upgrade
[ "$(letters)" = 200 ] || fail "letters are missing after the upgrade"

step "upgrade of a data folder of the earlier format"
systemctl stop jianbao
rm -rf /var/lib/jianbao/*
cp -R /io/earlier/. /var/lib/jianbao/
chown -R jianbao:jianbao /var/lib/jianbao
chmod 700 /var/lib/jianbao
if jianbao messages; then fail "an old ledger was opened"; fi
lines upgrade
[ "$(letters)" -gt 0 ] || fail "the letters of the earlier version are missing"
jianbao verify
until_true "the service is not active" 30 systemctl is-active jianbao

step "stop"
began=$(date +%s)
systemctl stop jianbao
[ $(($(date +%s) - began)) -le 5 ] || fail "the service did not stop within five seconds"
[ "$(systemctl show -p Result --value jianbao)" = success ] || fail "the service did not end well"
journalctl -u jianbao -p err --no-pager -q
echo MACHINE-SCENARIO-WORKS
