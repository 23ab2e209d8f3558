"""Lesson 10's exercise in Python, client: one request, one answer."""
import argparse
import socket
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--path", default="echo.sock")
parser.add_argument("words", nargs="+")
options = parser.parse_args()
request = " ".join(options.words)

try:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as conn:
        try:
            conn.connect(options.path)
        except (ConnectionRefusedError, FileNotFoundError):
            print("not running", file=sys.stderr)
            sys.exit(3)
        conn.sendall(f"{request}\n".encode())
        with conn.makefile("rb") as stream:
            line = stream.readline()
except OSError as error:
    sys.exit(f"error: {options.path}: {error.strerror or error}")

if not line.endswith(b"\n"):
    sys.exit(f"error: {options.path} left without an answer")
answer = line[:-1].decode()
if answer.startswith("error:"):
    sys.exit(answer)
if answer != "ok":
    print(answer.removeprefix("ok "))
