import { divisionsIn } from '../../shared/address/divisions.ts';
import type { Geocoder } from '../../shared/address/geocoders/geocoder.ts';
import type { Form } from '../../shared/lead/form.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { toWgs84 } from '../../shared/territory/crs.ts';

/** Where a lead without a point of its own is: a geocoder's point, if there is one, and what its address and postcode name. */
export async function locate(form: Form, geocoder: Geocoder): Promise<Pick<Lead, 'point' | 'geocoded' | 'words'>> {
  const { address, postcode } = form.location ?? {};
  const divisions = address === undefined ? [] : divisionsIn(address).map(({ code, name }) => ({ code, name }));
  const words = { ...(divisions.length > 0 ? { divisions } : {}), ...(postcode ? { postcode } : {}) };
  const point = address === undefined ? undefined : await geocoder.locate(address);
  return {
    ...(point ? { point: toWgs84(point), geocoded: true } : {}),
    ...(Object.keys(words).length > 0 ? { words } : {}),
  };
}
