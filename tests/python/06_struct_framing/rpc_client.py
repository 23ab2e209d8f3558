# The small RPC, client: sends its requests at once, and prints each reply's value.
import json
import socket
import struct
import sys

REQUESTS = [
    {"op": "upper", "text": "你好, baby"},
    {"op": "sum", "numbers": [1, 2, 3.5]},
    {"op": "repeat", "text": "ab", "times": 3},
    {"op": "shout"},
    ["upper"],
    {"op": "upper", "text": "and on"},
]


def receive_exactly(conn, count):
    data = b""
    while len(data) < count:
        part = conn.recv(count - len(data))
        if not part:
            raise EOFError("the server closed the connection")
        data += part
    return data


client = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
for request in REQUESTS:
    payload = json.dumps(request).encode("utf-8")
    client.sendall(struct.pack("<i", len(payload)) + payload)
client.shutdown(socket.SHUT_WR)
for request in REQUESTS:
    (length,) = struct.unpack("<i", receive_exactly(client, 4))
    reply = json.loads(receive_exactly(client, length))
    text = str(reply["ok"]) if "ok" in reply else "error"
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
assert client.recv(1) == b""
client.close()
