//! Places as GeoJSON (RFC 7946): longitude before latitude; a place without coordinates has no geometry.

use super::Input;
use sourcebook_core::base::json::Json;
use sourcebook_core::model::PlaceIx;
use sourcebook_core::model::place::Whole;

/// All places.
pub fn write(input: &Input<'_>, out: &mut String) {
    Json::new(out).object(|o| {
        o.text("type", "FeatureCollection").key("features").array(|list| {
            for ix in (0..input.dossier.places.len()).map(PlaceIx::at) {
                feature(list.line(), input, ix);
            }
        });
    });
    out.push('\n');
}

fn feature(json: &mut Json<'_>, input: &Input<'_>, ix: PlaceIx) {
    let place = &input.dossier[ix];
    json.object(|o| {
        o.text("type", "Feature").text("id", input.id(ix));
        match place.coordinates {
            None => {
                o.value("geometry", "null");
            }
            Some((latitude, longitude)) => {
                o.table("geometry", |o| {
                    o.text("type", "Point").key("coordinates").array(|list| {
                        list.raw(longitude).raw(latitude);
                    });
                });
            }
        }
        o.table("properties", |o| {
            o.text("name", &place.name).text("url", &input.url(ix.into()));
            o.list("aliases", &place.aliases, |list, alias| {
                list.string(alias);
            });
            o.maybe("precision", place.precision.map(|p| p.as_str()));
            o.maybe(
                "part_of",
                place.part_of.map(|whole| match whole {
                    Whole::Place(ix) => input.id(ix),
                    Whole::Actor(ix) => input.id(ix),
                }),
            );
            o.maybe("wikidata", place.wikidata.as_ref());
        });
    });
}
