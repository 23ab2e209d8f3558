# The classic receiver: reads to the end of the stream and sends no receipt.
import json
import socket
import struct

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

conn, address = server.accept()
size, = struct.unpack("i", conn.recv(4))
header = json.loads(conn.recv(size, socket.MSG_WAITALL).decode("utf-8"))
with open(header["new_file_name"], "wb") as file:
    while True:
        data = conn.recv(1024)
        if not data:
            break
        file.write(data)
conn.close()
server.close()
