"""When the certificate that a server shows runs out, whoever signed it."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime

UTC_TIME, VERSION = 0x17, 0xA0
TIMEOUT_SECONDS = 2


def not_after(address: str) -> float:
    """The end of the validity shown at `host:port`, in seconds since 1970.

    Raises OSError where nobody answers in two seconds, or speaks no TLS.
    """
    host, _, port = address.rpartition(":")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Nothing is sent. One that is not trusted, or has run out, is to be read as well.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((host, int(port)), TIMEOUT_SECONDS) as link,
        context.wrap_socket(link, server_hostname=host) as server,
    ):
        return end_of_validity(server.getpeercert(binary_form=True) or b"")


def end_of_validity(der: bytes) -> float:
    """RFC 5280 §4.1: the second time in `validity`, the one sequence of two times."""
    (_, certificate), *_ = values(der)
    (_, to_be_signed), *_ = values(certificate)
    parts = [content for tag, content in values(to_be_signed) if tag != VERSION]
    _serial, _algorithm, _issuer, validity, *_ = parts
    _, (tag, text) = values(validity)
    # RFC 5280 §4.1.2.5: years until 2049 have two digits, in a kind of their own.
    form = "%y%m%d%H%M%SZ" if tag == UTC_TIME else "%Y%m%d%H%M%SZ"
    return datetime.strptime(text.decode(), form).replace(tzinfo=UTC).timestamp()


def values(der: bytes) -> Iterator[tuple[int, bytes]]:
    """The tags and contents that stand one after another (X.690 §8.1)."""
    while der:
        tag, length, start = der[0], der[1], 2
        if length & 0x80:  # the length of the length
            start += length & 0x7F
            length = int.from_bytes(der[2:start])
        yield tag, der[start : start + length]
        der = der[start + length :]
