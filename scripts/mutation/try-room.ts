import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const FOLDER = '.local/mutation';
/** A change may break more than its tests; where many do, it is the trying that is broken. */
const MOST_FAILED = 0.02;

interface Mutant {
  status: string;
  mutatorName: string;
  replacement?: string;
  statusReason?: string;
  location: { start: { line: number } };
}

/** A change that no test noticed. */
export interface Survivor {
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  readonly replacement: string;
  readonly wasRun: boolean;
}

/** What came of one room: how many changes were tried, and what became of them. `seconds` is by the clock on the wall. */
export interface Row {
  readonly room: string;
  readonly tried: number;
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly notCovered: number;
  readonly seconds: number;
  /** When (a day, `2026-11-23`). */
  readonly day: string;
}

export interface RoomResult extends Row {
  readonly survivors: readonly Survivor[];
}

/**
 * Changes the files of a room, one change at a time, against the tests of that room alone. `again`: what the last run found of files
 * and by tests that are as they were is taken from it.
 */
export function tryRoom(room: string, files: readonly string[], again: boolean): RoomResult {
  const folder = `${FOLDER}/${room}`;
  mkdirSync(folder, { recursive: true });
  const from = performance.now();
  const report = `${folder}/report.json`;
  const known = `${folder}/known.json`;
  if (again && existsSync(report)) copyFileSync(report, known);
  const settings = {
    // Its own reader of tsconfig.json knows older compilers only; the tests need none.
    tsconfigFile: 'there-is-none.json',
    testRunner: 'vitest',
    vitest: { configFile: 'vitest.mutation.config.ts', related: false },
    plugins: ['@stryker-mutator/vitest-runner', './scripts/mutation/prose.ts'],
    ignorers: ['prose'],
    mutate: files,
    reporters: ['json'],
    jsonReporter: { fileName: report },
    coverageAnalysis: 'perTest',
    incremental: again,
    incrementalFile: known,
    concurrency: 2,
    // What is worked out once, when a module is loaded, is nearly all tables and schemas; each such change costs a run of all tests.
    ignoreStatic: true,
    timeoutMS: 5_000,
    ignorePatterns: ['.local', 'coverage', 'cdk.out*', 'docs', 'functions/console', 'test/system', 'test/browser'],
    tempDirName: `${folder}/sandbox`,
    allowConsoleColors: false,
  };
  writeFileSync(`${folder}/settings.json`, JSON.stringify(settings));
  const { status, stdout } = spawnSync('stryker', ['run', `${folder}/settings.json`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ROOM: room },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`the mutants of ${room} could not be tried:\n${stdout.slice(-4000)}`);
  rmSync(`${folder}/sandbox`, { recursive: true, force: true });
  return counted(room, report, (performance.now() - from) / 1000);
}

function counted(room: string, report: string, seconds: number): RoomResult {
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as { files: Record<string, { mutants: Mutant[] }> };
  const mutants = Object.entries(files).flatMap(([file, { mutants: own }]) => own.map((own) => ({ file, ...own })));
  const of = (status: string): number => mutants.filter((mutant) => mutant.status === status).length;
  const [killed, timedOut, survived, notCovered] = [of('Killed'), of('Timeout'), of('Survived'), of('NoCoverage')];
  const survivors = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ file, location, mutatorName, replacement = '', status }) => ({
      file,
      line: location.start.line,
      mutator: mutatorName,
      replacement: replacement.split('\n')[0]?.slice(0, 80) ?? '',
      wasRun: status === 'Survived',
    }));
  const tried = killed + timedOut + survived + notCovered;
  const failed = mutants.filter(({ status }) => status === 'RuntimeError');
  if (failed.length > tried * MOST_FAILED)
    throw new Error(`${failed.length} mutants of ${room} could not be tried: ${failed[0]?.statusReason}`);
  const day = new Date().toISOString().slice(0, 10);
  return { room, tried, killed, timedOut, survived, notCovered, seconds, day, survivors };
}

/** The share of changes that were noticed, in per cent. A time-out notices too. */
export function score(result: Pick<Row, 'tried' | 'killed' | 'timedOut'>): number {
  return result.tried === 0 ? 100 : (100 * (result.killed + result.timedOut)) / result.tried;
}
