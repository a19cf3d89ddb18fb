"""Turns the request half of a conversation's step into bytes on the wire.

Right by default: bodies, seal and signature of the published SDK. Each mutation is one key of the
step: `body`, `inner`, `innerRaw`, `raw`, `seal`, `sign`, `headers`, `path`, `encode`, `query`, `method`
(README.md).
"""

import hashlib
import hmac
import json
import os
import urllib.parse

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

import envelope
import partner as sdk
from templates import Unknown

ID_TYPES = {"uin": "UIN", "vid": "VID", "handle": "HANDLE"}
STEP_KEYS = {"send", "who", "as", "body", "inner", "innerRaw", "raw", "seal", "sign", "headers",
             "path", "encode", "query", "method", "expect", "watch", "times", "save"}
SEAL_KEYS = {"digest", "key", "thumbprint", "session", "tamper"}


class Requester:
    """Builds and sends the requests of one conversation."""

    def __init__(self, partner, words):
        self.partner, self.words = partner, words

    def send(self, step):
        """Sends one step's request; returns the answer and the transaction id that it carried."""
        unknown = set(step) - STEP_KEYS
        if unknown:
            raise Unknown("unknown keys of a step: %s" % sorted(unknown))
        door = step["send"]
        txn = None
        if "raw" in step:
            data = self.words.fill(step["raw"]).encode()
        else:
            body = self._body(door, step)
            txn = body.get("transactionID")
            data = sdk.compact(body).encode()
        headers = self._headers(step, data)
        answer = self.partner.send(self._path(door, step), data, headers, step.get("method", "POST"))
        return answer, txn

    def _individual(self, step):
        if "who" not in step:
            return self.words.word("unknown uin"), "UIN"
        member = step.get("as") or self.words.people[step["who"]].get("as", "uin")
        return self.words.word(step["who"] + "." + member), ID_TYPES[member]

    def _body(self, door, step):
        individual, kind = self._individual(step)
        changes = self.words.fill(step.get("body", {}))
        txn = self.words.saved["txn"]
        if door == "otp":
            return self.partner.otp_body(individual, kind, txn=txn, changes=changes)
        if door not in sdk.DOORS:
            raise Unknown("no door " + door)
        moment = sdk.stamp(sdk.now())
        inner = self._inner(step, moment)
        sealed = self._seal(step.get("seal", {}), inner)
        return self.partner.auth_body(
            door, individual, kind, sealed, txn, True, moment, changes)

    def _inner(self, step, moment):
        if "innerRaw" in step:
            return self.words.fill(step["innerRaw"]).encode()
        given = self.words.fill(step.get("inner", {}))
        demographics = given.pop("demographics", None)
        otp = given.pop("otp", "")
        if otp is sdk.ABSENT:
            otp, given["otp"] = "", sdk.ABSENT
        return self.partner.inner(otp, demographics, moment, given)

    # Sealing, right and wrong

    def _seal(self, how, inner):
        unknown = set(how) - SEAL_KEYS
        if unknown:
            raise Unknown("unknown keys of seal: %s" % sorted(unknown))
        digest = {"lower": envelope.digest_text(inner).lower(),
                  "other": envelope.digest_text(inner + b" "), None: None}[how.get("digest")]
        key = os.urandom(how.get("key", 32))
        sealed = envelope.seal(inner, self.partner.server_certificate, key, digest=digest)
        if "session" in how:
            sealed["requestSessionKey"] = self._session(how["session"], key)
        if "thumbprint" in how:
            sealed["thumbprint"] = self._thumbprint(how["thumbprint"])
        if "tamper" in how:
            member = how["tamper"]
            raw = bytearray(envelope.from_b64u(sealed[member]))
            raw[-envelope.IV - 1] ^= 1
            sealed[member] = envelope.b64u(bytes(raw))
        return sealed

    def _session(self, how, key):
        public = self.partner.server_certificate.public_key()
        if how == "random":
            return envelope.b64u(b"\x01" + os.urandom(255))
        if how == "short":
            return envelope.b64u(os.urandom(32))
        if how == "pkcs1":
            return envelope.b64u(public.encrypt(key, padding.PKCS1v15()))
        if how == "mgf1-sha1":
            return envelope.b64u(public.encrypt(key, padding.OAEP(
                padding.MGF1(hashes.SHA1()), hashes.SHA256(), None)))
        if how == "unpadded":
            return envelope.b64u(public.encrypt(key, envelope.OAEP), padded=False)
        raise Unknown("no way to spoil a session key: " + how)

    def _thumbprint(self, how):
        value = envelope.thumbprint(self.partner.server_certificate)
        forms = {"hex": value.hex().upper(), "lower hex": value.hex(),
                 "unpadded": envelope.b64u(value, padded=False),
                 "stranger": envelope.b64u(os.urandom(32)), "text": "no thumbprint!"}
        return forms[how]

    # Signing, right and wrong

    def _headers(self, step, data):
        headers = self.partner.headers(self._signature(step.get("sign", "signed"), data))
        for name, value in self.words.fill(step.get("headers", {})).items():
            headers[name] = None if value is sdk.ABSENT else value
        return headers

    def _signature(self, how, data):
        one = self.partner
        if how == "signed":
            return one.signature(data)
        if how == "rfc":
            return envelope.sign_detached(
                data, one.sign_key, envelope.rfc_header(one.sign_certificate))
        if how == "own":
            return one.signature(data, one.own_key, one.own_certificate)
        if how == "stranger":
            return one.signature(data, *envelope.self_signed())
        if how == "strangers key":
            return one.signature(data, envelope.self_signed()[0], one.sign_certificate)
        if how == "other body":
            return one.signature(data + b" ")
        if how == "with payload":
            head, _, tail = one.signature(data).split(".")
            return ".".join((head, envelope.b64u(data, padded=False), tail))
        if how == "two parts":
            return one.signature(data).replace("..", ".")
        if how == "no certificate":
            return envelope.sign_detached(data, one.sign_key, json.dumps({"alg": "RS256"}))
        if how == "none":
            header = envelope.b64u(
                envelope.sdk_header(one.sign_certificate, "none").encode(), padded=False)
            return header + ".."
        if how == "hs256":
            return self._hs256(data)
        if how == "empty":
            return ""
        if how == "absent":
            return None
        raise Unknown("no way to sign: " + how)

    def _hs256(self, data):
        """The public key's bytes misused as a shared secret."""
        header = envelope.sdk_header(self.partner.sign_certificate, "HS256")
        first = envelope.b64u(header.encode(), padded=False)
        signed = (first + "." + envelope.b64u(data, padded=False)).encode()
        secret = envelope.der(self.partner.sign_certificate)
        return first + ".." + envelope.b64u(
            hmac.new(secret, signed, hashlib.sha256).digest(), padded=False)

    def _path(self, door, step):
        if "path" in step:
            segments = self.words.fill(step["path"])
            encode = percent_encoded if step.get("encode") else urllib.parse.quote
            path = "/".join([segments[0]] + [encode(str(s), safe="") for s in segments[1:]])
        else:
            path = self.partner.path(door)
        return path + ("?" + step["query"] if "query" in step else "")


def percent_encoded(text, safe):
    """Every byte as %XX, even those that need it not."""
    return "".join(chr(b) if chr(b) in safe else "%%%02X" % b for b in text.encode())
