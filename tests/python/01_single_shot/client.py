# The classic one-shot client: connect, send, recv, close.
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", int(sys.argv[1])))
client.send("hello baby".encode("utf-8"))
data = client.recv(1024)
print(data.decode("utf-8"))

client.close()
