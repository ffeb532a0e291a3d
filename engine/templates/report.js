// Filter, sort, fold and zoom. Without it everything is on the page and pictures are links.
// One listener for all clicks: a run may have a thousand items.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);

// What went well is folded at first, what did not is open; turned is the other way round.
function fill(article) {
  const waiting = one("noscript", article);
  if (waiting) waiting.outerHTML = waiting.textContent; // its source, escaped as it was written
}
function turn(header) {
  fill(header.parentElement);
  header.parentElement.classList.toggle("turned");
}
function openTarget() {
  const article = location.hash && document.getElementById(location.hash.slice(1));
  if (!article || article.tagName !== "ARTICLE") return;
  fill(article);
  article.classList.toggle("turned", article.classList.contains("good"));
  article.hidden = false;
  article.scrollIntoView();
}

// Filter by outcome and text: the table and the cards below it.
const rows = all(".items tbody tr");
let outcome = "";
function filter() {
  const words = one(".bar input").value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  rows.forEach((row) => {
    row.text ??= row.textContent.toLowerCase();
    const fits = (!outcome || row.dataset.outcome === outcome) && words.every((word) => row.text.includes(word));
    shown += fits;
    if (row.hidden !== fits) return; // already as it should be
    row.hidden = !fits;
    document.getElementById(one("a", row).hash.slice(1)).hidden = !fits;
  });
  one("#none-match").hidden = shown > 0;
  count(shown);
}
function count(shown) {
  const place = one("#shown");
  if (place) place.textContent = place.dataset.words.replace("{shown}", shown).replace("{total}", rows.length);
}
function choose(button) {
  outcome = button.dataset.outcome;
  all(".filters button").forEach((other) => other.classList.toggle("on", other === button));
  filter();
}

// Sort by a column; once more turns it round.
const valueOf = (row, column) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
function sortBy(header) {
  const turn = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  const number = header.dataset.sort === "number";
  all("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
  header.setAttribute("aria-sort", turn === 1 ? "ascending" : "descending");
  const compare = number ? (a, b) => a - b : new Intl.Collator("zh", { numeric: true }).compare;
  rows.sort((a, b) => turn * compare(valueOf(a, header.cellIndex), valueOf(b, header.cellIndex)));
  one(".items tbody").append(...rows);
}

// Zoom: before and after side by side, arrows for the next pair that is not filtered out.
const box = one("#box");
let pairs = [];
let place = 0;
function pictureOf(figure) {
  const shown = document.createElement("figure");
  const pane = document.createElement("div");
  const image = new Image();
  image.src = one("a", figure).href;
  image.alt = one("img", figure).alt;
  pane.append(image);
  // Both pictures show the same place of their pages.
  pane.onscroll = () => all("#box-pictures div").forEach((other) => {
    if (other !== pane) other.scrollTo(pane.scrollLeft, pane.scrollTop);
  });
  shown.append(one("figcaption", figure).cloneNode(true), pane);
  return shown;
}
function size(full) {
  box.classList.toggle("full", full);
  const button = one("#box-size");
  button.textContent = full ? button.dataset.fit : button.dataset.full;
}
function show(next) {
  place = (next + pairs.length) % pairs.length;
  one("#box-title").textContent = pairs[place].dataset.title;
  one("#box-place").textContent = `${place + 1} / ${pairs.length}`;
  one("#box-pictures").replaceChildren(...all("figure", pairs[place]).map(pictureOf));
  size(false);
}
function zoom(pair) {
  pairs = all("article:not([hidden]) .pair");
  show(pairs.indexOf(pair));
  box.showModal();
}

const clicks = {
  "figure a": (link, event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    zoom(link.closest(".pair"));
  },
  // The same link again changes no hash, and should still go there.
  'a[href^="#item-"]': (link) => { if (link.hash === location.hash) openTarget(); },
  "article > header": turn,
  ".filters button": choose,
  "th[data-sort]": sortBy,
  "#box-previous": () => show(place - 1),
  "#box-next": () => show(place + 1),
  "#box-size, #box-pictures img": () => size(!box.classList.contains("full")),
  "#box-close": () => box.close(),
};
document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(clicks)) {
    const met = event.target.closest(selector);
    if (met) act(met, event);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("article > header")) event.target.click();
  if (box.open && event.key === "ArrowLeft") show(place - 1);
  if (box.open && event.key === "ArrowRight") show(place + 1);
});
document.addEventListener("input", filter);
window.addEventListener("hashchange", openTarget);
window.addEventListener("beforeprint", () => all("article").forEach(fill));
const nearing = new IntersectionObserver((seen) => seen.forEach((entry) => {
  if (entry.isIntersecting) fill(entry.target);
}), { rootMargin: "1500px" });
all("article.bad").forEach((article) => { if (one("noscript", article)) nearing.observe(article); });

count(rows.length);
openTarget();
