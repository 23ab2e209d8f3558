"""Lesson 09's exercise in Python, client: one line after another, each with its time and its tries."""
import argparse
import random
import socket
import sys
import time


def number(least, most):
    def parse(text):
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"not from {least} to {most}")
        return int(text)

    return parse


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8009)
parser.add_argument("--timeout", type=number(1, 3600000), default=1000)
parser.add_argument("--tries", type=number(1, 100), default=3)
parser.add_argument("--heartbeat", type=number(1, 3600000))
options = parser.parse_args()


class TimeIsUp(Exception):
    """There is no answer in time."""


class Lost(Exception):
    """The connection cannot be made, or has ended."""


class Link:
    """A connection that outlives a time-out: the late answer is known by its number."""

    def __init__(self):
        self.conn = None
        self.rest = b""

    def close(self):
        if self.conn:
            self.conn.close()
        self.conn = None
        self.rest = b""

    def wait(self, end):
        """Sets the time until which the next call may take."""
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.conn.settimeout(left)

    def lines(self, end):
        """The next lines that come; none when the time is up."""
        try:
            self.wait(end)
            data = self.conn.recv(64 * 1024)
        except TimeoutError:
            return []
        if not data:
            raise Lost
        *lines, self.rest = (self.rest + data).split(b"\n")
        return lines

    def ask(self, request, prefix, end):
        if not self.conn:
            left = max(0.001, end - time.monotonic())
            address = (options.host, options.port)
            self.conn = socket.create_connection(address, timeout=left)
        self.wait(end)
        self.conn.sendall(request + b"\n")
        unanswered = 0
        every = options.heartbeat / 1000 if options.heartbeat else None
        due = time.monotonic() + every if every else end
        while True:
            for line in self.lines(min(due, end)):
                if line == b"pong":
                    unanswered = 0
                if line.startswith(prefix):
                    return line.removeprefix(prefix)
            if time.monotonic() >= end:
                raise TimeIsUp
            if every and time.monotonic() >= due:
                if unanswered == 3:
                    raise Lost
                self.wait(end)
                self.conn.sendall(b"ping\n")
                unanswered += 1
                due += every


link = Link()


def answer(count, line):
    """The answer to a line, and whether it is one."""
    end = time.monotonic() + options.timeout / 1000
    prefix = b"%d " % count
    failed = f"no answer to line {count} from {options.host}:{options.port}"
    pause = 0.1
    for tries in range(1, options.tries + 1):
        try:
            text = link.ask(prefix + line, prefix, end)
            if text.startswith(b"error: "):
                return False, f"line {count}: {text.decode()[7:]}"
            return True, text
        except (TimeIsUp, TimeoutError):
            return False, f"{failed} within {options.timeout} ms"
        except (Lost, ConnectionError):
            link.close()
        if tries == options.tries:
            break
        left = end - time.monotonic()
        length = pause * random.uniform(0.5, 1)
        time.sleep(max(0, min(length, left)))
        if length >= left:
            return False, f"{failed} within {options.timeout} ms"
        pause = min(pause * 2, 5)
    return False, f"{failed} after {options.tries} tries"


has_failed = False
count = 0
for line in sys.stdin.buffer:
    count += 1
    is_answer, text = answer(count, line.removesuffix(b"\n"))
    if is_answer:
        sys.stdout.buffer.write(text + b"\n")
        sys.stdout.flush()
    else:
        has_failed = True
        print(f"error: {text}", file=sys.stderr, flush=True)
link.close()
sys.exit(1 if has_failed else 0)
