# A server that reads and writes lines through makefile, for one client. Two
# files: with one "rw" file each write throws away what was read ahead.
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
print("listening on %s:%d" % server.getsockname(), flush=True)

conn, address = server.accept()
reader = conn.makefile("r", encoding="utf-8", newline="\n")
writer = conn.makefile("w", encoding="utf-8", newline="\n")
for line in reader:
    writer.write(line.upper())
    writer.flush()
writer.close()
reader.close()
conn.close()
