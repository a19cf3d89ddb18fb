import { createHmac } from 'node:crypto';

/** Writes codes as the server and the portal do; the library only reads them. */

function uuidBytes(uuid) {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

export function jsonCode(transaction, otp) {
  const json = JSON.stringify({ transaction_id: transaction, otp: Buffer.from(otp).toString('base64') });
  return Buffer.from(json).toString('base64');
}

export function shortCode(transaction, otp) {
  return Buffer.concat([Buffer.of(1), uuidBytes(transaction), Buffer.from(otp)]).toString('base64url');
}

export function frame(key, transaction, step) {
  const head = Buffer.concat([uuidBytes(transaction), Buffer.alloc(4)]);
  head.writeUInt32BE(step, 16);
  const mac = createHmac('sha256', key).update('mauth-qr-v1\0').update(head).digest().subarray(0, 12);
  return Buffer.concat([Buffer.of(2), head, mac]).toString('base64url');
}
