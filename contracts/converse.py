#!/usr/bin/python3
"""Runs the golden conversations of this folder against a running demo server.

Each file holds one conversation, the sentence of the contract that it proves, and the expected
answers; README.md describes the format. Needs Python 3.11, python3-cryptography and
python3-requests. Exit code 0 when all passed, 1 when one failed, 2 when there was nothing to run
against.
"""

import argparse
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import re
import sys
import time

import requests

import envelope
import kernel
import partner as sdk
import tsp
from requester import Requester
from steps import Mismatch, Occupied, compare, expect
from templates import Unknown, Words

HERE = pathlib.Path(__file__).parent
GENERIC = ["IDA-MLC-007", "Request could not be processed. Please try again"]
APART = 4
KYC_REST = {"thumbprint": None, "identity": None, "sessionKey": None}
KEYS = {"ida": {"name", "section", "proves", "people", "steps", "slow", "nextPersonOn", "skipOn"},
        "kernel": kernel.KEYS, "identity-v1": tsp.KEYS}


def error(row):
    """[code, message] or [code, message, action] as an error object (2.7)."""
    return dict(zip(("errorCode", "errorMessage", "actionMessage"), row))


def envelope_of(door, filled, errors, when, response, txn):
    """A whole answer in the member order of section 5."""
    txn, version, identity = (txn, "1.0", sdk.DOORS[door]) if filled else (None, None, None)
    if door == "otp":
        return {"id": identity, "version": version, "transactionID": txn, "responseTime": when,
                "errors": errors, "response": response}
    head = {"transactionID": txn, "version": version, "id": identity, "errors": errors}
    return {**head, "responseTime": when, "response": response}


def expected_reply(door, expectation, txn):
    """The whole answer that the short forms `sent`, `yes`, `mismatch`, `refused`, `filtered` mean."""
    when = expectation.get("responseTime", "{{time}}")
    token = expectation.get("token", "{{token}}")
    kind = "authStatus" if door == "auth" else "kycStatus"
    rest = KYC_REST if door == "kyc" else {}
    if "sent" in expectation:
        return envelope_of(door, True, None, when, expectation["sent"], txn)
    if "yes" in expectation:
        if door == "kyc" and expectation["yes"] != "bare":
            rest = {"thumbprint": "{{hex64}}", "identity": "{{b64u}}", "sessionKey": "{{b64u}}"}
        return envelope_of(door, True, None, when, {kind: True, "authToken": token, **rest}, txn)
    if "mismatch" in expectation:
        errors = [error(row) for row in expectation["mismatch"]]
        return envelope_of(door, True, errors, when, {kind: False, "authToken": token, **rest}, txn)
    if "filtered" in expectation:
        rows = [GENERIC, expectation["filtered"]]
    else:
        rows = expectation["refused"]
    if rows == ["IDA-MLC-007"]:
        rows = [GENERIC]
    # 5.5: `/kyc` never fills the three on an error; the generic error alone fills them nowhere.
    filled = door != "kyc" and rows != [GENERIC] and rows[0][0] != "IDA-MLC-023"
    response = None if door == "otp" else {kind: False, "authToken": None, **rest}
    return envelope_of(door, filled, [error(row) for row in rows], when, response, txn)


