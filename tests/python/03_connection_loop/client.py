# The classic looped client: input, send, recv, print, until q.
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", int(sys.argv[1])))
while True:
    message = sys.stdin.buffer.readline().decode("utf-8").strip()
    if not message:
        continue
    if message == "q":
        break
    client.send(message.encode("utf-8"))
    data = client.recv(1024)
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.flush()

client.close()
