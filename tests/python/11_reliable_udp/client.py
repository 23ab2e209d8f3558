"""Read a file by TFTP, as RFC 1350 draws it, and print it: python3 client.py [PORT [NAME]]"""
import socket
import struct
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 8011
name = sys.argv[2] if len(sys.argv) > 2 else "poem.txt"

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.settimeout(1)
last, where = b"\0\1" + name.encode() + b"\0octet\0", ("127.0.0.1", port)
sock.sendto(last, where)

text, block, tries = b"", 1, 5
while True:
    try:
        packet, sender = sock.recvfrom(4 + 512)
    except TimeoutError:
        tries -= 1
        if tries == 0:
            sys.exit("no answer")
        sock.sendto(last, where)
        continue
    code, number = struct.unpack("!HH", packet[:4])
    if code == 5:
        sys.exit(packet[4:].rstrip(b"\0").decode())
    if code != 3 or number != block & 0xFFFF:
        continue
    text += packet[4:]
    last, where = struct.pack("!HH", 4, number), sender
    sock.sendto(last, where)
    block += 1
    if len(packet) < 4 + 512:
        break
print(text.decode(), end="")
