# The classic UDP chat client: it speaks first, then takes turns, until one side says q.
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server = ("127.0.0.1", int(sys.argv[1]))
while True:
    message = input()
    client.sendto(message.encode("utf-8"), server)
    if message == "q":
        break
    data, address = client.recvfrom(1024)
    answer = data.decode("utf-8")
    if answer == "q":
        break
    print(answer, flush=True)

client.close()
