import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnUserPoolGroup, OAuthScope, StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { Resource } from './step.ts';

/** An OpenID Connect issuer to use instead of a user pool of our own. */
export interface IdentityProps {
  readonly oidcIssuer?: string | undefined;
  readonly oidcAudience?: string | undefined;
}

/** Who may sign in: the issuer of tokens and the audience that they must name. */
export interface Identity extends Resource {
  readonly issuer: string;
  readonly audience: string;
}

const known = (issuer: string, audience: string): Identity => ({
  issuer,
  audience,
  grantTo: (step) => {
    step.tell('OIDC_ISSUER', issuer);
    step.tell('OIDC_AUDIENCE', audience);
  },
});

/** The named issuer, or else a Cognito user pool with a group for each role; reps' ids are attributes. */
export function identity(scope: Construct, props: IdentityProps): Identity {
  if (props.oidcIssuer && props.oidcAudience) return known(props.oidcIssuer, props.oidcAudience);
  const pool = new UserPool(scope, 'Staff', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    customAttributes: {
      repId: new StringAttribute({ mutable: true, maxLen: 64 }),
      teamId: new StringAttribute({ mutable: true, maxLen: 64 }),
    },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const groupName of ['admin', 'supervisor', 'rep']) {
    new CfnUserPoolGroup(scope, `Group${groupName}`, { userPoolId: pool.userPoolId, groupName });
  }
  const client = pool.addClient('Web', {
    generateSecret: false,
    oAuth: { flows: { authorizationCodeGrant: true }, scopes: [OAuthScope.OPENID, OAuthScope.PROFILE] },
  });
  return known(pool.userPoolProviderUrl, client.userPoolClientId);
}
