// What the JavaScript library makes and what it takes, for the Java side to judge: node libraries.mjs FILE
// FILE holds what Java made. Each line that is written is one JSON object; anything else is a fault.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { webcrypto } from 'node:crypto';
import { createMobileAuth, memoryStorage } from '../../../../clients/js/src/index.js';
import { Keys } from '../../../../clients/js/src/keys.js';
import { readScannedCode } from '../../../../clients/js/src/scanned-code.js';
import { signatureBase } from '../../../../clients/js/src/signature-base.js';

const given = JSON.parse(await readFile(process.argv[2], 'utf8'));
const tell = (line) => console.log(JSON.stringify(line));
const keys = new Keys(webcrypto);

/** Texts, hashes, keys and signatures, made here. */
async function made() {
  const { privateKey, jwk, id } = await keys.generate();
  for (const { tag, values } of given.texts) {
    const text = signatureBase(tag, values);
    tell({ made: tag, text, signature: await keys.sign(privateKey, text), jwk, id });
  }
  for (const message of given.messages) tell({ hash: await keys.hash(message) });
}

/** Codes that Java wrote, and spoiled ones. */
function codes() {
  for (const text of given.codes) {
    const read = readScannedCode(text, given.link);
    tell({ scanned: text, sent: read?.text ?? null, transaction: read?.transaction ?? null });
  }
}

/** Answers of the server to the one claim, which is made again with the same nonce. */
let spoil = (body) => body;
let genuine;

const fetchSpoiled = async (url, init) => {
  if (!url.endsWith('/otp/claims')) return fetch(url, init);
  if (genuine === undefined) {
    const answer = await fetch(url, init);
    if (answer.status !== 200) return answer;
    genuine = await answer.json();
  }
  return new Response(JSON.stringify(spoil(structuredClone(genuine))), { status: 200 });
};

function library(fetchBy) {
  return createMobileAuth({
    server: given.server,
    appId: given.app,
    device: { id: given.device, name: 'A phone of JavaScript', platform: 'web' },
    session: async () => ({ profileId: given.profile, accessToken: given.token }),
    storage,
    link: given.link,
    fetch: fetchBy,
    crypto: given.sameNonce
      ? { subtle: webcrypto.subtle, getRandomValues: (bytes) => bytes.fill(7) }
      : webcrypto,
  });
}

const storage = memoryStorage();

/** Hands a code in and decides. */
async function decided(mobileAuth, { otp, source = 'camera', decide, reason }) {
  let shown = null;
  const handler = mobileAuth.otp.handleRequest({ otp, source }).onConfirmationRequest(async (actions, request) => {
    shown = request;
    if (decide === 'deny') return actions.deny({ reason });
    if (request.confirm === 'tap') return actions.accept();
    return actions.accept({ number: await numberOf(request.transactionId) });
  });
  let returnCode = null;
  handler.onSuccess((_, result) => (returnCode = result.returnCode ?? null));
  const end = await handler.finished.then(
    () => ({ code: 0, returnCode }),
    ({ code, reason: why }) => ({ code, reason: why ?? null }),
  );
  return { ...end, shown };
}

/** What the login page shows. */
async function numberOf(transaction) {
  const answer = await fetch(`${given.server}/oauth/api/v4/authenticate/transaction/${transaction}?wait=0&version=0`, {
    headers: { Authorization: given.portal },
  });
  return (await answer.json()).display_number;
}

async function answered() {
  const mobileAuth = library(fetch);
  await mobileAuth.enroll();
  assert.equal(await mobileAuth.isUserEnrolled({ profileId: given.profile }), true);
  tell({ enrolled: true });
  for (const login of given.logins) tell({ login: login.name, ...(await decided(mobileAuth, login)) });
}

const SPOILED = {
  message: (body) => ({ ...body, message: body.message + '.' }),
  type: (body) => ({ ...body, type: 'other' }),
  origin: (body) => ({ ...body, origin: 'https://evil.example' }),
  noOrigin: ({ origin, ...body }) => body,
  challenge: (body) => ({ ...body, challenge: turned(body.challenge) }),
  confirm: ({ numbers, ...body }) => ({ ...body, confirm: 'tap' }),
  numbers: (body) => ({ ...body, numbers: [...body.numbers].reverse() }),
  expires: (body) => ({ ...body, expires: body.expires + 1 }),
  transaction: (body) => ({ ...body, transaction_id: given.otherTransaction }),
  keyId: (body) => ({ ...body, server_key_id: turned(body.server_key_id) }),
  signature: (body) => ({ ...body, server_signature: turned(body.server_signature) }),
  zeros: (body) => ({ ...body, server_signature: 'A'.repeat(86) }),
  short: (body) => ({ ...body, server_signature: body.server_signature.slice(0, 84) }),
  none: ({ server_signature: _, ...body }) => body,
};

const turned = (text) => (text[0] === 'A' ? 'B' : 'A') + text.slice(1);

async function refused() {
  given.sameNonce = true;
  const mobileAuth = library(fetchSpoiled);
  for (const [name, change] of Object.entries(SPOILED)) {
    spoil = change;
    tell({ spoiled: name, ...(await decided(mobileAuth, { otp: given.toSpoil, decide: 'accept' })) });
  }
  spoil = (body) => body;
  tell({ spoiled: 'not at all', ...(await decided(mobileAuth, { otp: given.toSpoil, decide: 'accept' })) });
  await mobileAuth.disenroll();
  assert.equal(await mobileAuth.isUserEnrolled({ profileId: given.profile }), false);
  tell({ enrolled: false });
  // The results are still to be fetched, and of a phone that was taken away there are none.
  await mobileAuth.enroll();
}

await made();
codes();
await answered();
await refused();
