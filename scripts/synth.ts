import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { buildConsole } from './build-console.ts';
import { buildOpenapi } from './build-openapi.ts';
import { commandLine } from './command-line.ts';

const LARGEST_BUNDLE = 1_000_000;
const FLAGS = ['--quiet', '--no-notices', '--no-lookups', '--no-version-reporting'];

/**
 * Synthesizes the CDK app with no account and no network, bundles and the console's page included.
 * @returns the folder of the assembly
 */
export async function synthesize(output = 'cdk.out'): Promise<string> {
  await Promise.all([buildConsole(), buildOpenapi()]);
  await promisify(execFile)('cdk', ['synth', ...FLAGS, '--output', output], {
    env: { ...process.env, CI: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return output;
}

interface Bundle {
  step: string;
  bytes: number;
}

/** The size of each function's code, apart from its source map and from packages that lie beside it and are read only when needed. */
async function bundles(assembly: string): Promise<Bundle[]> {
  const template = JSON.parse(await readFile(join(assembly, 'Leadkeeper.template.json'), 'utf8')) as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown>; Metadata?: Record<string, string> }>;
  };
  const functions = Object.values(template.Resources).filter(
    ({ Type, Metadata }) => Type === 'AWS::Lambda::Function' && Metadata?.['aws:asset:path'],
  );
  const measured = functions.map(async ({ Properties, Metadata }) => {
    const folder = join(assembly, Metadata?.['aws:asset:path'] ?? '');
    const code = (await readdir(folder, { recursive: true })).filter(
      (file) => !file.endsWith('.map') && !file.startsWith('node_modules'),
    );
    const sizes = await Promise.all(code.map(async (file) => (await stat(join(folder, file))).size));
    const { Variables } = Properties.Environment as { Variables: Record<string, string> };
    return { step: Variables.POWERTOOLS_SERVICE_NAME ?? '?', bytes: sizes.reduce((sum, size) => sum + size, 0) };
  });
  return (await Promise.all(measured)).sort((a, b) => b.bytes - a.bytes);
}

async function main(): Promise<void> {
  const { values } = commandLine({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    process.stdout.write(
      'npm run synth: the CloudFormation template and bundles in cdk.out, offline; prints the bundle sizes.\n',
    );
    return;
  }
  const assembly = await synthesize();
  const sizes = await bundles(assembly);
  for (const { step, bytes } of sizes) {
    process.stdout.write(`${step.padEnd(14)} ${(bytes / 1024).toFixed(0).padStart(6)} KiB\n`);
  }
  const tooLarge = sizes.filter(({ bytes }) => bytes > LARGEST_BUNDLE);
  if (tooLarge.length > 0) {
    process.stderr.write(`over 1 MB: ${tooLarge.map(({ step }) => step).join(', ')}\n`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(`${assembly}/Leadkeeper.template.json is ready to deploy: npx cdk deploy --app ${assembly}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
