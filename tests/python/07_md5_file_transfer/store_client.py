# A client of the store: puts the poem, lists, gets it back.
import hashlib
import json
import socket
import struct
import sys


def ask(request, body=b""):
    """One request, one connection. Gives the reply and the stream behind it."""
    client = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    header = json.dumps(request).encode("utf-8")
    client.sendall(struct.pack("<i", len(header)) + header + body)
    stream = client.makefile("rb")
    size, = struct.unpack("<i", stream.read(4))
    return json.loads(stream.read(size)), stream


with open("lessons/07_md5_file_transfer/poem.txt", "rb") as file:
    poem = file.read()
md5 = hashlib.md5(poem).hexdigest()

receipt, _ = ask({"op": "put", "name": "中文.txt", "size": len(poem), "md5": md5}, poem)
assert receipt == {"ok": True, "name": "中文.txt", "md5": md5, "bytes": len(poem)}, receipt

reply, _ = ask({"op": "list"})
for entry in reply["files"]:
    sys.stdout.buffer.write(("%d %s\n" % (entry["size"], entry["name"])).encode("utf-8"))

head, stream = ask({"op": "get", "name": "中文.txt"})
assert head["md5"] == md5, head
with open("got.txt", "wb") as file:
    file.write(stream.read(head["size"]))

refusal, _ = ask({"op": "get", "name": "../got.txt"})
assert refusal["ok"] is False, refusal
