use super::super::{Bounds, Input, read};

/// What is read, with the time before each cue, and the voice where it is named.
fn check(name: &str, file: &str, expect: &str) {
    let text = read(&Input::new(name, file.as_bytes()), &Bounds::default()).unwrap();
    let mut shown = String::new();
    for (i, mark) in text.marks().iter().enumerate() {
        let end = text.marks().get(i + 1).map_or(text.as_str().len(), |next| next.at);
        let voice = text.voice(mark.at).map_or(String::new(), |voice| format!(" {voice}:"));
        shown += &format!("{}{voice} {:?}\n", mark.spot, &text.as_str()[mark.at..end]);
    }
    assert_eq!(shown.trim_end(), expect.replace("\n            ", "\n").trim(), "{name}");
}

#[test]
fn webvtt() {
    check(
        "a.vtt",
        "WEBVTT\nKind: captions\n\nNOTE not\nthis\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:03.500 align:start\n\
         <v.loud Anna>Le <i>pont</i> &amp; la rive</v> <v Ben>Oui\n\n00:09.000 --> 00:10.000\n<ruby>橋<rt>はし</rt></ruby>\n",
        "00:00:01.000–00:00:03.500 Anna: \"Le pont & la rive\\n\\n\"
            00:00:01.000–00:00:03.500 Ben: \"Oui\\n\\n\"
            00:00:09.000–00:00:10.000 \"橋\"",
    );
}

#[test]
fn captions_that_roll_are_said_once() {
    // As YouTube writes them: two lines, the first of which is the second of the caption before.
    check(
        "a.vtt",
        "WEBVTT\n\n00:00.000 --> 00:02.000\n \nle<00:00.500><c> pont</c>\n\n00:02.000 --> 00:02.010\nle pont\n \n\n\
         00:02.010 --> 00:04.000\nle pont\nest<00:03.000><c> coupé</c>\n\n00:04.000 --> 00:04.010\nest coupé\n \n\n\
         00:04.010 --> 00:06.000\nest coupé\ndepuis hier\n",
        "00:00:00.000–00:00:02.010 \"le pont\\n\"
            00:00:02.010–00:00:04.010 \"est coupé\\n\"
            00:00:04.010–00:00:06.000 \"depuis hier\"",
    );
    // Word by word.
    check(
        "a.srt",
        "1\n00:00:00,000 --> 00:00:01,000\nJe\n\n2\n00:00:01,000 --> 00:00:02,000\nJe suis\n\n3\n00:00:02,000 --> 00:00:03,000\nJe suis venu\n",
        "00:00:00.000–00:00:03.000 \"Je suis venu\"",
    );
}

#[test]
fn what_is_said_twice_stays() {
    check(
        "a.srt",
        "1\n00:00:00,000 --> 00:00:01,000\nNon.\n\n2\n00:00:01,000 --> 00:00:02,000\nNon.\n\n3\n00:00:02,000 --> 00:00:03,000\nNon.\n",
        "00:00:00.000–00:00:01.000 \"Non.\\n\"
            00:00:01.000–00:00:02.000 \"Non.\\n\"
            00:00:02.000–00:00:03.000 \"Non.\"",
    );
}

#[test]
fn subrip() {
    check(
        "a.srt",
        "1\r\n00:00:01,000 --> 00:00:02,5 X1:0\r\n{\\an8}<i>Entre</i> 3 < 4 {sic}\r\n00:00:01,000 --> 00:00:02,000\r\n2\r\n00:00:08,000 --> 00:00:09,000\r\nsuite",
        "00:00:01.000–00:00:02.500 \"Entre 3 < 4 {sic}\\n00:00:01,000 --> 00:00:02,000\\n\\n\"
            00:00:08.000–00:00:09.000 \"suite\"",
    );
}

