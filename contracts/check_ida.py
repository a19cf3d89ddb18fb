#!/usr/bin/python3
"""Plays a relying party against a running demo server: the acceptance run of contract ida 10.2.

Sends exactly the bytes that the contract gives for the published Python SDK and checks each answer:
HTTP 200, `response-signature`, members, order and values. Needs Python 3.11, python3-cryptography
and python3-requests. Exit code 0 when every step passed, 1 when one failed, 2 when there was
nothing to run against.
"""

import argparse
import base64
import re
import sys

import requests

import envelope
import partner as sdk
from steps import Mismatch, compare, expect, run, steps_of
from templates import PATTERNS, TOKEN

JAMES = "2047631038"
TIME = PATTERNS["time"]
IDENTITY = re.compile(
    r"(name|gender|addressLine1|location1)_(eng|ara|fra)|dob|phone|email|face")


def error(code, message, action=None):
    """An error object of 2.7."""
    shown = {"errorCode": code, "errorMessage": message}
    return shown if action is None else {**shown, "actionMessage": action}


GENERIC = error("IDA-MLC-007", "Request could not be processed. Please try again")
UNTRUSTED = error(
    "IDA-MPA-001", "Digital signature verification failed for signature header")
INVALID = error("IDA-OTA-004", "OTP is invalid", "Please provide correct OTP value")
NOT_ASKED = error("IDA-OTA-012",
                  "OTP validation can't be performed against this Individual-ID. Generate OTP first.")
OTHER_TRANSACTION = error(
    "IDA-OTA-005", "Input transactionID does not match transactionID of OTP Request")
NO_FACTOR = error("IDA-MLC-008", "No authentication type selected")
NO_CONSENT = error("IDA-MLC-012", "Individual's Consent is not available")
FROZEN = error("IDA-OTA-013", "OTP request/validation has been frozen for the Individual-ID for 30 "
               "seconds due to consecutive failure attempts for 5 times.")
LATE = "Request to be received at MOSIP within 30 seconds"
LATE_ACTION = "Please send the request within 30 seconds"


def kyc_refusal(*errors):
    """The error answer of `/kyc`: ids null (5.5), members in the source document's order."""
    return {"transactionID": None, "version": None, "id": None, "errors": list(errors),
            "responseTime": TIME,
            "response": {"kycStatus": False, "authToken": None, "thumbprint": None,
                         "identity": None, "sessionKey": None}}


def kyc_mismatch(txn, *errors):
    """The answer of `/kyc` to a factor that does not match (5.3)."""
    return {"transactionID": txn, "version": "1.0", "id": "mosip.identity.kyc",
            "errors": list(errors), "responseTime": TIME,
            "response": {"kycStatus": False, "authToken": TOKEN, "thumbprint": None,
                         "identity": None, "sessionKey": None}}


def auth_answer(txn, errors, status, token):
    """An answer of `/auth` (5.2, 5.5)."""
    return {"transactionID": txn, "version": "1.0", "id": "mosip.identity.auth", "errors": errors,
            "responseTime": TIME, "response": {"authStatus": status, "authToken": token}}


def outside(answer):
    """Raises Mismatch for an answer whose status, media type or signature is wrong."""
    if answer.status != 200:
        raise Mismatch("expected HTTP 200, received HTTP %d %r" % (
            answer.status, answer.bytes[:200]))
    if answer.faults:
        raise Mismatch("; ".join(answer.faults))


def check(answer, expected):
    """Both the outside of an answer and its JSON."""
    outside(answer)
    compare(expected, answer.json)


