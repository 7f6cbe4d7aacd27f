import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll } from 'vitest';
import { handler } from '../../../functions/scim/handler.ts';
import type { Table } from '../../../shared/platform/table.ts';
import { useRealTable } from '../../real-table.ts';

export const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const KEY = 'a-key-that-the-directory-was-given';

/** A user as a directory sees it. */
export interface Resource {
  id: string;
  schemas: string[];
  userName: string;
  active: boolean;
  meta: { resourceType: string; created: string; lastModified: string; location: string; version: string };
  [name: string]: unknown;
}

/** A ListResponse. */
export interface Page {
  schemas: string[];
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  Resources: Resource[];
}

/** An answer to a directory. */
export interface Answered<T> {
  status: number;
  headers: Record<string, unknown>;
  body: T;
}

/** A SCIM client of the real handler, with a table of its own. */
export class Directory {
  readonly table: () => Table;

  constructor(table: () => Table) {
    this.table = table;
  }

  /** `path` stands under /scim/v2 and may have a query. */
  async call<T = Resource>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered<T>> {
    const [rawPath = '', rawQueryString = ''] = path.split('?', 2);
    const event = {
      version: '2.0',
      routeKey: 'ANY /scim/v2/{proxy+}',
      rawPath: `/scim/v2${rawPath}`,
      rawQueryString,
      headers: {
        host: 'leads.example',
        'x-forwarded-proto': 'https',
        authorization: `Bearer ${KEY}`,
        'content-type': 'application/scim+json; charset=utf-8',
        ...headers,
      },
      queryStringParameters: Object.fromEntries(new URLSearchParams(rawQueryString)),
      requestContext: { requestId: 'test', http: { method, path: rawPath } },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      isBase64Encoded: false,
    };
    const answer = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
    const { statusCode = 0, headers: sent = {}, body: text = '' } = answer;
    return { status: statusCode, headers: sent, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  find(filter: string, more = ''): Promise<Answered<Page>> {
    return this.call<Page>('GET', `/Users?filter=${encodeURIComponent(filter)}${more}`);
  }

  patch(id: string, ...Operations: unknown[]): Promise<Answered<Resource>> {
    return this.call('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations,
    });
  }

  add(userName: string, more: Record<string, unknown> = {}): Promise<Answered<Resource>> {
    return this.call('POST', '/Users', { schemas: [CORE, ENTERPRISE], userName, ...more });
  }

  async read(id: string): Promise<Resource> {
    return (await this.call('GET', `/Users/${id}`)).body;
  }
}

/** A directory that knows the key, on a table, a bucket and a secret of its own. */
export function useDirectory(): Directory {
  const { table } = useRealTable();
  const vault = createServer((_, response) => {
    const secret = { master: 'a-master-of-sixteen-or-more', scim: KEY };
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    response.end(JSON.stringify({ SecretString: JSON.stringify(secret) }));
  });
  beforeAll(async () => {
    await new Promise<void>((listening) => vault.listen(0, '127.0.0.1', listening));
    process.env.SECRET_ARN = 'secret';
    process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = `http://127.0.0.1:${(vault.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    vault.close();
    vault.closeAllConnections();
  });
  return new Directory(table);
}
