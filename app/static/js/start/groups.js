// @ts-check
import { box, part, reword } from "../desk/el.js";
import { count, say } from "../words.js";

/** @import {Noun, Plan} from "../contract.d.ts" */

const MOST = 60;
const KNOWN = ["table", "practice", "network", "team"];

/** Which groups there are, what one is called, and whether people sit in them. */
export function groups() {
  const names = /** @type {HTMLTextAreaElement} */ (part("#groups"));
  const noun = /** @type {HTMLSelectElement} */ (part("#noun"));
  const one = box("#noun-one"), many = box("#noun-many"), number = box("#number-of");
  const seats = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('input[name="seated"]')]);

  /** Short names that a plan brought, by the name. @type {Map<string, string>} */
  const labels = new Map();

  const seated = () => seats.find((seat) => seat.checked)?.value ?? "yes";

  /** @returns {Noun} */
  function called() {
    if (noun.value !== "other") {
      return { one: say(`start.noun_${noun.value}`), many: say(`start.noun_${noun.value}_many`) };
    }
    return {
      one: one.value.trim() || say("start.noun_group"),
      many: many.value.trim() || say("start.noun_group_many"),
    };
  }

  /** One a line, the same name only once. */
  function listed() {
    if (seated() === "none") return [];
    const lines = names.value.split("\n").map((line) => line.trim().slice(0, 80)).filter(Boolean);
    return [...new Set(lines)].map((name) => ({ name, label: labels.get(name) ?? "" }));
  }

  function draw() {
    const how = seated(), { one, many } = called(), so_many = listed().length;
    part("#groups-part").hidden = how === "none";
    part("#noun-own").hidden = noun.value !== "other";
    part("#number").hidden = how !== "yes";
    reword(part("#number-fill"), say("start.number_fill", { many }));
    const over = so_many > MOST;
    reword(
      part("#groups-count"),
      over
        ? say("start.groups_over", { n: so_many, most: MOST })
        : so_many
        ? count("start.groups_count", so_many)
        : "",
    );
    reword(
      part("#phones-ask"),
      so_many > 1 ? say(how === "yes" ? "start.phones_seated" : "start.phones_from", { one }) : "",
    );
  }

  part("#number-fill").addEventListener("click", () => {
    const so_many = Math.min(MOST, Math.max(1, Number(number.value) || 0));
    const { one } = called();
    const word = one.charAt(0).toLocaleUpperCase() + one.slice(1);
    names.value = Array.from({ length: so_many }, (_, at) => `${word} ${at + 1}`).join("\n");
    draw();
  });
  // People who do not sit together are most often from somewhere: ask for that.
  for (const seat of seats) {
    seat.addEventListener("change", () => {
      if (noun.value === "table" && seated() === "no") noun.value = "network";
      else if (noun.value === "network" && seated() === "yes") noun.value = "table";
      draw();
    });
  }
  for (const each of [names, noun, one, many]) each.addEventListener("input", draw);

  return {
    draw,
    called,
    listed,
    /** As it was: no groups, or people who sat together, or who only came from them. @param {Plan} plan */
    seat({ groups, noun }) {
      const how = groups.length === 0 ? "none" : noun.one === "network" ? "no" : "yes";
      for (const seat of seats) seat.checked = seat.value === how;
    },
    /** Take the plan's own groups, where nobody has typed any. @param {Plan} plan */
    take(plan) {
      if (names.value.trim()) return;
      for (const { name, label } of plan.groups) labels.set(name, label);
      names.value = plan.groups.map((group) => group.name).join("\n");
      const known = KNOWN.includes(plan.noun.one);
      noun.value = known ? plan.noun.one : "other";
      if (!known) [one.value, many.value] = [plan.noun.one, plan.noun.many];
      draw();
    },
  };
}
