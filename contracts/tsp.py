"""A relying party for contract identity-v1: asks for codes and authenticates people as its
conversations say, and knows what a whole answer looks like.

Requires python3-requests; README.md describes the conversations.
"""

import base64
import os
import re
import time
import zlib

import requests

import partner as sdk
from steps import Mismatch, Occupied, compare, expect
from templates import PATTERNS, Unknown, Words

PATHS = {"otp": ("POST", "/identity/otp/v1.0", "mosip.identity.otp"),
         "auth": ("POST", "/identity/auth/v1.0", "mosip.identity.auth"),
         "static-pin": ("POST", "/identity/static-pin/v1.0", "mosip.identity.static-pin"),
         "vid": ("POST", "/identity/vid/v1.0/{uin}", "mosip.identity.vid"),
         "vid by get": ("GET", "/identity/vid/v1.0/{uin}", "mosip.identity.vid")}
KEYS = {"name", "section", "proves", "people", "steps", "nextPersonOn", "skipOn"}
STEP_KEYS = {"call", "who", "as", "tsp", "body", "raw", "uin", "token", "method", "headers", "watch",
             "times", "expect", "save", "pdf"}
EXPECT_KEYS = {"status", "sent", "yes", "refused", "token", "echo", "vid", "requestTime", "members"}
ZONE = "+05:30"
PATTERNS["time here"] = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+]05:30")
PATTERNS["36 digits"] = re.compile(r"\d{36}")
PATTERNS["pdf"] = re.compile(r"JVBERi0[A-Za-z0-9+/=]+")
PATTERNS["base64"] = re.compile(r"[A-Za-z0-9+/=]+")
PATTERNS["age"] = re.compile(r"\d{1,3}")
PATTERNS["sixteen digits"] = re.compile(r"\d{16}")


def laid_over(base, changes):
    """`base` with the members of `changes`, objects member by member; ABSENT removes a member."""
    body = dict(base)
    for member, value in changes.items():
        if value is sdk.ABSENT:
            body.pop(member, None)
        elif isinstance(value, dict) and isinstance(body.get(member), dict):
            body[member] = laid_over(body[member], value)
        else:
            body[member] = value
    return body


class TspWords(Words):
    """Words of these conversations."""

    def word(self, word):
        """The value of one word."""
        verb, _, rest = word.partition(" ")
        if verb == "spaced":
            text = self.word(rest)
            return " ".join(text[i:i + 4] for i in range(0, len(text), 4))
        if verb == "impression":
            who, _, number = rest.partition(" ")
            return self.people[who]["impressions"][int(number)]["record"]
        return super().word(word)


