# The classic client of a greeting server: recv, send, recv, close.
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", int(sys.argv[1])))
print(client.recv(1024).decode("utf-8"), flush=True)
client.send("hello".encode("utf-8"))
print(client.recv(1024).decode("utf-8"), flush=True)

client.close()
