# Frames with struct, server: the text of each in capitals, for one client.
import socket
import struct


def receive_exactly(conn, count):
    data = b""
    while len(data) < count:
        part = conn.recv(count - len(data))
        if not part:
            return None
        data += part
    return data


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

conn, address = server.accept()
while True:
    prefix = receive_exactly(conn, 4)
    if prefix is None:
        break
    (length,) = struct.unpack("i", prefix)
    text = receive_exactly(conn, length).decode("utf-8")
    payload = text.upper().encode("utf-8")
    conn.sendall(struct.pack("i", len(payload)) + payload)
conn.close()
server.close()
