"""Lesson 10's exercise in Python, server: names and values, one of its kind at its path."""
import argparse
import fcntl
import os
import re
import signal
import socket
import stat
import sys
import threading
import time

PATIENCE = 0.8  # how long somebody may take to say who it is, in seconds

parser = argparse.ArgumentParser()
parser.add_argument("--path", default="echo.sock")
path = parser.parse_args().path

values = {}
lock = threading.Lock()  # held while a line is answered


def take_lock():
    """Waits for the lock of the path; it ends with this process, or when the file is closed."""
    file = open(os.open(path + ".lock", os.O_RDWR | os.O_CREAT, 0o600), "rb")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def occupant():
    """Who listens at the path: a number, "" for somebody who does not say, None for nobody."""
    end = time.monotonic() + PATIENCE
    answer = b""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as conn:
        conn.settimeout(PATIENCE)
        try:
            conn.connect(path)
            conn.sendall(b"pid\n")
            while b"\n" not in answer and len(answer) < 100:
                conn.settimeout(max(end - time.monotonic(), 0.001))  # for all parts together
                part = conn.recv(100)
                if not part:
                    break
                answer += part
        except (ConnectionRefusedError, FileNotFoundError):
            return None
        except OSError:
            return ""
        found = re.match(rb"ok (\d+)\n", answer)
        return found[1].decode() if found else ""


def claim():
    """Listens at the path, where nobody else does."""
    with take_lock():
        try:
            mode = os.lstat(path).st_mode
        except FileNotFoundError:
            pass
        else:
            if not stat.S_ISSOCK(mode):
                sys.exit(f"error: {path} is taken: it is no socket")
            other = occupant()
            if other:
                sys.exit(f"error: {path} is taken: process {other} answers there")
            if other is not None:
                sys.exit(f"error: {path} is taken: who listens there does not answer")
            os.remove(path)
        before = os.umask(0o177)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(path)
        listener.listen(100)
        os.umask(before)
        return listener


def leave(*_):
    """Removes the path and ends, with the lock held to the end."""
    take_lock()
    os.remove(path)
    os._exit(0)


def answer(line):
    command, blank, rest = line.partition(" ")
    name, _, value = rest.partition(" ")
    with lock:
        if line == "list":
            return " ".join(["ok", *values])
        if line == "pid":
            return f"ok {os.getpid()}"
        if line == "stop":
            return "ok"
        if command == "get" and rest:
            return f"ok {values[rest]}" if rest in values else "error: no such name"
        if command == "set" and name and value:
            values[name] = value
            return "ok"
        return "error: it is set NAME VALUE, get NAME, list, pid or stop"


def serve(conn):
    try:
        with conn, conn.makefile("rb") as stream:
            for line in stream:
                if not line.endswith(b"\n"):
                    return
                text = line[:-1].decode()
                conn.sendall(answer(text).encode() + b"\n")
                if text == "stop":
                    leave()
    except OSError:
        pass  # one client's end, and nobody else's


signal.signal(signal.SIGINT, leave)
try:
    listener = claim()
    print(f"listening on {path}", flush=True)
    while True:
        conn, _ = listener.accept()
        threading.Thread(target=serve, args=(conn,), daemon=True).start()
except OSError as error:
    sys.exit(f"error: {path}: {error.strerror or error}")
