"""Lesson 06's exercise in Python, client: requests from the command line, or one a line."""
import argparse
import json
import os
import socket
import struct
import sys
import threading

LIMIT = 1024 * 1024

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8006)
parser.add_argument("words", nargs="*")
options = parser.parse_args()
address = f"{options.host}:{options.port}"


def number(text):
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if value != value or value in (float("inf"), float("-inf")):
        parser.error(f"{text} is no number")
    return int(value) if value.is_integer() else value


def requests():
    """The payloads that are sent, in order."""
    match options.words:
        case ["-"]:
            return (line.removesuffix(b"\n").removesuffix(b"\r") for line in sys.stdin.buffer)
        case ["upper", text]:
            request = {"op": "upper", "text": text}
        case ["sum", *numbers]:
            request = {"op": "sum", "numbers": [number(text) for text in numbers]}
        case ["repeat", text, times]:
            request = {"op": "repeat", "text": text, "times": number(times)}
        case _:
            parser.error("give it upper TEXT, sum NUMBER..., repeat TEXT TIMES or -")
    return [json.dumps(request, ensure_ascii=False).encode()]


asked = 0
has_sent_all = threading.Event()


def send(payloads):
    """Sends the requests, in a thread of its own."""
    global asked
    try:
        for payload in payloads:
            asked += 1
            conn.sendall(struct.pack("<i", len(payload)) + payload)
        has_sent_all.set()
        conn.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # the reader tells why


def fail(reason):
    sys.stdout.flush()
    print(f"error: {reason}", file=sys.stderr, flush=True)
    os._exit(1)  # the other thread may still wait for the keyboard


def read_exactly(stream, count):
    data = stream.read(count)
    if 0 < len(data) < count:
        raise EOFError
    return data


payloads = requests()
answered = errors = 0
try:
    conn = socket.create_connection((options.host, options.port))
    threading.Thread(target=send, args=(payloads,), daemon=True).start()
    with conn, conn.makefile("rb") as stream:
        while prefix := read_exactly(stream, 4):
            (length,) = struct.unpack("<i", prefix)
            if not 0 <= length <= LIMIT:
                fail(f"{address}: a reply cannot have {length} bytes")
            payload = read_exactly(stream, length)
            if len(payload) < length:
                raise EOFError
            text = payload.decode()
            reply = json.loads(text)
            if not isinstance(reply, dict):
                fail(f"{address}: a reply is no object")
            print(json.dumps(reply, ensure_ascii=False), flush=True)
            answered += 1
            errors += "error" in reply
except OSError as error:
    fail(f"{address}: {error.strerror}")
except EOFError:
    fail(f"{address}: the server closed in the middle of a frame")
except ValueError:
    fail(f"{address}: a reply is no JSON")
if not has_sent_all.is_set() or answered < asked:
    fail(f"{address}: the server closed before it had answered everything")
if errors:
    sys.exit(f"error: {errors} of {answered} replies had an error")
