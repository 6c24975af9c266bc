"""Calls a method with the bytes of a file and says the status a gRPC client sees.

usage: grpc_status.py ADDRESS METHOD FILE [AUTHORITY [CERTIFICATE KEY]]

METHOD is `package.Service/Method`. With AUTHORITY (a file) TLS, with CERTIFICATE
and KEY as a client that has one.
"""

import sys

import grpc


def read(path):
    with open(path, "rb") as file:
        return file.read()


def main():
    address, method, body, *tls = sys.argv[1:]
    options = [("grpc.max_send_message_length", -1)]
    if tls:
        authority, certificate, key = (read(path) for path in tls) if len(tls) == 3 else (read(tls[0]), None, None)
        credentials = grpc.ssl_channel_credentials(authority, key, certificate)
        channel = grpc.secure_channel(address, credentials, options)
    else:
        channel = grpc.insecure_channel(address, options)
    try:
        channel.unary_unary("/" + method)(read(body), timeout=10)
        print("OK")
    except grpc.RpcError as error:
        print(error.code().name)


if __name__ == "__main__":
    main()
