import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { build } from 'vite';
import { commandLine } from './command-line.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'functions/console/page');
const built = join(root, 'functions/console/built');
const STAMP = 'built-from';

/** What the built page depends on, as one hash: its sources, this file, and the packages. */
function ofWhat(): string {
  const hash = createHash('sha256');
  const files = globSync('**/*.*', { cwd: source }).sort();
  for (const file of [
    ...files.map((name) => join(source, name)),
    fileURLToPath(import.meta.url),
    join(root, 'package-lock.json'),
  ]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

const squeezed = (bytes: Buffer): Promise<Buffer> =>
  promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } });

/**
 * Builds the console's page into `functions/console/built`, each file compressed by brotli, unless it was built
 * from the very same already.
 * @returns whether anything was built
 */
export async function buildConsole(): Promise<boolean> {
  const stamp = ofWhat();
  if (existsSync(join(built, STAMP)) && (await readFile(join(built, STAMP), 'utf8')) === stamp) return false;
  const raw = await mkdtemp(join(root, 'functions/console/built-'));
  try {
    await build({
      root: source,
      base: '/console/',
      configFile: false,
      logLevel: 'warn',
      build: {
        outDir: join(raw, 'raw'),
        emptyOutDir: true,
        // What loads what: for whoever weighs it.
        manifest: true,
        target: 'es2022',
        assetsInlineLimit: 0,
        // KB, not compressed: plots are as large, and loaded only where they are looked at. A test weighs what all load.
        chunkSizeWarningLimit: 700,
        modulePreload: { polyfill: false },
      },
    });
    for (const name of await readdir(join(raw, 'raw'), { recursive: true })) {
      const bytes = await readFile(join(raw, 'raw', name)).catch(() => undefined);
      if (!bytes) continue;
      const file = join(raw, 'ready', `${name}.br`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, await squeezed(bytes));
    }
    await writeFile(join(raw, 'ready', STAMP), stamp);
    await rm(built, { recursive: true, force: true });
    await rename(join(raw, 'ready'), built);
  } finally {
    await rm(raw, { recursive: true, force: true });
  }
  return true;
}

async function main(): Promise<void> {
  const { values } = commandLine({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    process.stdout.write(
      'npm run build:console: the console’s page in functions/console/built, compressed; prints what each file weighs.\n',
    );
    return;
  }
  await buildConsole();
  for (const name of (await readdir(built, { recursive: true })).filter((each) => each.endsWith('.br')).sort()) {
    const { length } = await readFile(join(built, name));
    process.stdout.write(`${(length / 1024).toFixed(1).padStart(8)} KiB  ${name.slice(0, -'.br'.length)}\n`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
