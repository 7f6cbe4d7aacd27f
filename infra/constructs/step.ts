import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { bundle } from './bundle.ts';

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
  /** What is imported only when it is needed is a file of its own, which costs no start. */
  readonly splits?: boolean;
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
    this.lambda = new LambdaFunction(this, 'Function', {
      code: bundle({ ...props, entry: props.entry ?? `functions/${name}/handler.ts` }),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memory ?? 512,
      timeout: this.timeout,
      description: `Leadkeeper: ${name}`,
      logGroup: new LogGroup(this, 'Log', {
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      // Without a line for each start, end and duration: the metrics say as much, and a million leads would pay 1.40 USD for them.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: { POWERTOOLS_SERVICE_NAME: name, NODE_OPTIONS: '--enable-source-maps' },
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
