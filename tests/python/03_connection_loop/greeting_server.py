# The classic greeting server in a loop: it speaks first, to each client.
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

number = 0
while True:
    conn, address = server.accept()
    number += 1
    conn.send(("you are client #%d" % number).encode("utf-8"))
    while True:
        data = conn.recv(1024)
        if not data:
            break
        conn.send(data.upper())
    conn.close()
