"""Lesson 12, exercise "seats", server: nothing sold twice, in plain Python."""

import argparse
import hashlib
import hmac
import json
import secrets
import socketserver
import sqlite3
import struct
import sys
import threading

SCHEMA = """
CREATE TABLE IF NOT EXISTS people (name TEXT PRIMARY KEY, role TEXT NOT NULL, salt BLOB NOT NULL, hash BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (hash TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS courses (code TEXT PRIMARY KEY, title TEXT, teacher TEXT, seats INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS slots (course TEXT, slot TEXT, PRIMARY KEY (course, slot));
CREATE TABLE IF NOT EXISTS taken (course TEXT, student TEXT, PRIMARY KEY (course, student));
CREATE TABLE IF NOT EXISTS hours (student TEXT, slot TEXT, course TEXT, PRIMARY KEY (student, slot));
CREATE TABLE IF NOT EXISTS waiting (turn INTEGER PRIMARY KEY AUTOINCREMENT, course TEXT, student TEXT, UNIQUE (course, student));
CREATE TABLE IF NOT EXISTS replies (student TEXT, id TEXT, wish TEXT, reply TEXT, PRIMARY KEY (student, id));
CREATE TABLE IF NOT EXISTS selection (one INTEGER PRIMARY KEY CHECK (one = 1), is_open INTEGER NOT NULL);
INSERT OR IGNORE INTO selection VALUES (1, 0);
"""

LONGEST = 65536
threads = threading.local()
turn = threading.Lock()  # SQLite's own waiting polls: among threads a lock is quicker
options = argparse.Namespace()


class Refusal(Exception):
    pass


def database():
    """A thread's own connection to the file."""
    if not hasattr(threads, "db"):
        threads.db = sqlite3.connect(options.data, timeout=10, isolation_level=None)
        threads.db.execute("PRAGMA journal_mode = WAL")
        threads.db.execute("PRAGMA synchronous = FULL")
    return threads.db


class transaction:
    """All of it, or nothing."""

    def __enter__(self):
        turn.acquire()
        try:
            self.db = database()
            self.db.execute("BEGIN IMMEDIATE")
        except BaseException:
            turn.release()
            raise
        return self.db

    def __exit__(self, kind, *_):
        try:
            self.db.execute("COMMIT" if kind is None else "ROLLBACK")
        finally:
            turn.release()


def derive(password, salt):
    return hashlib.scrypt(password.encode(), salt=salt, n=options.cost, r=8, p=1)


def hash_token(token):
    return hashlib.sha256(token.encode()).hexdigest()


def add_person(name, password, role):
    salt = secrets.token_bytes(16)
    row = (name, role, salt, derive(password, salt))
    with transaction() as db:
        if db.execute("SELECT 1 FROM people WHERE name = ?", (name,)).fetchone():
            raise Refusal("that name is taken")
        db.execute("INSERT INTO people VALUES (?, ?, ?, ?)", row)


def log_in(name, password):
    row = database().execute("SELECT role, salt, hash FROM people WHERE name = ?", (name,)).fetchone()
    role, salt, kept = row or ("", b"nobody", b"")
    if not hmac.compare_digest(derive(password, salt), kept):
        raise Refusal("wrong name or password")
    token = secrets.token_urlsafe(24)
    with transaction() as db:
        db.execute("INSERT INTO tokens VALUES (?, ?)", (hash_token(token), name))
    return {"token": token, "role": role}


def decide(db, student, op, course, id_):
    """A wish, once. Gives the reply, and who moved up."""
    asked = f"{op} {course}"
    kept = db.execute("SELECT wish, reply FROM replies WHERE student = ? AND id = ?", (student, id_)).fetchone()
    if kept:
        return (json.loads(kept[1]) if kept[0] == asked else {"error": "that id was used for another wish"}), None
    promoted = None
    try:
        ok, promoted = (select if op == "select" else drop)(db, student, course)
        reply = {"ok": ok}
    except Refusal as refusal:
        reply = {"error": str(refusal)}
    db.execute("INSERT INTO replies VALUES (?, ?, ?, ?)", (student, id_, asked, json.dumps(reply)))
    return reply, promoted


def look(db, course):
    if not db.execute("SELECT is_open FROM selection").fetchone()[0]:
        raise Refusal("the selection is closed")
    row = db.execute("SELECT seats FROM courses WHERE code = ?", (course,)).fetchone()
    if row is None:
        raise Refusal("no such course")
    return row[0]


def clashes(db, student, course):
    return db.execute(
        "SELECT 1 FROM hours JOIN slots USING (slot) WHERE student = ? AND slots.course = ?", (student, course)
    ).fetchone()


def take(db, student, course):
    db.execute("INSERT INTO taken VALUES (?, ?)", (course, student))
    db.execute("INSERT INTO hours SELECT ?, slot, course FROM slots WHERE course = ?", (student, course))


def select(db, student, course):
    seats = look(db, course)
    for table in ("taken", "waiting"):
        if db.execute(f"SELECT 1 FROM {table} WHERE course = ? AND student = ?", (course, student)).fetchone():
            raise Refusal("you have that already")
    if clashes(db, student, course):
        raise Refusal("your timetable has something else then")
    if db.execute("SELECT count(*) FROM taken WHERE course = ?", (course,)).fetchone()[0] < seats:
        take(db, student, course)
        return {"state": "seated"}, None
    db.execute("INSERT INTO waiting (course, student) VALUES (?, ?)", (course, student))
    place = db.execute("SELECT count(*) FROM waiting WHERE course = ?", (course,)).fetchone()[0]
    return {"state": "waiting", "place": place}, None


