import { readdir, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { commandLine } from './command-line.ts';
import { endOrphan } from './local/table.ts';

/** What a start writes, and by which of it the folder is known: a wrong DATA_DIR must not cost somebody their own files. */
const MARKS = ['table.db', 'oidc-key.json'];
const OURS =
  /^(?:table\.(?:db(?:-\w+)?|pid)|(?:clock|secrets|oidc-key|stream-[\w-]+)\.json(?:\.new)?|outbox\.jsonl|functions\.log|queues)$/;

const { values } = commandLine({ options: { help: { type: 'boolean', short: 'h' } } });
const { DATA_DIR = '.local' } = process.env;
if (values.help) {
  process.stdout.write(
    'npm run reset: deletes the local data (in DATA_DIR, default .local), and no other files. Stop npm start first.\n',
  );
} else {
  await reset(resolve(DATA_DIR)).catch((error: Error) => {
    process.stderr.write(`nothing is deleted: ${error.message}\n`);
    process.exitCode = 1;
  });
}

/** Deletes what a start wrote into the folder, and the folder if nothing else is in it. @throws when a runtime is at work on it */
async function reset(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const ours = names.filter((name) => OURS.test(name));
  if (names.length > 0 && !MARKS.some((name) => names.includes(name)))
    throw new Error(`${DATA_DIR} holds no data of Leadkeeper's`);
  await endOrphan(folder);
  for (const name of ours) await rm(join(folder, name), { recursive: true, force: true });
  const others = names.length - ours.length;
  if (others === 0) await rmdir(folder).catch(() => undefined);
  process.stdout.write(`${DATA_DIR} is cleared${others > 0 ? `; ${others} others in it are left as they are` : ''}\n`);
}
