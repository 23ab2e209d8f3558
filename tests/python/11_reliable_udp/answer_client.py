"""Exercise "window", client, in Python."""
import argparse
import os
import socket
import struct
import sys
import time
import uuid


class Over(Exception):
    """The peer has ended the transfer, or is gone."""


class Refused(Exception):
    """The transfer ends, and the peer is told why."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Transfer:
    """A socket that talks with one peer."""

    def __init__(self, peer, known, timeout, tries):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(("127.0.0.1", 0))
        self.peer, self.known, self.sender = peer, known, None
        self.first = self.rto = clamp(timeout)
        self.tries = tries
        self.srtt = self.var = self.kept = None

    def send(self, code, number, rest=b""):
        self.raw(struct.pack("!HH", code, number & 0xFFFF) + rest)

    def raw(self, packet):
        self.sock.sendto(packet, self.peer)

    def receive(self, until):
        """The next packet of the peer, or None where none comes in time."""
        if self.kept:
            packet, self.kept = self.kept, None
            return packet
        while True:
            self.sock.settimeout(max(until - time.monotonic(), 0.0001))
            try:
                packet, sender = self.sock.recvfrom(65535)
            except TimeoutError:
                return None
            if len(packet) < 4:
                continue
            code, number = struct.unpack("!HH", packet[:4])
            if self.known and sender != self.peer:
                if code != 5:
                    self.sock.sendto(b"\0\5\0\5no\0", sender)
                continue
            if code == 5:
                text = packet[4:].rstrip(b"\0").decode(errors="replace")
                raise Over(f"{text} (error {number})")
            self.sender = sender
            return code, number, packet

    def exchange(self, send, read):
        """Sends until the answer comes."""
        for count in range(self.tries):
            send()
            sent = time.monotonic()
            while (packet := self.receive(sent + self.rto)) is not None:
                answer = read(packet)
                if answer is None:
                    continue
                if count == 0:
                    self.measure(time.monotonic() - sent)
                self.peer, self.known = self.sender, True
                return answer
            self.rto = clamp(self.rto * 2)
        raise Over(f"no answer after {self.tries} tries")

    def measure(self, seconds):
        if self.srtt is None:
            self.srtt, self.var = seconds, seconds / 2
        else:
            self.var += (abs(self.srtt - seconds) - self.var) / 4
            self.srtt += (seconds - self.srtt) / 8
        self.rto = clamp(self.srtt + max(0.05, 4 * self.var))

    def send_file(self, file, blksize, windowsize):
        window, first, size, ended = [], 1, 0, False
        while True:
            while len(window) < windowsize and not ended:
                block = file.read(blksize)
                window.append(block)
                size += len(block)
                ended = len(block) < blksize
            if not window:
                return size

            def send():
                for i, block in enumerate(window):
                    self.send(3, first + i, block)

            def read(packet):
                ahead = near(packet[1], first) - first
                return ahead if packet[0] == 4 and 0 <= ahead < len(window) else None

            ahead = self.exchange(send, read)
            del window[: ahead + 1]
            first += ahead + 1

    def receive_file(self, write, blksize, windowsize, begin):
        """Gives each block to write(); the last one is not acknowledged yet."""
        last = self.acked = 0
        told = False
        if begin:
            self.send(4, 0)
        while True:
            wait = 2 * max(self.rto, self.first)
            for count in range(self.tries):
                packet = self.receive(time.monotonic() + wait)
                if packet is not None:
                    break
                wait = min(2 * wait, 10)
                self.send(4, last)
                self.acked = last
            else:
                raise Over(f"no answer after {self.tries} tries")
            code, number, data = packet
            if code == 6 and last == 0:
                self.send(4, 0)
            if code != 3:
                continue
            block = near(number, last + 1)
            if block == last + 1:
                last, told = block, False
                write(data[4:])
                if len(data) - 4 < blksize:
                    self.last = last
                    return
                if last - self.acked == windowsize:
                    self.send(4, last)
                    self.acked = last
            elif block > last and not told:
                self.send(4, last)
                self.acked, told = last, True
            elif block == self.acked:
                self.send(4, last)

    def finish(self, seconds):
        """Acknowledges the last block, and stays."""
        self.send(4, self.last)
        try:
            while packet := self.receive(time.monotonic() + seconds):
                if packet[0] == 3 and packet[1] == self.last & 0xFFFF:
                    self.send(4, self.last)
        except Over:
            pass


def near(block, place):
    ahead = (block - place) & 0xFFFF
    return place + (ahead if ahead < 0x8000 else ahead - 0x10000)


def clamp(seconds):
    return min(max(seconds, 0.05), 5)


def texts(packet):
    words = packet[2:].split(b"\0")[:-1]
    return [word.decode(errors="replace") for word in words]


def pairs(words):
    return dict(zip((word.lower() for word in words[::2]), words[1::2]))


def pack(code, *words):
    return struct.pack("!H", code) + b"".join(str(word).encode() + b"\0" for word in words)


def agreed(packet, asked):
    """The sizes that hold by the server's first answer."""
    sizes = {"blksize": 512, "windowsize": 1}
    least = {"blksize": 8, "windowsize": 1, "tsize": 0}
    if packet[0] != 6:
        return sizes["blksize"], sizes["windowsize"]
    for name, text in pairs(texts(packet[2])).items():
        isnumber = text.isascii() and text.isdigit()
        if name not in asked or not isnumber or int(text) < least[name]:
            raise Refused(8, f"the server answered {name} {text}")
        if name != "tsize" and int(text) > asked[name]:
            raise Refused(8, f"the server answered {name} {text}")
        sizes[name] = int(text)
    return sizes["blksize"], sizes["windowsize"]


