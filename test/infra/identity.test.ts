import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { Leadkeeper } from '../../infra/way-of-a-lead.ts';

const named = { oidcIssuer: 'https://login.example', oidcAudience: 'leadkeeper' };

/** The template for these names of an issuer, bundles left out. */
const template = (props: { oidcIssuer?: string; oidcAudience?: string } = {}) =>
  Template.fromStack(new Leadkeeper(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Leadkeeper', props));

describe('who may sign in', () => {
  it('is added by an admin, signs in on the page, and cannot make themselves another rep', () => {
    const own = template();
    own.hasResourceProperties('AWS::Cognito::UserPool', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    own.resourceCountIs('AWS::Cognito::UserPoolDomain', 1);
    own.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['code'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      GenerateSecret: false,
      WriteAttributes: ['locale', 'name', 'zoneinfo'],
    });
    for (const GroupName of ['admin', 'supervisor', 'rep']) {
      own.hasResourceProperties('AWS::Cognito::UserPoolGroup', { GroupName });
    }
  });

  it('is whom another issuer vouches for, if one is named', () => {
    const theirs = template(named);
    theirs.resourceCountIs('AWS::Cognito::UserPool', 0);
    theirs.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: Match.objectLike({ OIDC_ISSUER: named.oidcIssuer, OIDC_AUDIENCE: named.oidcAudience }),
      },
    });
  });

  it('is never left half said', () => {
    expect(() => template({ oidcIssuer: named.oidcIssuer })).toThrow('oidcAudience');
    expect(() => template({ oidcAudience: named.oidcAudience })).toThrow('oidcIssuer');
  });
});
