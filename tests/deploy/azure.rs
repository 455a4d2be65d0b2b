//! To Azurite, and to what speaks Google's language.
