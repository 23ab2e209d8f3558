"""Lesson 04's exercise in Python, server: answer each request, and count what each client sends."""
import argparse
import re
import socket
import sys
from collections import Counter

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8004)
options = parser.parse_args()

REQUEST = re.compile(r"([0-9]+) (.*)", re.DOTALL)

counts = Counter()
try:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((options.host, options.port))
        print("listening on %s:%d" % sock.getsockname())
        while True:
            try:
                datagram, client = sock.recvfrom(65535)
            except ConnectionError:
                continue  # Windows tells here of a client that is gone
            counts[client] += 1
            try:
                request = REQUEST.fullmatch(datagram.decode())
            except UnicodeDecodeError:
                continue
            if not request:
                continue
            answer = f"{request[1]} {counts[client]} {request[2].upper()}"
            try:
                sock.sendto(answer.encode(), client)
            except OSError as error:
                print("no answer to %s:%d: %s" % (*client, error.strerror))
except KeyboardInterrupt:
    pass
except OSError as error:
    sys.exit(f"error: {options.host}:{options.port}: {error.strerror}")
