"""A software relying party for contract ida: builds, seals, signs and sends what the published
Python SDK would, byte for byte, and reads the answers.

Requires python3-cryptography 38 and python3-requests, and the files of section 11 that a demo
server writes into `DATA/partner`.
"""

import datetime
import json
import os
import pathlib
import re
import secrets
import time
import tomllib
import urllib.parse

import requests
from cryptography.hazmat.primitives.serialization import pkcs12

import envelope

DOORS = {"otp": "mosip.identity.otp", "auth": "mosip.identity.auth", "kyc": "mosip.identity.kyc"}
ABSENT = object()


def compact(value):
    """JSON as pydantic 2 writes it: compact, raw UTF-8 (4.1)."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def stamp(moment):
    """The SDK's time: UTC, three digits of milliseconds, Z (2.5)."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + moment.strftime(".%f")[0:4] + "Z"


def now(shift=0.0):
    """The current UTC time, moved by `shift` seconds."""
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=shift)


def transaction_id():
    """Ten random decimal digits, as the SDK makes them."""
    return "".join(secrets.choice("0123456789") for _ in range(10))


def merged(base, changes):
    """`base` with the members of `changes`; ABSENT removes a member, an unknown one is appended."""
    body = dict(base)
    for member, value in (changes or {}).items():
        if value is ABSENT:
            body.pop(member, None)
        else:
            body[member] = value
    return body


class Answer:
    """One answer and what is wrong with its outside: status, media type, signature (1.4, 1.5, 3.8)."""

    def __init__(self, response, signer=None):
        self.status = response.status_code
        self.bytes = response.content
        self.headers = response.headers
        self.faults = []
        self.signed_by = None
        try:
            self.json = json.loads(self.bytes)
        except ValueError:
            self.json = None
            self.faults.append("the body is no JSON: %r" % self.bytes[:120])
        self._check_outside(signer)

    def _check_outside(self, signer):
        media = self.headers.get("Content-Type", "").replace(" ", "").lower()
        if media not in ("application/json", "application/json;charset=utf-8"):
            self.faults.append("Content-Type is %r" % media)
        try:
            header, certificate = envelope.verify_detached(
                self.headers.get("response-signature"), self.bytes)
        except envelope.EnvelopeFault as fault:
            self.faults.append("response-signature: %s" % fault)
            return
        self.signed_by = envelope.thumbprint(certificate)
        if header.get("x5t#S256") != envelope.b64u(self.signed_by, padded=False):
            self.faults.append("response-signature: x5t#S256 does not fit x5c")
        if not header.get("kid"):
            self.faults.append("response-signature: no kid")
        if not envelope.valid_now(certificate):
            self.faults.append("response-signature: certificate not valid now")
        if signer is not None and signer != self.signed_by:
            self.faults.append("response-signature: signed by another key than the answers before")


