//! Lines that `lab api` must survive.

/// A line, the code of its error, and words of its message.
pub const BAD_LINES: &[(&str, &str, &str)] = &[
    ("Hello?", "InvalidJSON", "The line is no JSON"),
    (r#"{"service":"ec2","#, "InvalidJSON", "EOF"),
    ("[]", "InvalidRequest", "\"service\""),
    (r#"{"service":"ec2"}"#, "InvalidRequest", "\"operation\""),
    (r#"{"service":"ec2","operation":7}"#, "InvalidRequest", "a text as \"operation\", not 7"),
    (r#"{"region":7,"service":"ec2","operation":"DescribeVpcs"}"#, "InvalidRequest", "a text as \"region\", not 7"),
    (r#"{"service":"ec2","operation":"DescribeVpcs","parms":{}}"#, "InvalidRequest", "nothing else such as \"parms\""),
    (
        r#"{"service":"s3","operation":"ListBuckets"}"#,
        "UnknownOperation",
        "The service \"s3\" is not part of this lab.",
    ),
    (r#"{"service":"ec2","operation":"CreateVpnGateway"}"#, "UnknownOperation", "ec2 CreateVpnGateway"),
    (
        r#"{"service":"ec2","operation":"RunInstances","parameters":{"MinCount":1}}"#,
        "ParamValidation",
        "Missing required parameter in input: \"MaxCount\"",
    ),
    (
        r#"{"service":"ec2","operation":"RunInstances","parameters":{"MinCount":"1","MaxCount":1}}"#,
        "ParamValidation",
        "Invalid type for parameter MinCount, value: 1, type: <class 'str'>, valid types: <class 'int'>",
    ),
    (
        r#"{"service":"ec2","operation":"RunInstances","parameters":{"MinCount":1,"MaxCount":18446744073709551615}}"#,
        "ParamValidation",
        "Invalid value for parameter MaxCount",
    ),
    (r#"{"service":"ec2","operation":"DescribeVpcs","parameters":[]}"#, "ParamValidation", "<class 'list'>"),
    (
        r#"{"service":"ec2","operation":"RunInstances","parameters":{"MinCount":1,"MaxCount":1,"Coun":1}}"#,
        "ParamValidation",
        "Unknown parameter in input: \"Coun\"",
    ),
    (
        r#"{"service":"ec2","operation":"RunInstances","parameters":{"MinCount":1,"MaxCount":1,"EbsOptimized":true}}"#,
        "UnknownOperation",
        "EbsOptimized",
    ),
    (
        r#"{"service":"elbv2","operation":"CreateTargetGroup","parameters":{"Name":"web","TargetControlPort":3000}}"#,
        "UnknownOperation",
        "unknown member `TargetControlPort`",
    ),
    (r#"{"region":"mars-north-1","service":"ec2","operation":"DescribeVpcs"}"#, "InvalidRegion", "mars-north-1"),
    (
        r#"{"service":"ec2","operation":"StartInstances","parameters":{"InstanceIds":["i-0123456789abcdef0"]}}"#,
        "InvalidInstanceID.NotFound",
        "'i-0123456789abcdef0' does not exist",
    ),
    (r#"{"service":"lab","operation":"Advance","parameters":{"Seconds":-1}}"#, "ParamValidation", "Seconds, value: -1"),
    (r#"{"service":"lab","operation":"Advance","parameters":{"Seconds":1e99}}"#, "ValidationError", "Seconds"),
    (
        r#"{"service":"lab","operation":"SetTraffic","parameters":{"Target":"a","Profile":{"Type":"Steady"}}}"#,
        "ValidationError",
        "missing field `RequestsPerSecond`",
    ),
    (
        r#"{"service":"lab","operation":"SetTraffic","parameters":{"Target":"a","Profile":{"Type":"Steady","RequestsPerSecond":-5}}}"#,
        "ValidationError",
        "RequestsPerSecond must not be negative",
    ),
];