class Conversation:
    """One file, bound to the people it speaks of."""

    def __init__(self, script, partner, everyone, people):
        self.script, self.partner = script, partner
        self.words = Words(partner, everyone, people)
        self.requester = Requester(partner, self.words)
        self.last = None
        self.boxes = {}

    def run(self):
        """Runs all steps; raises Mismatch with the number of the step that failed."""
        for number, step in enumerate(self.script["steps"], 1):
            try:
                self._step(step, number == 1)
            except Mismatch as fault:
                raise Mismatch("step %d: %s" % (number, fault)) from fault

    def _step(self, step, first):
        if "send" in step:
            self._send(step, first)
        elif "letter" in step:
            box = self.boxes.get(step["letter"])
            expect(box, "an earlier step with a letter to " + step["letter"], "none")
            code = box.code()
            expect(code, "a letter with one six-digit code to " + box.address, code)
            self.words.saved[step.get("as", "code")] = code
        elif "noLetter" in step:
            code = self.boxes[step["noLetter"]].code(patience=1.0)
            expect(code is None, "no letter to " + step["noLetter"], "one")
        elif "identity" in step:
            self._identity(step)
        elif "differ" in step:
            one, other = (self.words.word(name) for name in step["differ"])
            expect(one != other, "two different values", one)
        elif "wait" in step:
            time.sleep(step["wait"])
        else:
            raise Unknown("a step that is none: %s" % sorted(step))

    def _send(self, step, first):
        for name in step.get("watch", ()):
            self.boxes[name] = sdk.Mailbox(self.partner, self.words.word(name))
        for turn in range(step.get("times", 1)):
            self.last, txn = self.requester.send(step)
            if first and turn == 0:
                self._occupied()
        expectation = step["expect"]
        status = expectation.get("status", 200)
        if self.last.status != status:
            raise Mismatch("expected HTTP %d, received HTTP %d %r" % (
                status, self.last.status, self.last.bytes[:200]))
        if self.last.faults:
            raise Mismatch("; ".join(self.last.faults))
        if "members" in expectation:
            received = {k: (self.last.json or {}).get(k) for k in expectation["members"]}
            compare(self.words.fill(expectation["members"], True), received)
        else:
            reply = expectation.get("reply") or expected_reply(
                step["send"], expectation, txn)
            compare(self.words.fill(reply, True), self.last.json)
        for name, member in step.get("save", {}).items():
            self.words.saved[name] = self.last.json["response"][member]

    def _occupied(self):
        codes = self.script.get("nextPersonOn", []) + self.script.get("skipOn", [])
        errors = (self.last.json or {}).get("errors") or []
        if errors and errors[0].get("errorCode") in codes:
            raise Occupied(errors[0]["errorCode"])

    def _identity(self, step):
        try:
            identity = self.partner.identity(self.last)
        except (envelope.EnvelopeFault, ValueError) as fault:
            raise Mismatch("the identity does not open: %s" % fault) from fault
        for member, value in self.words.fill(step["identity"], True).items():
            compare(value, identity.get(member), "identity." + member)
        allowed = step.get("noOther")
        if allowed is not None:
            other = sorted(m for m in identity
                           if not any(fnmatch.fnmatchcase(m, pattern) for pattern in allowed))
            expect(not other, "no member beside " + ", ".join(allowed), ", ".join(other))


class Cast:
    """Chooses people for a conversation, so that no person meets the limits of another file."""

    def __init__(self, everyone):
        self.everyone = everyone
        self.turn = 0

    def candidates(self, script):
        """The bindings to try, best first. Raises Unknown when the demo lacks a kind."""
        chosen = {}
        for name, wanted in script.get("people", {}).items():
            kind = wanted["kind"] if isinstance(wanted, dict) else wanted
            of_kind = [p for p in self.everyone if p["kind"] == kind]
            if not of_kind:
                raise Unknown("the demo has nobody of kind " + kind)
            if kind != "plain":
                chosen[name] = of_kind[:1]
            elif isinstance(wanted, dict):
                # Kept apart for floods and freezes: the last four, first by VID, because a freeze
                # holds for the string that was sent.
                apart = list(reversed(of_kind[-APART:]))
                chosen[name] = [{**p, "as": "vid"} for p in apart if "vid" in p] + apart
            else:
                usual = of_kind[:-APART] or of_kind
                chosen[name] = [usual[self.turn % len(usual)]]
                self.turn += 1
        count = max([len(c) for c in chosen.values()], default=1)
        return [{name: c[i % len(c)] for name, c in chosen.items()} for i in range(count)]


def converse(script, cast, bind):
    """Runs one conversation, bound to the first people who are free; returns None or why it was
    skipped."""
    code = None
    for people in cast.candidates(script):
        try:
            bind(people).run()
            return None
        except Occupied as occupied:
            code = str(occupied)
            if code in script.get("skipOn", []):
                break
    if code in script.get("skipOn", []):
        return "used up by a run before (%s); a fresh data folder brings it back" % code
    raise Mismatch("nobody is free: the first answer is %s for every candidate" % code)


def load(pattern):
    """The conversations `folder/file` that match, or whose file name does, in order; raises on an
    unknown key."""
    scripts = []
    for folder, keys in KEYS.items():
        for path in sorted((HERE / folder).glob("*.json")):
            stem = folder + "/" + path.stem
            if fnmatch.fnmatchcase(stem, pattern) or fnmatch.fnmatchcase(path.stem, pattern):
                script = json.loads(path.read_text(encoding="utf-8"))
                unknown = set(script) - keys
                if unknown or not {"name", "section", "proves", "steps"} <= set(script):
                    raise ValueError("%s: unknown or missing keys %s" % (stem, sorted(unknown)))
                scripts.append((stem, script))
    return scripts


