"""Lesson 06's exercise in Python, server: requests and replies are frames of JSON."""
import argparse
import json
import math
import socket
import struct
import sys
import threading

LIMIT = 1024 * 1024

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8006)
options = parser.parse_args()


class Refused(Exception):
    """A request that cannot be done; its text says why."""


class BadLength(Exception):
    """A length that no frame may have."""


def read_exactly(stream, count):
    """So many bytes; fewer where the stream ends before."""
    data = stream.read(count)
    if 0 < len(data) < count:
        raise EOFError(f"the connection ended after {len(data)} of {count} bytes")
    return data


def frames(stream):
    while prefix := read_exactly(stream, 4):
        (length,) = struct.unpack("<i", prefix)
        if not 0 <= length <= LIMIT:
            raise BadLength(f"a length of {length} is none: 0 to {LIMIT} are")
        payload = read_exactly(stream, length)
        if len(payload) < length:
            raise EOFError("the connection ended behind a length")
        yield payload


def send(conn, reply):
    payload = json.dumps(reply, ensure_ascii=False, allow_nan=False).encode()
    if len(payload) > LIMIT:
        raise Refused("the reply would be too long")
    conn.sendall(struct.pack("<i", len(payload)) + payload)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def text_of(request):
    text = request.get("text")
    if not isinstance(text, str):
        raise Refused("text must be a string")
    return text


def answer(payload):
    """The value of `ok` for a request."""
    try:
        request = json.loads(payload.decode())
    except (ValueError, RecursionError):
        raise Refused("that is no JSON") from None
    if not isinstance(request, dict):
        raise Refused("a request is an object")
    match request.get("op"):
        case "upper":
            return text_of(request).upper()
        case "sum":
            numbers = request.get("numbers")
            if not isinstance(numbers, list) or not all(map(is_number, numbers)):
                raise Refused("numbers must be an array of numbers")
            total = 0.0
            for number in numbers:
                total += number
            if not math.isfinite(total):
                raise Refused("the sum is too large")
            return int(total) if total.is_integer() else total
        case "repeat":
            text, times = text_of(request), request.get("times")
            if not is_number(times) or times < 0 or times != math.floor(times):
                raise Refused("times must be 0, 1, 2, …")
            if len(text.encode()) * times > LIMIT:
                raise Refused("the reply would be too long")
            return text * int(times)
    raise Refused("there is no such op")


def talk(conn):
    with conn.makefile("rb") as stream:
        for payload in frames(stream):
            try:
                send(conn, {"ok": answer(payload)})
            except (Refused, OverflowError, UnicodeEncodeError) as error:
                send(conn, {"error": str(error)})


def serve(conn, peer):
    with conn:
        try:
            talk(conn)
        except BadLength as error:
            try:
                send(conn, {"error": str(error)})
                conn.shutdown(socket.SHUT_WR)
                while conn.recv(64 * 1024):
                    pass  # what still comes is forgotten
            except OSError:
                pass
        except (OSError, EOFError) as error:
            print("%s:%d: %s" % (*peer, error))


try:
    with socket.create_server((options.host, options.port)) as listener:
        print("listening on %s:%d" % listener.getsockname())
        while True:
            conn, peer = listener.accept()
            print("connected %s:%d" % peer)
            threading.Thread(target=serve, args=(conn, peer), daemon=True).start()
except KeyboardInterrupt:
    pass
except OSError as error:
    sys.exit(f"error: {options.host}:{options.port}: {error.strerror}")