class Partner:
    """The relying party that `DATA/partner/config.toml` describes."""

    def __init__(self, data, base=None, timeout=10.0):
        folder = pathlib.Path(data) / "partner"
        with open(folder / "config.toml", "rb") as file:
            config = tomllib.load(file)
        self.auth = config["mosip_auth"]
        server, encrypt, sign = (
            config["mosip_auth_server"], config["crypto_encrypt"], config["crypto_signature"])
        self.domain_uri = server["ida_auth_domain_uri"]
        self.url = (base.rstrip("/") + "/idauthentication/v1") if base else server["ida_auth_url"]
        self.base = self.url[: self.url.rindex("/idauthentication/")]
        self.timeout = timeout
        self.http = requests.Session()
        self.http.trust_env = False
        # The one thing of the environment that counts: whom an HTTPS server may be certified by.
        self.http.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
        self.server_certificate = envelope.load_certificate(
            self._file(folder, encrypt["encrypt_cert_path"]).read_bytes())
        self.own_key, self.own_certificate = self._keystore(
            folder, encrypt["decrypt_p12_file_path"], encrypt["decrypt_p12_file_password"])
        self.sign_key, self.sign_certificate = self._keystore(
            folder, sign["sign_p12_file_path"], sign["sign_p12_file_password"])
        self._response_signer = None

    @staticmethod
    def _file(folder, name):
        """The file as configured, or of that name beside the configuration (a moved folder)."""
        path = pathlib.Path(name)
        return path if path.exists() else folder / path.name

    def _keystore(self, folder, name, password):
        store = pkcs12.load_pkcs12(self._file(folder, name).read_bytes(), password.encode())
        return store.key, store.cert.certificate

    # Bodies: member order as the contract prints it

    def otp_body(self, individual, kind, txn=None, email=True, phone=True, shift=0.0, changes=None):
        """The body of 2.1."""
        channels = [name for name, wanted in (("email", email), ("phone", phone)) if wanted]
        return merged({
            "id": DOORS["otp"], "version": self.auth["ida_auth_version"],
            "individualId": individual, "individualIdType": kind,
            "transactionID": txn or transaction_id(), "requestTime": stamp(now(shift)),
            "otpChannel": channels, "metadata": {}}, changes)

    def inner(self, otp="", demographics=None, timestamp=None, changes=None):
        """The bytes of the inner request: biometrics, demographics, otp, timestamp (4.1)."""
        return compact(merged({
            "biometrics": [], "demographics": demographics, "otp": otp,
            "timestamp": timestamp or stamp(now())}, changes)).encode()

    def auth_body(self, door, individual, kind, sealed, txn=None, consent=True, request_time=None,
                  changes=None):
        """The body of 2.2 around the sealed members of `envelope.seal`."""
        return merged({
            "id": DOORS[door], "version": self.auth["ida_auth_version"],
            "individualId": individual, "individualIdType": kind,
            "transactionID": txn or transaction_id(), "requestTime": request_time or stamp(now()),
            "specVersion": "1.0", "thumbprint": sealed["thumbprint"],
            "domainUri": self.domain_uri, "env": self.auth["ida_auth_env"],
            "requestedAuth": {"demo": False, "pin": False, "otp": False, "bio": False},
            "consentObtained": consent, "requestHMAC": sealed["requestHMAC"],
            "requestSessionKey": sealed["requestSessionKey"], "request": sealed["request"],
            "metadata": {}}, changes)

    # Sending

    def signature(self, body, key=None, certificate=None):
        """The `Signature` header of the published SDK over exactly these bytes (3.5)."""
        header = envelope.sdk_header(certificate or self.sign_certificate)
        return envelope.sign_detached(body, key or self.sign_key, header)

    def path(self, door, lk=None, partner=None, api_key=None):
        """The path below the prefix, each segment percent-encoded (1.1)."""
        segments = (lk or self.auth["partner_misp_lk"], partner or self.auth["partner_id"],
                    api_key or self.auth["partner_apikey"])
        return "/".join([door] + [urllib.parse.quote(str(s), safe="") for s in segments])

    def headers(self, signature):
        """The three request headers of 1.3."""
        return {"Content-Type": "application/json",
                "Authorization": self.auth["authorization_header_constant"],
                "Signature": signature}

    def send(self, path, body, headers, method="POST"):
        """Sends exactly `body`; an answer without status 200 or signature carries faults."""
        url = self.url + "/" + path
        request = self.http.prepare_request(requests.Request(
            method, url, data=body,
            headers={name: value for name, value in headers.items() if value is not None}))
        request.url = url  # requests would decode %41 to A on the way
        response = self.http.send(request, timeout=self.timeout, allow_redirects=False)
        answer = Answer(response, self._response_signer)
        if self._response_signer is None:
            self._response_signer = answer.signed_by
        return answer

    def post(self, door, body, signature=None):
        """Serialises, signs and sends a body to a door; `signature` replaces the header's value."""
        data = compact(body).encode()
        answer = self.send(self.path(door), data, self.headers(signature or self.signature(data)))
        if answer.status != 200:
            answer.faults.append("HTTP %d" % answer.status)
        return answer

    def ask_code(self, individual, kind="UIN", **options):
        """`genotp` of the SDK."""
        return self.post("otp", self.otp_body(individual, kind, **options))

    def give(self, door, individual, kind="UIN", otp="", demographics=None, shift=0.0, txn=None,
             consent=True, signature=None):
        """`auth` and `kyc` of the SDK: one time stands in both places."""
        moment = stamp(now(shift))
        sealed = envelope.seal(
            self.inner(otp, demographics, moment), self.server_certificate)
        return self.post(door, self.auth_body(
            door, individual, kind, sealed, txn, consent, moment), signature)

    def identity(self, answer):
        """`decrypt_response` of the SDK, after the checks of 3.6 that the SDK leaves out."""
        response = answer.json["response"]
        expected = envelope.thumbprint(self.sign_certificate).hex().upper()
        if response.get("thumbprint") != expected:
            raise envelope.EnvelopeFault("thumbprint is %r, not %s" % (
                response.get("thumbprint"), expected))
        for member in ("identity", "sessionKey"):
            if not re.fullmatch(r"[A-Za-z0-9_-]+", response.get(member) or ""):
                raise envelope.EnvelopeFault("%s is not unpadded base64url" % member)
        return envelope.open_identity(response, self.own_key)

    # The demo server's own calls

    def demo(self, path, **query):
        """GET of one of the demo's own calls, as JSON."""
        response = self.http.get(self.base + path, params=query, timeout=self.timeout)
        response.raise_for_status()
        return response.json()

    def letters(self, address):
        """The outbox of one address, newest first."""
        return self.demo("/demo/outbox", to=address)


class Mailbox:
    """Reads the code of the letter that comes after the mailbox was opened."""

    CODE = re.compile(r"(?<![0-9A-Za-z])[0-9]{6}(?![0-9A-Za-z])")

    def __init__(self, partner, address):
        self.partner, self.address = partner, address
        self.before = self._head()

    def _head(self):
        letters = self.partner.letters(self.address)
        return letters[0] if letters else None

    def code(self, patience=15.0):
        """The six digits of the new letter; None when none came or it is ambiguous."""
        end = time.monotonic() + patience
        while True:
            head = self._head()
            if head is not None and head != self.before:
                found = set(self.CODE.findall(head["text"]))
                return found.pop() if len(found) == 1 else None
            if time.monotonic() > end:
                return None
            time.sleep(0.1)

    def text(self, says, patience=15.0):
        """A letter that came since and says something; None when there is none."""
        end = time.monotonic() + patience
        while True:
            for letter in self.partner.letters(self.address):
                if letter == self.before:
                    break
                if says in letter["text"]:
                    return letter["text"]
            if time.monotonic() > end:
                return None
            time.sleep(0.1)
