import { readdir, rm } from 'node:fs/promises';
import { commandLine } from './command-line.ts';

const { values } = commandLine({ options: { help: { type: 'boolean', short: 'h' } } });
const { DATA_DIR = '.local' } = process.env;
if (values.help) {
  process.stdout.write('npm run reset: deletes the local data (DATA_DIR, default .local). Stop npm start first.\n');
} else if (!(await isOurs(DATA_DIR))) {
  process.stderr.write(`${DATA_DIR} holds no data of Leadkeeper's: nothing is deleted\n`);
  process.exitCode = 1;
} else {
  await rm(DATA_DIR, { recursive: true, force: true });
  process.stdout.write(`${DATA_DIR} is cleared\n`);
}

/** Whether a folder is not there, empty, or what a start wrote: a wrong DATA_DIR must not cost somebody their own files. */
async function isOurs(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.length === 0 || ['table.db', 'clock.json', 'secrets.json'].some((name) => names.includes(name));
}
