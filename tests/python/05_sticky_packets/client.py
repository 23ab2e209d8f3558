# The classic reproduction, client: three sends in a row.
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", int(sys.argv[1])))
for _ in range(3):
    client.send(b"aaa")
client.close()
