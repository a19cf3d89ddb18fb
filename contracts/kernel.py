"""An application for contract kernel: calls Auth Manager and OTP Manager as its conversations say,
and knows what a whole answer looks like in the dialect that the server speaks.

Requires python3-requests; README.md describes the conversations.
"""

import http.cookiejar
import json
import os
import re
import secrets
import time

import requests

import partner as sdk
from steps import Mismatch, compare, expect
from templates import PATTERNS, Unknown, Words

AUTH, OTP = "/v1/authmanager", "/v1/otpmanager"
NAME = "mosip.authentication."
# What a call's body is.
ENVELOPE, BARE, NOTHING = "envelope", "bare", "nothing"
# Call: method, path, `id` of a success, `id` of a failure (1.2), what the body is.
CALLS = {
    "sendotp": (
        "POST", AUTH + "/authenticate/sendotp", NAME + "sendotp", NAME + "sendotp", ENVELOPE),
    "useridOTP": (
        "POST", AUTH + "/authenticate/useridOTP", NAME + "useridOTP", NAME + "useridOTP", ENVELOPE),
    "useridPwd": (
        "POST", AUTH + "/authenticate/useridPwd", NAME + "useridPwd", NAME + "useridPwd", ENVELOPE),
    "clientidsecretkey": (
        "POST", AUTH + "/authenticate/clientidsecretkey", NAME + "clientidsecretkey",
        NAME + "clientidsecretkey", ENVELOPE),
    "internal/useridPwd": ("POST", AUTH + "/authenticate/internal/useridPwd", None, None, ENVELOPE),
    "internal/userotp": ("POST", AUTH + "/authenticate/internal/userotp", None, None, ENVELOPE),
    "validateToken": (
        "POST", AUTH + "/authorize/validateToken", "mosip.authorize.validatetoken",
        NAME + "validatetoken", NOTHING),
    "admin/validateToken": (
        "GET", AUTH + "/authorize/admin/validateToken", "mosip.authorize.validatetoken",
        NAME + "validatetoken", NOTHING),
    "refreshToken": ("POST", AUTH + "/authorize/refreshToken", None, None, NOTHING),
    "refreshToken/{appid}": ("POST", AUTH + "/authorize/refreshToken/{appid}", None, None, BARE),
    "internal/refreshToken/{appid}": (
        "POST", AUTH + "/authorize/internal/refreshToken/{appid}", None, None, BARE),
    "invalidateToken": (
        "POST", AUTH + "/authorize/invalidateToken", "mosip.authorize.invalidatetoken",
        NAME + "invalidatetoken", NOTHING),
    "logout": ("DELETE", AUTH + "/logout/user", None, None, NOTHING),
    "roles/{appid}": ("GET", AUTH + "/roles/{appid}", None, None, NOTHING),
    "userdetails/{appid}": ("POST", AUTH + "/userdetails/{appid}", None, None, ENVELOPE),
    "userdetails/{appid} by query": ("GET", AUTH + "/userdetails/{appid}", None, None, NOTHING),
    "generate": (
        "POST", OTP + "/otp/generate", "mosip.otp.generateOTP", "mosip.otp.generateOTP", ENVELOPE),
    "validate": (
        "GET", OTP + "/otp/validate", "mosip.otp.validateOTP", NAME + "validateOTP", NOTHING),
    "validate by body": (
        "POST", OTP + "/otp/validate", "mosip.otp.validateOTP", NAME + "validateOTP", ENVELOPE)}
KEYS = {"name", "section", "proves", "people", "steps", "dialect", "quick"}
STEP_KEYS = {"call", "appid", "request", "envelope", "raw", "query", "cookies", "headers", "method",
             "path", "watch", "times", "expect", "save"}
EXPECT_KEYS = {"success", "errors", "plain", "status", "token", "cookie", "refresh"}
STATUS_TEXT = {404: "Not Found", 405: "Method Not Allowed", 413: "Request Entity Too Large",
               415: "Unsupported Media Type"}
TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
COOKIE = re.compile(
    r"([A-Za-z_]+)=([^;]+); Max-Age=([0-9]+); Expires=[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4}"
    r" [0-9]{2}:[0-9]{2}:[0-9]{2} GMT; Path=/; (Secure; )?HttpOnly; SameSite=Strict")
PATTERNS["six digits"] = re.compile(r"[0-9]{6}")
PATTERNS["jwt"] = TOKEN
BETWEEN = re.compile(r"([0-9]+) to ([0-9]+)")


