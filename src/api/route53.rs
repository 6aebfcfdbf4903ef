//! Shapes of Amazon Route 53 (API version 2013-04-01). It is a global service: every region answers the same.
operations! { "route53", Route53;
    /// Makes a hosted zone: the records of a domain.
    CreateHostedZone(CreateHostedZoneRequest) -> CreateHostedZoneResponse;
    /// Lists hosted zones.
    ListHostedZones(ListHostedZonesRequest) -> ListHostedZonesResponse;
    /// Deletes a hosted zone that has no records of one's own any more.
    DeleteHostedZone(DeleteHostedZoneRequest) -> DeleteHostedZoneResponse;
    /// Makes, replaces and deletes records: all of a batch or none.
    ChangeResourceRecordSets(ChangeResourceRecordSetsRequest) -> ChangeResourceRecordSetsResponse;
    /// Lists the records of a hosted zone.
    ListResourceRecordSets(ListResourceRecordSetsRequest) -> ListResourceRecordSetsResponse;
    /// Says whether a change has reached all name servers.
    GetChange(GetChangeRequest) -> GetChangeResponse;
}

shapes! {
    /// Asks for a hosted zone. The caller's reference makes a second request known for what it is.
    CreateHostedZoneRequest { name: String, caller_reference: String, hosted_zone_config: Option<HostedZoneConfig> }

    /// What a hosted zone is for.
    HostedZoneConfig { comment: Option<String>, private_zone: Option<bool> }

    /// The hosted zone that was made, and its name servers.
    CreateHostedZoneResponse { hosted_zone: HostedZone, change_info: ChangeInfo, delegation_set: DelegationSet, location: String }

    /// A hosted zone.
    HostedZone { id: String, name: String, caller_reference: String, config: HostedZoneConfig, resource_record_set_count: i64 }

    /// A change: `PENDING` until all name servers have it, then `INSYNC`.
    ChangeInfo { id: String, status: String, submitted_at: String, comment: Option<String> }

    /// Name servers.
    DelegationSet { name_servers: Vec<String> }

    /// Asks for hosted zones.
    ListHostedZonesRequest { marker: Option<String>, max_items: Option<String> }

    /// The hosted zones.
    ListHostedZonesResponse { hosted_zones: Vec<HostedZone>, marker: String, is_truncated: bool, next_marker: Option<String>, max_items: String }

    /// Asks to delete a hosted zone.
    DeleteHostedZoneRequest { id: String }

    /// The change.
    DeleteHostedZoneResponse { change_info: ChangeInfo }

    /// Asks to change records.
    ChangeResourceRecordSetsRequest { hosted_zone_id: String, change_batch: ChangeBatch }

    /// Changes that are made together.
    ChangeBatch { comment: Option<String>, changes: Vec<Change> }

    /// `CREATE`, `UPSERT` or `DELETE` of a record.
    Change { action: String, resource_record_set: ResourceRecordSet }

    /// The records of one name and one type.
    ResourceRecordSet {
        name: String,
        #[serde(rename = "Type")]
        kind: String,
        #[serde(rename = "TTL")]
        ttl: Option<i64>,
        resource_records: Vec<ResourceRecord>, alias_target: Option<AliasTarget>,
    }

    /// A value.
    ResourceRecord { value: String }

    /// What an alias stands for.
    AliasTarget {
        hosted_zone_id: String,
        #[serde(rename = "DNSName")]
        dns_name: String,
        evaluate_target_health: bool,
    }

    /// The change.
    ChangeResourceRecordSetsResponse { change_info: ChangeInfo }

    /// Asks for the records of a hosted zone, from a name and a type on.
    ListResourceRecordSetsRequest {
        hosted_zone_id: String, start_record_name: Option<String>, start_record_type: Option<String>, max_items: Option<String>,
    }

    /// The records in the order of their names, read from the right.
    ListResourceRecordSetsResponse {
        resource_record_sets: Vec<ResourceRecordSet>, is_truncated: bool, next_record_name: Option<String>,
        next_record_type: Option<String>, max_items: String,
    }

    /// Asks for a change.
    GetChangeRequest { id: String }

    /// The change.
    GetChangeResponse { change_info: ChangeInfo }
}
