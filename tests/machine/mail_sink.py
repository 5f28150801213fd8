"""A mail server over TLS that accepts every letter and writes its recipient as a line: mail_sink.py CERT KEY FILE.

Needs nothing but Python: it runs on the machine of the scenario, where only the service is installed.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from pathlib import Path


async def serve(certificate: str, key: str, record: Path) -> None:
    """Serves port 465 of the loopback address for good."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recipient = ""
        writer.write(b"220 smtp.example.org ready\r\n")
        while line := await reader.readline():
            command = line.decode("ascii", "replace").strip()
            answer = "250 ok"
            if command.upper().startswith("EHLO"):
                answer = "250-smtp.example.org\r\n250 AUTH PLAIN LOGIN"
            elif command.upper().startswith("AUTH"):
                answer = "235 welcome"
            elif command.upper().startswith("RCPT"):
                recipient = command.partition("<")[2].partition(">")[0]
            elif command.upper() == "DATA":
                writer.write(b"354 go ahead\r\n")
                while await reader.readline() != b".\r\n":
                    pass
                with record.open("a", encoding="utf-8") as file:
                    file.write(f"{recipient}\n")
            elif command.upper() == "QUIT":
                answer = "221 bye"
            writer.write(f"{answer}\r\n".encode())
            await writer.drain()
            if command.upper() == "QUIT":
                break
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 465, ssl=context)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
