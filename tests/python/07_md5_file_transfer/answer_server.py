"""Lesson 07's exercise in Python, server: keep files for clients."""
import argparse
import hashlib
import json
import os
import re
import socket
import stat
import struct
import sys
import tempfile
import threading

LONGEST_REQUEST = 64 * 1024
LARGEST = 2**53 - 1
PART = ".answer_part_"

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8007)
parser.add_argument("--dir", default="store")
options = parser.parse_args()
folder = options.dir


class Refused(Exception):
    """A request that cannot be done; its text says why."""


def read_exactly(stream, count):
    data = stream.read(count)
    if len(data) < count:
        raise Refused("the connection ended too early")
    return data


def read_request(stream):
    (length,) = struct.unpack("<i", read_exactly(stream, 4))
    if not 0 <= length <= LONGEST_REQUEST:
        raise Refused(f"a request has 0 to {LONGEST_REQUEST} bytes")
    try:
        request = json.loads(read_exactly(stream, length).decode())
    except (ValueError, RecursionError):
        raise Refused("the request is no JSON") from None
    if not isinstance(request, dict):
        raise Refused("the request is no object")
    return request


def send(conn, message):
    payload = json.dumps(message, ensure_ascii=False).encode()
    conn.sendall(struct.pack("<i", len(payload)) + payload)


def is_name(name):
    if not isinstance(name, str) or name in ("", ".", "..") or name.startswith(PART):
        return False
    try:
        return len(name.encode()) <= 255 and not re.search(r"[/\\:\x00-\x1f\x7f]", name)
    except UnicodeEncodeError:
        return False


def path_of(request):
    name = request.get("name")
    if not is_name(name):
        raise Refused("that is no name of a file")
    return name, os.path.join(folder, name)


def put(conn, stream, request):
    name, path = path_of(request)
    size, md5 = request.get("size"), request.get("md5")
    is_size = isinstance(size, (int, float)) and not isinstance(size, bool)
    if not is_size or size != int(size) or not 0 <= size <= LARGEST:
        raise Refused("the size is none")
    if os.path.islink(path) or os.path.isdir(path):
        raise Refused("there is something else of that name")
    digest = hashlib.md5()
    left = int(size)
    descriptor, part = tempfile.mkstemp(prefix=PART, dir=folder)
    try:
        with open(descriptor, "wb") as file:
            while left > 0:
                piece = stream.read1(min(left, 256 * 1024))
                if not piece:
                    raise Refused("the file is cut short")
                digest.update(piece)
                file.write(piece)
                left -= len(piece)
            file.flush()
            os.fsync(file.fileno())
        if digest.hexdigest() != md5:
            raise Refused("the MD5 is another one")
        os.chmod(part, 0o644)
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise
    send(conn, {"ok": True, "name": name, "md5": md5, "bytes": int(size)})


def get(conn, request):
    name, path = path_of(request)
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise Refused("that is no file")
        file = open(path, "rb")
    except FileNotFoundError:
        raise Refused(f'there is no file "{name}"') from None
    with file:
        md5 = hashlib.file_digest(file, "md5").hexdigest()
        size = file.tell()
        file.seek(0)
        send(conn, {"ok": True, "name": name, "size": size, "md5": md5})
        conn.sendfile(file, count=size)


def listed():
    files = []
    for entry in os.scandir(folder):
        if is_name(entry.name) and entry.is_file(follow_symlinks=False):
            files.append({"name": entry.name, "size": entry.stat().st_size})
    # JavaScript compares UTF-16 units.
    return sorted(files, key=lambda file: file["name"].encode("utf-16-be"))


def answer(conn, stream):
    try:
        request = read_request(stream)
        match request.get("op"):
            case "put":
                put(conn, stream, request)
            case "get":
                get(conn, request)
            case "list":
                send(conn, {"ok": True, "files": listed()})
            case _:
                raise Refused("the request is put, get or list")
    except Refused as error:
        send(conn, {"ok": False, "error": str(error)})
    except ConnectionError:
        raise
    except OSError as error:
        send(conn, {"ok": False, "error": error.strerror})


def serve(conn, peer):
    with conn:
        try:
            with conn.makefile("rb") as stream:
                answer(conn, stream)
                conn.shutdown(socket.SHUT_WR)
                while stream.read1(64 * 1024):
                    pass  # unread bytes would make of the close a reset
        except OSError as error:
            print("%s:%d: %s" % (*peer, error.strerror))
    print("client left")


try:
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        if name.startswith(PART):
            os.unlink(os.path.join(folder, name))  # left by a kill
except OSError as error:
    sys.exit(f"error: {folder}: {error.strerror}")
try:
    with socket.create_server((options.host, options.port)) as listener:
        print("listening on %s:%d" % listener.getsockname())
        while True:
            conn, peer = listener.accept()
            print("connected %s:%d" % peer)
            threading.Thread(target=serve, args=(conn, peer), daemon=True).start()
except KeyboardInterrupt:
    for name in os.listdir(folder):
        if name.startswith(PART):
            os.unlink(os.path.join(folder, name))
    os._exit(0)
except OSError as error:
    sys.exit(f"error: {options.host}:{options.port}: {error.strerror}")
