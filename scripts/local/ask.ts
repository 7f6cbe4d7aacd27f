import type { Agent } from 'node:http';
import { forward } from './table-proxy.ts';

/**
 * Asks a stand-in by AWS's JSON protocol. What is asked over and over is asked without an SDK: to sign each request and to read each
 * answer by a schema took more of the main thread's time than everything that answers.
 * @param target the service's name for the action, such as `AmazonSQS.ReceiveMessage`
 * @throws when it is refused, or nobody answers
 */
export async function ask<T>(
  { endpoint, agent, signal }: { endpoint: string; agent: Agent; signal?: AbortSignal },
  target: string,
  question: Record<string, unknown>,
): Promise<T> {
  const headers = { ...NOBODY, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
  const { status, body } = await forward(endpoint, agent, headers, Buffer.from(JSON.stringify(question)), signal);
  const text = body.toString('utf8');
  if (status !== 200) throw new Error(`${target} answered ${status}: ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as T;
}

/** The stand-ins want to be told who asks, in which region and when; at the signature they do not look. */
const NOBODY = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/any/aws4_request, SignedHeaders=host, Signature=none',
  'x-amz-date': '20200101T000000Z',
};
