"""Lesson 08's exercise in Python, client: say what is typed, print what comes."""
import argparse
import os
import socket
import sys
import threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8008)
parser.add_argument("name")
options = parser.parse_args()

have_left = threading.Event()


def say():
    """Sends what is typed, in a thread of its own."""
    try:
        conn.sendall(options.name.encode() + b"\n")
        for line in sys.stdin.buffer:
            conn.sendall(line.removesuffix(b"\n") + b"\n")
        have_left.set()
        conn.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # who prints learns it, too


def leave(code, notice=""):
    sys.stdout.flush()
    if notice:
        print(notice, file=sys.stderr, flush=True)
    os._exit(code)  # the other thread may still wait for the keyboard


try:
    conn = socket.create_connection((options.host, options.port))
except OSError as error:
    sys.exit(f"error: {options.host}:{options.port}: {error.strerror}")
threading.Thread(target=say, daemon=True).start()
try:
    with conn.makefile("rb") as lines:
        for line in lines:
            text = line.removesuffix(b"\n").removesuffix(b"\r")
            if text.startswith(b"error: "):
                leave(1, text.decode())
            sys.stdout.buffer.write(text + b"\n")
            sys.stdout.flush()
except ConnectionResetError:
    pass
leave(0, "" if have_left.is_set() else "the room has closed")
