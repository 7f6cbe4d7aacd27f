import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const HELP = `npm run conformance: the tests of stores and handlers that use a table, against another DynamoDB than the embedded one.

  --against emulator         the embedded one (the default)
  --against dynamodb-local   Amazon's own, out of the npm package amplify-dynamodb-simulator (56 MB, fetched once into
                             .local/dynamodb-local); needs Java 17. It listens on every address and can be told no other, so it
                             runs in a network of its own (unshare), with the tests.

Writes docs/conformance.md: what was run, and which tests see a difference.
`;
const PACKAGE = 'amplify-dynamodb-simulator@2.9.30';
const FOLDER = '.local/dynamodb-local';
const PORT = 8000;
const CONTAINED = 'LEADKEEPER_CONTAINED';

const { values } = parseArgs({
  options: { against: { type: 'string', default: 'emulator' }, help: { type: 'boolean', short: 'h' } },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const { against } = values;
if (against !== 'emulator' && against !== 'dynamodb-local') {
  process.stderr.write(`--against is emulator or dynamodb-local, not ${against}\n`);
  process.exit(2);
}

/** Fetches Amazon's own, unless it is there. */
function fetchLocal(): void {
  if (existsSync(join(FOLDER, 'DynamoDBLocal.jar'))) return;
  mkdirSync(FOLDER, { recursive: true });
  const packed = execFileSync('npm', ['pack', PACKAGE, '--silent', '--pack-destination', FOLDER], { encoding: 'utf8' });
  const file = join(FOLDER, packed.trim().split('\n').at(-1) ?? '');
  execFileSync('tar', ['-xzf', file, '-C', FOLDER, '--strip-components=2', 'package/emulator']);
  rmSync(file);
}

/** Runs this again where nobody else hears what it starts. @returns its exit code */
function contained(): number {
  const again = `ip link set lo up && exec "${process.execPath}" scripts/conformance.ts --against ${against}`;
  try {
    execFileSync('unshare', ['--map-root-user', '--net', 'sh', '-c', again], {
      stdio: 'inherit',
      env: { ...process.env, [CONTAINED]: 'yes' },
    });
    return 0;
  } catch (error) {
    return (error as { status?: number }).status ?? 1;
  }
}

async function startLocal(): Promise<ChildProcess> {
  const options = [
    '-Djava.library.path=DynamoDBLocal_lib',
    '-jar',
    'DynamoDBLocal.jar',
    '-inMemory',
    '-port',
    String(PORT),
  ];
  const java = spawn('java', options, { cwd: FOLDER, stdio: 'ignore' });
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (java.exitCode !== null) throw new Error(`DynamoDB Local ended with ${java.exitCode}: is Java 17 there?`);
    const up = await fetch(`http://127.0.0.1:${PORT}`, { signal: AbortSignal.timeout(1000) }).then(
      () => true,
      () => false,
    );
    if (up) return java;
    await wait(100);
  }
  throw new Error('DynamoDB Local does not answer');
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

/** Runs the tests that use a table. */
async function runTests(endpoint: string | undefined): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-conformance-'));
  const report = join(folder, 'report.json');
  const files = globSync('test/**/*.test.ts').filter((file) => readFileSync(file, 'utf8').includes('useRealTable('));
  const env = { ...process.env, ...(endpoint === undefined ? {} : { DYNAMODB_ENDPOINT: endpoint }) };
  const child = spawn('vitest', ['run', ...files, '--reporter=json', `--outputFile=${report}`], {
    env,
    stdio: 'ignore',
  });
  await new Promise((resolve) => child.once('exit', resolve));
  const read = JSON.parse(readFileSync(report, 'utf8')) as Report;
  rmSync(folder, { recursive: true, force: true });
  return read;
}

function write({ numPassedTests, numFailedTests, testResults }: Report): string[] {
  const differences = testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages = [] }) => `- ${fullName}: ${(failureMessages[0] ?? '').split('\n')[0]}`),
  );
  mkdirSync('docs', { recursive: true });
  writeFileSync(
    'docs/conformance.md',
    `# Conformance

Written by \`npm run conformance -- --against ${against}\` on ${new Date().toISOString().slice(0, 10)}: the tests of stores and handlers that use a
table, ${numPassedTests + numFailedTests} of them, run against ${against === 'emulator' ? 'the embedded table' : 'Amazon’s DynamoDB Local'}. ${numPassedTests} passed, ${numFailedTests} failed.

${differences.length === 0 ? 'No difference was seen.' : differences.join('\n')}
`,
  );
  return differences;
}

if (against === 'dynamodb-local') fetchLocal();
if (against === 'dynamodb-local' && process.env[CONTAINED] === undefined) process.exit(contained());
const java = against === 'dynamodb-local' ? await startLocal() : undefined;
try {
  const report = await runTests(java && `http://127.0.0.1:${PORT}`);
  for (const line of write(report)) process.stdout.write(`${line}\n`);
  process.stdout.write(`against ${against}: ${report.numPassedTests} passed, ${report.numFailedTests} failed\n`);
  if (report.numFailedTests > 0) process.exitCode = 1;
} finally {
  java?.kill();
}