def drop(db, student, course):
    look(db, course)
    gone = {"state": "dropped"}
    if db.execute("DELETE FROM waiting WHERE course = ? AND student = ?", (course, student)).rowcount:
        return gone, None
    if not db.execute("DELETE FROM taken WHERE course = ? AND student = ?", (course, student)).rowcount:
        raise Refusal("you have no seat there")
    db.execute("DELETE FROM hours WHERE course = ? AND student = ?", (course, student))
    for (name,) in db.execute("SELECT student FROM waiting WHERE course = ? ORDER BY turn", (course,)).fetchall():
        if not clashes(db, name, course):
            db.execute("DELETE FROM waiting WHERE course = ? AND student = ?", (course, name))
            take(db, name, course)
            return gone, name
    return gone, None


def courses(db):
    rows = db.execute(
        """SELECT code, title, teacher, seats, seats - (SELECT count(*) FROM taken WHERE course = code)
           FROM courses ORDER BY code"""
    ).fetchall()
    keys = ("code", "title", "teacher", "seats", "left")
    return [{**dict(zip(keys, row)), "slots": slots_of(db, row[0])} for row in rows]


def slots_of(db, course):
    return [slot for (slot,) in db.execute("SELECT slot FROM slots WHERE course = ? ORDER BY slot", (course,))]


class Client(socketserver.StreamRequestHandler):
    everyone = {}  # the connections of each student
    guard = threading.Lock()

    def setup(self):
        super().setup()
        print("connected %s:%d" % self.client_address, flush=True)
        self.lock = threading.Lock()

    def send(self, message):
        payload = json.dumps(message).encode()
        with self.lock:
            self.wfile.write(struct.pack("<i", len(payload)) + payload)

    def handle(self):
        try:
            while len(prefix := self.rfile.read(4)) == 4:
                (length,) = struct.unpack("<i", prefix)
                if not 0 <= length <= LONGEST:
                    return
                self.send(self.answer(self.rfile.read(length)))
        except OSError:
            pass  # the client has gone

    def finish(self):
        with self.guard:
            for members in self.everyone.values():
                members.discard(self)
        if hasattr(threads, "db"):
            threads.db.close()
        try:
            super().finish()
        except OSError:
            pass

    def answer(self, payload):
        id_ = None
        try:
            request = json.loads(payload)
            id_ = request["id"]
            if not isinstance(id_, str):
                raise Refusal("an id is a text")
            return {"id": id_, **self.perform(request)}
        except Refusal as refusal:
            return {"id": id_, "error": str(refusal)}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return {"id": id_, "error": f"no such request: {error}"}

    def perform(self, request):
        op = request["op"]
        db = database()
        if op == "ping":
            return {"ok": "pong"}
        if op == "courses":
            return {"ok": courses(db)}
        if op == "signup":
            add_person(request["name"], request["password"], "student")
        if op in ("signup", "login"):
            return {"ok": log_in(request["name"], request["password"])}
        row = db.execute(
            "SELECT people.name, role FROM tokens JOIN people USING (name) WHERE tokens.hash = ?",
            (hash_token(request["token"]),),
        ).fetchone()
        if row is None:
            raise Refusal("log in first")
        name, role = row
        with self.guard:
            self.everyone.setdefault(name, set()).add(self)
        if role == "student":
            return self.for_student(name, op, request)
        if role == "admin":
            return {"ok": self.for_admin(op, request)}
        raise Refusal("not for you")

    def for_student(self, name, op, request):
        if op == "timetable":
            codes = {
                key: [code for (code,) in database().execute(
                    f"SELECT course FROM {table} WHERE student = ? ORDER BY course", (name,))]
                for key, table in (("seated", "taken"), ("waiting", "waiting"))
            }
            return {"ok": codes}
        if op not in ("select", "drop"):
            raise Refusal("not for you")
        with transaction() as db:
            reply, promoted = decide(db, name, op, request["course"], request["id"])
        with self.guard:
            others = list(self.everyone.get(promoted, ()))
        for other in others:
            try:
                other.send({"event": "promoted", "course": request["course"]})
            except (OSError, ValueError):
                pass  # they have gone
        return reply

    def for_admin(self, op, request):
        if op == "add_teacher":
            add_person(request["name"], request["password"], "teacher")
        elif op == "add_course":
            code = request["code"]
            with transaction() as db:
                db.execute("INSERT INTO courses VALUES (?, ?, ?, ?)",
                           (code, request["title"], request["teacher"], request["seats"]))
                db.executemany("INSERT INTO slots VALUES (?, ?)", [(code, slot) for slot in request["slots"]])
        elif op in ("open", "close"):
            with transaction() as db:
                db.execute("UPDATE selection SET is_open = ?", (op == "open",))
        elif op == "students":
            rows = database().execute("SELECT student FROM taken WHERE course = ? ORDER BY student", (request["course"],))
            return [{"student": student, "grade": None} for (student,) in rows]
        else:
            raise Refusal("not for you")
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 512


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8012)
    parser.add_argument("--data", default="school.db")
    parser.add_argument("--admin")
    parser.add_argument("--cost", type=int, default=16384)
    parser.parse_args(namespace=options)
    if not 0 <= options.port <= 65535:
        parser.error("--port takes a number from 0 to 65535")
    database().executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")
    if options.admin:
        password = sys.stdin.readline().rstrip("\n")
        try:
            add_person(options.admin, password, "admin")
        except Refusal:
            pass  # there is one already
    try:
        with Server((options.host, options.port), Client) as server:
            print("listening on %s:%d" % server.server_address, flush=True)
            server.serve_forever()
    except KeyboardInterrupt:
        pass  # Ctrl-C: exit code 0
    except OSError as error:
        sys.exit(f"error: {options.host}:{options.port}: {error.strerror}")


main()
