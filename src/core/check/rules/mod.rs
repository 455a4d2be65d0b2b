//! One file a rule, and the table of all.

mod accessed_before_published;
mod anonymous_quote;
mod answer_not_in_quote;
mod capture_tracked;
mod captured_before_published;
mod cites_corrected;
mod data_without_source;
mod expired_exception;
mod image_without_alt;
mod impossible_order;
mod impossible_together;
mod long_quote;
mod modality_wording;
mod no_archive;
mod no_locator;
mod possible_copy;
mod published_before_said;
mod pull_quote;
mod quote_gap;
mod quote_share;
mod quote_unverified;
mod quoted_not_said;
mod said_before_event;
mod self_checked;
mod sentence_quote;
mod shared_name;
mod single_origin;
mod speech_differs;
mod stale_check;
mod to_do;
mod unchecked;
mod uncited_paragraph;
mod unclaimed_passage;
mod unexplained_difference;
mod unkept_check;
mod unlinked_article;
mod unlisted_actor;
mod untranslated_quote;
mod unused_actor;
mod unused_claim;
mod unused_event;
mod unused_place;
mod unused_question;
mod unused_source;

pub use to_do::TO_DO;

use crate::check::rule::Rule;

/// Every rule, in the order of the documentation.
pub static RULES: &[&Rule] = &[
    &accessed_before_published::RULE,
    &anonymous_quote::RULE,
    &answer_not_in_quote::RULE,
    &capture_tracked::RULE,
    &captured_before_published::RULE,
    &cites_corrected::RULE,
    &data_without_source::RULE,
    &expired_exception::RULE,
    &image_without_alt::RULE,
    &impossible_order::RULE,
    &impossible_together::RULE,
    &long_quote::RULE,
    &modality_wording::RULE,
    &no_archive::RULE,
    &no_locator::RULE,
    &possible_copy::RULE,
    &published_before_said::RULE,
    &pull_quote::RULE,
    &quote_gap::RULE,
    &quote_share::RULE,
    &quote_unverified::RULE,
    &quoted_not_said::RULE,
    &said_before_event::RULE,
    &self_checked::RULE,
    &sentence_quote::RULE,
    &shared_name::RULE,
    &single_origin::RULE,
    &speech_differs::RULE,
    &stale_check::RULE,
    &to_do::RULE,
    &unchecked::RULE,
    &uncited_paragraph::RULE,
    &unclaimed_passage::RULE,
    &unexplained_difference::RULE,
    &unkept_check::RULE,
    &unlinked_article::RULE,
    &unlisted_actor::RULE,
    &untranslated_quote::RULE,
    &unused_actor::RULE,
    &unused_claim::RULE,
    &unused_event::RULE,
    &unused_place::RULE,
    &unused_question::RULE,
    &unused_source::RULE,
];
