// A team's screen on the wall: asks what it shows, goes round its scenes, and says since when it has not heard anything.
"use strict";

const ASK_EVERY = 15000, SCENE_FOR = 12000, ANSWER_WITHIN = 10000;
const LATE_AFTER = 60000; // one missed answer is no news
let shown = null, heardAt = 0, place = -1;

// Text only: nothing of what people wrote becomes part of the page's language.
function made(tag, name, text, ...children) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text) node.textContent = text;
  node.append(...children);
  return node;
}

function thermometer(figure) {
  const fill = made("div", "fill"), due = made("div", "due");
  fill.style.width = `${figure.filled * 100}%`;
  due.style.left = `${figure.due_at * 100}%`;
  const words = made("div", "words", "", made("span", "name", figure.name), made("span", "value", figure.value),
    made("span", "target", `of ${figure.target}`));
  const isBehind = ["behind", "at_risk"].includes(figure.status);
  return made("section", isBehind ? "figure behind" : "figure", "", words, made("div", "track", "", fill, due),
    made("p", "state", `${figure.word} · ${figure.share} there · ${figure.due} due by now`));
}

function line(each) {
  return made("li", "", "", made("span", "place", each.place), made("span", "name", each.name), made("span", "score", each.score));
}

function scenes() {
  const list = [];
  if (shown.thermometers.length) list.push([made("h2", "", "On the way to target"), ...shown.thermometers.map(thermometer)]);
  if (shown.lines.length) {
    const note = shown.by_target ? "Percent of target, 100 is exactly on target." : "Points.";
    list.push([made("h2", "", "Out in front"), made("ol", "", "", ...shown.lines.map(line)),
      made("p", "note", `${note} Only those who chose to be named.`)]);
  }
  if (shown.wins.length) list.push([made("h2", "", "Just done"), ...shown.wins.map((win) => made("p", "win", win))]);
  if (!list.length) {
    list.push([made("h2", "", "Nothing to show yet"),
      made("p", "note", "Figures appear here for a team of five or more with a target; names, of those who chose to be named.")]);
  }
  return list;
}

function draw(moves) {
  const list = scenes(), main = document.getElementById("scene");
  place = (place + (moves ? 1 : 0)) % list.length;
  main.replaceChildren(...list[place]);
  main.classList.remove("enters");
  if (moves && list.length > 1) { void main.offsetWidth; main.classList.add("enters"); }
  document.getElementById("dots").textContent = list.length > 1 ? list.map((_, at) => (at === place ? "●" : "○")).join("") : "";
}

function head() {
  document.documentElement.dataset.theme = shown.theme;
  document.getElementById("team").textContent = shown.team;
  document.getElementById("month").textContent = shown.month;
}

function state() {
  const isLate = Date.now() - heardAt > LATE_AFTER, line = document.getElementById("state");
  line.className = isLate ? "late" : "";
  if (shown) line.textContent = isLate ? `No connection. Last at ${shown.clock}` : shown.clock;
}

// Taken down: what was shown is no longer anybody's to see here.
function closed() {
  shown = null;
  document.getElementById("team").textContent = document.getElementById("month").textContent = "";
  document.getElementById("dots").textContent = document.getElementById("state").textContent = "";
  document.getElementById("scene").replaceChildren(made("h2", "", "This board was taken down."));
}

async function ask() {
  try {
    const answer = await fetch(`${location.pathname.replace(/\/+$/, "")}/now`, { cache: "no-store", signal: AbortSignal.timeout(ANSWER_WITHIN) });
    if (answer.status === 404) return closed();
    if (!answer.ok) return state();
    const found = await answer.json(), isFirst = shown === null;
    if (shown && shown.version !== found.version) return location.reload();
    shown = found;
    heardAt = Date.now();
    head();
    if (isFirst) { place = -1; draw(true); }
    state();
  } catch { state(); } // the network is away: what was last heard stays, with its time
}

ask();
setInterval(ask, ASK_EVERY);
setInterval(() => { if (shown) { draw(true); state(); } }, SCENE_FOR);
