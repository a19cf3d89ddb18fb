"""Checks the crypto of `envelope` against the vectors of contract ida section 9, with no server."""

import base64
import hashlib
import json
import pathlib

from cryptography.hazmat.primitives import serialization

import envelope
import partner as sdk
from steps import Mismatch, compare, expect

VECTORS = pathlib.Path(__file__).parent / "vectors" / "ida.json"


class SelfTest:
    """One `step_` method a statement of section 9."""

    def __init__(self):
        vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
        self.sealed, self.pair, self.reply, self.jws, self.small = (
            vectors[n] for n in ("9.1", "9.2", "9.3", "9.4", "9.5"))
        self.key, self.iv = bytes.fromhex(self.sealed["key"]), bytes.fromhex(self.sealed["iv"])
        self.private = serialization.load_der_private_key(
            base64.b64decode(self.pair["privateKey"]), password=None)
        self.certificate = envelope.load_certificate(base64.b64decode(self.pair["certificate"]))

    def step_01_a_wrong_tag_or_a_short_blob_does_not_open(self):
        """3.1."""
        data = bytearray(envelope.from_b64u(self.sealed["request"]))
        data[-17] ^= 1
        for wrong in (bytes(data), bytes(31), b""):
            refused(lambda: envelope.open_blob(self.key, wrong))

    def step_02_a_changed_body_or_header_does_not_verify(self):
        """9.4, last paragraph."""
        body = self.jws["body"].encode()
        for name in ("sdk", "rfc"):
            value = self.jws[name]
            refused(lambda: envelope.verify_detached(value, body + b" "))
            refused(lambda: envelope.verify_detached("f" + value[1:], body))
            refused(lambda: envelope.verify_detached(value.replace("..", ".e30.", 1), body))
        refused(lambda: envelope.verify_detached(None, body))

    def step_03_request_and_digest_seal_to_the_vector(self):
        """9.1."""
        inner = self.sealed["inner"].encode()
        sealed = envelope.seal(inner, self.certificate, self.key, self.iv)
        compare(self.sealed["request"], sealed["request"], "request")
        compare(self.sealed["requestHMAC"], sealed["requestHMAC"], "requestHMAC")
        compare(self.sealed["sha256"], envelope.digest_text(inner), "sha256")

    def step_04_the_inner_json_has_the_order_and_blanks_of_the_sdk(self):
        """9.1 and 4.1."""
        inner = sdk.Partner.inner(None, otp="111111", timestamp="2025-01-16T11:02:15.000Z")
        compare(self.sealed["inner"], inner.decode(), "inner")

    def step_05_thumbprint_and_session_key(self):
        """9.2: the vector's session key opens, and so does one made here."""
        compare(self.pair["sha256"], envelope.thumbprint(self.certificate).hex().upper(), "hex")
        sealed = envelope.seal(b"{}", self.certificate, self.key)
        compare(self.pair["thumbprint"], sealed["thumbprint"], "thumbprint")
        for text in (self.pair["requestSessionKey"], sealed["requestSessionKey"]):
            expect(len(text) == 344, "344 characters", len(text))
            opened = self.private.decrypt(envelope.from_b64u(text), envelope.OAEP)
            expect(opened == self.key, "the vector's AES key", opened.hex())

    def step_06_a_kyc_identity_opens(self):
        """9.3."""
        response = {"identity": self.reply["identity"],
                    "sessionKey": self.pair["requestSessionKey"].rstrip("=")}
        compare(json.loads(self.reply["identityJson"]),
                envelope.open_identity(response, self.private), "identity")

    def step_07_both_signature_forms_come_out_exactly(self):
        """9.4: RS256 is deterministic."""
        body = self.jws["body"].encode()
        for name, header in (("sdk", envelope.sdk_header), ("rfc", envelope.rfc_header)):
            made = envelope.sign_detached(body, self.private, header(self.certificate))
            compare(self.jws[name], made, name)
            _, certificate = envelope.verify_detached(made, body)
            expect(envelope.der(certificate) == envelope.der(self.certificate),
                   "the vector's certificate", certificate.subject)

    def step_08_masks(self):
        """9.5."""
        for given, masked in self.small["mobiles"].items():
            compare(masked, envelope.mask_mobile(given), given)
        for given, masked in self.small["emails"].items():
            compare(masked, envelope.mask_email(given), given)

    def step_09_check_digits(self):
        """9.5."""
        for number in self.small["verhoeff"]:
            expect(envelope.verhoeff_valid(number), number + " valid", "invalid")
            wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
            expect(not envelope.verhoeff_valid(wrong), wrong + " invalid", "valid")
        for number, digit in self.small["checkDigits"].items():
            compare(digit, envelope.check_digit(number), number)

    def step_10_user_tokens(self):
        """9.5 and 5.6."""
        for row in self.small["userTokens"]:
            compare(row["token"], envelope.user_token(
                row["individualToken"], row["uinSalt"], row["partnerCodeSalt"], row["code"]),
                row["code"])

    def step_11_the_x5c_text_breaks_at_76_and_ends_with_a_newline(self):
        """3.5."""
        lines = envelope.pem_x5c(self.certificate).split("\n")
        expect(lines[-1] == "" and {len(line) for line in lines[:-2]} == {76}
               and 0 < len(lines[-2]) <= 76, "lines of 76", [len(line) for line in lines])
        pem = base64.b64decode("".join(lines))
        expect(pem.startswith(envelope.PEM_START) and pem.endswith(b"-----\n"), "PEM text", pem[:30])
        expect(hashlib.sha256(envelope.der(envelope.load_certificate(pem))).hexdigest().upper()
               == self.pair["sha256"], "the same certificate", "another")


def refused(call):
    """Raises Mismatch unless the call is refused."""
    try:
        call()
    except envelope.EnvelopeFault:
        return
    raise Mismatch("expected a refusal, received none")