#[test]
fn ttml() {
    check(
        "a.ttml",
        "<tt xmlns='http://www.w3.org/ns/ttml' xmlns:ttm='http://www.w3.org/ns/ttml#metadata' xmlns:ttp='http://www.w3.org/ns/ttml#parameter' ttp:frameRate='25'>\
         <head><metadata><ttm:title>Titre</ttm:title><ttm:agent xml:id='a'><ttm:name>Anna</ttm:name></ttm:agent></metadata></head>\
         <body begin='10s'><div><p begin='1s' end='2500ms' ttm:agent='a'>Le <span>pont</span><br/>de   bois</p>\
         <p begin='00:00:05:05' dur='2s'>et <span begin='0s' end='1s'>la</span> <span begin='1s' end='2s'>rive</span></p>\
         <p begin='60s' end='61s' tts:display='none' xmlns:tts='t'>caché</p></div></body></tt>",
        "00:00:11.000–00:00:12.500 Anna: \"Le pont\\nde bois\\n\\n\"
            00:00:15.200–00:00:17.200 \"et la rive\"",
    );
    check(
        "a.xml",
        "<?xml version=\"1.0\"?><transcript><text start=\"1.5\" dur=\"2\">l&amp;#39;eau</text></transcript>",
        "00:00:01.500–00:00:03.500 \"l'eau\"",
    );
    check(
        "a.srv3",
        "<timedtext format=\"3\"><body><p t=\"1000\" d=\"2000\"><s>le</s><s t=\"300\"> pont</s></p><p t=\"1500\" a=\"1\">\n</p></body></timedtext>",
        "00:00:01.000–00:00:03.000 \"le pont\"",
    );
}

#[test]
fn transcripts_of_programs() {
    check(
        "a.json",
        r#"{"text":"all","segments":[{"id":0,"start":0.0,"end":2.5,"text":" Le pont","speaker":"SPEAKER_01","words":[]},{"start":2.5,"end":4,"text":"est coupé."}]}"#,
        "00:00:00.000–00:00:02.500 SPEAKER_01: \"Le pont\\n\\n\"
            00:00:02.500–00:00:04.000 \"est coupé.\"",
    );
    check(
        "a.json3",
        r#"{"wireMagic":"pb3","events":[{"tStartMs":0,"dDurationMs":99},{"tStartMs":10,"dDurationMs":2000,"segs":[{"utf8":"le"},{"utf8":" pont","tOffsetMs":300}]},{"tStartMs":900,"dDurationMs":5,"aAppend":1,"segs":[{"utf8":"\n"}]}]}"#,
        "00:00:00.010–00:00:02.010 \"le pont\"",
    );
    check(
        "a.json",
        r#"{"transcription":[{"timestamps":{"from":"x"},"offsets":{"from":0,"to":1500},"text":" Le pont"}]}"#,
        "00:00:00.000–00:00:01.500 \"Le pont\"",
    );
    check("a.json", r#"[{"text":"Le pont","start":1.5,"duration":2}]"#, "00:00:01.500–00:00:03.500 \"Le pont\"");
}

#[test]
fn bombs_end_within_bounds() {
    let small = Bounds { entries: 50, ..Bounds::default() };
    let many: String =
        (0..100).map(|i| format!("00:00:{:02}.000 --> 00:00:{:02}.500\nmot\n\n", i % 60, i % 60)).collect();
    let why = |name: &str, file: &str, bounds: &Bounds| {
        read(&Input::new(name, file.as_bytes()), bounds).unwrap_err().to_string()
    };
    assert_eq!(
        why("a.vtt", &format!("WEBVTT\n\n{many}"), &small),
        "this is a file of captions (WebVTT) with more captions than are read"
    );
    let deep = "<tt xmlns='http://www.w3.org/ns/ttml'>".to_owned() + &"<div>".repeat(100_000);
    assert_eq!(
        why("a.ttml", &deep, &Bounds::default()),
        "this is a file of captions (TTML) with more elements in one another than are read"
    );
    let laughs = "<!DOCTYPE tt [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><tt xmlns='http://www.w3.org/ns/ttml'><body><p begin='1s'>&b;</p></body></tt>";
    let text =
        read(&Input::new("a.ttml", format!("<?xml version='1.0'?>{laughs}").as_bytes()), &Bounds::default()).unwrap();
    assert_eq!(text.as_str(), "");
    let list = format!("[{}{{}}]", r#"{"text":"a","start":1},"#.repeat(300_000));
    assert!(why("a.json", &list, &Bounds::default()).contains("a list of more than 200000"));
}
