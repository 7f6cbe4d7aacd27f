import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type ICommandHooks, NodejsFunction, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Something a step may touch: grants exactly what is needed of it, and names it in the step's environment, in one move. */
export interface Resource {
  readonly grantTo: (step: Step) => void;
}

/** Something that wakes a step. */
export interface Trigger {
  readonly wake: (step: Step) => void;
}

/** How a step is woken, what it uses, and its limits where they differ from 512 MB and 15 s. */
export interface StepProps {
  readonly wokenBy: readonly Trigger[];
  readonly uses: readonly Resource[];
  readonly memory?: number;
  readonly seconds?: number;
  /** Where its handler is, when not in `functions/<name>/handler.ts`. */
  readonly entry?: string;
  /** A folder that lies beside the code under its own name. */
  readonly brings?: string;
  /** Packages that cannot be bundled, as they are installed, by the files and folders of each that are used. */
  readonly packages?: Readonly<Record<string, readonly string[]>>;
}

/** Copies a folder of the project, and packages, beside the code. @throws when something is not there */
function copying({ brings, packages = {} }: Pick<StepProps, 'brings' | 'packages'>): ICommandHooks {
  const needed = Object.entries(packages).flatMap(([name, parts]) =>
    parts.map((part) => `node_modules/${name}/${part}`),
  );
  for (const path of brings === undefined ? needed : [brings, ...needed])
    if (!existsSync(`${root}${path}`))
      throw new Error(`${path} is not there: npm ci installs it, npm run synth builds it`);
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_, output) => [
      ...(brings === undefined ? [] : [`cp -R "${root}${brings}" "${output}"`]),
      ...needed.flatMap((path) => [
        `mkdir -p "${output}/${dirname(path)}"`,
        `cp -R "${root}${path}" "${output}/${dirname(path)}"`,
      ]),
    ],
  };
}

/** One step of the way: the only maker of functions. Its handler is `functions/<name>/handler.ts` unless told. */
export class Step extends Construct {
  readonly name: string;
  readonly lambda: LambdaFunction;
  readonly timeout: Duration;
  /** Dead letters of the queues that wake this step. */
  readonly deadLetters: Queue[] = [];

  constructor(scope: Construct, name: string, props: StepProps) {
    super(scope, name);
    this.name = name;
    this.timeout = Duration.seconds(props.seconds ?? 15);
    this.lambda = new NodejsFunction(this, 'Function', {
      entry: `${root}${props.entry ?? `functions/${name}/handler.ts`}`,
      handler: 'handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memory ?? 512,
      timeout: this.timeout,
      description: `Leadkeeper: ${name}`,
      logGroup: new LogGroup(this, 'Log', {
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      environment: { POWERTOOLS_SERVICE_NAME: name, NODE_OPTIONS: '--enable-source-maps' },
      projectRoot: root,
      depsLockFilePath: `${root}package-lock.json`,
      bundling: {
        forceDockerBundling: false,
        minify: true,
        sourceMap: true,
        sourceMapMode: SourceMapMode.DEFAULT,
        sourcesContent: false,
        target: 'node24',
        format: OutputFormat.ESM,
        // Chinese as it is, not as escapes of twice the size.
        esbuildArgs: { '--charset': 'utf8' },
        mainFields: ['module', 'main'],
        // Loaded only where there are no credentials in the environment, which there always are in a function.
        externalModules: ['sso', 'ini', 'process', 'web-identity', 'login'].map(
          (how) => `@aws-sdk/credential-provider-${how}`,
        ),
        // Some CommonJS parts of the SDK call require; an ES module has none of its own.
        banner: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
        commandHooks: copying(props),
      },
    });
    for (const resource of props.uses) resource.grantTo(this);
    for (const trigger of props.wokenBy) trigger.wake(this);
  }

  /** Allows the actions on the resources, in the step's own role. */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.lambda.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  /** Gives the step a variable. */
  tell(variable: string, value: string): void {
    this.lambda.addEnvironment(variable, value);
  }
}
