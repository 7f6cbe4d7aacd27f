import { readdir, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { commandLine } from './command-line.ts';
import { dataDirNamed, holdsData } from './local/data-dir.ts';
import { endOrphan } from './local/table.ts';

/** What a start writes. */
const OURS =
  /^(?:table\.(?:db(?:-\w+)?|pid)|(?:clock|secrets|oidc-key|stream-[\w-]+)\.json(?:\.new)?|outbox\.jsonl|functions\.log|queues)$/;

const { values } = commandLine({ options: { help: { type: 'boolean', short: 'h' } } });
const dataDir = dataDirNamed();
if (values.help) {
  process.stdout.write(
    'npm run reset: deletes the local data (in DATA_DIR, default .local), and no other files. Stop npm start first.\n',
  );
} else {
  await reset(resolve(dataDir)).catch((error: Error) => {
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
  // A wrong DATA_DIR must not cost somebody their own files.
  if (names.length > 0 && !holdsData(folder)) throw new Error(`${dataDir} holds no data of Leadkeeper's`);
  await endOrphan(folder);
  for (const name of ours) await rm(join(folder, name), { recursive: true, force: true });
  const others = names.length - ours.length;
  if (others === 0) await rmdir(folder).catch(() => undefined);
  process.stdout.write(`${dataDir} is cleared${others > 0 ? `; ${others} others in it are left as they are` : ''}\n`);
}
