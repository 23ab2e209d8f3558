# A server that reads and writes lines through makefile, for one client.
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

conn, address = server.accept()
stream = conn.makefile("rw", encoding="utf-8", newline="\n")
for line in stream:
    stream.write(line.upper())
    stream.flush()
stream.close()
conn.close()
