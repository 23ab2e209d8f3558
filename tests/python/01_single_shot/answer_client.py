"""Lesson 01's exercise in Python, client: send the arguments, print the whole answer."""
import argparse
import socket
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8001)
parser.add_argument("words", nargs="*")
options = parser.parse_args()
if not 1 <= options.port <= 65535:
    parser.error("--port takes a number from 1 to 65535")

message = " ".join(options.words)
if not message:
    parser.error("there is nothing to send")

address = f"{options.host}:{options.port}"
try:
    with socket.create_connection((options.host, options.port)) as conn:
        conn.sendall(message.encode())
        answer = b""
        while part := conn.recv(1024):
            answer += part
except OSError as error:
    sys.exit(f"error: {address}: {error.strerror}")
if not answer:
    sys.exit("error: the server closed without answering")
sys.stdout.buffer.write(answer)
