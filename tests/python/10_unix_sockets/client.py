# The classic file-based client: connect to a path, send, recv, print.
import socket
import sys

client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
client.connect(sys.argv[1])
client.sendall(b"hello baby")
print(client.recv(1024).decode("utf-8"))
client.close()
