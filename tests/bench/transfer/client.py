# A plain uploader: MD5, header, body. Arguments: how (classic or tuned), port, file.
import hashlib
import json
import os
import socket
import struct
import sys

how, port, path = sys.argv[1:]
md5 = hashlib.md5()
if how == "classic":
    with open(path, "rb") as file:
        for data in iter(lambda: file.read(1024), b""):
            md5.update(data)
else:
    buffer = memoryview(bytearray(256 * 1024))
    with open(path, "rb", buffering=0) as file:
        while count := file.readinto(buffer):
            md5.update(buffer[:count])

header = json.dumps({
    "md5": md5.hexdigest(),
    "file_name": os.path.basename(path),
    "file_size": os.path.getsize(path),
    "new_file_name": "received",
}).encode("utf-8")
client = socket.create_connection(("127.0.0.1", int(port)))
client.sendall(struct.pack("i", len(header)) + header)
with open(path, "rb") as file:
    if how == "classic":
        for data in iter(lambda: file.read(1024), b""):
            client.send(data)
    else:
        client.sendfile(file)
client.shutdown(socket.SHUT_WR)
size, = struct.unpack("i", client.recv(4, socket.MSG_WAITALL))
receipt = json.loads(client.recv(size, socket.MSG_WAITALL))
assert receipt["ok"] is True
