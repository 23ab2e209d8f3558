"""Lesson 08's exercise in Python, server: a chat room, with two threads for each guest."""
import argparse
import collections
import re
import socket
import sys
import threading

LONGEST = 4096
MOST_WAITING = 256 * 1024

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8008)
parser.add_argument("--max", type=int, default=100)
options = parser.parse_args()
if not 1 <= options.max <= 1000:
    parser.error("--max takes a number from 1 to 1000")

lock = threading.Lock()  # held for whatever concerns the room
clients = set()
guests = {}  # by name in small letters, in the order in which they came


class TooLong(Exception):
    """A line that is longer than LONGEST."""


class Client:
    def __init__(self, conn):
        self.conn = conn
        self.name = None
        self.queue = collections.deque()
        self.waiting = 0
        self.is_over = False
        self.news = threading.Condition()
        self.writer = threading.Thread(target=self.write, daemon=True)
        self.writer.start()

    def put(self, line):
        """Queues a line. False where there is no room for it."""
        data = line.encode() + b"\n"
        with self.news:
            if self.waiting + len(data) > MOST_WAITING:
                return False
            self.queue.append(data)
            self.waiting += len(data)
            self.news.notify()
        return True

    def finish(self):
        """Nothing more is put; settles when all is written."""
        with self.news:
            self.is_over = True
            self.news.notify()
        self.writer.join()

    def write(self):
        while True:
            with self.news:
                while not self.queue and not self.is_over:
                    self.news.wait()
                if not self.queue:
                    return
                data = self.queue.popleft()
            try:
                self.conn.sendall(data)
            except OSError:
                return
            with self.news:
                self.waiting -= len(data)

    def lines(self):
        with self.conn.makefile("rb") as stream:
            while True:
                line = stream.readline(LONGEST + 2)
                if not line.endswith(b"\n"):
                    if len(line) > LONGEST:
                        raise TooLong
                    return
                line = line[:-1].removesuffix(b"\r")
                if len(line) > LONGEST:
                    raise TooLong
                yield line.decode(errors="replace")


def tell(line, but=None):
    """Tells all guests but one; those who are too slow have to go. With the lock held."""
    slow = [g for g in guests.values() if g is not but and not g.put(line)]
    for guest in slow:
        leave(guest, " (too slow)")
        guest.conn.shutdown(socket.SHUT_RDWR)


def leave(guest, why=""):
    clients.discard(guest)
    if guest.name is None or guests.get(guest.name.lower()) is not guest:
        return
    del guests[guest.name.lower()]
    tell(f"* {guest.name} has left{why}")


def talk(client):
    client.put("welcome! what is your name?")
    lines = client.lines()
    name = next(lines, None)
    if name is None:
        return
    if not re.fullmatch("[A-Za-z0-9]{1,16}", name):
        client.put("error: a name is 1 to 16 letters and digits")
        return
    with lock:
        if name.lower() in guests:
            client.put(f"error: {name} is taken")
            return
        client.put("* in the room: " + ", ".join(g.name for g in guests.values()))
        tell(f"* {name} has come")
        client.name = name
        guests[name.lower()] = client
    for text in lines:
        with lock:
            tell(f"[{name}] {text}", but=client)


def serve(client):
    with client.conn:
        try:
            talk(client)
        except TooLong:
            with lock:
                leave(client)
            client.put(f"error: line longer than {LONGEST} bytes")
        except OSError:
            pass
        with lock:
            leave(client)
        client.finish()


def turn_away(client):
    with client.conn:
        client.put("error: the room is full")
        client.finish()


try:
    with socket.create_server((options.host, options.port)) as listener:
        print("listening on %s:%d" % listener.getsockname())
        while True:
            conn, peer = listener.accept()
            print("connected %s:%d" % peer)
            client = Client(conn)
            with lock:
                is_full = len(clients) >= options.max
                if not is_full:
                    clients.add(client)
            target = turn_away if is_full else serve
            threading.Thread(target=target, args=(client,), daemon=True).start()
except KeyboardInterrupt:
    with lock:
        tell("* the room closes")
        for guest in list(guests.values()):
            with guest.news:
                guest.is_over = True
                guest.news.notify()
            guest.writer.join(0.5)
except OSError as error:
    sys.exit(f"error: {options.host}:{options.port}: {error.strerror}")
