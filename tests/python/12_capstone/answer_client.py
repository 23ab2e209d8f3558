"""Lesson 12, exercise "seats", client: asks until it knows, in plain Python."""

import argparse
import itertools
import json
import random
import socket
import struct
import sys
import time
import uuid

PATIENCE = 5


class Lost(Exception):
    """Nobody knows what became of the request."""


def read_exactly(conn, count):
    data = b""
    while len(data) < count:
        part = conn.recv(count - len(data))
        if not part:
            raise Lost
        data += part
    return data


def ask(conn, request):
    payload = json.dumps(request).encode()
    conn.sendall(struct.pack("<i", len(payload)) + payload)
    while True:
        (length,) = struct.unpack("<i", read_exactly(conn, 4))
        reply = json.loads(read_exactly(conn, length))
        if reply.get("id") != request["id"]:
            continue  # an event, or another request's
        if "error" in reply:
            sys.exit(f"error: {reply['error']}")
        return reply["ok"]


def ask_once(options, password, wish, how):
    try:
        with socket.create_connection((options.host, options.port), timeout=PATIENCE) as conn:
            who = ask(conn, {"id": "login", "op": how[0], "name": options.user, "password": password})
            how[0] = "login"
            return ask(conn, {**wish, "token": who["token"]})
    except OSError as error:
        raise Lost from error


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8012)
    parser.add_argument("--user", required=True)
    parser.add_argument("--tries", type=int, default=5)
    parser.add_argument("--signup", action="store_true")
    parser.add_argument("op", choices=["select", "drop"])
    parser.add_argument("course")
    options = parser.parse_args()
    if not 1 <= options.port <= 65535:
        parser.error("--port takes a number from 1 to 65535")
    password = sys.stdin.readline().rstrip("\n")
    wish = {"id": str(uuid.uuid4()), "op": options.op, "course": options.course}
    how = ["signup" if options.signup else "login"]
    for number in itertools.count(1):
        try:
            ok = ask_once(options, password, wish, how)
            break
        except Lost:
            if number == options.tries:
                sys.exit(f"error: no reply from {options.host}:{options.port} after {number} tries")
            time.sleep(min(1, 0.1 * 2 ** (number - 1)) * random.uniform(0.5, 1))
    print(ok["state"], *([ok["place"]] if "place" in ok else []))


main()
