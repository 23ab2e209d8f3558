"""Lesson 01's exercise in Python, server: tell the caller what came, and from where."""
import argparse
import socket
import sys

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8001)
options = parser.parse_args()
if not 0 <= options.port <= 65535:
    parser.error("--port takes a number from 0 to 65535")

address = f"{options.host}:{options.port}"
try:
    with socket.create_server((options.host, options.port)) as listener:
        print("listening on %s:%d" % listener.getsockname())
        conn, peer = listener.accept()
        with conn:
            address = "%s:%d" % peer
            print(f"connected {address}")
            message = conn.recv(1024)
            if message:
                text = message.decode().upper()
                conn.sendall(f"{len(message)} bytes from {address}: {text}\n".encode())
            else:
                print("client left without a word")
except KeyboardInterrupt:
    pass
except OSError as error:
    sys.exit(f"error: {address}: {error.strerror}")
