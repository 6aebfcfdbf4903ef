//! Ways into an answer and into a request: `State.Name`, `Reservations[].Instances[]`, `Tags[Key=Name].Value`.
//!
//! A step is a member's name, with `[]` for all entries of a list, `[2]` for one of them, and `[Key=Name]` for those with this member.
use serde_json::{Map, Value};

/// One step of a path.
struct Step<'a> {
    name: &'a str,
    pick: Pick<'a>,
}

/// Which entries of a list are meant.
enum Pick<'a> {
    /// The value itself.
    Whole,
    /// Each entry.
    All,
    /// One entry.
    Index(usize),
    /// The entries with a member of this name and text.
    With(&'a str, &'a str),
}

/// The steps of a path; a dot in brackets divides nothing.
fn steps(path: &str) -> Vec<Step<'_>> {
    let mut depth = 0_usize;
    let divides = |letter: char| {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == '.' && depth == 0
    };
    path.split(divides).filter(|step| !step.is_empty()).map(step).collect()
}

fn step(text: &str) -> Step<'_> {
    let Some((name, rest)) = text.split_once('[') else { return Step { name: text, pick: Pick::Whole } };
    let inside = rest.trim_end_matches(']');
    let pick = match (inside.split_once('='), inside.parse()) {
        (Some((member, wanted)), _) => Pick::With(member, wanted),
        (None, Ok(index)) => Pick::Index(index),
        (None, Err(_)) => Pick::All,
    };
    Step { name, pick }
}

/// All values at a path.
pub fn all<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    let mut found = vec![value];
    for step in steps(path) {
        let members = found.into_iter().filter_map(|one| one.get(step.name));
        found = match step.pick {
            Pick::Whole => members.collect(),
            Pick::All => members.filter_map(Value::as_array).flatten().collect(),
            Pick::Index(index) => members.filter_map(|one| one.get(index)).collect(),
            Pick::With(member, wanted) => {
                let entries = members.filter_map(Value::as_array).flatten();
                entries.filter(|entry| text_of(entry.get(member).unwrap_or(&Value::Null)) == wanted).collect()
            }
        };
    }
    found
}

/// The first value at a path.
pub fn first<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    all(value, path).into_iter().next()
}

/// What stands at a path, as a text; several values with commas between them, and nothing for nothing. Several paths have `|` between them.
pub fn text(value: &Value, path: &str) -> String {
    if path.contains('|') {
        let texts = path.split('|').map(|path| text(value, path)).filter(|text| !text.is_empty());
        return texts.collect::<Vec<_>>().join(" · ");
    }
    let texts: Vec<String> = all(value, path).into_iter().map(text_of).filter(|text| !text.is_empty()).collect();
    texts.join(", ")
}

/// A text in which `{path}` stands for what is at that path of a value.
pub fn filled(template: &str, value: &Value) -> String {
    let mut parts = template.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (wanted, rest) = part.split_once('}').unwrap_or(("", part));
        let said = text(value, wanted);
        out.push_str(if said.is_empty() { "nothing" } else { &said });
        out.push_str(rest);
    }
    out
}

/// A value as a learner reads it.
pub fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text_of).collect::<Vec<_>>().join(", "),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

/// Puts a value at a path, and makes what is missing on the way.
pub fn put(target: &mut Value, path: &str, value: Value) {
    let mut place = target;
    for step in steps(path) {
        let member = object(place).entry(step.name).or_insert(Value::Null);
        place = match step.pick {
            Pick::Whole => member,
            Pick::All => {
                let items = array(member);
                items.push(Value::Null);
                let last = items.len() - 1;
                &mut items[last]
            }
            Pick::Index(index) => {
                let items = array(member);
                let index = index.min(items.len());
                if index == items.len() {
                    items.push(Value::Null);
                }
                &mut items[index]
            }
            Pick::With(name, wanted) => entry_with(array(member), name, wanted),
        };
    }
    *place = value;
}

fn object(value: &mut Value) -> &mut Map<String, Value> {
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    value.as_object_mut().expect("it was made an object above")
}

fn array(value: &mut Value) -> &mut Vec<Value> {
    if !value.is_array() {
        *value = Value::Array(Vec::new());
    }
    value.as_array_mut().expect("it was made a list above")
}

fn entry_with<'a>(items: &'a mut Vec<Value>, name: &str, wanted: &str) -> &'a mut Value {
    let found = items.iter().position(|item| item.get(name).and_then(Value::as_str) == Some(wanted));
    let index = found.unwrap_or_else(|| {
        items.push(Value::Object(Map::from_iter([(name.to_owned(), Value::from(wanted))])));
        items.len() - 1
    });
    &mut items[index]
}

/// The name of the last member on a path: what a refusal calls it.
pub fn last_name(path: &str) -> &str {
    steps(path).last().map_or("", |step| match step.pick {
        Pick::With(_, wanted) => wanted,
        Pick::Whole | Pick::All | Pick::Index(_) => step.name,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_leads_through_lists_and_to_entries_by_their_key() {
        let answer = json!({"Reservations": [
            {"Instances": [{"InstanceId": "i-1", "Tags": [{"Key": "a.b", "Value": "c"}]}]},
            {"Instances": [{"InstanceId": "i-2"}]},
        ]});
        assert_eq!(text(&answer, "Reservations[].Instances[].InstanceId"), "i-1, i-2");
        assert_eq!(text(&answer, "Reservations[1].Instances[0].InstanceId"), "i-2");
        assert_eq!(text(&answer, "Reservations[].Instances[].Tags[Key=a.b].Value"), "c");
        assert_eq!(text(&answer, "Nothing[].Here"), "");
    }

    #[test]
    fn what_is_put_at_a_path_is_found_there() {
        let mut request = Value::Null;
        put(&mut request, "TagSpecifications[ResourceType=instance].Tags[Key=Name].Value", "web".into());
        put(&mut request, "TagSpecifications[ResourceType=instance].Tags[Key=Team].Value", "red".into());
        put(&mut request, "Placement.AvailabilityZone", "us-east-1a".into());
        put(&mut request, "Steps[1].Change", 1.into());
        let tags = json!([{"Key": "Name", "Value": "web"}, {"Key": "Team", "Value": "red"}]);
        let wanted = json!({
            "TagSpecifications": [{"ResourceType": "instance", "Tags": tags}],
            "Placement": {"AvailabilityZone": "us-east-1a"}, "Steps": [{"Change": 1}],
        });
        assert_eq!(request, wanted);
        assert_eq!(last_name("Attributes[Key=slow_start.duration_seconds].Value"), "Value");
    }
}
