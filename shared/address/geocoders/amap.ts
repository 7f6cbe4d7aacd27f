import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import type { Point } from '../../territory/point.ts';
import type { Geocoder } from './geocoder.ts';

const ENDPOINT = 'https://restapi.amap.com/v3/geocode/geo';
const TIMEOUT = 2000;
const TRIES = 2;
const PAUSE = 200;
/** Too many calls in this second, or too many at once: worth another try. */
const BUSY = new Set(['10019', '10020', '10021', '10014', '10015']);
/** What is no more exact than a division is left to the division's own name. */
const COARSE = new Set(['国家', '省', '市', '区县', '开发区', '未知']);

const answer = z.object({
  status: z.string(),
  infocode: z.string().optional(),
  geocodes: z.array(z.object({ location: z.string(), level: z.union([z.string(), z.array(z.unknown())]) })).default([]),
});

/** Where Amap is reached, and with which key of its Web service. */
export interface AmapOptions {
  readonly key: string;
  readonly endpoint?: string | undefined;
}

type Asked = { point: Point | undefined } | 'again';

function read(body: unknown): Asked {
  const said = answer.safeParse(body);
  if (!said.success) return { point: undefined };
  const { status, infocode, geocodes } = said.data;
  if (status !== '1') return BUSY.has(infocode ?? '') ? 'again' : { point: undefined };
  const places = new Set(
    geocodes.filter(({ level }) => typeof level === 'string' && !COARSE.has(level)).map(({ location }) => location),
  );
  // Several places for one address are none.
  const [lng, lat] = places.size === 1 ? ([...places][0] ?? '').split(',').map(Number) : [];
  const exact = Number.isFinite(lng) && Number.isFinite(lat);
  return { point: exact ? { lng: Number(lng), lat: Number(lat), crs: 'GCJ02' } : undefined };
}

/** Amap's geocoding (Web service v3). 2 s for an answer, two tries; the address and the key stand in no error and no log. */
export const amap = ({ key, endpoint = ENDPOINT }: AmapOptions): Geocoder => {
  const ask = async (address: string): Promise<Asked> => {
    try {
      const query = new URLSearchParams({ key, address, output: 'JSON' });
      const response = await fetch(`${endpoint}?${query}`, { signal: AbortSignal.timeout(TIMEOUT), redirect: 'error' });
      if (response.status >= 500) return 'again';
      return response.ok ? read(await response.json()) : { point: undefined };
    } catch {
      return 'again';
    }
  };
  return {
    locate: async (address) => {
      for (let attempt = 1; ; attempt += 1) {
        const asked = await ask(address);
        if (asked !== 'again') return asked.point;
        if (attempt === TRIES) return undefined;
        await wait(PAUSE);
      }
    },
  };
};
