//! Names and addresses by which visitors come in: records of Route 53, Elastic IP addresses, and what each leads to.
use super::Place;
use crate::cloud::dns::{Record, RecordType};
use crate::cloud::ec2::address::Address;
use crate::cloud::{Cloud, Region};
use crate::session::Session;

/// A name or an address.
#[derive(Clone, Debug, PartialEq)]
pub struct DoorBox {
    /// The name without its last dot, or the address.
    pub name: String,
    /// What it is: `A record`, `CNAME record`, `Alias record`, `Elastic IP`.
    pub kind: &'static str,
    /// Its hosted zone or its allocation, by the id that its page has.
    pub key: String,
    /// What it leads to, in words.
    pub leads_to: String,
    /// What of this region it leads to.
    pub ends: Vec<Place>,
    /// Why it leads nowhere.
    pub broken: Vec<String>,
}

/// What an address belongs to.
#[derive(Default)]
struct Owner {
    /// In words: the name of a balancer, the id of an instance.
    name: String,
    place: Option<Place>,
    broken: Option<String>,
}

impl DoorBox {
    /// The kind of an Elastic IP address.
    pub const ELASTIC_IP: &str = "Elastic IP";

    /// Its place on the map.
    pub fn place(&self) -> Place {
        Place::Door(self.name.clone(), self.key.clone())
    }

    /// Whether visitors who ask for this host come in here.
    pub(super) fn takes(&self, host: &str) -> bool {
        let rest = self.name.strip_prefix("*.").map(|rest| (rest, host.split_once('.').map(|(_, rest)| rest)));
        self.name == host || rest.is_some_and(|(wanted, found)| found == Some(wanted))
    }
}

/// The records of the account and the Elastic IP addresses of the region.
pub(super) fn doors(session: &Session, region: &Region) -> Vec<DoorBox> {
    let zones = session.cloud().dns().zones.values();
    let records = zones.flat_map(|zone| zone.records().map(move |(name, kind, record)| (zone, name, kind, record)));
    let records = records.filter_map(|(zone, name, kind, record)| {
        record_box(session, region, (name, kind, record))
            .map(|door| DoorBox { key: format!("/hostedzone/{}", zone.id), ..door })
    });
    let addresses = region.ec2.addresses.values().map(|address| address_box(session.cloud(), region, address));
    records.chain(addresses).collect()
}

fn record_box(
    session: &Session,
    region: &Region,
    (name, kind, record): (&str, RecordType, &Record),
) -> Option<DoorBox> {
    let (kind, targets) = match (kind, record) {
        (RecordType::Ns | RecordType::Soa, _) => return None,
        (_, Record::Alias { target, .. }) => ("Alias record", std::slice::from_ref(target)),
        (RecordType::A, Record::Values { values, .. }) => ("A record", values.as_slice()),
        (RecordType::Cname, Record::Values { values, .. }) => ("CNAME record", values.as_slice()),
    };
    let owners: Vec<Owner> = targets.iter().map(|target| owner_of_name(session, region, target)).collect();
    Some(door(name.trim_end_matches('.'), kind, owners))
}

fn address_box(cloud: &Cloud, region: &Region, address: &Address) -> DoorBox {
    let owner = match address.association {
        Some(_) => owner_of(cloud, region, &address.public_ip),
        None => Owner { broken: Some("not associated: leads nowhere".into()), ..Owner::default() },
    };
    DoorBox { key: address.allocation_id.clone(), ..door(&address.public_ip, DoorBox::ELASTIC_IP, vec![owner]) }
}

fn door(name: &str, kind: &'static str, owners: Vec<Owner>) -> DoorBox {
    let names: Vec<&str> = owners.iter().map(|owner| owner.name.as_str()).filter(|name| !name.is_empty()).collect();
    DoorBox {
        name: name.to_owned(),
        kind,
        key: String::new(),
        leads_to: names.join(", "),
        ends: owners.iter().filter_map(|owner| owner.place.clone()).collect(),
        broken: owners.into_iter().filter_map(|owner| owner.broken).collect(),
    }
}

/// Whom a value of a record means: an address itself, or a name that stands for addresses.
fn owner_of_name(session: &Session, region: &Region, target: &str) -> Owner {
    let name = target.trim_end_matches('.');
    let answer = session.cloud().look_up(session.now(), name);
    match answer.addresses.first() {
        Some(address) => owner_of(session.cloud(), region, address),
        None => match session.cloud().regions().find_map(|region| region.elb.balancer_by_dns_name(name)) {
            Some(balancer) => Owner {
                name: balancer.name.clone(),
                broken: Some(format!("{} is {}", balancer.name, balancer.state())),
                place: None,
            },
            None => Owner {
                name: name.to_owned(),
                broken: Some("leads nowhere: that name does not exist".into()),
                place: None,
            },
        },
    }
}

fn owner_of(cloud: &Cloud, region: &Region, address: &str) -> Owner {
    for other in cloud.regions() {
        let is_here = other.info.name == region.info.name;
        let elsewhere = if is_here { String::new() } else { format!(" in {}", other.info.name) };
        if let Some(balancer) = other.elb.balancer_by_address(address) {
            let place = is_here.then(|| Place::Balancer(balancer.arn.clone()));
            return Owner { name: format!("{}{elsewhere}", balancer.name), place, broken: None };
        }
        let mut instances = other.ec2.instances.values();
        let instance = instances.find(|instance| other.ec2.public_ip(&instance.instance_id) == Some(address));
        if let Some(instance) = instance {
            let id = &instance.instance_id;
            let broken = (!instance.is_running()).then(|| format!("nobody answers: {id} is {}", instance.state.name()));
            let place = is_here.then(|| Place::Instance(id.clone()));
            return Owner { name: format!("{id}{elsewhere}"), place, broken };
        }
        if other.ec2.addresses.values().any(|known| known.public_ip == address) {
            let broken = format!("leads nowhere: {address} is not associated");
            return Owner { name: address.to_owned(), broken: Some(broken), place: None };
        }
    }
    let broken = Some(format!("leads nowhere: no instance has {address}"));
    Owner { name: address.to_owned(), place: None, broken }
}
