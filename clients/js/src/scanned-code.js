import { fromBase64 } from './base64.js';

const LONGEST = 512;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const STANDARD_BASE64 = /^[A-Za-z0-9+/]{1,}={0,2}$/;
const OTP_BYTES = 16;
const SHORT_BYTES = 33;

/**
 * Reads what was scanned.
 *
 * @param {unknown} scanned
 * @param {string} [link] what a link into the app begins with, up to its `#`; absent: there are no links
 * @returns {{text: string, transaction: string} | null} what to send, and of which login; null: no code of ours
 */
export function readScannedCode(scanned, link) {
  if (typeof scanned !== 'string' || scanned.length > LONGEST) return null;
  let text = scanned.trim();
  if (link && text.startsWith(link + '#')) text = text.slice(link.length + 1);
  const bytes = fromBase64(text);
  const transaction = bytes && transactionOf(bytes);
  return transaction ? { text, transaction } : null;
}

function transactionOf(bytes) {
  if (bytes[0] === 0x7b) return transactionOfJson(bytes);
  return bytes.length === SHORT_BYTES && (bytes[0] === 1 || bytes[0] === 2) ? uuid(bytes.subarray(1, 17)) : null;
}

function uuid(bytes) {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function transactionOfJson(bytes) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const { transaction_id: transaction, otp } = JSON.parse(text);
    const fits =
      typeof transaction === 'string' &&
      UUID.test(transaction) &&
      typeof otp === 'string' &&
      STANDARD_BASE64.test(otp) &&
      fromBase64(otp)?.length === OTP_BYTES;
    return fits && !hasDuplicates(text) ? transaction.toLowerCase() : null;
  } catch {
    return null;
  }
}

/** Whether an object in it names a member twice; JSON.parse would take the last one without a word. */
function hasDuplicates(json) {
  const open = [];
  for (const [token, name] of json.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') {
      open.push(new Set());
    } else if (token === '}') {
      open.pop();
    } else if (name !== undefined) {
      const names = open[open.length - 1];
      const read = JSON.parse(name);
      if (names.has(read)) return true;
      names.add(read);
    }
  }
  return false;
}
