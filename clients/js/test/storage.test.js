import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { indexedDbStorage, memoryStorage } from '../src/index.js';
import { Keys } from '../src/keys.js';
import { fakeIndexedDb } from './support/fake-indexed-db.js';
import { enrolledPhone, follow } from './support/phone.js';

const MAKERS = { memory: () => memoryStorage(), IndexedDB: () => indexedDbStorage({ indexedDB: fakeIndexedDb() }) };

for (const [name, make] of Object.entries(MAKERS)) {
  test(`${name}: keeps, replaces, lists and deletes objects with keys in them`, async () => {
    const storage = make();
    assert.equal(await storage.get('a'), undefined);
    const { privateKey, jwk } = await new Keys(webcrypto).generate();
    assert.equal(await storage.put('a', { privateKey }), undefined);
    await storage.put('b', { n: 1 });
    await storage.put('b', { n: 2 });
    assert.deepEqual(await storage.get('b'), { n: 2 });
    assert.deepEqual((await storage.keys()).sort(), ['a', 'b']);
    const kept = (await storage.get('a')).privateKey;
    assert.equal(kept.extractable, false);
    assert.equal(await new Keys(webcrypto).verify(jwk, await new Keys(webcrypto).sign(kept, 'x'), 'x'), true);
    await storage.delete('a');
    await storage.delete('nothing');
    assert.deepEqual(await storage.keys(), ['b']);
  });
}

test('IndexedDB: an enrollment is there after a restart', async () => {
  const indexedDB = fakeIndexedDb();
  const it = await enrolledPhone({ storage: indexedDbStorage({ indexedDB }) });
  it.restart({ storage: indexedDbStorage({ indexedDB }) });
  assert.equal(await it.mobileAuth.isUserEnrolled('W8DUJ2'), true);
  const events = await follow(it.mobileAuth.otp.handleRequest(it.server.start().code));
  assert.equal(events.at(-1)[0], 'success');
});

test('IndexedDB: a write that fails is told, and the old value stays', async () => {
  const indexedDB = fakeIndexedDb();
  const storage = indexedDbStorage({ indexedDB });
  await storage.put('a', { n: 1 });
  indexedDB.failNext = true;
  await assert.rejects(storage.put('a', { n: 2 }), { name: 'QuotaExceededError' });
  assert.deepEqual(await storage.get('a'), { n: 1 });
});

test('IndexedDB: opened once, and anew when it was refused, closed or replaced', async () => {
  const indexedDB = fakeIndexedDb();
  const storage = indexedDbStorage({ indexedDB });
  indexedDB.refuse = true;
  await assert.rejects(storage.keys(), { name: 'InvalidStateError' });
  indexedDB.refuse = false;
  await Promise.all([storage.keys(), storage.get('a')]);
  assert.equal(indexedDB.opened, 2);
  indexedDB.lastDatabase.onversionchange();
  await storage.keys();
  indexedDB.lastDatabase.onclose();
  await storage.keys();
  assert.equal(indexedDB.opened, 4);
});
