"""Lesson 02's exercise in Python, client: two threads, one for each direction."""
import argparse
import os
import socket
import sys
import threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8002)
options = parser.parse_args()


leaving = threading.Lock()


def leave(notice="", goodbye=b""):
    """Ends the program, from either thread. The other one sees the connection close, and waits here for the end."""
    leaving.acquire()
    if goodbye:
        try:
            conn.sendall(goodbye)
        except OSError:
            pass  # the peer has just left, too
    if notice:
        print(notice, file=sys.stderr, flush=True)
    sys.stdout.flush()
    conn.close()
    os._exit(0)


def hear():
    while True:
        try:
            message = conn.recv(1024)
        except OSError:
            message = b""
        if not message:
            leave("peer left")
        if message in (b"q", b"Q"):
            leave()
        print("peer> " + message.decode(), flush=True)


try:
    conn = socket.create_connection((options.host, options.port))
except OSError as error:
    sys.exit(f"error: {options.host}:{options.port}: {error.strerror}")
threading.Thread(target=hear, daemon=True).start()
for line in sys.stdin.buffer:
    line = line.rstrip(b"\r\n")
    if line in (b"q", b"Q"):
        leave(goodbye=line)
    if not line:
        continue
    try:
        conn.sendall(line)
    except OSError:
        leave("peer left")
leave()
