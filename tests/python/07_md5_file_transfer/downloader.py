# The classic download, client: a length and that many bytes.
import socket
import struct
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", int(sys.argv[1])))
size, = struct.unpack("i", client.recv(4))
with open("downloaded.txt", "wb") as file:
    while size > 0:
        data = client.recv(min(1024, size))
        if not data:
            break
        file.write(data)
        size -= len(data)
client.close()
assert size == 0
