"""Lesson 07's exercise in Python, client: put, get and list."""
import argparse
import hashlib
import json
import os
import socket
import struct
import sys
import tempfile

LONGEST = 64 * 1024 * 1024

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8007)
parser.add_argument("words", nargs="*")
options = parser.parse_args()


def fail(reason):
    sys.exit(f"error: {reason}")


def read_exactly(stream, count):
    data = stream.read(count)
    if len(data) < count:
        fail("the server closed too early")
    return data


def send(conn, message):
    payload = json.dumps(message, ensure_ascii=False).encode()
    conn.sendall(struct.pack("<i", len(payload)) + payload)


def read_reply(stream):
    (length,) = struct.unpack("<i", read_exactly(stream, 4))
    if not 0 <= length <= LONGEST:
        fail(f"a reply cannot have {length} bytes")
    try:
        reply = json.loads(read_exactly(stream, length).decode())
    except ValueError:
        fail("the reply is no JSON")
    if not isinstance(reply, dict):
        fail("the reply is no object")
    if reply.get("ok") is not True:
        fail(reply.get("error", "the server refused"))
    return reply


def show_list(conn, stream):
    send(conn, {"op": "list"})
    files = read_reply(stream).get("files")
    if not isinstance(files, list):
        fail("the reply is no list")
    for file in files:
        print(file["size"], file["name"])


def is_refused(conn):
    """Whether the server has answered while the file still goes out."""
    conn.setblocking(False)
    try:
        conn.recv(1, socket.MSG_PEEK)
        return True
    except BlockingIOError:
        return False
    finally:
        conn.settimeout(None)


def send_body(conn, file):
    """Sends a file. A server that refuses it may take no more: so look for its answer, too."""
    import select

    while piece := file.read(256 * 1024):
        view = memoryview(piece)
        while view:
            readable, writable, _ = select.select([conn], [conn], [])
            if readable:
                return
            if writable:
                conn.setblocking(False)
                view = view[conn.send(view) :]
                conn.setblocking(True)


def put(conn, stream, source, name):
    with open(source, "rb") as file:
        md5 = hashlib.file_digest(file, "md5").hexdigest()
        size = file.tell()
        file.seek(0)
        send(conn, {"op": "put", "name": name, "size": size, "md5": md5})
        send_body(conn, file)
    receipt = read_reply(stream)
    if (receipt.get("name"), receipt.get("md5"), receipt.get("bytes")) != (name, md5, size):
        fail("the receipt is for something else")
    print(size, md5, name)


def get(conn, stream, name, target):
    send(conn, {"op": "get", "name": name})
    head = read_reply(stream)
    left = head.get("size")
    if not isinstance(left, int) or isinstance(left, bool) or left < 0:
        fail("the size is none")
    digest = hashlib.md5()
    descriptor, part = tempfile.mkstemp(dir=os.path.dirname(target) or ".")
    try:
        with open(descriptor, "wb") as file:
            while left > 0:
                piece = stream.read1(min(left, 256 * 1024))
                if not piece:
                    fail("the file broke off")
                digest.update(piece)
                file.write(piece)
                left -= len(piece)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != head.get("md5"):
            fail("the MD5 is another one")
        os.chmod(part, 0o644)
        os.replace(part, target)
    except BaseException:
        os.unlink(part)
        raise
    print(head["size"], head["md5"], os.path.basename(target))


match options.words:
    case ["list"]:
        def act(conn, stream):
            show_list(conn, stream)
    case ["put", source, *rest] if len(rest) < 2:
        def act(conn, stream):
            put(conn, stream, source, rest[0] if rest else os.path.basename(source))
    case ["get", name, *rest] if len(rest) < 2:
        def act(conn, stream):
            get(conn, stream, name, rest[0] if rest else name)
    case _:
        parser.error("give it list, put FILE [AS] or get NAME [AS]")
try:
    with socket.create_connection((options.host, options.port)) as conn:
        with conn.makefile("rb") as stream:
            act(conn, stream)
except OSError as error:
    fail(f"{error.filename or f'{options.host}:{options.port}'}: {error.strerror}")
