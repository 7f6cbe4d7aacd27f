import { CHUNK, type TerritoryIndex } from './index-file.ts';
import { type Plane, squareDistance, squareDistanceToBox } from './measure.ts';

/** Whether the place is inside the polygon: crossings of its edges with the parallel to the east are counted (even-odd). */
export function isInside(index: TerritoryIndex, polygon: number, lng: number, lat: number): boolean {
  const { ringFrom, cornerFrom, chunkFrom, corners, chunkBoxes } = index;
  let inside = false;
  for (let ring = ringFrom[polygon] as number; ring < (ringFrom[polygon + 1] as number); ring += 1) {
    const last = (cornerFrom[ring + 1] as number) - 1;
    let begin = cornerFrom[ring] as number;
    for (let chunk = chunkFrom[ring] as number; chunk < (chunkFrom[ring + 1] as number); chunk += 1, begin += CHUNK) {
      const box = chunk * 4;
      if (lat < (chunkBoxes[box + 1] as number) || lat > (chunkBoxes[box + 3] as number)) continue;
      if (lng > (chunkBoxes[box + 2] as number)) continue;
      const end = Math.min(begin + CHUNK, last);
      if (lng < (chunkBoxes[box] as number)) {
        // All of it lies to the east: it is crossed an odd number of times just when its ends are on different sides.
        if ((corners[begin * 2 + 1] as number) > lat !== (corners[end * 2 + 1] as number) > lat) inside = !inside;
        continue;
      }
      let x = corners[begin * 2] as number;
      let y = corners[begin * 2 + 1] as number;
      for (let at = begin + 1; at <= end; at += 1) {
        const nextX = corners[at * 2] as number;
        const nextY = corners[at * 2 + 1] as number;
        if (y > lat !== nextY > lat && lng < ((nextX - x) * (lat - y)) / (nextY - y) + x) inside = !inside;
        x = nextX;
        y = nextY;
      }
    }
  }
  return inside;
}

/** Metres from the middle of the plane to the nearest edge of the territory, or Infinity if it is farther than `reach`. */
export function metresTo(index: TerritoryIndex, territory: number, plane: Plane, reach: number): number {
  const { polygonFrom, ringFrom, cornerFrom, chunkFrom, corners, chunkBoxes, polygonBoxes } = index;
  let nearest = reach * reach;
  let found = false;
  for (let polygon = polygonFrom[territory] as number; polygon < (polygonFrom[territory + 1] as number); polygon += 1) {
    if (squareDistanceToBox(polygonBoxes, polygon * 4, plane) > nearest) continue;
    for (let ring = ringFrom[polygon] as number; ring < (ringFrom[polygon + 1] as number); ring += 1) {
      const last = (cornerFrom[ring + 1] as number) - 1;
      let begin = cornerFrom[ring] as number;
      for (let chunk = chunkFrom[ring] as number; chunk < (chunkFrom[ring + 1] as number); chunk += 1, begin += CHUNK) {
        if (squareDistanceToBox(chunkBoxes, chunk * 4, plane) > nearest) continue;
        const distance = squareDistance(corners, begin, Math.min(begin + CHUNK, last), plane);
        if (distance > nearest) continue;
        nearest = distance;
        found = true;
      }
    }
  }
  return found ? Math.sqrt(nearest) : Number.POSITIVE_INFINITY;
}
