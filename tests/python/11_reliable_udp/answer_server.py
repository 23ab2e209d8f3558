"""Exercise "window", server, in Python: a thread a transfer."""
import argparse
import os
import signal
import socket
import struct
import sys
import threading
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


def options_of(asked, size):
    """What is taken of the options, and the sizes that hold then."""
    answer, blksize, windowsize = {}, 512, 1
    for name, text in asked.items():
        if not text.isascii() or not text.isdigit():
            continue
        value = int(text)
        if name == "blksize" and 8 <= value <= 65464:
            answer[name] = blksize = value
        elif name == "windowsize" and value >= 1:
            answer[name] = windowsize = min(value, 64)
        elif name == "tsize" and size != 0:
            answer[name] = value if size is None else size
    flat = [word for pair in answer.items() for word in pair]
    return flat, blksize, windowsize


def serve(packet, client, folder, timeout, tries, busy):
    transfer = Transfer(client, True, timeout, tries)
    part = None
    try:
        code = packet[:2]
        if code not in (b"\0\1", b"\0\2"):
            raise Refused(4, "a transfer begins with a request")
        words = texts(packet)
        if len(words) < 2 or words[1].lower() != "octet":
            raise Refused(4, "the mode is octet here")
        name = words[0]
        if name in ("", ".", "..") or any(c in "/\\:" or c < " " for c in name):
            raise Refused(2, "no name of a file in this folder")
        path = os.path.join(folder, name)
        if code == b"\0\1":
            if not os.path.lexists(path):
                raise Refused(1, "no such file")
            if os.path.islink(path) or not os.path.isfile(path):
                raise Refused(2, "no plain file")
            with open(path, "rb") as file:
                flat, blksize, windowsize = options_of(pairs(words[2:]), os.path.getsize(path))
                if flat:
                    transfer.exchange(
                        lambda: transfer.raw(pack(6, *flat)),
                        lambda p: p[:2] == (4, 0) or None,
                    )
                transfer.send_file(file, blksize, windowsize)
            return
        flat, blksize, windowsize = options_of(pairs(words[2:]), None)
        if flat:
            transfer.kept = transfer.exchange(
                lambda: transfer.raw(pack(6, *flat)), lambda p: p if p[0] == 3 else None
            )
        part = os.path.join(folder, f".{uuid.uuid4()}.part")
        parts.add(part)
        with open(part, "wb", buffering=0) as file:
            def write(data):
                while data:
                    data = data[file.write(data):]

            transfer.receive_file(write, blksize, windowsize, not flat)
            os.fsync(file.fileno())
        os.replace(part, path)
        busy.discard(client)
        transfer.finish(6)
    except Over as error:
        print(f"127.0.0.1:{client[1]}: {error}", flush=True)
    except Refused as error:
        transfer.raw(struct.pack("!HH", 5, error.code) + str(error).encode() + b"\0")
    except OSError as error:
        code = 3 if "large" in str(error) or "space" in str(error) else 0
        transfer.raw(struct.pack("!HH", 5, code) + b"the disk\0")
    finally:
        busy.discard(client)
        if part and os.path.exists(part):
            os.remove(part)
        parts.discard(part)


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8011)
parser.add_argument("--dir", default="store")
parser.add_argument("--timeout", type=int, default=1000)
parser.add_argument("--tries", type=int, default=5)
args = parser.parse_args()


def end(*_):
    for part in parts:
        if os.path.exists(part):
            os.remove(part)
    os._exit(0)


parts = set()
signal.signal(signal.SIGINT, end)
os.makedirs(args.dir, exist_ok=True)

door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    door.bind((args.host, args.port))
except OSError as error:
    sys.exit(f"error: {args.host}:{args.port}: {error}")
print(f"listening on {args.host}:{door.getsockname()[1]}", flush=True)
busy = set()
while True:
    packet, client = door.recvfrom(65535)
    if client in busy or packet[:2] == b"\0\5":
        continue
    busy.add(client)
    task = (packet, client, args.dir, args.timeout / 1000, args.tries, busy)
    threading.Thread(target=serve, args=task, daemon=True).start()
