import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';
import { bundle } from '../build.mjs';

function bundled(t, files) {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return bundle(join(folder, 'index.js'), 'It');
}

test('modules that declare the same name are refused', (t) => {
  assert.throws(
    () =>
      bundled(t, {
        'index.js': "export { a } from './a.js';\nexport { b } from './b.js';\n",
        'a.js': 'const same = 1;\nexport function a() {}\n',
        'b.js': 'function same() {}\nexport function b() {}\n',
      }),
    /same is declared/,
  );
});

test('what cannot be joined is refused', (t) => {
  for (const line of [
    "import x from './x.js';",
    "import * as x from './x.js';",
    "import { x as y } from './x.js';",
    'export default 1;',
    "import 'x';",
  ]) {
    const files = {
      'index.js': "export { a } from './a.js';\n",
      'a.js': line + '\nexport const a = 1;\n',
      'x.js': 'export const x = 1;\n',
    };
    assert.throws(() => bundled(t, files), /cannot be joined/, line);
  }
});

test('a module comes behind those that it needs', (t) => {
  const script = bundled(t, {
    'index.js': "export { a } from './a.js';\nexport { c } from './c.js';\n",
    'a.js': "import { b } from './b.js';\n\nexport const a = b + 1;\n",
    'b.js': "import { c } from './c.js';\n\n/** One more. */\nexport const b = c + 1;\n",
    'c.js': 'export const c = 1;\n',
  });
  const context = vm.createContext({});
  vm.runInContext(script, context);
  assert.deepEqual({ ...context.It }, { a: 3, c: 1 });
});
