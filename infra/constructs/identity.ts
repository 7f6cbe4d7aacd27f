import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { CfnUserPoolGroup, ClientAttributes, OAuthScope, StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
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

/**
 * The named issuer, or else a Cognito user pool with a group for each role; reps' ids are attributes.
 * @param signedIn where the pool's sign-in page returns to
 * @throws when only one of issuer and audience is named
 */
export function identity(scope: Construct, { oidcIssuer, oidcAudience }: IdentityProps, signedIn: string): Identity {
  if (oidcIssuer && oidcAudience) return known(oidcIssuer, oidcAudience);
  if (oidcIssuer || oidcAudience) throw new Error('name both oidcIssuer and oidcAudience, or neither');
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
  // The sign-in page; its name must be free in the whole region.
  pool.addDomain('SignIn', { cognitoDomain: { domainPrefix: `leadkeeper-${Aws.ACCOUNT_ID}` } });
  const client = pool.addClient('Web', {
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.PROFILE],
      callbackUrls: [signedIn],
    },
    // One flow named, as off: the page and refreshing remain. Were none named, Cognito would allow sign-in by API as well.
    authFlows: { userSrp: false },
    preventUserExistenceErrors: true,
    // Not repId and teamId: who could write their own would choose whose leads they see.
    writeAttributes: new ClientAttributes().withStandardAttributes({ fullname: true, locale: true, timezone: true }),
  });
  return known(pool.userPoolProviderUrl, client.userPoolClientId);
}
