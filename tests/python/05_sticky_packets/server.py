# The classic reproduction, server: it looks up late, and one recv has all.
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

input()
conn, address = server.accept()
while True:
    data = conn.recv(1024)
    if not data:
        break
    print("recv gave %d bytes: %s" % (len(data), data.decode("utf-8")), flush=True)

conn.close()
server.close()
