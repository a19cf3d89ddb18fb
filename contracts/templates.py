"""The double-braced words of a golden conversation: `{{p.uin}}`, `{{now-61}}`, `{{wrong code}}` …

README.md lists them. In a request they become values; in an expected reply some of them become
patterns that a received value must match.
"""

import datetime
import re
import secrets
import unicodedata

import envelope
import partner as sdk

WORD = re.compile(r"\{\{([^{}]+)\}\}")
NOW = re.compile(r"now([+-][0-9.]+)?(?:@([+-]\d\d:\d\d))?")
# Every token of 5.6 is read from text that starts with a hex digit, hence these first digits.
TOKEN = re.compile(r"(25[2-9]|2[6-9]\d|34[1-9]|35\d|36[0-8])\d{33}")
PATTERNS = {
    "time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"),
    "token": TOKEN,
    "hex64": re.compile(r"[0-9A-F]{64}"),
    "b64u": re.compile(r"[A-Za-z0-9_-]+"),
    "text": re.compile(r"(?s).+"),
}


class Unknown(Exception):
    """A word that means nothing here, or a person that the demo does not have."""


class Words:
    """The values that the words of one conversation stand for."""

    def __init__(self, partner, everyone, people):
        self.partner, self.everyone, self.people = partner, everyone, people
        self.saved = {"txn": sdk.transaction_id(), "otherTxn": sdk.transaction_id()}

    def fill(self, value, expected=False):
        """A copy of a JSON value with its words replaced; patterns only where `expected`."""
        if isinstance(value, dict):
            return {k: self.fill(v, expected) for k, v in value.items()}
        if isinstance(value, list):
            return [self.fill(v, expected) for v in value]
        if not isinstance(value, str):
            return value
        zone = re.fullmatch(r"\{\{time@([+-]\d\d:\d\d)\}\}", value)
        if expected and zone:
            return re.compile(PATTERNS["time"].pattern[:-1] + re.escape(zone.group(1)))
        whole = WORD.fullmatch(value)
        if whole:
            if whole.group(1) == "absent":
                return sdk.ABSENT
            if expected and whole.group(1) in PATTERNS:
                return PATTERNS[whole.group(1)]
            return self.word(whole.group(1))
        return WORD.sub(lambda m: str(self.word(m.group(1))), value)

    def word(self, word):
        """The value of one word."""
        if word in self.saved:
            return self.saved[word]
        if "." in word and " " not in word and word.split(".")[0] in self.people:
            who, _, member = word.partition(".")
            if member not in self.people[who]:
                raise Unknown("%s has no %s" % (self.people[who]["kind"], member))
            return self.people[who][member]
        now = NOW.fullmatch(word)
        if now:
            return moment(float(now.group(1) or 0), now.group(2))
        verb, _, rest = word.partition(" ")
        verbs = {"wrong": self._wrong, "mask": self._mask, "misdigit": self._misdigit,
                 "unknown": self._unknown, "partner": self._partner, "repeat": self._repeat,
                 "upper": lambda r: self.word(r).upper(), "lower": lambda r: self.word(r).lower(),
                 "swapcase": self._swapcase, "first": lambda r: self.word(r).split()[0],
                 "reversed": lambda r: " ".join(reversed(self.word(r).split())),
                 "untitled": lambda r: self.word(r).split(" ", 1)[1],
                 "unaccented": self._unaccented, "age": lambda r: str(years(self.word(r)))}
        if verb not in verbs or not rest:
            raise Unknown("unknown word {{%s}}" % word)
        return verbs[verb](rest)

    def _wrong(self, word):
        """Another code than that of the letter."""
        return "%06d" % ((int(self.word(word)) + 1) % 1_000_000)

    def _mask(self, word):
        """The mask of an address (5.1)."""
        address = self.word(word)
        return envelope.mask_email(address) if "@" in address else envelope.mask_mobile(address)

    def _misdigit(self, word):
        """An id whose check digit is wrong."""
        number = self.word(word)
        return number[:-1] + str((int(number[-1]) + 1) % 10)

    def _unknown(self, kind):
        """An id of right shape and check digit that nobody has."""
        known = {p.get(kind) for p in self.everyone}
        length = {"uin": 10, "vid": 16}[kind]
        while True:
            body = secrets.choice("3456789") + "".join(
                secrets.choice("0123456789") for _ in range(length - 2))
            number = body + str(envelope.check_digit(body))
            if number not in known:
                return number

    def _partner(self, member):
        """A value of the demo's `config.toml`."""
        return {"domainUri": self.partner.domain_uri, "lk": self.partner.auth["partner_misp_lk"],
                "id": self.partner.auth["partner_id"],
                "apiKey": self.partner.auth["partner_apikey"],
                "thumbprint": envelope.thumbprint(self.partner.server_certificate).hex()}[member]

    def _swapcase(self, word):
        """The text with its letters in the other case; it must have some."""
        text = self.word(word)
        if text == text.swapcase():
            raise Unknown("no letter in " + word)
        return text.swapcase()

    def _unaccented(self, word):
        """The text without its accents; it must have some."""
        text = self.word(word)
        bare = "".join(c for c in unicodedata.normalize("NFD", text)
                       if not unicodedata.combining(c))
        if bare == text:
            raise Unknown("no accent in " + word)
        return bare

    def _repeat(self, rest):
        """`repeat 20 a`: the text so many times."""
        count, _, text = rest.partition(" ")
        return text * int(count)


def moment(shift, zone):
    """The time now, shifted by seconds, in UTC (`Z`) or written in another zone (2.5)."""
    utc = sdk.now(shift)
    if zone is None:
        return sdk.stamp(utc)
    sign = 1 if zone[0] == "+" else -1
    offset = datetime.timedelta(hours=sign * int(zone[1:3]), minutes=sign * int(zone[4:6]))
    return sdk.stamp(utc + offset)[:-1] + zone


def years(born):
    """Completed years since a date `yyyy/MM/dd`."""
    year, month, day = (int(part) for part in born.split("/"))
    today = sdk.now()
    return today.year - year - ((today.month, today.day) < (month, day))
