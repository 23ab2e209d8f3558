"""Lesson 03's exercise in Python, client: wait for the server, and for each answer."""
import argparse
import math
import socket
import sys
import time


def seconds(text):
    value = float(text)
    if not math.isfinite(value) or value < 0:
        raise argparse.ArgumentTypeError("a number of seconds is wanted")
    return value


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8003)
parser.add_argument("--wait", type=seconds, default=0)
options = parser.parse_args()
address = f"{options.host}:{options.port}"


def connect():
    """Connects, and tries again for as long as --wait says, with pauses that grow."""
    end = time.monotonic() + options.wait
    pause = 0.02
    while True:
        try:
            return socket.create_connection((options.host, options.port))
        except ConnectionRefusedError:
            left = end - time.monotonic()
            if left <= 0:
                raise
        if pause == 0.02:
            print(f"waiting for {address}", file=sys.stderr)
        time.sleep(min(pause, left))
        pause *= 2


def receive(conn):
    message = conn.recv(64 * 1024)
    if not message:
        sys.exit(f"error: {address}: the server closed the connection")
    print(message.decode())


try:
    with connect() as conn:
        receive(conn)
        for line in sys.stdin.buffer:
            line = line.rstrip(b"\r\n")
            if line == b"q":
                break
            if line:
                conn.sendall(line)
                receive(conn)
except OSError as error:
    sys.exit(f"error: {address}: {error.strerror}")
