# A client that reads and writes lines through makefile.
import socket
import sys

client = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
stream = client.makefile("rw", encoding="utf-8", newline="\n")
for line in ["one", "", "你好"]:
    stream.write(line + "\n")
    stream.flush()
    sys.stdout.buffer.write(stream.readline().encode("utf-8"))
    sys.stdout.flush()
client.close()
