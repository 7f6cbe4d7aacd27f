import type { Point } from '../../territory/point.ts';

/** Finds the point of an address. Each service is one file of this shape. */
export interface Geocoder {
  /** The point, or undefined when it is not known exactly enough. Never throws: what it cannot find, words have to. */
  readonly locate: (address: string) => Promise<Point | undefined>;
}

/** Without a service: no address has a point. */
export const offline: Geocoder = { locate: async () => undefined };
