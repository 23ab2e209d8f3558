# The classic download, server: the length of one file and its bytes, for one client.
import socket
import struct

with open("lessons/07_md5_file_transfer/poem.txt", "rb") as file:
    content = file.read()

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

conn, address = server.accept()
conn.sendall(struct.pack("i", len(content)) + content)
conn.close()
server.close()
