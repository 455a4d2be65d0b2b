use super::super::rtl::{read, share};

fn cells(visual: &str) -> Vec<String> {
    visual.chars().map(String::from).collect()
}

#[test]
fn right_to_left_lines_are_turned() {
    // « pont 12 coupé » in Hebrew, as it looks from left to right.
    assert_eq!(read(cells("קותנ 12 רשג"), true), "גשר 12 נתוק");
    assert_eq!(read(cells("said רשג yes"), false), "said גשר yes");
    assert_eq!(read(cells("said רשג דחא yes"), false), "said אחד גשר yes");
    // Shapes of letters become the letters.
    assert_eq!(read(cells("\u{fe8e}\u{fee3}"), true), "ما");
    assert!(share(["pont"].into_iter()) == 0.0 && share(["גשר"].into_iter()) == 1.0);
}
