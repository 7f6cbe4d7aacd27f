import { describe, expect, it } from 'vitest';
import type { LocalFunction } from '../../../scripts/local/functions.ts';
import { chooseRoute } from '../../../scripts/local/http-api.ts';

const target = {} as LocalFunction;
const routes = [
  '$default',
  'POST /leads/{source}',
  'POST /leads/special',
  'ANY /leads/{source}',
  'ANY /scim/{proxy+}',
  'GET /scim/v2/Users',
].map((key) => ({ key, target }));

describe('choosing a route, as an HTTP API does', () => {
  it.each([
    ['POST', '/leads/web', 'POST /leads/{source}', { source: 'web' }],
    ['POST', '/leads/special', 'POST /leads/special', {}],
    ['GET', '/leads/web', 'ANY /leads/{source}', { source: 'web' }],
    ['GET', '/leads', '$default', {}],
    ['POST', '/leads/web/more', '$default', {}],
    ['PATCH', '/scim/v2/Users/7', 'ANY /scim/{proxy+}', { proxy: 'v2/Users/7' }],
    ['GET', '/scim/v2/Users', 'GET /scim/v2/Users', {}],
    ['GET', '/', '$default', {}],
  ])('%s %s goes to %s', (method, path, key, params) => {
    const chosen = chooseRoute(routes, method, path);
    expect(chosen?.route.key).toBe(key);
    expect(chosen?.params).toEqual(params);
  });

  it('answers nothing where there is no route', () => {
    expect(chooseRoute([{ key: 'GET /x', target }], 'GET', '/y')).toBeUndefined();
  });
});
