# A plain receiver: header, body, receipt. Arguments: how (classic or tuned), folder.
import hashlib
import json
import os
import socket
import struct
import sys

how, folder = sys.argv[1:]
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

conn, address = server.accept()
size, = struct.unpack("i", conn.recv(4, socket.MSG_WAITALL))
header = json.loads(conn.recv(size, socket.MSG_WAITALL))
left = header["file_size"]
md5 = hashlib.md5()
if how == "classic":
    with open(os.path.join(folder, header["new_file_name"]), "wb") as file:
        while left > 0:
            data = conn.recv(min(1024, left))
            file.write(data)
            md5.update(data)
            left -= len(data)
else:
    buffer = memoryview(bytearray(256 * 1024))
    with open(os.path.join(folder, header["new_file_name"]), "wb", buffering=0) as file:
        while left > 0:
            count = conn.recv_into(buffer, min(len(buffer), left))
            md5.update(buffer[:count])
            file.write(buffer[:count])
            left -= count
receipt = json.dumps({"ok": md5.hexdigest() == header["md5"]}).encode("utf-8")
conn.sendall(struct.pack("i", len(receipt)) + receipt)
conn.close()
