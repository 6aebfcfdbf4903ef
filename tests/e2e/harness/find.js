// Finds the visible elements that a list of steps leads to, by the names that a learner sees or hears.
const [steps] = arguments;

const clean = (text) => (text ?? "").replace(/\s+/g, " ").trim();
const isVisible = (element) => element.checkVisibility({ visibilityProperty: true });

/** The text of an element without its hidden parts and without the controls inside (for a label around a control). */
function textOf(element, without = "[aria-hidden=true]") {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(without).forEach((part) => part.remove());
  return clean(copy.textContent);
}

/** The accessible name, as far as the page uses its rules. */
function nameOf(element) {
  const references = element.getAttribute("aria-labelledby");
  if (references) return clean(references.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" "));
  if (element.getAttribute("aria-label")) return clean(element.getAttribute("aria-label"));
  const label = element.labels?.[0] ?? element.querySelector(":scope > legend, :scope > caption");
  if (label) return textOf(label, "[aria-hidden=true], input, select, textarea, button, output, small");
  return textOf(element) || clean(element.value) || clean(element.title);
}

const selectors = {
  button: "button, [role=button], summary, input[type=submit], input[type=button]",
  link: "a[href]",
  field: "input:not([type=hidden], [type=submit], [type=button]), select, textarea, output, " +
    "[role=combobox], [role=slider], [role=spinbutton], [role=switch]",
  region: "section, article, aside, nav, form, fieldset, table, figure, dialog, [role]",
  row: "tr, li, [role=row], [role=listitem], dl > div",
};

/** Those that contain no other of them. */
const innermost = (all) => all.filter((one) => !all.some((other) => other !== one && one.contains(other)));

/** Rows in which a part reads exactly so; if there are none, rows in which the text occurs. */
function rowsWith(rows, text) {
  const exact = rows.filter((row) => [...row.querySelectorAll("*")].some((part) => clean(part.textContent) === text));
  return innermost(exact.length ? exact : rows.filter((row) => clean(row.textContent).includes(text)));
}

function matches(scope, [kind, wanted]) {
  const all = [...scope.querySelectorAll(selectors[kind] ?? (kind === "css" ? wanted : "*"))];
  switch (kind) {
    case "css": return all;
    case "text": return innermost(all.filter((element) => clean(element.textContent).includes(wanted)));
    case "row": return rowsWith(all, wanted);
    default: return all.filter((element) => nameOf(element) === wanted);
  }
}

let found = [document];
for (const step of steps) {
  if (step[0] === "nth") found = found.slice(step[1], step[1] + 1);
  else found = [...new Set(found.flatMap((scope) => matches(scope, step)))].filter(isVisible);
}
return found;
