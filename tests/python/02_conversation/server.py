# The classic looped server: recv and send until the client closes.
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

conn, address = server.accept()
while True:
    data = conn.recv(1024)
    if not data:
        break
    conn.send(data.upper())

conn.close()
server.close()
