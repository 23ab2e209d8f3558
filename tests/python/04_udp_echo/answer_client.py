"""Lesson 04's exercise in Python, client: ask again, and take the right answer."""
import argparse
import re
import socket
import sys
import time

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8004)
parser.add_argument("--timeout", type=int, default=200)
parser.add_argument("--tries", type=int, default=3)
options = parser.parse_args()
server = (options.host, options.port)
REPLY = re.compile(r"([0-9]+) [0-9]+ (.*)", re.DOTALL)


def answer_to(number, until):
    """Waits for the reply to a request. Returns its text, or None when the time is up."""
    while (left := until - time.monotonic()) > 0:
        sock.settimeout(left)
        try:
            datagram, sender = sock.recvfrom(65535)
        except TimeoutError:
            return None
        except ConnectionError:
            continue  # nobody is there: the next try may find somebody
        if sender != server:
            continue
        try:
            reply = REPLY.fullmatch(datagram.decode())
        except UnicodeDecodeError:
            continue
        if reply and reply[1] == str(number):
            return reply[2]
    return None


def ask(number, text):
    request = str(number).encode() + b" " + text
    for _ in range(options.tries):
        sock.sendto(request, server)
        answer = answer_to(number, time.monotonic() + options.timeout / 1000)
        if answer is not None:
            print(answer)
            return True
    print(
        f"error: no answer from {options.host}:{options.port} after {options.tries} tries",
        file=sys.stderr,
    )
    return False


failed = False
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            if not ask(number, line.removesuffix(b"\n").removesuffix(b"\r")):
                failed = True
        except OSError as error:
            print(f"error: line {number}: {error.strerror}", file=sys.stderr)
            failed = True
sys.exit(1 if failed else 0)
