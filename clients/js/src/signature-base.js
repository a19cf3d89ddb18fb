const VALUE = /^[!-~]{1,300}$/;

// A trailing question mark: the value may be absent.
const LINES = {
  'MAUTH-ENROLL-V1': ['server', 'enrollment', 'app', 'profile', 'device', 'key', 'challenge'],
  'MAUTH-CLAIM-V1': ['server', 'transaction', 'device', 'key', 'profile', 'code', 'source', 'nonce'],
  'MAUTH-CHALLENGE-V1': [
    'server',
    'transaction',
    'device',
    'key',
    'profile',
    'nonce',
    'challenge',
    'type',
    'origin?',
    'message',
    'confirm',
    'numbers?',
    'expires',
  ],
  'MAUTH-ANSWER-V1': [
    'server',
    'transaction',
    'device',
    'key',
    'profile',
    'challenge',
    'type',
    'origin?',
    'message',
    'decision',
    'number?',
    'reason?',
    'expires',
  ],
};

/**
 * Whether a text may stand in a signature base.
 *
 * @param {unknown} value
 */
export function canBeSigned(value) {
  return typeof value === 'string' && VALUE.test(value);
}

/**
 * What is signed. It is never sent: each side writes it from what it knows itself.
 *
 * @param {keyof typeof LINES} tag
 * @param {Record<string, string | null | undefined>} values
 * @returns {string} ASCII, each line ended by one line feed
 * @throws {RangeError} if a value is missing or cannot be signed
 */
export function signatureBase(tag, values) {
  let text = tag + '\n';
  for (const line of LINES[tag]) {
    const name = line.replace('?', '');
    const value = values[name] ?? (line.endsWith('?') ? '-' : undefined);
    if (!canBeSigned(value)) throw new RangeError(name + ' cannot be signed');
    text += name + ':' + value + '\n';
  }
  return text;
}
