# The classic uploader: header length, JSON header with the MD5, the file.
import hashlib
import json
import os
import socket
import struct
import sys

path = "lessons/07_md5_file_transfer/poem.txt"
md5 = hashlib.md5()
with open(path, "rb") as file:
    for chunk in iter(lambda: file.read(1024), b""):
        md5.update(chunk)

header = json.dumps({
    "md5": md5.hexdigest(),
    "file_name": os.path.basename(path),
    "file_size": os.path.getsize(path),
    "new_file_name": "poem.txt",
}).encode("utf-8")

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", int(sys.argv[1])))
client.send(struct.pack("i", len(header)))
client.send(header)
with open(path, "rb") as file:
    for chunk in iter(lambda: file.read(1024), b""):
        client.send(chunk)
client.shutdown(socket.SHUT_WR)

size, = struct.unpack("i", client.recv(4, socket.MSG_WAITALL))
receipt = json.loads(client.recv(size, socket.MSG_WAITALL))
client.close()
assert receipt["ok"] is True, receipt
assert receipt["md5"] == md5.hexdigest(), receipt
