"""What the programs of this folder share: comparing an answer with the expected one, and the
output of one line a step.
"""

import re
import sys

import requests


class Mismatch(Exception):
    """An answer that is not the expected one."""


class Occupied(Exception):
    """The first answer says that this person is used up; carries the error's code."""


def compare(expected, received, where="reply"):
    """Raises Mismatch unless both have the same members in the same order and equal values.

    A pattern in `expected` stands for any string that it matches as a whole, a range for any whole
    number in it.
    """
    if isinstance(expected, re.Pattern):
        if not isinstance(received, str) or not expected.fullmatch(received):
            raise Mismatch("%s: expected /%s/, received %r" % (where, expected.pattern, received))
    elif isinstance(expected, range):
        if type(received) is not int or received not in expected:
            raise Mismatch("%s: expected %d to %d, received %r" % (
                where, expected[0], expected[-1], received))
    elif isinstance(expected, dict):
        if not isinstance(received, dict) or list(expected) != list(received):
            raise Mismatch("%s: expected members %s, received %s" % (
                where, list(expected), list(received) if isinstance(received, dict) else received))
        for member, value in expected.items():
            compare(value, received[member], where + "." + member)
    elif isinstance(expected, list):
        if not isinstance(received, list) or len(expected) != len(received):
            raise Mismatch("%s: expected %s, received %s" % (where, expected, received))
        for i, (one, other) in enumerate(zip(expected, received)):
            compare(one, other, "%s[%d]" % (where, i))
    elif type(expected) is not type(received) or expected != received:
        raise Mismatch("%s: expected %r, received %r" % (where, expected, received))


def expect(condition, expected, received):
    """Raises Mismatch unless the condition holds."""
    if not condition:
        raise Mismatch("expected %s, received %s" % (expected, received))


def run(steps):
    """Runs (name, callable) pairs, prints a line each; returns the number that failed."""
    failed = 0
    for name, call in steps:
        try:
            call()
            print("ok      " + name)
        except (Mismatch, requests.RequestException, KeyError, TypeError, ValueError) as fault:
            failed += 1
            reason = str(fault) if isinstance(fault, Mismatch) else repr(fault)
            print("FAILED  %s: %s" % (name, reason))
        sys.stdout.flush()
    print("%d passed, %d failed" % (len(steps) - failed, failed))
    return failed


def steps_of(subject):
    """The `step_` methods of an object in the order of their numbers."""
    names = sorted(name for name in dir(subject) if name.startswith("step_"))
    return [(name[5:].replace("_", " "), getattr(subject, name)) for name in names]
