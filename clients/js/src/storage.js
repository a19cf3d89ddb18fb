/**
 * Where a library keeps its enrollments. Values are objects that may hold a `CryptoKey`: an implementation clones
 * them as `structuredClone` does and never writes them as text.
 *
 * @typedef {object} Storage
 * @property {(key: string) => Promise<any>} get undefined: there is none
 * @property {(key: string, value: object) => Promise<void>} put whole or not at all; done once it is durable
 * @property {(key: string) => Promise<void>} delete
 * @property {() => Promise<string[]>} keys
 */

/**
 * Keeps everything until the program ends.
 *
 * @returns {Storage}
 */
export function memoryStorage() {
  const values = new Map();
  return {
    get: async (key) => values.get(key),
    put: async (key, value) => void values.set(key, value),
    delete: async (key) => void values.delete(key),
    keys: async () => [...values.keys()],
  };
}
