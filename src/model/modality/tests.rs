use super::*;

#[test]
fn written_names_are_read_back() {
    for modality in Modality::ALL {
        let read: Modality = serde_json::from_value(modality.as_str().into()).unwrap();
        assert_eq!(read, modality);
    }
    for standing in Standing::ALL {
        let read: Standing = serde_json::from_value(standing.as_str().into()).unwrap();
        assert_eq!(read, standing);
    }
}

#[test]
fn the_schema_lists_every_name() {
    let schema = serde_json::to_string(&schemars::schema_for!(Modality)).unwrap();
    assert!(Modality::ALL.iter().all(|m| schema.contains(&format!("\"{}\"", m.as_str()))), "{schema}");
}
