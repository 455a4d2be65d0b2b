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
