import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleIn } from '../local/functions.ts';
import { identities, standsInFor } from '../local/identities.ts';
import { readTemplate } from '../local/template.ts';

const ROUNDS = 5;

/** Each SDK client that a bundle may hold, and one command of it: what a handler of nothing else would import. */
const CLIENTS: Readonly<Record<string, readonly string[]>> = {
  'client-dynamodb': ['DynamoDBClient', 'GetItemCommand'],
  'lib-dynamodb': ['DynamoDBDocumentClient', 'GetCommand'],
  'client-eventbridge': ['EventBridgeClient', 'PutEventsCommand'],
  'client-s3': ['S3Client', 'GetObjectCommand'],
  'client-secrets-manager': ['SecretsManagerClient', 'GetSecretValueCommand'],
  'client-sesv2': ['SESv2Client', 'SendEmailCommand'],
  'client-sns': ['SNSClient', 'PublishCommand'],
  'client-sqs': ['SQSClient', 'SendMessageCommand'],
};

/** How long a step's code takes to load, beside a handler that holds the same SDK clients and nothing else. */
export interface Start {
  step: string;
  kilobytes: number;
  ms: number;
  bareKilobytes: number;
  bareMs: number;
}

/** The SDK clients in a bundle, as its source map says. */
function clientsIn(bundle: string): string[] {
  const { sources } = JSON.parse(readFileSync(`${bundle}.map`, 'utf8')) as { sources: string[] };
  return Object.keys(CLIENTS).filter((name) => sources.some((source) => source.includes(`/@aws-sdk/${name}/`)));
}

/** A bundle of a handler that makes these clients; made as the steps' are. */
async function bareBundle(clients: readonly string[], folder: string): Promise<string> {
  const outfile = join(folder, `${clients.join('+')}.mjs`);
  const imports = clients.map((name) => `import {${CLIENTS[name]?.join(',')}} from '@aws-sdk/${name}';`);
  const used = clients.flatMap((name) => CLIENTS[name] ?? []);
  await build({
    stdin: {
      contents: `${imports.join('\n')}\nexport const handler = async () => [${used.join(',')}];`,
      resolveDir: '.',
    },
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['sso', 'ini', 'process', 'web-identity', 'login'].map((how) => `@aws-sdk/credential-provider-${how}`),
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'silent',
  });
  return outfile;
}

/** Milliseconds that a fresh process takes to load a module. */
async function loading(bundle: string): Promise<number> {
  const script = `const began=performance.now();await import(${JSON.stringify(pathToFileURL(bundle).href)});process.stdout.write(String(performance.now()-began));process.exit()`;
  const env = { ...process.env, AWS_REGION: 'us-east-1', POWERTOOLS_SERVICE_NAME: 'bench', TABLE_NAME: 'bench' };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
  return Number(stdout);
}

const kilobytes = (file: string): number => Math.round(statSync(file).size / 1024);

/** Loads every step's bundle and its bare counterpart in fresh processes, in turn; the least of several rounds each. */
export async function benchStarts(assembly: string): Promise<Start[]> {
  const template = await readTemplate(assembly, standsInFor, identities({ url: () => '', backplane: () => '' }));
  const folder = mkdtempSync(join(tmpdir(), 'leadkeeper-bench-starts-'));
  const starts: Start[] = [];
  try {
    for (const resource of template.ofType('AWS::Lambda::Function')) {
      const asset = template.assetOf(resource);
      const { Environment } = template.resolve(resource.properties) as {
        Environment?: { Variables?: Record<string, string> };
      };
      const step = Environment?.Variables?.POWERTOOLS_SERVICE_NAME;
      if (step === undefined) continue;
      const bundle = bundleIn(asset, 'index');
      const bare = await bareBundle(clientsIn(bundle), folder);
      let [ms, bareMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let round = 0; round < ROUNDS; round += 1) {
        ms = Math.min(ms, await loading(bundle));
        bareMs = Math.min(bareMs, await loading(bare));
      }
      starts.push({ step, kilobytes: kilobytes(bundle), ms, bareKilobytes: kilobytes(bare), bareMs });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return starts.sort((a, b) => b.ms - a.ms);
}
