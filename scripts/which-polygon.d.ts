declare module 'which-polygon' {
  /** Finds the properties of a feature that a place (longitude, latitude) is in. */
  export default function whichPolygon<P>(collection: {
    features: { properties: P }[];
  }): (place: [number, number]) => P | undefined;
}
