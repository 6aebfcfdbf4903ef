//! The macros that declare AWS's shapes, a service's operations, and the set of services.

/// Declares input and output shapes: plain structs whose members carry AWS's names in `PascalCase`.
///
/// Every member has a default, so that a caller names only what it sets; what AWS requires is checked against the published shapes
/// (see [`validate`](crate::api::validate)) when a request comes in. A member whose name in AWS is not its own in `PascalCase` says so as it
/// would for serde: `#[serde(rename = "DNSName")]`.
macro_rules! shapes {
    ($($(#[$meta:meta])* $name:ident {
        $($(#[doc = $doc:literal])* $(#[serde(rename = $wire:literal)])? $member:ident: $type:ty),* $(,)?
    })*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name { $($(#[doc = $doc])* pub $member: $type,)* }

        impl $crate::api::wire::Wire for $name {
            #[allow(unused_mut)]
            fn to_wire(&self) -> serde_json::Value {
                let mut members = serde_json::Map::new();
                $($crate::api::wire::put(&mut members, wire_name!($member $($wire)?), $crate::api::wire::Wire::to_wire(&self.$member));)*
                serde_json::Value::Object(members)
            }

            #[allow(unused_mut)]
            fn from_wire(value: serde_json::Value) -> Result<Self, $crate::api::wire::Misfit> {
                let mut members = $crate::api::wire::Members::of(value);
                let shape = $name { $($member: members.take(wire_name!($member $($wire)?)),)* };
                members.finish().map(|()| shape)
            }
        }
    )* };
}

/// A member's name in AWS.
macro_rules! wire_name {
    ($member:ident $wire:literal) => {
        $wire
    };
    ($member:ident) => {{
        const LETTERS: [u8; $crate::api::wire::pascal_length(stringify!($member))] =
            $crate::api::wire::pascal(stringify!($member));
        const NAME: &str = match str::from_utf8(&LETTERS) {
            Ok(name) => name,
            Err(_) => panic!("a member's name is ASCII"),
        };
        NAME
    }};
}

/// Declares a service's operations: its request and response enums and the names that go with them.
macro_rules! operations {
    ($service:literal, $variant:ident; $($(#[$meta:meta])* $operation:ident($input:ty) -> $output:ty;)*) => {
        /// A request to this service.
        #[allow(clippy::large_enum_variant)]
        #[derive(Clone, Debug, PartialEq)]
        pub enum Request { $($(#[$meta])* $operation($input),)* }

        /// An answer of this service.
        // An answer lives for one call; boxing the large ones would only make them harder to read.
        #[allow(clippy::large_enum_variant)]
        #[derive(Clone, Debug, PartialEq)]
        pub enum Response { $($(#[$meta])* $operation($output),)* }

        impl Request {
            /// The operations of this service that the lab knows.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($operation)),*];

            /// The operation's name.
            pub fn operation(&self) -> &'static str {
                match self { $(Request::$operation(_) => stringify!($operation),)* }
            }

            /// The parameters as JSON.
            pub fn parameters(&self) -> serde_json::Value {
                match self { $(Request::$operation(input) => $crate::api::apart(|| $crate::api::to_parameters(input)),)* }
            }

            /// Reads the parameters of `operation`; `None` if the lab does not know the operation.
            pub(in crate::api) fn read(
                operation: &str, parameters: serde_json::Value,
            ) -> Option<Result<Self, $crate::api::wire::Misfit>> {
                match operation {
                    $(stringify!($operation) => {
                        Some($crate::api::apart(|| $crate::api::wire::Wire::from_wire(parameters).map(Request::$operation)))
                    })*
                    _ => None,
                }
            }
        }

        impl Response {
            /// The answer as JSON.
            pub fn output(&self) -> serde_json::Value {
                match self { $(Response::$operation(output) => $crate::api::apart(|| $crate::api::to_json(output)),)* }
            }
        }

        $(impl $crate::api::Operation for $input {
            type Output = $output;
            const SERVICE: &'static str = $service;
            const NAME: &'static str = stringify!($operation);

            fn into_request(self) -> $crate::api::Request {
                $crate::api::Request::$variant(Request::$operation(self))
            }

            fn output_of(response: $crate::api::Response) -> Option<$output> {
                match response {
                    $crate::api::Response::$variant(Response::$operation(output)) => Some(output),
                    _ => None,
                }
            }
        })*
    };
}

/// Declares the one request enum and the one response enum over all services.
macro_rules! services {
    ($($name:literal => $variant:ident($module:ident),)*) => {
        /// A request to any service of the lab.
        #[allow(clippy::large_enum_variant)]
        #[derive(Clone, Debug, PartialEq)]
        pub enum Request { $(#[doc = concat!("To `", $name, "`.")] $variant($module::Request),)* }

        /// An answer of any service of the lab.
        #[allow(clippy::large_enum_variant)]
        #[derive(Clone, Debug, PartialEq)]
        pub enum Response { $(#[doc = concat!("From `", $name, "`.")] $variant($module::Response),)* }

        impl Request {
            /// The services of the lab and the operations of each.
            pub const SERVICES: &'static [(&'static str, &'static [&'static str])] = &[$(($name, $module::Request::NAMES)),*];

            /// The service's name as the command line writes it.
            pub fn service(&self) -> &'static str {
                match self { $(Request::$variant(_) => $name,)* }
            }

            /// The operation's name.
            pub fn operation(&self) -> &'static str {
                match self { $(Request::$variant(request) => request.operation(),)* }
            }

            /// The parameters as JSON, without members that are not set.
            pub fn parameters(&self) -> serde_json::Value {
                match self { $(Request::$variant(request) => request.parameters(),)* }
            }

            /// Reads a request from its names and parameters, after checking them against AWS's shapes.
            ///
            /// # Errors
            /// `UnknownOperation` for what is not part of this lab; `ParamValidation` for parameters that do not fit.
            pub fn from_parameters(
                service: &str, operation: &str, parameters: serde_json::Value,
            ) -> Result<Self, ApiError> {
                validate::check_parameters(service, operation, &parameters)?;
                let request = match service {
                    $($name => $module::Request::read(operation, parameters).map(|read| read.map(Request::$variant)),)*
                    _ => return Err(ApiError::not_in_this_lab(format!("The service \"{service}\""))),
                };
                request
                    .ok_or_else(|| ApiError::not_in_this_lab(format!("The operation {service} {operation}")))?
                    .map_err(|error| ApiError::not_in_this_lab(format!("A parameter of {service} {operation} ({error})")))
            }
        }

        impl Response {
            /// The answer as JSON, without members that are not set.
            pub fn output(&self) -> serde_json::Value {
                match self { $(Response::$variant(response) => response.output(),)* }
            }
        }
    };
}
