import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
const { DATA_DIR = '.local' } = process.env;
if (values.help) {
  process.stdout.write('npm run reset: deletes the local data (DATA_DIR, default .local). Stop npm start first.\n');
} else {
  await rm(DATA_DIR, { recursive: true, force: true });
  process.stdout.write(`${DATA_DIR} is cleared\n`);
}
