import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { commandLine } from './command-line.ts';

const HELP = `npm run coverage: which share of each room the tests run that run it in their own process.

  --missing     also lists the files of which less than 80 % of the branches are run

Counts test/shared, test/functions and test/events, which take a few minutes. Not counted is what runs in worker threads of
bundles: the tests of the whole system and of the pages, and so most of handlers and routes. Exits non-zero if a test fails.
`;
const FOLDER = '.local/coverage';
const kinds = ['statements', 'branches', 'functions', 'lines'] as const;

type Counts = Record<(typeof kinds)[number], { total: number; covered: number }>;

const { values } = commandLine({
  options: { missing: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

rmSync(FOLDER, { recursive: true, force: true });
const { status } = spawnSync('vitest', ['run', '--config', 'vitest.coverage.config.ts'], { stdio: 'inherit' });
const files = Object.entries(
  JSON.parse(readFileSync(`${FOLDER}/coverage-summary.json`, 'utf8')) as Record<string, Counts>,
)
  .filter(([file]) => file !== 'total')
  .map(([file, counts]) => ({ path: file.slice(process.cwd().length + 1), counts }));

const share = (all: readonly Counts[], kind: (typeof kinds)[number]): string => {
  const [total, covered] = [
    all.reduce((sum, c) => sum + c[kind].total, 0),
    all.reduce((sum, c) => sum + c[kind].covered, 0),
  ];
  return total === 0 ? '–' : `${((100 * covered) / total).toFixed(1)} %`;
};
const line = (name: string, all: readonly Counts[]): string =>
  `${name.padEnd(28)}${kinds.map((kind) => share(all, kind).padStart(12)).join('')}\n`;

const byRoom = Map.groupBy(files, ({ path }) =>
  path
    .split('/')
    .slice(0, path.startsWith('events/') ? 1 : 2)
    .join('/'),
);
process.stdout.write(`\n${'room'.padEnd(28)}${kinds.map((kind) => kind.padStart(12)).join('')}\n`);
for (const [room, own] of [...byRoom].sort(([a], [b]) => (a < b ? -1 : 1)))
  process.stdout.write(
    line(
      room,
      own.map(({ counts }) => counts),
    ),
  );
process.stdout.write(
  line(
    'all',
    files.map(({ counts }) => counts),
  ),
);
process.stdout.write(
  '\nNot counted: handlers in worker threads of bundles, as the tests of the whole system and of the pages run them.\n',
);

if (values.missing)
  for (const { path, counts } of files)
    if (counts.branches.covered < 0.8 * counts.branches.total)
      process.stdout.write(`${path}: ${share([counts], 'branches')} of ${counts.branches.total} branches\n`);
process.exitCode = status ?? 1;
