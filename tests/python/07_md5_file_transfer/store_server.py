# A server of the store, with its files in memory.
import hashlib
import json
import socket
import struct

files = {}

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

while True:
    conn, address = server.accept()
    stream = conn.makefile("rwb")
    size, = struct.unpack("<i", stream.read(4))
    request = json.loads(stream.read(size))
    op, name, body = request["op"], request.get("name"), b""
    if op == "put":
        content = stream.read(request["size"])
        md5 = hashlib.md5(content).hexdigest()
        files[name] = content
        reply = {"ok": True, "name": name, "md5": md5, "bytes": len(content)}
    elif op == "list":
        reply = {"ok": True, "files": [
            {"name": name, "size": len(files[name])} for name in sorted(files)
        ]}
    elif name in files:
        body = files[name]
        md5 = hashlib.md5(body).hexdigest()
        reply = {"ok": True, "name": name, "size": len(body), "md5": md5}
    else:
        reply = {"ok": False, "error": "no such file"}
    header = json.dumps(reply).encode("utf-8")
    stream.write(struct.pack("<i", len(header)) + header + body)
    stream.flush()
    stream.close()
    conn.close()