class Run:
    """The steps, in order. Each method that starts with `step_` is one line of the output."""

    def __init__(self, partner):
        self.partner = partner
        people = partner.demo("/demo/people")
        self.people = people["demoUsers"] if isinstance(people, dict) else people
        self.james = next((p for p in self.people if p.get("uin") == JAMES), None)
        plain = [p for p in self.people if p["kind"] == "plain" and p.get("uin") != JAMES]
        expect(self.james and len(plain) >= 4, "James and four plain people at least",
               "%d plain people" % len(plain))
        self.anna, self.demo_person, self.wrong_person = plain[:3]
        # Whoever gets frozen: one of the last four, whom no other step uses; first by VID, because
        # a freeze holds for the string that was sent.
        apart = list(reversed(plain[3:][-4:]))
        self.freezable = [(p["vid"], "VID", p) for p in apart if p.get("vid")]
        self.freezable += [(p["uin"], "UIN", p) for p in apart]
        self.code = self.txn = self.token = None

    # Steps that share the code of one person

    def asked(self, person, individual=None, kind="UIN"):
        """Asks for a code by mail and phone; returns (transaction id, code) after all checks."""
        boxes = [sdk.Mailbox(self.partner, person[a]) for a in ("email", "phone")]
        body = self.partner.otp_body(individual or person["uin"], kind)
        answer = self.partner.post("otp", body)
        check(answer, {
            "id": "mosip.identity.otp", "version": "1.0", "transactionID": body["transactionID"],
            "responseTime": TIME, "errors": None,
            "response": {"maskedMobile": envelope.mask_mobile(person["phone"]),
                         "maskedEmail": envelope.mask_email(person["email"])}})
        codes = [box.code() for box in boxes]
        expect(codes[0] and codes[0] == codes[1], "one new letter each by mail and phone with the "
               "same six digits", "codes %s" % codes)
        return body["transactionID"], codes[0]

    def step_01_a_code_comes_by_mail_and_phone(self):
        """10.2.1: both masks, both letters; the fictitious person's code is 111111."""
        self.txn, self.code = self.asked(self.james)
        expect(self.code == "111111", "code 111111", self.code)

    def step_02_kyc_with_the_code_gives_the_identity(self):
        """10.2.2 with the fictitious person."""
        self._kyc(self.james, self.txn, self.code)

    def step_03_the_same_code_works_once(self):
        """10.2.3."""
        answer = self.partner.give("auth", JAMES, otp=self.code, txn=self.txn)
        check(answer, auth_answer(self.txn, [NOT_ASKED], False, None))

    def step_04_kyc_of_a_person_with_a_random_code(self):
        """10.2.1 and 2 once more: a code that nobody knows beforehand."""
        self.token = self._kyc(self.anna, *self.asked(self.anna))

    def _kyc(self, person, txn, code):
        answer = self.partner.give("kyc", person["uin"], otp=code, txn=txn)
        filled = re.compile(r"[A-Za-z0-9_-]+")
        check(answer, {
            "transactionID": txn, "version": "1.0", "id": "mosip.identity.kyc", "errors": None,
            "responseTime": TIME,
            "response": {"kycStatus": True, "authToken": TOKEN,
                         "thumbprint": re.compile("[0-9A-F]{64}"), "identity": filled,
                         "sessionKey": filled}})
        try:
            identity = self.partner.identity(answer)
        except (envelope.EnvelopeFault, ValueError) as fault:
            raise Mismatch("the identity does not open: %s" % fault) from fault
        self._members(person, identity)
        return answer.json["response"]["authToken"]

    def _members(self, person, identity):
        for member, value in identity.items():
            expect(isinstance(value, str) and value, "a text in " + member, repr(value)[:60])
            expect(IDENTITY.fullmatch(member), "only members of the policy", member)
        for member, key in (("name_eng", "name"), ("dob", "dob"), ("phone", "phone"),
                            ("email", "email")):
            if key in person:
                expect(identity.get(member) == person[key], "%s %r" % (member, person[key]),
                       repr(identity.get(member)))
        for member in ("name_eng", "dob", "gender_eng", "phone", "email", "addressLine1_eng",
                       "location1_eng", "face"):
            expect(member in identity, "a member " + member, sorted(identity))
        face = base64.b64decode(identity["face"], validate=True)
        expect(len(face) > 100, "a face picture", "%d bytes" % len(face))

    def step_05_auth_says_yes_with_the_same_token(self):
        """5.2 and 5.6: the policy's token of a person is the same at both doors."""
        txn, code = self.asked(self.anna)
        answer = self.partner.give("auth", self.anna["uin"], otp=code, txn=txn)
        check(answer, auth_answer(txn, None, True, self.token))

    def step_06_a_wrong_code(self):
        """10.2.4: the source document's answer."""
        txn, code = self.asked(self.wrong_person)
        answer = self.partner.give("kyc", self.wrong_person["uin"], otp=other(code), txn=txn)
        check(answer, kyc_mismatch(txn, INVALID))

    def step_07_the_right_code_after_a_wrong_one(self):
        """6.6: four tries are left after one wrong code."""
        txn, code = self.asked(self.wrong_person)
        self.partner.give("auth", self.wrong_person["uin"], otp=other(code), txn=txn)
        answer = self.partner.give("auth", self.wrong_person["uin"], otp=code, txn=txn)
        check(answer, auth_answer(txn, None, True, TOKEN))

    def step_08_five_wrong_codes_freeze(self):
        """10.2.4: the fifth wrong try freezes, then neither the right code nor a new one goes."""
        individual, kind, txn, code = self._not_frozen()
        for _ in range(4):
            check(self.partner.give("kyc", individual, kind, otp=other(code), txn=txn),
                  kyc_mismatch(txn, INVALID))
        for given in (other(code), code):
            check(self.partner.give("kyc", individual, kind, otp=given, txn=txn),
                  kyc_refusal(FROZEN))
        body = self.partner.otp_body(individual, kind)
        check(self.partner.post("otp", body), otp_refusal(body["transactionID"], FROZEN))

    def _not_frozen(self):
        """The first of the people to freeze who is not frozen yet from a run before."""
        for individual, kind, person in self.freezable:
            box = sdk.Mailbox(self.partner, person["email"])
            body = self.partner.otp_body(individual, kind, phone=False)
            answer = self.partner.post("otp", body)
            outside(answer)
            if answer.json["errors"] and answer.json["errors"][0] == FROZEN:
                continue
            compare(None, answer.json["errors"], "reply.errors")
            code = box.code()
            expect(code, "a letter with a code", "none")
            return individual, kind, body["transactionID"], code
        raise Mismatch("all %d ids are frozen by runs before; they thaw after 30 minutes"
                       % len(self.freezable))

    def step_09_a_wrong_transaction_id(self):
        """10.2.5: the source document's answer; no try is spent."""
        txn, code = self.asked(self.wrong_person)
        answer = self.partner.give(
            "kyc", self.wrong_person["uin"], otp=code, txn=sdk.transaction_id())
        check(answer, kyc_refusal(OTHER_TRANSACTION))
        check(self.partner.give("auth", self.wrong_person["uin"], otp=code, txn=txn),
              auth_answer(txn, None, True, TOKEN))

    def step_10_no_factor(self):
        """10.2.6: the source document's answer."""
        check(self.partner.give("kyc", self.anna["uin"]), kyc_refusal(NO_FACTOR))

    def step_11_no_consent(self):
        """10.2.7."""
        check(self.partner.give("kyc", self.anna["uin"], otp="000000", consent=False),
              kyc_refusal(NO_CONSENT))

    def step_12_demographics_right(self):
        """10.2.8."""
        person, txn = self.demo_person, sdk.transaction_id()
        given = {"name": [{"language": "eng", "value": person["name"]}], "dob": person["dob"],
                 "emailId": person["email"], "phoneNumber": person["phone"]}
        answer = self.partner.give("auth", person["uin"], demographics=given, txn=txn)
        check(answer, auth_answer(txn, None, True, TOKEN))

    def step_13_demographics_wrong(self):
        """10.2.8: one match error for each mismatch, in the order of 6.7."""
        person, txn = self.demo_person, sdk.transaction_id()
        given = {"name": [{"language": "eng", "value": "Nobody Of That Name"}], "dob": "1901/01/01"}
        answer = self.partner.give("auth", person["uin"], demographics=given, txn=txn)
        check(answer, auth_answer(txn, [
            error("IDA-DEA-001", "Demographic data name in eng did not match",
                  "Please re-enter your name in eng"),
            error("IDA-DEA-001", "Demographic data dob did not match", "Please re-enter your dob")],
            False, TOKEN))

    def step_14_a_self_signed_header_certificate(self):
        """10.2.9: a stranger's certificate, then the partner's own unsigned copy."""
        body = self.partner.otp_body(self.anna["uin"], "UIN")
        data = sdk.compact(body).encode()
        pairs = [envelope.self_signed()]
        if envelope.der(self.partner.own_certificate) != envelope.der(
                self.partner.sign_certificate):
            pairs.append((self.partner.own_key, self.partner.own_certificate))
        for key, certificate in pairs:
            answer = self.partner.post("otp", body, self.partner.signature(data, key, certificate))
            check(answer, otp_refusal(body["transactionID"], GENERIC, UNTRUSTED))

    def step_15_a_body_changed_after_signing(self):
        """9.4: the signed body with one blank more."""
        body = self.partner.otp_body(self.anna["uin"], "UIN")
        data = sdk.compact(body).encode()
        answer = self.partner.send(self.partner.path("otp"), data + b" ",
                                   self.partner.headers(self.partner.signature(data)))
        check(answer, otp_refusal(body["transactionID"], GENERIC, UNTRUSTED))

    def step_16_the_clock_two_minutes_off(self):
        """10.2.10: late, then early; both times of the request are off by the same."""
        late = error("IDA-MLC-001", LATE, LATE_ACTION)
        check(self.partner.give("kyc", self.anna["uin"], otp="000000", shift=-120),
              kyc_refusal(late))
        early = [error("IDA-MLC-001", LATE + ". Attribute: " + where, LATE_ACTION)
                 for where in ("requestTime", "request/timestamp")]
        check(self.partner.give("kyc", self.anna["uin"], otp="000000", shift=120),
              kyc_refusal(*early))
        for shift, text in ((-120, LATE), (120, LATE + ". Attribute: requestTime")):
            body = self.partner.otp_body(self.anna["uin"], "UIN", shift=shift)
            check(self.partner.post("otp", body),
                  otp_refusal(body["transactionID"], error("IDA-MLC-001", text, LATE_ACTION)))


