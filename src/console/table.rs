//! Which rows of a list are shown, and in which order.
use super::Cell;

/// A row: what tells it apart, and a value for each column.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// An id, a name or an ARN.
    pub key: String,
    /// The values.
    pub cells: Vec<Cell>,
}

/// What the learner wants to see of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words that must occur, in any column.
    pub search: String,
    /// A column and the exact text that it must have.
    pub filter: Option<(usize, String)>,
    /// The column to sort by, and whether backwards; none leaves the order as it comes.
    pub sort: Option<(usize, bool)>,
}

impl Query {
    /// The places of the rows to show, given the texts of their cells.
    pub fn arrange(&self, rows: &[Vec<String>]) -> Vec<usize> {
        let mut shown: Vec<usize> = (0..rows.len()).filter(|index| self.takes(&rows[*index])).collect();
        if let Some((column, is_backwards)) = self.sort {
            shown.sort_by_cached_key(|index| sort_key(rows[*index].get(column).map_or("", String::as_str)));
            if is_backwards {
                shown.reverse();
            }
        }
        shown
    }

    fn takes(&self, row: &[String]) -> bool {
        let all = row.join("\n").to_lowercase();
        let has_words = self.search.to_lowercase().split_whitespace().all(|word| all.contains(word));
        let fits = self.filter.as_ref().is_none_or(|(column, wanted)| row.get(*column) == Some(wanted));
        has_words && fits
    }
}

/// Numbers in texts sort by their size: `t3.2` before `t3.10`. Nothing comes last.
fn sort_key(text: &str) -> (bool, String) {
    let mut key = String::new();
    let mut digits = String::new();
    for letter in text.to_lowercase().chars().chain(['\n']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
        } else {
            if !digits.is_empty() {
                key.push_str(&format!("{:0>20}", std::mem::take(&mut digits)));
            }
            key.push(letter);
        }
    }
    (text.is_empty(), key)
}

/// The texts of a column that can be filtered by, each once, in order; none if there are too many to choose from.
pub fn choices(rows: &[Vec<String>], column: usize) -> Vec<String> {
    const MOST: usize = 12;
    let mut found: Vec<String> =
        rows.iter().filter_map(|row| row.get(column)).filter(|text| !text.is_empty()).cloned().collect();
    found.sort();
    found.dedup();
    if found.len() <= MOST { found } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<String>> {
        [["i-1", "t3.large", "10"], ["i-2", "t3.micro", "9"], ["i-3", "", "100"]]
            .map(|row| row.map(str::to_owned).to_vec())
            .to_vec()
    }

    #[test]
    fn a_search_finds_all_its_words_in_any_column() {
        let find = |search: &str| Query { search: search.into(), ..Query::default() }.arrange(&rows());
        assert_eq!(find("T3 i-2"), [1]);
        assert_eq!(find(""), [0, 1, 2]);
        assert_eq!(find("nothing"), [0; 0]);
    }

    #[test]
    fn numbers_sort_by_size_and_nothing_comes_last() {
        let sort =
            |column, is_backwards| Query { sort: Some((column, is_backwards)), ..Query::default() }.arrange(&rows());
        assert_eq!(sort(2, false), [1, 0, 2]);
        assert_eq!(sort(2, true), [2, 0, 1]);
        assert_eq!(sort(1, false), [0, 1, 2]);
    }

    #[test]
    fn a_filter_takes_one_text_of_a_column() {
        assert_eq!(choices(&rows(), 1), ["t3.large", "t3.micro"]);
        let query = Query { filter: Some((1, "t3.micro".into())), ..Query::default() };
        assert_eq!(query.arrange(&rows()), [1]);
    }
}
