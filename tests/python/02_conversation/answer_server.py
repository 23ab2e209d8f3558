"""Lesson 02's exercise in Python, server: two people talk, and nobody takes turns."""
import argparse
import selectors
import socket
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8002)
options = parser.parse_args()


def talk(conn):
    with selectors.DefaultSelector() as selector:
        selector.register(conn, selectors.EVENT_READ)
        selector.register(sys.stdin.buffer.raw, selectors.EVENT_READ)
        rest = b""
        while True:
            for key, _ in selector.select():
                if key.fileobj is conn:
                    try:
                        message = conn.recv(1024)
                    except ConnectionResetError:
                        message = b""
                    if not message:
                        print("peer left", file=sys.stderr)
                        return
                    if message in (b"q", b"Q"):
                        return
                    print("peer> " + message.decode())
                    continue
                piece = sys.stdin.buffer.raw.read(4096)
                *lines, rest = (rest + piece).split(b"\n")
                if not piece and rest:
                    lines.append(rest)
                for line in lines:
                    line = line.removesuffix(b"\r")
                    if line:
                        conn.sendall(line)
                    if line in (b"q", b"Q"):
                        return
                if not piece:
                    return


try:
    with socket.create_server((options.host, options.port)) as listener:
        print("listening on %s:%d" % listener.getsockname())
        conn, peer = listener.accept()
        with conn:
            print("connected %s:%d" % peer)
            try:
                talk(conn)
            except (BrokenPipeError, ConnectionResetError):
                print("peer left", file=sys.stderr)
except KeyboardInterrupt:
    pass
except OSError as error:
    sys.exit(f"error: {options.host}:{options.port}: {error.strerror}")
