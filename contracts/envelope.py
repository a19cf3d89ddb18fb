"""The message protection of contract ida section 3, as a relying party sees it.

Everything here works on bytes and certificates alone: no network, no configuration. Requires
python3-cryptography 38 or newer.
"""

import base64
import datetime
import hashlib
import json
import os

from cryptography import x509
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID

TAG, IV = 16, 16
OAEP = padding.OAEP(
    mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
PEM_START = b"-----BEGIN CERTIFICATE-----"


class EnvelopeFault(Exception):
    """A message that section 3 does not allow; the text says which rule it breaks."""


# Text forms


def b64u(data, padded=True):
    """Base64 with the URL alphabet; the published SDK keeps the padding in bodies."""
    text = base64.urlsafe_b64encode(data).decode()
    return text if padded else text.rstrip("=")


def from_b64u(text):
    """Decodes the URL alphabet only, padding optional (3.1)."""
    if not isinstance(text, str):
        raise EnvelopeFault("not a string: %r" % (text,))
    if set(text) & set("+/ \t\r\n"):
        raise EnvelopeFault("not the URL alphabet")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as fault:
        raise EnvelopeFault("not base64: %s" % fault) from fault


def der(certificate):
    """The certificate's DER bytes."""
    return certificate.public_bytes(serialization.Encoding.DER)


def thumbprint(certificate):
    """SHA-256 over the certificate's DER (3.3)."""
    return hashlib.sha256(der(certificate)).digest()


def load_certificate(data):
    """Reads PEM or DER."""
    if data.lstrip().startswith(PEM_START):
        return x509.load_pem_x509_certificate(data)
    return x509.load_der_x509_certificate(data)


def digest_text(data):
    """Upper-case hex SHA-256: what `requestHMAC` carries, encrypted (3.2 step 4)."""
    return hashlib.sha256(data).hexdigest().upper()


# The blob and the two directions of encryption


def blob(key, data, iv=None):
    """ciphertext, tag (16), IV (16) of AES-256-GCM (3.1). A given `iv` is for vectors only."""
    iv = iv or os.urandom(IV)
    return AESGCM(key).encrypt(iv, data, None) + iv


def open_blob(key, data):
    """The reverse of `blob`."""
    if len(data) < TAG + IV:
        raise EnvelopeFault("a blob of %d bytes" % len(data))
    try:
        return AESGCM(key).decrypt(data[-IV:], data[:-IV], None)
    except InvalidTag as fault:
        raise EnvelopeFault("the blob's tag is wrong") from fault


def seal(inner, certificate, key=None, iv=None, digest=None):
    """The four sealed members of an auth or kyc body (3.2), as the published SDK writes them.

    `key`, `iv` and `digest` are for vectors and for deliberately wrong requests.
    """
    key = key or os.urandom(32)
    digest = digest_text(inner) if digest is None else digest
    return {
        "thumbprint": b64u(thumbprint(certificate)),
        "requestHMAC": b64u(blob(key, digest.encode(), iv)),
        "requestSessionKey": b64u(certificate.public_key().encrypt(key, OAEP)),
        "request": b64u(blob(key, inner, iv)),
    }


def open_identity(response, private_key):
    """The decrypted identity object of a kyc `response` (3.6), as `decrypt_response` reads it."""
    try:
        key = private_key.decrypt(from_b64u(response["sessionKey"]), OAEP)
    except ValueError as fault:
        raise EnvelopeFault("sessionKey does not open with the partner's key") from fault
    return json.loads(open_blob(key, from_b64u(response["identity"])))


# Detached signatures


def pem_x5c(certificate):
    """The x5c entry of the published SDK: base64 of PEM text, a newline each 76 and at the end."""
    return base64.encodebytes(certificate.public_bytes(serialization.Encoding.PEM)).decode()


def der_x5c(certificate):
    """The x5c entry of RFC 7515: standard base64 of DER on one line."""
    return base64.b64encode(der(certificate)).decode()


def sdk_header(certificate, alg="RS256"):
    """The protected header of the published SDK, with its blanks (3.5)."""
    return json.dumps({"alg": alg, "x5c": [pem_x5c(certificate)]})


def rfc_header(certificate, alg="RS256"):
    """The protected header as RFC 7515 has it."""
    return json.dumps({"alg": alg, "x5c": [der_x5c(certificate)]}, separators=(",", ":"))


def sign_detached(body, private_key, header):
    """header..signature over the exact bytes of `body` (RFC 7515 appendix F), RS256."""
    first = b64u(header.encode(), padded=False)
    signed = (first + "." + b64u(body, padded=False)).encode()
    return first + ".." + b64u(
        private_key.sign(signed, padding.PKCS1v15(), hashes.SHA256()), padded=False)


def verify_detached(value, body):
    """Checks a `response-signature` (3.8) over the exact bytes `body`; returns (header, certificate).

    The path to a CA is not checked here: the published data holds no anchor for the server's
    signing key.
    """
    parts = (value or "").split(".")
    if len(parts) != 3:
        raise EnvelopeFault("no compact JWS: %r" % (value or "")[:40])
    if parts[1]:
        raise EnvelopeFault("the JWS is not detached")
    try:
        header = json.loads(from_b64u(parts[0]))
        certificate = load_certificate(base64.b64decode("".join(header["x5c"][0].split())))
    except (ValueError, KeyError, IndexError, TypeError) as fault:
        raise EnvelopeFault("unreadable protected header: %r" % fault) from fault
    if header.get("alg") != "RS256":
        raise EnvelopeFault("alg is %r, not RS256" % header.get("alg"))
    signed = (parts[0] + "." + b64u(body, padded=False)).encode()
    try:
        certificate.public_key().verify(
            from_b64u(parts[2]), signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as fault:
        raise EnvelopeFault("the signature does not fit the body's bytes") from fault
    return header, certificate


def valid_now(certificate):
    """Whether the certificate's dates include this moment."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    return certificate.not_valid_before <= now <= certificate.not_valid_after


def self_signed(common_name="stranger"):
    """A fresh key and a certificate that no CA of anybody has signed."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = (x509.CertificateBuilder().subject_name(name).issuer_name(name)
               .public_key(key.public_key()).serial_number(x509.random_serial_number())
               .not_valid_before(now - datetime.timedelta(days=1))
               .not_valid_after(now + datetime.timedelta(days=30)))
    return key, builder.sign(key, hashes.SHA256())


# Masks, tokens, check digits


def mask_mobile(number):
    """The first half (rounded down) and one more become X (5.1)."""
    hidden = len(number) // 2 + 1
    return "X" * hidden + number[hidden:]


def mask_email(address):
    """Before the first @ only each third character stays (5.1)."""
    local, at, rest = address.partition("@")
    return "".join(c if i % 3 == 0 else "X" for i, c in enumerate(local, 1)) + at + rest


def user_token(individual_token, uin_salt, partner_code_salt, code):
    """The authToken of the kinds `partner` and `policy` (5.6)."""
    def twice(text):
        return hashlib.sha256(hashlib.sha256(text.encode()).digest()).hexdigest().upper()
    u = twice(individual_token + uin_salt)
    return str(int.from_bytes(twice(partner_code_salt + code + u).encode(), "big"))[:36]


def check_digit(digits):
    """The Verhoeff check digit of a string of digits."""
    permute = [list(range(10))]
    first = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    while len(permute) < 8:
        permute.append([first[d] for d in permute[-1]])
    product = 0
    for i, digit in enumerate(reversed(digits), 1):
        product = _dihedral(product, permute[i % 8][int(digit)])
    return next(d for d in range(10) if _dihedral(d, product) == 0 or _dihedral(product, d) == 0)


def verhoeff_valid(digits):
    """Whether the last digit is the Verhoeff check digit of the others."""
    return int(digits[-1]) == check_digit(digits[:-1])


def _dihedral(a, b):
    """The product of two elements of the dihedral group of order ten."""
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b - 5) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5
