// Places, by check-geojson (RFC 7946): structure, winding, positions, duplicate keys.

import { getIssues } from '@placemarkio/check-geojson';

export default async function geojson({ read, name }) {
  const text = await read('data/places.geojson');
  const places = JSON.parse(text).features.length;
  return [...getIssues(text).map(issue => `${issue.severity}: ${issue.message}`), ...(places > 0 ? [] : [`no place of the ${name}`])];
}
