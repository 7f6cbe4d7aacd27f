import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { commandLine } from './command-line.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'functions/api/built');
const file = join(built, 'openapi.json.gz');
const stamp = join(root, 'functions/api/built-from');

/** What the description depends on, as one hash: all code that routes may import, and the packages. */
function ofWhat(): string {
  const hash = createHash('sha256');
  const sources = ['functions/api', 'shared', 'events'].flatMap((room) => globSync(`${room}/**/*.ts`, { cwd: root }));
  for (const name of [...sources.sort(), 'package-lock.json']) {
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(root, name)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * Writes the OpenAPI description of every call into `functions/api/built`, from the schemas that check them, unless it was
 * made from the very same already. A file rather than a call's work: the API's functions each hold a part of the routes only.
 */
export async function buildOpenapi(): Promise<void> {
  const from = ofWhat();
  if (existsSync(file) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === from) return;
  const { describeAll } = await import('../functions/api/openapi.ts');
  await mkdir(built, { recursive: true });
  const fresh = join(root, `functions/api/built-${process.pid}`);
  await writeFile(fresh, gzipSync(JSON.stringify(describeAll()), { level: 9 }));
  await rename(fresh, file);
  await writeFile(stamp, from);
}

async function main(): Promise<void> {
  const { values } = commandLine({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    process.stdout.write(
      'npm run build:openapi: the description of every call in functions/api/built/openapi.json.gz.\n',
    );
    return;
  }
  await buildOpenapi();
  const { paths } = JSON.parse(gunzipSync(await readFile(file)).toString('utf8')) as { paths: Record<string, object> };
  const calls = Object.values(paths).flatMap((methods) => Object.keys(methods)).length;
  process.stdout.write(`functions/api/built/openapi.json.gz describes ${calls} calls\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
