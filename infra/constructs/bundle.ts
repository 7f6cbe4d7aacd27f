import { cpSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** What a function's code is made of; paths are from the project's root. */
export interface BundleProps {
  /** The handler's file. */
  readonly entry: string;
  /** A folder that lies beside the code under its own name. */
  readonly brings?: string;
  /** Packages that cannot be bundled, as they are installed, by the files and folders of each that are used. */
  readonly packages?: Readonly<Record<string, readonly string[]>>;
  /** What is imported only when it is needed is a file of its own, which costs no start. */
  readonly splits?: boolean;
}

/**
 * A handler and all that it imports as one file, with its source map. esbuild is called in this process: the construct of the
 * CDK for functions in Node starts npm for each.
 * @throws when something that it brings is not there
 */
export function bundle({ entry, brings, packages = {}, splits = false }: BundleProps): Code {
  const installed = Object.entries(packages).flatMap(([name, parts]) =>
    parts.map((part) => `node_modules/${name}/${part}`),
  );
  // From where in the project to where beside the code.
  const copied = [
    ...installed.map((path) => [path, path] as const),
    ...(brings === undefined ? [] : [[brings, basename(brings)] as const]),
  ];
  for (const [from] of copied) {
    if (!existsSync(join(root, from)))
      throw new Error(`${from} is not there: npm ci installs it, npm run synth builds it`);
  }
  const tryBundle = (output: string): boolean => {
    buildSync({
      absWorkingDir: root,
      entryPoints: { index: entry },
      outdir: output,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: splits,
      chunkNames: 'later/[name]-[hash]',
      platform: 'node',
      target: 'node24',
      format: 'esm',
      minify: true,
      sourcemap: true,
      sourcesContent: false,
      // Chinese as it is, not as escapes of twice the size.
      charset: 'utf8',
      mainFields: ['module', 'main'],
      // Loaded only where there are no credentials in the environment, which there always are in a function.
      external: [
        ...['sso', 'ini', 'process', 'web-identity', 'login'].map((how) => `@aws-sdk/credential-provider-${how}`),
        ...Object.keys(packages),
      ],
      // Some CommonJS parts of the SDK call require; an ES module has none of its own.
      banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
      logLevel: 'error',
    });
    for (const [from, to] of copied) cpSync(join(root, from), join(output, to), { recursive: true });
    return true;
  };
  // What the bundle holds is its name: code that did not change is not deployed again.
  return Code.fromAsset(root, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      local: { tryBundle },
      image: DockerImage.fromRegistry('none: bundled without Docker'),
      command: [entry], // the CDK tells bundles of one folder apart by it
    },
  });
}
