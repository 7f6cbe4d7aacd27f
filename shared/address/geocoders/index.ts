import { amap } from './amap.ts';
import { type Geocoder, offline } from './geocoder.ts';

/** The geocoder that is configured: Amap with `amapKey` in the secret (`amapUrl` names another endpoint), else none. */
export const geocoderFor = ({
  amapKey,
  amapUrl,
}: {
  amapKey?: string | undefined;
  amapUrl?: string | undefined;
}): Geocoder => (amapKey ? amap({ key: amapKey, endpoint: amapUrl }) : offline);
