/** As much of IndexedDB as the storage uses: one version, one database, values cloned, commits after the request. */
export function fakeIndexedDb() {
  const stores = new Map();
  const it = { opened: 0, failNext: false, lastDatabase: undefined };

  function later(callback) {
    setTimeout(callback, 0);
  }

  function database() {
    const handle = {
      createObjectStore: (name) => stores.set(name, new Map()),
      close() {
        handle.closed = true;
      },
      transaction(name) {
        if (handle.closed) throw new DOMException('closed', 'InvalidStateError');
        const transaction = {};
        const values = stores.get(name);
        const run = (work) => {
          const request = {};
          later(() => {
            if (it.failNext) {
              it.failNext = false;
              transaction.error = new DOMException('no space', 'QuotaExceededError');
              transaction.onabort();
              return;
            }
            request.result = work();
            transaction.oncomplete();
          });
          return request;
        };
        transaction.objectStore = () => ({
          get: (key) => run(() => structuredClone(values.get(key))),
          put: (value, key) => run(() => void values.set(key, structuredClone(value))),
          delete: (key) => run(() => void values.delete(key)),
          getAllKeys: () => run(() => [...values.keys()]),
        });
        return transaction;
      },
    };
    return handle;
  }

  it.open = () => {
    it.opened++;
    const request = {};
    later(() => {
      if (it.refuse) {
        request.error = new DOMException('private window', 'InvalidStateError');
        request.onerror();
        return;
      }
      request.result = it.lastDatabase = database();
      if (stores.size === 0) request.onupgradeneeded();
      request.onsuccess();
    });
    return request;
  };
  return it;
}
