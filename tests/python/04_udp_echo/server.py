# The classic UDP echo server: bind, then recvfrom and sendto for ever.
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
print("listening on %s:%d" % server.getsockname(), flush=True)

while True:
    data, address = server.recvfrom(1024)
    server.sendto(data, address)
