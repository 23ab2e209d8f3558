"""A client that prints what the ticker says, and answers each time."""
import socket
import sys

sk = socket.socket()
sk.connect(("127.0.0.1", int(sys.argv[1])))
while True:
    msg = sk.recv(1024)
    if not msg:
        break
    print(msg.decode("utf-8"))
    sk.send(b"byebye")
sk.close()
