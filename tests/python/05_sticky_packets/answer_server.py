"""Lesson 05's exercise in Python, server: lines, however their bytes are cut."""
import argparse
import socket
import sys
import threading

LONGEST = 1024 * 1024

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8005)
options = parser.parse_args()


class TooLong(Exception):
    """A line that is longer than LONGEST."""


def lines(conn):
    """The lines that come, without their ends."""
    with conn.makefile("rb") as stream:
        while line := stream.readline(LONGEST + 1):
            if len(line) == LONGEST + 1 and line.endswith(b"\r"):
                line += stream.read(1)  # an LF here takes the CR with it
            if line.endswith(b"\n"):
                line = line[:-1].removesuffix(b"\r")
            if len(line) > LONGEST:
                raise TooLong
            yield line


def serve(conn, peer):
    with conn:
        try:
            for line in lines(conn):
                conn.sendall(line.decode().upper().encode() + b"\n")
        except TooLong:
            refuse(conn)
        except (OSError, UnicodeDecodeError) as error:
            print("%s:%d: %s" % (*peer, error))


def refuse(conn):
    try:
        conn.sendall(f"error: line longer than {LONGEST} bytes\n".encode())
        conn.shutdown(socket.SHUT_WR)
        while conn.recv(64 * 1024):
            pass  # what still comes is forgotten
    except OSError:
        pass


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
