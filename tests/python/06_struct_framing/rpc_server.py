# The small RPC, server: requests and replies are frames of JSON, for one client.
import json
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


def answer(request):
    if request["op"] == "upper":
        return {"ok": request["text"].upper()}
    if request["op"] == "sum":
        return {"ok": sum(request["numbers"])}
    if request["op"] == "repeat":
        return {"ok": request["text"] * request["times"]}
    return {"error": "no such op: %s" % request["op"]}


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

conn, address = server.accept()
while True:
    prefix = receive_exactly(conn, 4)
    if prefix is None:
        break
    (length,) = struct.unpack("<i", prefix)
    reply = answer(json.loads(receive_exactly(conn, length)))
    payload = json.dumps(reply, indent=2).encode("utf-8")
    conn.sendall(struct.pack("<i", len(payload)) + payload)
conn.close()
server.close()
