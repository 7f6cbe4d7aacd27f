import { Duration } from 'aws-cdk-lib';
import {
  HttpApi as Api,
  CfnStage,
  CorsHttpMethod,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { Step } from './step.ts';

/** Calls a second that the API takes at once and on average; beyond, API Gateway answers 429. */
const BURST = 2000;
const RATE = 1000;

/** The one address of the system. */
export class HttpApi extends Construct {
  private readonly api: Api;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new Api(this, 'Api', {
      apiName: 'leadkeeper',
      // A form on a company's own site posts JSON from another origin. It may show a source's key, and no token of a person's.
      corsPreflight: {
        allowOrigins: ['*'],
        allowMethods: [CorsHttpMethod.POST],
        allowHeaders: ['content-type', 'x-api-key', 'idempotency-key'],
        exposeHeaders: ['retry-after'],
        maxAge: Duration.days(1),
      },
    });
    const stage = this.api.defaultStage?.node.defaultChild;
    if (stage instanceof CfnStage) {
      stage.defaultRouteSettings = { throttlingBurstLimit: BURST, throttlingRateLimit: RATE };
    }
  }

  get url(): string {
    return this.api.apiEndpoint;
  }

  /** Sends calls of a route (`POST /leads/{source}`, or `$default` for all others) to a step. */
  route(route: string, step: Step): void {
    const [method, path] = route.split(' ');
    const key =
      path === undefined
        ? HttpRouteKey.DEFAULT
        : HttpRouteKey.with(path, HttpMethod[method as keyof typeof HttpMethod]);
    const id = route.replace(/\W+/g, '-');
    new HttpRoute(this, `Route${id}`, {
      httpApi: this.api,
      routeKey: key,
      integration: new HttpLambdaIntegration(`Integration${id}`, step.lambda),
    });
  }
}
