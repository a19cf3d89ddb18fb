/** Contract mobile 3.11. */
export const SERVER = 'https://login.example.com';
export const TRANSACTION = '3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b';
export const DEVICE = '05ED8E51CB1EFAA2';
export const PROFILE = 'W8DUJ2';
export const APP = 'exampleapp';
export const ENROLLMENT = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
export const ORIGIN = 'https://shop.example.com';
export const MESSAGE = 'Log in to Example Shop?\nSpend: 10 \u20ac \u2013 caf\u00e9';
export const MESSAGE_HASH = 'k2awA2tvnTITwtoSuaxjT1GmgkkMmV7D8DOphZEC4O4';
export const EXPIRES = 1767225720;
export const CHALLENGE = 'QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8';
export const NONCE = 'YGFiY2RlZmdoaWprbG1ubw';

export const DEVICE_JWK = {
  kty: 'EC',
  crv: 'P-256',
  x: 'YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y',
  y: 'eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk',
};
export const DEVICE_KEY_ID = 'DOvxvJiAdIqVWIkFt5hDtCunXLF0BV4-JGv4f-ALSm0';
/** RFC 6979, A.2.5. */
export const DEVICE_SCALAR = 'C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721';
export const SERVER_JWK = {
  kty: 'EC',
  crv: 'P-256',
  x: 'ecE_kzPuTaUlZM71bGw0AYHPuL8Ty6oyIXTz-9HOSFU',
  y: 'Hd9JqqZ6Tqvf9sENYMCZbz9SIB9QTUOKLdqS4gZNh2g',
};
export const SERVER_KEY_ID = 'mGwClkkVUH34zBHH_9hCGuzIbZPIupuRy71Xjeii2E0';
export const SERVER_KEY_SEED = 'mauth test server key';

export const F1 =
  'eyJ0cmFuc2FjdGlvbl9pZCI6IjNmMmI4YzFlLTVkNDctNGE5MC05ZTZiLTBjMWQyZTNmNGE1YiIsIm90cCI6IkFBRUNBd1FGQmdjSUNRb0xEQTBPRHc9PSJ9';
export const F2 = 'AT8rjB5dR0qQnmsMHS4_SlsAAQIDBAUGBwgJCgsMDQ4P';
export const F3 = {
  0: 'Aj8rjB5dR0qQnmsMHS4_SlsAAAAAGQfHe0OQhlKdBW_D',
  1: 'Aj8rjB5dR0qQnmsMHS4_SlsAAAABfeYi613Wh3QfF8mV',
  59: 'Aj8rjB5dR0qQnmsMHS4_SlsAAAA7nU9S7S5qyYhAiGwv',
  4294967295: 'Aj8rjB5dR0qQnmsMHS4_Slv_____gdjVzQE2ekz4t4uU',
};
export const BINDING_OF_A5 = '_ItkABxf3Q8vQPtn2uSoZaLFvReDZnbW1bWLeRfjNxc';

const DEVICE_LINES = { server: SERVER, device: DEVICE, key: DEVICE_KEY_ID, profile: PROFILE };
const SHOWN = {
  transaction: TRANSACTION,
  type: 'qr-code',
  origin: ORIGIN,
  message: MESSAGE_HASH,
  expires: String(EXPIRES),
};

export const BASES = [
  {
    what: 'enroll',
    tag: 'MAUTH-ENROLL-V1',
    values: { ...DEVICE_LINES, enrollment: ENROLLMENT, app: APP, challenge: CHALLENGE },
    bytes: 253,
    sha256: 'cb8f07c87785b3a782db78d097fcb87fe136842a06d43afc1371472a9611b999',
    signer: DEVICE_JWK,
    signature: 'gP-FSIkJkDd0iO6UBEZTqi5WAT8rabfCxdwfWVt51apMVAM1iKw_AEySN14h_L8fySsMgLxs43a7UihtwOekZg',
  },
  {
    what: 'claim',
    tag: 'MAUTH-CLAIM-V1',
    values: { ...DEVICE_LINES, transaction: TRANSACTION, codeOf: F2, source: 'camera', nonce: NONCE },
    bytes: 276,
    sha256: '8b13f9500c1010b1c82221c891224b6e56b6afc6255ccc816aef5a2235f1b4e6',
    signer: DEVICE_JWK,
    signature: 'cVwEzkxCcaeCjPLwBtpjWcXsHwZFOc6vKfRaLTIyMWVYCGakNUuUuDKw7PdrJJcaKEhB6bVQg6gRKWOSM0K1NA',
  },
  {
    what: 'challenge',
    tag: 'MAUTH-CHALLENGE-V1',
    values: { ...DEVICE_LINES, ...SHOWN, nonce: NONCE, challenge: CHALLENGE, confirm: 'choose', numbers: '17,42,83' },
    bytes: 419,
    sha256: '3f963e7966f6d747304fa5ed92ab688f9913937be34b766da0b8197bc56e6edd',
    signer: SERVER_JWK,
    signature: 'hvYzeeYP7leXqNDZWUmcXilYVPRiJ4sb_r5okoBI6M5pDSTQbDUeZgWHPftGXDKSnHv8zJe7aAe4nbshu1Cj4g',
  },
  {
    what: 'accept',
    tag: 'MAUTH-ANSWER-V1',
    values: { ...DEVICE_LINES, ...SHOWN, challenge: CHALLENGE, decision: 'accept', number: '42', reason: null },
    bytes: 390,
    sha256: '4d50558e7cd25e690789825ad37d54691186cc00dcd5abc8f886756a92556896',
    signer: DEVICE_JWK,
    signature: '_L8qwA6EE0KJ7X4-6E35IxdLtFYt8099_B2fXKXg7EIgH9OAmTuxy7y90VluOs2cuCzQbtMw_jq2Lv70XNsQPQ',
  },
  {
    what: 'deny',
    tag: 'MAUTH-ANSWER-V1',
    values: { ...DEVICE_LINES, ...SHOWN, challenge: CHALLENGE, decision: 'deny', number: null, reason: 'not_me' },
    bytes: 392,
    sha256: '3ee5d1e98de1cc5cdacfebbb9aedee8b50cf1cb6797b01fec7c14cd2b78a536d',
    signer: DEVICE_JWK,
    signature: 'wiWZ1BwcQ_3bieR-op_wbUsywcbLt9jOKy474XBEAeBSOQyVPDWr_D2XPLAJcuVYIzsfDJ5htmKZGaFQlIvk5g',
  },
];

export const ACCEPT_BASE = `MAUTH-ANSWER-V1
server:https://login.example.com
transaction:3f2b8c1e-5d47-4a90-9e6b-0c1d2e3f4a5b
device:05ED8E51CB1EFAA2
key:DOvxvJiAdIqVWIkFt5hDtCunXLF0BV4-JGv4f-ALSm0
profile:W8DUJ2
challenge:QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8
type:qr-code
origin:https://shop.example.com
message:k2awA2tvnTITwtoSuaxjT1GmgkkMmV7D8DOphZEC4O4
decision:accept
number:42
reason:-
expires:1767225720
`;
