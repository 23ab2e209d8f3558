"""The threading server of Python's socketserver documentation, for lines."""
import socketserver


class MyTCPHandler(socketserver.StreamRequestHandler):
    def handle(self):
        for data in self.rfile:
            self.wfile.write(data.upper())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(("127.0.0.1", 0), MyTCPHandler) as server:
    print("listening on %s:%d" % server.server_address)
    server.serve_forever()
