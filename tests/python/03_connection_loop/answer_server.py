"""Lesson 03's exercise in Python, server: greet, answer and count, client after client."""
import argparse
import socket
import sys


def backlog(text):
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError("a whole number from 1 to 65535 is wanted")
    return int(text)


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8003)
parser.add_argument("--backlog", type=backlog, default=128)
options = parser.parse_args()

clients = messages = size = 0


def totals():
    return f"clients={clients} messages={messages} bytes={size}"


def serve(conn):
    """Answers one client until it leaves. Returns how many messages it sent."""
    global messages, size
    count = 0
    try:
        conn.sendall(f"you are client #{clients}".encode())
        while message := conn.recv(64 * 1024):
            if message == b"stats":
                conn.sendall(totals().encode())
                continue
            count += 1
            messages += 1
            size += len(message)
            conn.sendall(message.decode().upper().encode())
    except ConnectionError:
        pass  # a client may leave in any way
    return count


try:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((options.host, options.port))
        listener.listen(options.backlog)
        print("listening on %s:%d" % listener.getsockname())
        while True:
            conn, peer = listener.accept()
            with conn:
                print("connected %s:%d" % peer)
                clients += 1
                count = serve(conn)
            print(f"client #{clients} left after {count} messages")
except KeyboardInterrupt:
    print(totals())
except OSError as error:
    sys.exit(f"error: {options.host}:{options.port}: {error.strerror}")
