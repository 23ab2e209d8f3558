# The classic file-based server: the connection loop over AF_UNIX, in the folder in which it runs.
import os
import socket
import sys

path = sys.argv[1]
if os.path.exists(path):
    os.remove(path)
server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
server.bind(path)
server.listen(5)
print("listening on " + path, flush=True)

while True:
    conn, address = server.accept()  # the address is an empty string
    while True:
        data = conn.recv(1024)
        if not data:
            break
        conn.sendall(data.upper())
    conn.close()
