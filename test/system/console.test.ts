import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { configurations } from '../../shared/config/configuration.ts';
import { useSystem } from '../running-system.ts';

const system = useSystem();
const at = (path: string, init: RequestInit = {}) =>
  fetch(`${system.runtime.url}${path}`, { redirect: 'manual', ...init });

describe('the console', () => {
  it('is one page at every address below it, asked for anew each time, with nothing inline and nothing framed', async () => {
    for (const path of ['/console', '/console/leads/01ABC', '/console/a/b/c']) {
      const page = await at(path);
      expect(page.status).toBe(200);
      expect(page.headers.get('cache-control')).toBe('no-cache');
      expect(page.headers.get('x-content-type-options')).toBe('nosniff');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
      expect(policy).not.toContain('unsafe');
      expect(await page.text()).toContain('<div id="app">');
    }
  });

  it('gives what the page loads compressed, under a name with its hash, for ever; and nothing else', async () => {
    const [, script = ''] = /src="(\/console\/assets\/[^"]+\.js)"/.exec(await (await at('/console')).text()) ?? [];
    expect(script).toMatch(/-[\w-]{8}\.js$/);
    const bodies = await Promise.all(
      ['br', 'gzip', 'identity', 'br;q=0, gzip'].map(async (coding) => {
        const asset = await at(script, { headers: { 'accept-encoding': coding } });
        expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
        expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
        expect(asset.headers.get('vary')).toBe('accept-encoding');
        return [
          asset.headers.get('content-encoding'),
          createHash('sha256')
            .update(await asset.text())
            .digest('hex'),
        ];
      }),
    );
    expect(bodies.map(([coding]) => coding)).toEqual(['br', 'gzip', null, 'gzip']);
    expect(new Set(bodies.map(([, hash]) => hash)).size).toBe(1);
    for (const path of ['/console/assets/nothing.js', '/console/assets/..%2f..%2findex.mjs', '/console/assets/']) {
      expect((await at(path)).status).toBe(404);
    }
  });
});

describe('signing in', () => {
  const verifier = 'a'.repeat(43);
  const challenge = createHash('sha256').update(verifier).digest('base64url');

  async function picked(redirect = `${system.runtime.url}/console`): Promise<Response> {
    const { server, clientId } = (await (await at('/console/settings.json')).json()) as {
      clientId: string;
      server: { authorization_endpoint: string };
    };
    const address = new URL(server.authorization_endpoint);
    const asked = {
      client_id: clientId,
      redirect_uri: redirect,
      code_challenge: challenge,
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries({ ...asked, state: 's', nonce: 'n' }))
      address.searchParams.set(name, value);
    const form = new URLSearchParams({ role: 'rep', repId: 'rep-li' });
    return fetch(address, { method: 'POST', body: form, redirect: 'manual' });
  }

  const exchange = (code: string, code_verifier: string) =>
    at('/_local/oidc/token', {
      method: 'POST',
      body: new URLSearchParams({ code, code_verifier, redirect_uri: `${system.runtime.url}/console` }),
    });

  it('on this machine: a code for whoever began, once, and a token that says who it is', async () => {
    const back = new URL((await picked()).headers.get('location') ?? '');
    expect(back.searchParams.get('state')).toBe('s');
    const code = back.searchParams.get('code') ?? '';
    const { id_token } = (await (await exchange(code, verifier)).json()) as { id_token: string };
    const me = await system.call('GET', '/me', undefined, { authorization: `Bearer ${id_token}` });
    expect(me.body).toMatchObject({ role: 'rep', teamId: 'east', rep: { repId: 'rep-li', name: '李雷' } });
    expect((await exchange(code, verifier)).status).toBe(400);
  });

  it('lasts an hour, and is renewed by a token that nothing else takes', async () => {
    const code = new URL((await picked()).headers.get('location') ?? '').searchParams.get('code') ?? '';
    const begun = (await (await exchange(code, verifier)).json()) as { id_token: string; refresh_token: string };
    const renew = (refresh_token: string) =>
      at('/_local/oidc/token', {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token }),
      });
    const asks = async (token: string) =>
      (await system.call('GET', '/me', undefined, { authorization: `Bearer ${token}` })).status;
    expect(await asks(begun.id_token)).toBe(200);
    await system.advance('PT61M');
    expect(await asks(begun.id_token)).toBe(401);
    const renewed = (await (await renew(begun.refresh_token)).json()) as { id_token: string };
    expect(await asks(renewed.id_token)).toBe(200);
    expect(await asks(begun.refresh_token)).toBe(401);
    expect((await renew(renewed.id_token)).status).toBe(400);
    expect((await renew('no.such.token')).status).toBe(400);
  });

  it('gives nothing to whoever did not begin, and sends nobody elsewhere', async () => {
    const code = new URL((await picked()).headers.get('location') ?? '').searchParams.get('code') ?? '';
    expect((await exchange(code, 'b'.repeat(43))).status).toBe(400);
    expect((await exchange(code, verifier)).status).toBe(400);
    expect((await picked('https://evil.example/console')).status).toBe(400);
  });
});

