# The classic UDP chat server: it answers each message with a typed line, until q.
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
print("listening on %s:%d" % server.getsockname(), flush=True)

while True:
    data, address = server.recvfrom(1024)
    print(data.decode("utf-8"), flush=True)
    answer = input()
    server.sendto(answer.encode("utf-8"), address)
    if answer == "q":
        break

server.close()