def get(transfer, name, path, asked):
    flat = [word for pair in asked.items() for word in pair]
    first = transfer.exchange(
        lambda: transfer.raw(pack(1, name, "octet", *flat)),
        lambda p: p if p[0] == 6 or p[:2] == (3, 1) else None,
    )
    blksize, windowsize = agreed(first, asked)
    if first[0] == 3:
        transfer.kept = first
    part = os.path.join(os.path.dirname(path) or ".", f".{uuid.uuid4()}.part")
    try:
        with open(part, "wb", buffering=0) as file:
            def write(data):
                while data:
                    data = data[file.write(data):]

            transfer.receive_file(write, blksize, windowsize, first[0] == 6)
            size = file.tell()
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.remove(part)
    print(f"{size} {os.path.basename(path)}", flush=True)
    transfer.finish(2 * transfer.rto)


def put(transfer, path, name, asked):
    with open(path, "rb") as file:
        asked["tsize"] = os.path.getsize(path)
        flat = [word for pair in asked.items() for word in pair]
        first = transfer.exchange(
            lambda: transfer.raw(pack(2, name, "octet", *flat)),
            lambda p: p if p[0] == 6 or p[:2] == (4, 0) else None,
        )
        size = transfer.send_file(file, *agreed(first, asked))
    print(f"{size} {name}", flush=True)


def between(least, most):
    def number(text):
        if not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return number


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8011)
parser.add_argument("--blksize", type=between(8, 65464), default=1428)
parser.add_argument("--windowsize", type=between(1, 64), default=16)
parser.add_argument("--timeout", type=int, default=1000)
parser.add_argument("--tries", type=int, default=5)
parser.add_argument("op", choices=["get", "put"])
parser.add_argument("name")
parser.add_argument("as_", nargs="?")
args = parser.parse_args()

where = (args.host, args.port)
transfer = Transfer(where, False, args.timeout / 1000, args.tries)
asked = {"blksize": args.blksize, "windowsize": args.windowsize, "tsize": 0}
other = args.as_ or os.path.basename(args.name)
try:
    (get if args.op == "get" else put)(transfer, args.name, other, asked)
except Refused as error:
    transfer.peer = transfer.sender
    transfer.raw(struct.pack("!HH", 5, error.code) + str(error).encode() + b"\0")
    sys.exit(f"error: {args.host}:{args.port}: {error}")
except OSError as error:
    code = 3 if "large" in str(error) or "space" in str(error) else 0
    if transfer.known:
        transfer.raw(struct.pack("!HH", 5, code) + b"the disk\0")
    sys.exit(f"error: {args.host}:{args.port}: {error}")
except Over as error:
    sys.exit(f"error: {args.host}:{args.port}: {error}")
