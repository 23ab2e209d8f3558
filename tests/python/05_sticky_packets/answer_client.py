"""Lesson 05's exercise in Python, client: send every line, print every answer."""
import argparse
import os
import socket
import sys
import threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8005)
options = parser.parse_args()
address = f"{options.host}:{options.port}"

asked = 0
has_ended = threading.Event()


def send():
    """Sends what is typed, in a thread of its own."""
    global asked
    try:
        for line in sys.stdin.buffer:
            asked += 1
            conn.sendall(line.removesuffix(b"\n") + b"\n")
        has_ended.set()
        conn.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # the reader tells why


def fail(reason):
    print(f"error: {address}: {reason}", file=sys.stderr, flush=True)
    sys.stdout.flush()
    os._exit(1)  # the other thread may still wait for the keyboard


try:
    conn = socket.create_connection((options.host, options.port))
    threading.Thread(target=send, daemon=True).start()
    answered = 0
    with conn, conn.makefile("rb") as answers:
        for line in answers:
            line = line.removesuffix(b"\n").removesuffix(b"\r")
            sys.stdout.buffer.write(line + b"\n")
            sys.stdout.flush()
            answered += 1
except OSError as error:
    fail(error.strerror)
if not has_ended.is_set() or answered < asked:
    fail("the server closed before it had answered everything")
