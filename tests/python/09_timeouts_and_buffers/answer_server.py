"""Lesson 09's exercise in Python, server: jobs, with a thread for each client and for each job."""
import argparse
import os
import re
import select
import socket
import sys
import threading
import time

LONGEST = 65536
LONGEST_JOB = 60000


def number(least, most):
    def parse(text):
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"not from {least} to {most}")
        return int(text)

    return parse


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=8009)
parser.add_argument("--jobs", type=number(1, 1000), default=16)
parser.add_argument("--idle", type=number(1, 3600000), default=30000)
parser.add_argument("--stall", type=number(1, 3600000), default=5000)
parser.add_argument("--grace", type=number(1, 3600000), default=5000)
options = parser.parse_args()

desks = {}  # each with its thread


class CutOff(Exception):
    """The client takes nothing of its answers."""


class Desk:
    def __init__(self, conn, peer):
        self.conn = conn
        self.peer = peer
        self.writing = threading.Lock()
        self.news = threading.Condition()
        self.running = 0
        self.is_over = False
        self.quiet_since = time.monotonic()
        self.bell, self.button = socket.socketpair()  # wakes who waits for the client

    def send(self, line):
        data = line.encode() + b"\n"
        with self.writing:
            while data:
                stall = options.stall / 1000
                if not select.select([], [self.conn], [], stall)[1]:
                    raise CutOff
                data = data[self.conn.send(data, socket.MSG_DONTWAIT):]

    def drain(self):
        """Takes no more lines."""
        with self.news:
            self.is_over = True
            self.news.notify_all()
        self.button.send(b"!")

    def answer(self, line):
        try:
            self.send(line)
        except CutOff:
            self.cut_off()
        except OSError:
            pass  # it has left
        with self.news:
            self.running -= 1
            self.quiet_since = time.monotonic()
            self.news.notify_all()
        self.button.send(b"!")

    def cut_off(self):
        print("cut off %s:%d" % self.peer)
        self.conn.shutdown(socket.SHUT_RDWR)
        self.drain()

    def take(self, line):
        if line == b"ping":
            return self.send("pong")
        job = re.fullmatch(rb"([0-9]{1,9}) ([0-9]{1,5}) (.*)", line, re.DOTALL)
        if not job or int(job[2]) > LONGEST_JOB:
            word = line.split(b" ")[0]
            prefix = word.decode() + " " if re.fullmatch(rb"[0-9]{1,9}", word) else ""
            return self.send(prefix + "error: want <id> <ms> <text>")
        with self.news:
            while self.running >= options.jobs and not self.is_over:
                self.news.wait()
            if self.is_over:
                return
            self.running += 1
        answer = f"{job[1].decode()} {job[3].decode(errors='replace').upper()}"
        timer = threading.Timer(int(job[2]) / 1000, self.answer, [answer])
        timer.daemon = True
        timer.start()

    def receive(self):
        """The next bytes; None when there is to be no more."""
        while not self.is_over:
            with self.news:
                left = None
                if self.running == 0:
                    end = self.quiet_since + options.idle / 1000
                    left = end - time.monotonic()
            if left is not None and left <= 0:
                self.send(f"error: idle for {options.idle} ms")
                return None
            ready = select.select([self.conn, self.bell], [], [], left)[0]
            if self.bell in ready:
                self.bell.recv(1024)
            elif ready:
                return self.conn.recv(64 * 1024) or None
        return None

    def talk(self):
        rest = b""
        while (data := self.receive()) is not None:
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                if len(line) > LONGEST:
                    return self.send(f"error: line longer than {LONGEST} bytes")
                self.quiet_since = time.monotonic()
                self.take(line)
                if self.is_over:
                    break
            if len(rest) > LONGEST:
                return self.send(f"error: line longer than {LONGEST} bytes")
        with self.news:
            while self.running > 0:
                self.news.wait()

    def serve(self):
        with self.conn:
            try:
                self.talk()
            except CutOff:
                self.cut_off()
            except OSError as error:
                print("%s:%d: %s" % (*self.peer, error.strerror))
        del desks[self]


try:
    with socket.create_server((options.host, options.port)) as listener:
        print("listening on %s:%d" % listener.getsockname())
        while True:
            conn, peer = listener.accept()
            print("connected %s:%d" % peer)
            desk = Desk(conn, peer)
            desks[desk] = threading.Thread(target=desk.serve, daemon=True)
            desks[desk].start()
except KeyboardInterrupt:
    try:
        end = time.monotonic() + options.grace / 1000
        threads = list(desks.values())
        for desk in list(desks):
            desk.drain()
        for thread in threads:
            thread.join(max(0, end - time.monotonic()))
    except KeyboardInterrupt:
        pass  # the second one
    os._exit(0)
except OSError as error:
    sys.exit(f"error: {options.host}:{options.port}: {error.strerror}")
