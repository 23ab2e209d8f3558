"""The classic client with a time-out: settimeout, connect_ex, getsockopt."""
import socket
import sys

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.settimeout(10)
error = client.connect_ex(("127.0.0.1", int(sys.argv[1])))
if error != 0:
    sys.exit(f"connect_ex gave {error}")
client.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
client.sendall(b"hello\n")
print(client.recv(1024).decode().rstrip("\n"))
is_kept = client.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) != 0
print("keep-alive:", is_kept)
client.close()