def contract_sections(folder):
    """The contract's text by section number, white space flattened."""
    text = (HERE.parent / "docs" / "contracts" / (folder + ".md")).read_text(encoding="utf-8")
    parts = re.split(r"(?m)^##+ ([0-9.]+?|[A-G](?:\.[0-9]+)?)\.? ", text)
    numbers = ["amendments"] + parts[1::2]
    return {number: " ".join(part.split()) for number, part in zip(numbers, parts[0::2])}


def check_quotes(scripts):
    """Finds each `proves` in its section of the contract; returns the number that is not there."""
    sections = {folder: contract_sections(folder) for folder in KEYS}
    missing = 0
    for stem, script in scripts:
        said = sections[stem.split("/")[0]].get(script["section"], "")
        if " ".join(script["proves"].split()) not in said:
            missing += 1
            print("FAILED  %s: the contract does not say: %s" % (stem, script["proves"]))
    print("%d quotes found, %d not found" % (len(scripts) - missing, missing))
    return missing


def left_out(script, options, application):
    """Why a conversation cannot be held with this server, or None."""
    if script.get("slow") and not options.slow:
        return "waits for minutes; run with --slow"
    if script.get("quick") and not options.quick:
        return "needs a demo with the quick settings, and --quick"
    if script.get("dialect", application.dialect) != application.dialect:
        return "belongs to the other dialect"
    return None


def main():
    """Reads the command line and runs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--data", default="demo-data", help="the demo's data folder (default: %(default)s)")
    parser.add_argument("--base", help="the server's base address (default: that of the data folder)")
    parser.add_argument("--timeout", type=float, default=10.0, help="seconds a request may take")
    parser.add_argument("--only", default="*", help="conversations to run, such as 'kernel/*' or '6.6-*'")
    parser.add_argument("--slow", action="store_true", help="also those that wait for minutes")
    parser.add_argument("--quick", action="store_true",
                        help="the server has the quick settings of README.md; also what needs them")
    parser.add_argument("--quotes", action="store_true",
                        help="only check that the contract holds each quoted sentence; no server needed")
    options = parser.parse_args()
    scripts = load(options.only)
    if options.quotes:
        sys.exit(1 if check_quotes(scripts) else 0)
    try:
        partner = sdk.Partner(options.data, options.base, options.timeout)
        people = partner.demo("/demo/people")
        application = kernel.Application(partner, options.data)
    except (OSError, requests.RequestException, KeyError, ValueError) as fault:
        print("cannot start: %s: %s" % (type(fault).__name__, fault), file=sys.stderr)
        sys.exit(2)
    everyone = people["demoUsers"] if isinstance(people, dict) else people
    sys.exit(1 if run(scripts, application, everyone, options) else 0)


def held(stem, script, application, everyone, cast):
    """Holds one conversation; returns the word for how it ended, and why."""
    try:
        if stem.startswith("kernel/"):
            kernel.KernelConversation(script, application, everyone).run()
            return "ok", None
        if stem.startswith("identity-v1/"):
            why = converse(script, cast, lambda people: tsp.TspConversation(
                script, application, everyone, people))
        else:
            why = converse(script, cast, lambda people: Conversation(
                script, application.partner, everyone, people))
        return ("skipped" if why else "ok"), why
    except (Mismatch, Unknown, requests.RequestException, KeyError, TypeError, ValueError) as fault:
        return "FAILED", str(fault) if isinstance(fault, (Mismatch, Unknown)) else repr(fault)


def run(scripts, application, everyone, options):
    """Prints one line a conversation and the closing line; returns the number that failed."""
    cast, counts = Cast(everyone), {"ok": 0, "FAILED": 0, "skipped": 0}

    def tell(stem, script, word, why):
        counts[word] += 1
        print("%-7s %s: %s%s" % (word, stem, script["name"], ": " + why if why else ""))
        sys.stdout.flush()

    waiting = []
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        for stem, script in scripts:
            why = left_out(script, options, application)
            if why is not None:
                tell(stem, script, "skipped", why)
            elif script.get("quick"):
                # They spend their time waiting, each for itself, and so do it together.
                waiting.append((stem, script, pool.submit(
                    held, stem, script, application, everyone, cast)))
            else:
                tell(stem, script, *held(stem, script, application, everyone, cast))
        for stem, script, ending in waiting:
            tell(stem, script, *ending.result())
    print("%d passed, %d failed, %d skipped" % (counts["ok"], counts["FAILED"], counts["skipped"]))
    return counts["FAILED"]


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        os._exit(1)