class TspConversation:
    """One file of `identity-v1`, bound to the people it speaks of."""

    def __init__(self, script, application, everyone, people):
        self.script, self.application, self.partner = script, application, application.partner
        self.words = TspWords(self.partner, everyone, people)
        self.boxes = {}
        self.http = requests.Session()
        self.http.trust_env = False
        # The one thing of the environment that counts: whom an HTTPS server may be certified by.
        self.http.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
        self.tsps = {tsp["kind"]: tsp for tsp in application.known["tsps"]}
        self.first = True

    def run(self):
        """Runs all steps; raises Mismatch with the number of the step that failed."""
        for number, step in enumerate(self.script["steps"], 1):
            try:
                self._step(step)
            except Mismatch as fault:
                raise Mismatch("step %d: %s" % (number, fault)) from fault

    def _step(self, step):
        if "call" in step:
            for _ in range(step.get("times", 1)):
                self._call(step)
        elif "letter" in step:
            address = self.words.fill(step["letter"])
            code = self.boxes[address].code()
            expect(code, "a letter with one six-digit code to " + address, code)
            self.words.saved[step.get("as", "code")] = code
        elif "notice" in step:
            address = self.words.fill(step["notice"])
            text = self.boxes[address].text(step["says"])
            expect(text, "a letter that says %r to %s" % (step["says"], address), text)
        elif "same" in step:
            one, other = (self.words.word(name) for name in step["same"])
            expect(one == other, one, other)
        elif "differ" in step:
            one, other = (self.words.word(name) for name in step["differ"])
            expect(one != other, "two different values", one)
        elif "wait" in step:
            time.sleep(step["wait"])
        else:
            raise Unknown("a step that is none: %s" % sorted(step))

    def _body(self, step):
        tsp = self.tsps[step.get("tsp", "usual")]
        call = step["call"]
        identity = {}
        if "who" in step:
            member = step.get("as", "uin")
            identity[member.upper()] = self.words.word(step["who"] + "." + member)
        body = {"id": PATHS[call][2], "requestTime": self.words.word("now@" + ZONE),
                "request": {"identity": identity}}
        if call in ("otp", "auth"):
            body.update({"tspID": tsp["tspId"], "licenseKey": tsp["licenseKey"],
                         "transactionID": self.words.word("txn")})
        if call == "auth":
            body["requestedAuth"] = {}
        return laid_over(body, self.words.fill(step.get("body", {})))

    def _call(self, step):
        expectation = step["expect"]
        unknown = (set(step) - STEP_KEYS) | (set(expectation) - EXPECT_KEYS)
        if unknown or step["call"] not in PATHS:
            raise Unknown("unknown keys of a step, or an unknown call: %s" % sorted(unknown))
        for address in self.words.fill(step.get("watch", [])):
            self.boxes[address] = sdk.Mailbox(self.partner, address)
        method, path, _ = PATHS[step["call"]]
        path = path.replace("{uin}", self.words.fill(step.get("uin", "")))
        body = None if step["call"].startswith("vid") else self._body(step)
        text = self.words.fill(step["raw"]) if "raw" in step else sdk.compact(body)
        headers = {"Content-Type": "application/json", **step.get("headers", {})}
        if step.get("token"):
            headers["Cookie"] = "Authorization=" + self.application.token()
        answer = self.http.request(
            step.get("method", method), self.application.base + path,
            data=None if body is None and "raw" not in step else text.encode(),
            headers=headers, timeout=self.partner.timeout, allow_redirects=False)
        self._check(step, body or {}, answer)

    def _check(self, step, body, answer):
        expectation = step["expect"]
        expect(answer.headers.get("Content-Type") == "application/json", "application/json",
               answer.headers.get("Content-Type"))
        received = answer.json()
        if self.first:
            self.first = False
            for row in received.get("err", []):
                if row["code"] in (self.script.get("nextPersonOn", [])
                                   + self.script.get("skipOn", [])):
                    raise Occupied(row["code"])
        refused = "refused" in expectation
        status = expectation.get("status", 500 if refused else 200)
        if answer.status_code != status:
            raise Mismatch("expected HTTP %d, received HTTP %d %r" % (
                status, answer.status_code, answer.content[:300]))
        if "members" in expectation:
            kept = {name: received.get(name) for name in expectation["members"]}
            compare(self.words.fill(expectation["members"], True), kept)
        else:
            compare(self.words.fill(self._expected(step, body), True), received)
        if "pdf" in step:
            self._check_pdf(received["response"]["ePrint"], self.words.fill(step["pdf"]["without"]))
        for name, member in step.get("save", {}).items():
            value = received
            for part in member.split("."):
                value = value[part]
            self.words.saved[name] = value

    @staticmethod
    def _check_pdf(text, without):
        """A PDF, signed, in whose bytes and streams a text does not stand."""
        pdf = base64.b64decode(text, validate=True)
        expect(pdf.startswith(b"%PDF-") and b"adbe.pkcs7.detached" in pdf, "a signed PDF", pdf[:8])
        parts = [pdf]
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
            try:
                parts.append(zlib.decompress(stream))
            except zlib.error:
                continue
        expect(len(parts) > 3, "a PDF with streams", len(parts))
        expect(not any(without.encode() in part for part in parts), "no whole UIN", "one")

    def _expected(self, step, body):
        """The whole answer, each member in its place (2.4, 3.4, 6, 7.3)."""
        expectation, call = step["expect"], step["call"]
        rows = [{"code": code, "message": message}
                for code, message in expectation.get("refused", [])]
        head = {"id": PATHS[call][2], "version": "1.0"}
        echo = body.get("transactionID") if expectation.get("echo", True) else None
        when = expectation.get("requestTime", body.get("requestTime"))
        time_here = "{{time here}}" if when and when.endswith(ZONE) else "{{time}}"
        status = "N" if rows else "Y"
        if call == "otp":
            reply = {**head, "transactionID": echo, "responseTime": time_here, "err": rows}
            if not rows:
                reply["response"] = expectation["sent"]
            return reply
        if call == "auth":
            # Every success has the token; of failures those in which the person was found.
            token = "{{36 digits}}" if expectation.get("token", not rows) else None
            reply = {**head, "transactionID": echo, "staticToken": token, "requestTime": when,
                     "responseTime": time_here, "status": status, "err": rows}
            if not rows and expectation["yes"] is not True:
                reply["response"] = expectation["yes"]
            return reply
        reply = {**head, "responseTime": time_here, "status": status, "err": rows}
        if "vid" in expectation:
            reply["response"] = {"vid": expectation["vid"]}
        return reply
