# A client that reads and writes lines through makefile.
import socket
import sys

client = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
reader = client.makefile("r", encoding="utf-8", newline="\n")
writer = client.makefile("w", encoding="utf-8", newline="\n")
for line in ["one", "", "你好"]:
    writer.write(line + "\n")
    writer.flush()
    sys.stdout.buffer.write(reader.readline().encode("utf-8"))
    sys.stdout.flush()
client.close()
