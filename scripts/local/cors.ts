import type { IncomingMessage } from 'node:http';
import type { Reply } from './backplane.ts';

/** What pages of other origins may do, as the template has it of an HTTP API. */
export interface Cors {
  AllowOrigins?: string[];
  AllowMethods?: string[];
  AllowHeaders?: string[];
  ExposeHeaders?: string[];
  /** Seconds. */
  MaxAge?: number;
}

type Answering = (request: IncomingMessage) => Promise<Reply>;

const header = (name: string, value: string | undefined): Record<string, string> =>
  value === undefined ? {} : { [name]: value };

/** Answers browsers that ask whether a page of another origin may call, and tells them of each answer, as an HTTP API does by itself. */
export function withCors(cors: Cors | undefined, answering: Answering): Answering {
  if (!cors) return answering;
  const { AllowOrigins = [], AllowMethods, AllowHeaders, ExposeHeaders, MaxAge } = cors;
  return async (request) => {
    const { origin, 'access-control-request-method': asked } = request.headers;
    if (origin === undefined) return answering(request);
    const allowed = AllowOrigins.includes('*') ? '*' : AllowOrigins.find((each) => each === origin);
    const told = header('access-control-allow-origin', allowed);
    if (request.method !== 'OPTIONS' || asked === undefined) {
      const reply = await answering(request);
      const shown = allowed && header('access-control-expose-headers', ExposeHeaders?.join(','));
      return { ...reply, headers: { ...reply.headers, ...told, ...shown } };
    }
    const may = allowed && {
      ...header('access-control-allow-methods', AllowMethods?.join(',')),
      ...header('access-control-allow-headers', AllowHeaders?.join(',')),
      ...header('access-control-max-age', MaxAge?.toString()),
    };
    return { status: 204, headers: { ...told, ...may }, body: Buffer.alloc(0) };
  };
}