describe('whoever asks often', () => {
  it('is sent nothing when nothing changed', async () => {
    const first = await system.call('GET', '/leads');
    const etag = first.headers.get('etag') ?? '';
    const admin = await system.token({ role: 'admin' });
    const again = await at('/leads', { headers: { ...admin, 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    await system.lead({ contact: { phone: '13955556666' } });
    expect((await at('/leads', { headers: { ...admin, 'if-none-match': etag } })).status).toBe(200);
  });

  it('sees earlier versions of the rules', async () => {
    const { body } = await system.call<{ sla: Record<string, unknown> }>('GET', '/config/sla');
    await system.call('PUT', '/config/sla', { ...body.sla, supervisorAfter: 'PT1H' });
    const earlier = await system.call('GET', '/config/sla?version=1');
    expect(earlier.body).toMatchObject({ version: 1, sla: { supervisorAfter: 'PT2H' } });
    expect((await system.call('GET', '/config/sla?version=3')).status).toBe(404);
  });

  it('sends any rules back as it got them; not over what somebody published meanwhile, if it says what it began from', async () => {
    const admin = await system.token({ role: 'admin' });
    for (const name of Object.keys(configurations)) {
      const before = await system.call<{ version: number }>('GET', `/config/${name}`);
      const put = (headers: Record<string, string>) =>
        system.call('PUT', `/config/${name}`, before.body, { ...admin, ...headers });
      const tag = before.headers.get('etag') ?? '';
      const after = await put({ 'if-match': tag });
      expect([name, after]).toMatchObject([
        name,
        { status: 200, body: { ...before.body, version: before.body.version + 1 } },
      ]);
      expect(await put({ 'if-match': tag })).toMatchObject({ status: 412, body: { status: 412 } });
      expect(await put({ 'if-match': 'yesterday' })).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'If-Match' }] },
      });
      expect((await system.call('GET', `/config/${name}`)).body).toEqual(after.body);
      expect(await put({})).toMatchObject({ status: 200, body: { version: before.body.version + 2 } });
    }
  });

  it('publishes no territories over those that somebody else published meanwhile', async () => {
    const { body: before } = await system.call<{ version: number }>('GET', '/territories');
    const admin = await system.token({ role: 'admin' });
    const put = (version: number) =>
      system.call('PUT', '/territories', before, { ...admin, 'if-match': `"${version}"` });
    expect(await put(before.version)).toMatchObject({ status: 200, body: { version: before.version + 1 } });
    expect(await put(before.version)).toMatchObject({ status: 412 });
    expect((await system.call<{ version: number }>('GET', '/territories')).body.version).toBe(before.version + 1);
  });

  it('sees which pushes of HR’s wait, and what became of others', async () => {
    const only = [{ employeeId: 'rep-li', name: '李雷', status: 'active', teamId: 'east' }];
    const push = { mode: 'full', employees: only };
    const { body: held } = await system.call<{ review: { reviewId: string } }>('POST', '/hr/employees', push, {
      'x-api-key': system.keys.hr ?? '',
    });
    const { reviewId } = held.review;
    const list = () => system.call<{ items: { reviewId: string; state: string }[] }>('GET', '/hr/reviews');
    expect((await list()).body.items).toMatchObject([{ reviewId, state: 'held', wouldFreeze: 9 }]);
    await system.call('POST', `/hr/reviews/${reviewId}/discard`);
    expect((await list()).body.items).toMatchObject([{ reviewId, state: 'discarded' }]);
    const rep = await system.token({ role: 'rep', repId: 'rep-li' });
    expect((await system.call('GET', '/hr/reviews', undefined, rep)).status).toBe(403);
  });
});
