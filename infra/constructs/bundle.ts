import { cpSync, existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** A handler's file and a folder that lies beside the code under its own name, both from the project's root. */
export interface BundleProps {
  readonly entry: string;
  readonly brings: string | undefined;
}

/**
 * A handler and all that it imports as one file, with its source map. esbuild is called in this process: the construct of the
 * CDK for functions in Node starts npm for each.
 * @throws when the folder that it brings was not built yet
 */
export function bundle({ entry, brings }: BundleProps): Code {
  if (brings !== undefined && !existsSync(join(root, brings))) {
    throw new Error(`${brings} is not built yet: npm run synth builds it`);
  }
  const tryBundle = (output: string): boolean => {
    buildSync({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: join(output, 'index.mjs'),
      bundle: true,
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
      external: ['sso', 'ini', 'process', 'web-identity', 'login'].map((how) => `@aws-sdk/credential-provider-${how}`),
      // Some CommonJS parts of the SDK call require; an ES module has none of its own.
      banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
      logLevel: 'error',
    });
    if (brings !== undefined) cpSync(join(root, brings), join(output, basename(brings)), { recursive: true });
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
