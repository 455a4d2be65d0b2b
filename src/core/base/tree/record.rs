//! Records as a list of their fields.

/// Implements [`Decode`](super::decode::Decode) for a record: each field with how it is asked for and its key; `as` gives the name
/// by which the schema knows it, where that is not the type's. Whoever uses it has `serde_json`.
#[macro_export]
macro_rules! record {
    ($type:ident, $expected:literal, $fields:tt) => {
        $crate::base::tree::record::record!($type as stringify!($type), $expected, $fields);
    };
    ($type:ident as $name:expr, $expected:literal, { $($field:ident: $how:ident $key:literal),+ $(,)? }) => {
        impl $crate::base::tree::decode::Decode for $type {
            const EXPECTED: &'static str = $expected;

            fn decode(
                node: &$crate::base::tree::Node<'_>,
                cx: &mut $crate::base::tree::decode::Context<'_>,
            ) -> Option<Self> {
                let mut f = $crate::base::tree::decode::Fields::of(node, Self::EXPECTED, cx)?;
                let value = Self::read(&mut f, cx);
                f.finish(cx);
                Some(value)
            }

            fn shape() -> serde_json::Value {
                $crate::base::tree::decode::record_shape($name, Self::read)
            }
        }

        impl $type {
            fn read(
                f: &mut $crate::base::tree::decode::Fields<'_, '_>,
                cx: &mut $crate::base::tree::decode::Context<'_>,
            ) -> Self {
                Self { $($field: f.$how($key, cx)),+ }
            }
        }
    };
}

pub use record;
