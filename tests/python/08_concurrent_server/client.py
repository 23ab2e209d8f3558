"""The client of Python's socketserver documentation: one line, one recv."""
import socket
import sys

HOST, PORT = "127.0.0.1", int(sys.argv[1])
data = "hello"

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
    sock.connect((HOST, PORT))
    sock.sendall(bytes(data, "utf-8"))
    sock.sendall(b"\n")
    received = str(sock.recv(1024), "utf-8")

print("Sent:    ", data)
print("Received:", received.rstrip("\n"))
