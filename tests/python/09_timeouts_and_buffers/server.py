"""The classic server, one line at a time, that does something else when it is told to wait."""
import socket
import time

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname())
while True:
    conn, address = server.accept()
    print("connected %s:%d" % address)
    while True:
        data = conn.recv(1024)
        if not data:
            break
        if data == b"wait\n":
            time.sleep(60)
        conn.send(data.upper())
    conn.close()