def otp_refusal(txn, *errors):
    """The error answer of `/otp` (5.1, 5.5)."""
    return {"id": "mosip.identity.otp", "version": "1.0", "transactionID": txn,
            "responseTime": TIME, "errors": list(errors), "response": None}


def other(code):
    """Another code than this one."""
    return "%06d" % ((int(code) + 1) % 1_000_000)


def main():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0],
                                     epilog="Start the server with `./watchword demo` first.")
    parser.add_argument("--data", default="demo-data", help="the demo's data folder (default: %(default)s)")
    parser.add_argument("--base", help="the server's base address (default: that of "
                        "DATA/partner/config.toml, http://127.0.0.1:8080 out of the box)")
    parser.add_argument("--timeout", type=float, default=10.0, help="seconds a request may take "
                        "(default: %(default)s)")
    parser.add_argument("--self-test", action="store_true",
                        help="check this program's own crypto against section 9; no server needed")
    options = parser.parse_args()
    if options.self_test:
        import self_test
        sys.exit(1 if run(steps_of(self_test.SelfTest())) else 0)
    try:
        subject = Run(sdk.Partner(options.data, options.base, options.timeout))
    except (OSError, requests.RequestException, KeyError, ValueError, Mismatch) as fault:
        print("cannot start: %s: %s" % (type(fault).__name__, fault), file=sys.stderr)
        sys.exit(2)
    sys.exit(1 if run(steps_of(subject)) else 0)


if __name__ == "__main__":
    main()