class Application:
    """The client that `DATA/credentials.json` names, and the accounts beside it."""

    def __init__(self, partner, data):
        self.partner, self.base = partner, partner.base
        with open(str(data) + "/credentials.json", encoding="utf-8") as file:
            self.known = json.load(file)
        self.http = requests.Session()
        self.http.trust_env = False
        # The one thing of the environment that counts: whom an HTTPS server may be certified by.
        self.http.verify = os.environ.get("REQUESTS_CA_BUNDLE") or True
        # What one answer sets must not travel with the next request.
        self.http.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        self.dialect = "kernel" if b'"metadata"' in self.send(
            "POST", CALLS["sendotp"][1], b"{}", {"Content-Type": "application/json"}).content else "seed"
        self._token, self._since = None, 0.0

    def send(self, method, path, body, headers, query=None):
        """Sends exactly `body`."""
        return self.http.request(
            method, self.base + path, data=body, headers=headers, params=query,
            timeout=self.partner.timeout, allow_redirects=False)

    def token(self):
        """The client's token; one login for many conversations, renewed long before its end."""
        if self._token is None or time.monotonic() > self._since + 20:
            client = self.known["kernelClient"]
            answer = self.send(
                "POST", CALLS["clientidsecretkey"][1], json.dumps({"request": client}).encode(),
                {"Content-Type": "application/json"})
            expect("Authorization" in answer.headers, "a token for the client", answer.content)
            self._token, self._since = answer.headers["Authorization"], time.monotonic()
        return self._token

    def password(self, user):
        """The password of a demo account."""
        for known in self.known["demoUsers"]:
            if known.get("userId") == user:
                return known["password"]
        raise Unknown("the demo has no account " + user)


class KernelWords(Words):
    """Words of the kernel conversations; each conversation has a mail address and a key of its own."""

    def __init__(self, application, everyone, people):
        super().__init__(application.partner, everyone, people)
        self.application = application
        self.saved["mail"] = "person-%s@demo.example" % secrets.token_hex(6)
        self.saved["key"] = "key-" + secrets.token_hex(8)
        self.saved["phone"] = "9%09d" % secrets.randbelow(10 ** 9)

    def word(self, word):
        """The value of one word."""
        if word == "client":
            return self.application.token()
        if word == "secret":
            return self.application.known["kernelClient"]["secretKey"]
        between = BETWEEN.fullmatch(word)
        if between:
            return range(int(between.group(1)), int(between.group(2)) + 1)
        verb, _, rest = word.partition(" ")
        if verb == "password":
            return self.application.password(rest)
        if verb == "number":
            return int(self.word(rest))
        if verb == "altered":
            token = self.word(rest)
            middle = token.index(".") + 10
            return token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1:]
        if verb == "unsigned":
            return "eyJhbGciOiJub25lIn0." + self.word(rest).split(".")[1] + "."
        return super().word(word)


