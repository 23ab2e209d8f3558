"""The classic client that waits for a fifth of a second, and no longer."""
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", int(sys.argv[1])))
client.settimeout(0.2)
client.sendall(b"hello\n")
try:
    print(client.recv(1024).decode())
except TimeoutError as error:
    print(error)
client.close()
