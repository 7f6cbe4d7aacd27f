import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const HELP = `npm run mutation: changes the pure rooms in small ways, one after the other, and asks the tests whether they notice.

  --room NAME   only shared/NAME, such as sla or routing/filters (all rooms; hours)
  --floor N     the least share of changes, in per cent, that must be noticed (85)

Prints each change that no test noticed, and the share that was noticed; exits non-zero below the floor.
`;
const FOLDER = '.local/mutation';

const { values } = parseArgs({
  options: {
    room: { type: 'string' },
    floor: { type: 'string', default: '85' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const room = values.room ?? '';
const files = globSync(`shared/${room}/**/*.ts`).filter((file) => !/(^|\/)store\.ts$|^shared\/platform\//.test(file));
if (files.length === 0 || !/^[\w/-]*$/.test(room)) {
  process.stderr.write(`there is no room shared/${room}\n`);
  process.exit(2);
}

interface Mutant {
  status: string;
  mutatorName: string;
  replacement?: string;
  location: { start: { line: number } };
}

mkdirSync(FOLDER, { recursive: true });
const settings = {
  // Its own reader of tsconfig.json knows older compilers only; the tests need none.
  tsconfigFile: 'there-is-none.json',
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner'],
  mutate: files,
  reporters: ['json'],
  jsonReporter: { fileName: `${FOLDER}/report.json` },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  ignoreStatic: true,
  tempDirName: `${FOLDER}/sandbox`,
};
writeFileSync(`${FOLDER}/settings.json`, JSON.stringify(settings));
execFileSync('stryker', ['run', `${FOLDER}/settings.json`], { stdio: ['ignore', 'ignore', 'inherit'] });
const report = JSON.parse(readFileSync(`${FOLDER}/report.json`, 'utf8')) as {
  files: Record<string, { mutants: Mutant[] }>;
};
rmSync(`${FOLDER}/sandbox`, { recursive: true, force: true });

const mutants = Object.entries(report.files).flatMap(([file, { mutants: own }]) =>
  own.map((mutant) => ({ file, ...mutant })),
);
const noticed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
const missed = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
for (const { file, location, mutatorName, replacement = '' } of missed)
  process.stdout.write(`${file}:${location.start.line} ${mutatorName}: ${replacement.split('\n')[0]?.slice(0, 80)}\n`);
const share = (100 * noticed) / Math.max(1, noticed + missed.length);
process.stdout.write(`${noticed} of ${noticed + missed.length} changes were noticed: ${share.toFixed(1)} %\n`);
if (share < Number(values.floor)) process.exitCode = 1;