class KernelConversation:
    """One file of `kernel`."""

    def __init__(self, script, application, everyone):
        self.script, self.application = script, application
        people = {name: next((p for p in everyone if p["kind"] == kind), None)
                  for name, kind in script.get("people", {}).items()}
        if None in people.values():
            raise Unknown("the demo lacks a kind of person")
        self.words = KernelWords(application, everyone, people)
        self.boxes = {}

    def run(self):
        """Runs all steps; raises Mismatch with the number of the step that failed."""
        for number, step in enumerate(self.script["steps"], 1):
            try:
                self._step(step)
            except Mismatch as fault:
                raise Mismatch("step %d: %s" % (number, fault)) from fault

    def _step(self, step):
        if "call" in step:
            for turn in range(step.get("times", 1)):
                self._call(step)
        elif "letter" in step:
            address = self.words.fill(step["letter"])
            code = self.boxes[address].code()
            expect(code, "a letter with one six-digit code to " + address, code)
            self.words.saved[step.get("as", "code")] = code
        elif "noLetter" in step:
            address = self.words.fill(step["noLetter"])
            code = self.boxes[address].code(patience=1.0)
            expect(code is None, "no letter to " + address, "one")
        elif "wait" in step:
            time.sleep(step["wait"])
        else:
            raise Unknown("a step that is none: %s" % sorted(step))

    def _call(self, step):
        expectation = step["expect"]
        unknown = (set(step) - STEP_KEYS) | (set(expectation) - EXPECT_KEYS)
        if unknown or step["call"] not in CALLS:
            raise Unknown("unknown keys of a step, or an unknown call: %s" % sorted(unknown))
        for address in self.words.fill(step.get("watch", [])):
            self.boxes[address] = sdk.Mailbox(self.application.partner, address)
        method, path, _, _, form = CALLS[step["call"]]
        if ("{appid}" in path) != ("appid" in step):
            raise Unknown("an appid that is missing, or has no place in the path")
        path = path.replace("{appid}", step.get("appid", ""))
        headers = {} if form == NOTHING else {"Content-Type": "application/json"}
        headers.update(self.words.fill(step.get("headers", {})))
        cookies = self.words.fill(step.get("cookies", {}))
        if cookies:
            headers["Cookie"] = "; ".join("%s=%s" % pair for pair in cookies.items())
        body, sent = self._body(step, form)
        answer = self.application.send(
            step.get("method", method), step.get("path", path), body,
            {name: value for name, value in headers.items() if value is not sdk.ABSENT},
            self.words.fill(step.get("query", {})))
        self._check(step, answer, sent)
        self._save(step, answer)

    def _body(self, step, form):
        """The bytes, and the pair of id and version that dialect kernel echoes."""
        if "raw" in step:
            return self.words.fill(step["raw"]).encode(), (None, None)
        if form == NOTHING:
            return None, (None, None)
        request = sdk.merged({}, self.words.fill(step.get("request", {})))
        body = request if form == BARE else {
            "id": CALLS[step["call"]][2] or step["call"], "version": "1.0",
            "requesttime": sdk.stamp(sdk.now()), "metadata": {}}
        if form == ENVELOPE and "request" in step:
            body["request"] = request
        body = sdk.merged(body, self.words.fill(step.get("envelope", {})))
        # What a body that is JSON does not name is empty in a failure, and null in a success (1.2).
        absent = None if "success" in step["expect"] else ""
        return sdk.compact(body).encode(), (
            body.get("id", absent), body.get("version", body.get("ver", absent)))

    def _expected(self, step, sent):
        """The whole answer, each member in its place."""
        expectation = step["expect"]
        if "plain" in expectation:
            status = expectation["plain"]
            return {"timestamp": "{{time}}", "status": status, "error": STATUS_TEXT[status]}
        errors = [{"errorCode": code, "message": message}
                  for code, message in expectation.get("errors", [])]
        response = expectation.get("success")
        if self.application.dialect == "kernel":
            return {"id": sent[0], "version": sent[1], "responsetime": "{{time}}", "metadata": None,
                    "response": response, "errors": errors or None}
        name = CALLS[step["call"]][3 if errors else 2]
        head = {"id": name} if name else {}
        last = {"errors": errors} if errors else {"response": response}
        return {**head, "ver": "1.0", "version": "1.0", "responsetime": "{{time}}", **last}

    def _check(self, step, answer, sent):
        expectation = step["expect"]
        status = expectation.get("status", expectation.get("plain", 200))
        if answer.status_code != status:
            raise Mismatch("expected HTTP %d, received HTTP %d %r" % (
                status, answer.status_code, answer.content[:300]))
        expect(answer.headers.get("Content-Type") == "application/json", "application/json",
               answer.headers.get("Content-Type"))
        expect(answer.headers.get("Cache-Control") == "no-store", "Cache-Control: no-store",
               answer.headers.get("Cache-Control"))
        try:
            received = answer.json()
        except ValueError as fault:
            raise Mismatch("the body is no JSON: %r" % answer.content[:120]) from fault
        compare(self.words.fill(self._expected(step, sent), True), received)
        self._check_tokens(expectation, answer)

    def _check_tokens(self, expectation, answer):
        """A token in header and cookie where one is due, the one to renew with beside it, and none
        of them where not (1.5, A.7)."""
        header = answer.headers.get("Authorization")
        if expectation.get("token"):
            expect(header and TOKEN.fullmatch(header), "a token in the header", header)
        else:
            expect(header is None, "no token in the header", "one")
        due = [name for name, keys in (("Authorization", ("token", "cookie")),
                                       ("refresh_token", ("refresh",)))
               if any(expectation.get(key) for key in keys)]
        given = cookies(answer)
        expect(list(given) == due, "the cookies %s" % due, list(given))
        for name, token in given.items():
            expect(TOKEN.fullmatch(token), "a token in the cookie " + name, token)
        if header:
            expect(given["Authorization"] == header, "the same token in header and cookie", "two")
        expect(len(set(given.values())) == len(due), "another token in each cookie", "one")

    def _save(self, step, answer):
        for name, what in step.get("save", {}).items():
            if what == "refresh":
                self.words.saved[name] = cookies(answer)["refresh_token"]
            elif what == "token" and step["expect"].get("token"):
                self.words.saved[name] = answer.headers["Authorization"]
            else:
                self.words.saved[name] = answer.json()["response"][what]


def cookies(answer):
    """What an answer sets, by name in its order: each once, and as 1.5 has it."""
    values = {}
    for text in answer.raw.headers.getlist("Set-Cookie"):
        found = COOKIE.fullmatch(text)
        expect(found and int(found.group(3)) > 0, "a cookie with a token", text)
        expect(found.group(1) not in values, "each cookie once", text)
        values[found.group(1)] = found.group(2)
    return values
