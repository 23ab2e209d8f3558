# The oldest uploader: no MD5, no new name, and it never reads the receipt.
import json
import os
import socket
import struct
import sys

path = "lessons/07_md5_file_transfer/poem.txt"
header = json.dumps({
    "file_name": os.path.basename(path),
    "file_size": os.path.getsize(path),
}).encode("utf-8")

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", int(sys.argv[1])))
client.send(struct.pack("i", len(header)))
client.send(header)
with open(path, "rb") as file:
    client.send(file.read())
client.close()
