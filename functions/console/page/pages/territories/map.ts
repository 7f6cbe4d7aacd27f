import L from 'leaflet';
import '@geoman-io/leaflet-geoman-free';
import 'leaflet/dist/leaflet.css';
import '@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import landUrl from 'world-atlas/land-50m.json?url';
import type { Territory } from './draft.ts';

/** What the map tells. */
interface Heard {
  drawn: (geometry: Territory['geometry']) => void;
  edited: (at: number, geometry: Territory['geometry']) => void;
  selected: (at: number) => void;
  /** A place was pressed, in WGS-84 degrees. */
  placed: (lng: number, lat: number) => void;
}

/** The map: territories on a plain ground of land and sea, with no server behind it. */
export interface TerritoryMap {
  show: (
    territories: readonly Territory[],
    marks: { selected: number | undefined; overlapping: ReadonlySet<string> },
  ) => void;
  fit: () => void;
  /** Draws a new polygon, corner by corner. */
  draw: () => void;
  /** Lets the corners of one territory be moved, or of none. */
  edit: (at: number | undefined) => void;
  pin: (lng: number, lat: number) => void;
  close: () => void;
}

const COLOURS = { plain: '#0f6b64', selected: '#1d4ed8', overlap: '#b3261e' } as const;
const EARTH = 40_075_016.686;

/** The ground: land without borders, so that no map of ours takes sides. Loaded once; the map works without it. */
async function addGround(map: L.Map): Promise<void> {
  const answer = await fetch(landUrl);
  if (!answer.ok) return;
  const topology = (await answer.json()) as Topology<{ land: GeometryCollection }>;
  const style = { className: 'land', interactive: false, stroke: false, fillOpacity: 1 };
  L.geoJSON(feature(topology, topology.objects.land), { style, pmIgnore: true, interactive: false })
    .addTo(map)
    .bringToBack();
}

/** Opens the map in an element. */
export function openMap(element: HTMLElement, heard: Heard): TerritoryMap {
  const map = L.map(element, { attributionControl: false, zoomSnap: 0.5, worldCopyJump: true }).setView(
    [31.25, 121],
    9,
  );
  L.control.scale({ imperial: false }).addTo(map);
  addGround(map);
  const group = L.layerGroup().addTo(map);
  let shapes: { polygon: L.Polygon; zone: L.Polygon; metres: number }[] = [];
  let editing: number | undefined;
  let pinned: L.CircleMarker | undefined;

  /** Pixels that so many metres are here. */
  const pixels = (metres: number, at: L.LatLng): number =>
    (metres * 2 ** map.getZoom() * 256) / (EARTH * Math.cos((at.lat * Math.PI) / 180));
  const widen = () => {
    for (const { zone, metres } of shapes)
      if (metres > 0) zone.setStyle({ weight: 2 * pixels(metres, zone.getBounds().getCenter()) });
  };
  map.on('zoomend', widen);
  map.on('click', ({ latlng }) => {
    if (!map.pm.globalDrawModeEnabled()) heard.placed(latlng.lng, latlng.lat);
  });
  map.on('pm:create', ({ layer }) => {
    const { geometry } = (layer as L.Polygon).toGeoJSON();
    layer.remove();
    heard.drawn(geometry);
  });

  function shape(territory: Territory, at: number, colour: string): (typeof shapes)[number] {
    const [source] = L.geoJSON(territory).getLayers() as L.Polygon[];
    const corners = (source?.getLatLngs() ?? []) as L.LatLng[][];
    const metres = territory.properties.bufferMetres ?? 0;
    const zone = L.polygon(corners, {
      color: colour,
      opacity: 0.2,
      fill: false,
      interactive: false,
      pmIgnore: true,
      lineJoin: 'round',
    });
    const polygon = L.polygon(corners, { color: colour, weight: 2, fillOpacity: 0.15 });
    if (metres > 0) zone.addTo(group);
    polygon.addTo(group).bindTooltip(document.createTextNode(territory.properties.name) as unknown as HTMLElement);
    polygon.on('click', (event) => {
      L.DomEvent.stopPropagation(event);
      heard.selected(at);
      heard.placed(event.latlng.lng, event.latlng.lat);
    });
    polygon.on('pm:edit', () => heard.edited(at, polygon.toGeoJSON().geometry));
    return { polygon, zone, metres };
  }

  return {
    show: (territories, { selected, overlapping }) => {
      group.clearLayers();
      shapes = territories.map((territory, at) => {
        const overlaps = overlapping.has(territory.properties.territoryId);
        return shape(territory, at, at === selected ? COLOURS.selected : overlaps ? COLOURS.overlap : COLOURS.plain);
      });
      widen();
      if (editing !== undefined) shapes[editing]?.polygon.pm.enable({ allowSelfIntersection: false });
    },
    fit: () => {
      const bounds = L.featureGroup(shapes.map(({ polygon }) => polygon)).getBounds();
      if (bounds.isValid()) map.fitBounds(bounds, { padding: [20, 20] });
    },
    draw: () => map.pm.enableDraw('Polygon', { snappable: true, allowSelfIntersection: false }),
    edit: (at) => {
      for (const { polygon } of shapes) polygon.pm.disable();
      editing = at;
      if (at !== undefined) shapes[at]?.polygon.pm.enable({ allowSelfIntersection: false });
    },
    pin: (lng, lat) => {
      pinned?.remove();
      pinned = L.circleMarker([lat, lng], {
        radius: 7,
        color: COLOURS.overlap,
        pmIgnore: true,
        interactive: false,
      }).addTo(map);
    },
    close: () => map.remove(),
  };
}
