const STORE = 'enrollments';

/**
 * Keeps everything in IndexedDB, where a private key stays unreadable for the app too.
 *
 * @param {{name?: string, indexedDB?: IDBFactory}} [options]
 * @returns {import('./storage.js').Storage}
 */
export function indexedDbStorage({ name = 'watchword-mobile-auth', indexedDB = globalThis.indexedDB } = {}) {
  /** @type {Promise<IDBDatabase> | undefined} */
  let opened;

  function database() {
    opened ??= open(indexedDB, name, () => (opened = undefined));
    return opened;
  }

  async function run(mode, work) {
    const transaction = (await database()).transaction(STORE, mode, { durability: 'strict' });
    const request = work(transaction.objectStore(STORE));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  return {
    get: (key) => run('readonly', (store) => store.get(key)),
    put: async (key, value) => void (await run('readwrite', (store) => store.put(value, key))),
    delete: async (key) => void (await run('readwrite', (store) => store.delete(key))),
    keys: () => run('readonly', (store) => store.getAllKeys()),
  };
}

/**
 * @param {IDBFactory} indexedDB
 * @param {string} name
 * @param {() => void} onLost the database must be opened anew
 */
function open(indexedDB, name, onLost) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => {
      onLost();
      reject(request.error);
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = onLost;
      database.onversionchange = () => {
        database.close();
        onLost();
      };
      resolve(database);
    };
  });
}
