// @ts-check
/** The vote: a line is a button, and each press is a dot. */

/** @import {Line, Now} from "./choose.js" */
import { alertNow, announce } from "../announce.js";
import { count, say } from "../words.js";
import { myDots, ON_ONE } from "./chosen.js";
import { make, tell } from "./dom.js";

const DOT = "●";
/** Drawn one by one as far as the eye counts them. */
const DRAWN = 6;

/** @typedef {{item: HTMLElement, letter: HTMLElement, name: HTMLElement, dots: HTMLElement, more: HTMLButtonElement, less: HTMLButtonElement, hands: HTMLInputElement | null, n: number}} Drawn */

export class Dots {
  types = ["vote.cast"];
  any = false;
  isBusy = false;
  #left = make("p", { className: "dots-left count" });
  #list = make("ol", { className: "choices" });
  element = make("div", { className: "dots" }, this.#left, this.#list);
  /** @type {Map<string, Drawn>} */
  #drawn = new Map();
  /** @type {Map<string, number>} */
  #dots = new Map();
  /** @type {Now | null} */
  #now = null;
  #spoken = "";

  /** @param {Now} now */
  draw(now) {
    this.#now = now;
    const { rows, seen } = now.live;
    const votes = rows.one("votes", "votes");
    this.#dots = myDots(rows, now.outbox.entries, seen);
    const lines = now.lines.filter(({ id }) => votes?.items.includes(id));
    this.any = lines.some(({ id }) => this.#dots.get(id));
    const sentence = this.#sentence(now, votes);
    tell(this.#left, sentence);
    const stands = votes?.revealed ? "shown" : votes?.open ? "open" : "closed";
    this.element.dataset.stands = stands;
    if (stands !== this.#spoken && this.#spoken) announce(sentence);
    this.#spoken = stands;
    const here = new Set(lines.map(({ id }) => id));
    for (const [id, { item }] of this.#drawn) {
      if (here.has(id)) continue;
      item.remove();
      this.#drawn.delete(id);
    }
    for (const [place, line] of lines.entries()) {
      const drawn = this.#drawn.get(line.id) ?? this.#begin(line.id, now.people > 1);
      this.#update(drawn, line, stands);
      if (this.#list.children[place] !== drawn.item) {
        this.#list.insertBefore(drawn.item, this.#list.children[place] ?? null);
      }
    }
  }

  get #budget() {
    return (this.#now?.live.rows.one("votes", "votes")?.budget ?? 0) * (this.#now?.people ?? 1);
  }

  get #unspent() {
    let left = this.#budget;
    for (const id of this.#drawn.keys()) left -= this.#dots.get(id) ?? 0;
    return left;
  }

  /** @param {Now} now @param {import("../contract.d.ts").VotesRow | undefined} votes */
  #sentence({ people, lines }, votes) {
    if (!votes) return say("phone.dots_soon");
    if (votes.revealed) return say("phone.dots_shown");
    if (!votes.open) return say("phone.dots_closed");
    const spent = lines.reduce(
      (sum, { id }) => sum + (votes.items.includes(id) ? this.#dots.get(id) ?? 0 : 0),
      0,
    );
    const n = votes.budget * people, left = n - spent;
    const have = people > 1 ? say("phone.dots_for", { people, n }) : count("phone.dots_have", n);
    return `${have} ${left > 0 ? count("phone.dots_left", left) : say("phone.dots_none")}`;
  }

  /** @param {string} id @param {boolean} several @returns {Drawn} */
  #begin(id, several) {
    const letter = make("span", { className: "letter" });
    const name = make("span", { className: "choice-name", dir: "auto" });
    const dots = make("span", { className: "choice-dots", ariaHidden: "true" });
    const plus = make("span", { className: "plus", textContent: "+", ariaHidden: "true" });
    const more = make("button", { type: "button", className: "choice" }, letter, name, dots, plus);
    const less = make("button", { type: "button", className: "less", textContent: "−" });
    const hands = several
      ? make("input", { type: "number", inputMode: "numeric", min: "0", className: "choice-hands" })
      : null;
    const item = make("li", { className: "choice-row" }, more, ...(hands ? [hands] : []), less);
    const drawn = { item, letter, name, dots, more, less, hands, n: 0 };
    more.onclick = () => this.#put(id, drawn.n + 1);
    less.onclick = () => {
      // It goes with the last dot, and the focus must not go with it.
      if (drawn.n === 1) more.focus();
      this.#put(id, drawn.n - 1);
    };
    if (hands) {
      hands.onchange = () => {
        if (!this.#put(id, Math.max(0, Math.round(Number(hands.value) || 0)))) hands.value = String(drawn.n);
      };
    }
    this.#drawn.set(id, drawn);
    return drawn;
  }

  /** @param {Drawn} drawn @param {Line} line @param {string} stands */
  #update(drawn, line, stands) {
    const { letter, name, dots, more, less, hands } = drawn;
    const n = this.#dots.get(line.id) ?? 0;
    const mark = this.#now?.letters.get(line.id) ?? "";
    drawn.n = n;
    letter.textContent = mark;
    tell(name, line.name);
    const tally = this.#now?.live.rows.one("tally", `tally:${line.id}`)?.dots;
    const shown = stands === "shown" && tally !== undefined;
    tell(dots, shown ? count("phone.dots", tally) : n > DRAWN ? `${n} ${DOT}` : DOT.repeat(n));
    const words = { letter: mark, name: line.name };
    more.ariaLabel = shown
      ? `${mark}. ${line.name}. ${count("phone.dots", tally)}`
      : `${say("phone.dots_add", words)} ${count("phone.dots_yours", n)}`;
    less.ariaLabel = say("phone.dots_less", words);
    more.disabled = stands !== "open";
    less.hidden = stands !== "open" || n === 0;
    drawn.item.classList.toggle("chosen", n > 0);
    if (hands) {
      hands.ariaLabel = say("phone.dots_hands", words);
      hands.hidden = stands !== "open";
      if (document.activeElement !== hands) hands.value = String(n);
    }
  }

  /** False, and why, where there are no more dots. @param {string} item @param {number} dots */
  #put(item, dots) {
    const { outbox, live, people = 1 } = this.#now ?? {};
    const was = this.#dots.get(item) ?? 0;
    const limit = ON_ONE * people;
    if (!outbox || !live) return false;
    if (dots > limit) return this.#no(say("phone.dots_most", { n: limit }));
    if (dots - was > this.#unspent) return this.#no(say("phone.dots_spent"));
    const round = live.rows.one("votes", "votes")?.round;
    // Of many quick presses on one line the last is what was meant; others in between must keep their order.
    const last = outbox.entries.filter(({ state }) => state === "waiting").at(-1);
    if (last?.ask.type === "vote.cast" && last.ask.item === item) outbox.drop([last.key]);
    outbox.add({ type: "vote.cast", item, dots, round });
    announce(this.#left.textContent ?? "");
    return true;
  }

  /** @param {string} why */
  #no(why) {
    alertNow(why);
    tell(this.#left, why);
    return false;
  }
}
