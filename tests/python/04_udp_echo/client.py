# The classic UDP client: input, sendto, recvfrom, print, until exit.
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server = ("127.0.0.1", int(sys.argv[1]))
while True:
    message = sys.stdin.buffer.readline().rstrip(b"\r\n")
    client.sendto(message, server)
    data, address = client.recvfrom(1024)
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.flush()
    if message == b"exit":
        break

client.close()
