# Frames with struct, client: sends three texts and prints what comes back.
import socket
import struct
import sys


def receive_exactly(conn, count):
    data = b""
    while len(data) < count:
        part = conn.recv(count - len(data))
        if not part:
            raise EOFError("the server closed the connection")
        data += part
    return data


client = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
for text in ["hello", "", "你好 baby"]:
    payload = text.encode("utf-8")
    client.send(struct.pack("i", len(payload)))
    client.send(payload)
    (length,) = struct.unpack("i", receive_exactly(client, 4))
    sys.stdout.buffer.write(receive_exactly(client, length) + b"\n")
client.close()
