import { spawnSync } from 'node:child_process';
import { commandLine } from './command-line.ts';
import { breaches } from './house-rules.ts';

const rooms = ['events', 'shared', 'functions', 'infra', 'scripts', 'test'];

const checks: [string, string[]][] = [
  ['types', ['tsc']],
  ['types of the page', ['tsc', '-p', 'functions/console/page']],
  ['format and lint', ['biome', 'ci', '--error-on-warnings', '.']],
  ['imports run one way', ['depcruise', '--config', '.dependency-cruiser.cjs', ...rooms]],
  ['nothing unused', ['knip']],
];

const { values } = commandLine({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  process.stdout.write(`npm run check: ${checks.map(([name]) => name).join(', ')}, and the house rules.\n`);
  process.exit(0);
}

const failed: string[] = [];
for (const [name, [command = '', ...args]] of checks) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) failed.push(name);
}
const broken = breaches();
for (const line of broken) process.stderr.write(`${line}\n`);
if (broken.length > 0) failed.push('house rules');

process.stdout.write(failed.length === 0 ? 'check: all good\n' : `check: failed: ${failed.join(', ')}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
