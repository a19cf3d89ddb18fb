/**
 * Makes classic scripts of ES modules. The modules are written so that this is enough: they import only each
 * other, by name and without renaming, export declarations or lists, and no two of them use the same top-level name.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const IMPORT = /^(?:import|export) \{([^}]*)\} from '(\.[^']+)';\n/gm;
const EXPORT = /^export (?=(?:async )?(?:function|class|const) )/gm;
const DOCUMENTATION = /^[ ]*\/\*\*[\s\S]*?\*\/\n/gm;
const TOP_LEVEL = /^(?:export )?(?:async )?(?:function|class|const|let) (?:\{[^}]*\}|([\w$]+))/gm;

/**
 * @param {string} entry a module that does nothing but export names of others
 * @param {string} name of the global
 * @returns {string}
 */
export function bundle(entry, name) {
  const root = dirname(resolve(entry));
  const sources = new Map();
  const owners = new Map();

  function visit(file) {
    if (sources.has(file)) return;
    sources.set(file, '');
    const source = readFileSync(file, 'utf8');
    for (const [line, list, from] of source.matchAll(IMPORT)) {
      if (/ as /.test(list)) throw new Error(`${file}: ${line.trim()} cannot be joined`);
      visit(resolve(dirname(file), from));
    }
    for (const [, top] of source.matchAll(TOP_LEVEL)) {
      if (owners.has(top)) throw new Error(`${top} is declared by ${owners.get(top)} and by ${file}`);
      owners.set(top, file);
    }
    const text = source.replace(IMPORT, '').replace(EXPORT, '').replace(DOCUMENTATION, '').trim();
    if (/^(import|export)\b/m.test(text)) throw new Error(file + ' imports or exports in a way that cannot be joined');
    // A visited module moves behind those that it needs.
    sources.delete(file);
    sources.set(file, text && `// ${relative(root, file)}\n${text}\n`);
  }

  visit(resolve(entry));
  const names = [...readFileSync(entry, 'utf8').matchAll(IMPORT)].flatMap(([, list]) =>
    list.split(',').map((each) => each.trim()),
  );
  const body = [...sources.values()].filter((text) => text !== '').join('\n');
  return `/* ${licence()} */\n(() => {\n'use strict';\n\n${body}\nglobalThis.${name} = Object.freeze({ ${names.join(', ')} });\n})();\n`;
}

function licence() {
  const { name, version, license } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
  return `${name} ${version}, ${license}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const here = dirname(fileURLToPath(import.meta.url));
  const dist = join(here, 'dist');
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'watchword-mobile-auth.js'), bundle(join(here, 'src/index.js'), 'WatchwordMobileAuth'));
  writeFileSync(
    join(dist, 'watchword-mobile-login.js'),
    bundle(join(here, 'src/widget/index.js'), 'WatchwordMobileLogin'),
  );
  copyFileSync(join(here, 'src/widget/widget.css'), join(dist, 'watchword-mobile-login.css'));
}
