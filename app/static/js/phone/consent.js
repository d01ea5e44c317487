// @ts-check
/** Does any line worry you? Tap it and tell us why. Silence is consent. */

/** @import {Line, Now} from "./choose.js" */
/** @import {Feel, Said} from "./chosen.js" */
import { newId } from "../ids.js";
import { say } from "../words.js";
import { Asking } from "./asking.js";
import { myFeelings } from "./chosen.js";
import { button, make } from "./dom.js";

const WHY = 140;
/** @type {Feel[]} */
const FEELS = ["live", "worry", "stop"];

export class Consent {
  types = ["line.feel"];
  any = false;
  #lines = new Asking((line, now, close) => this.#form(line, now, close));
  element = this.#lines.element;
  /** @type {Map<string, Said>} */
  #said = new Map();

  get isBusy() {
    return this.#lines.isBusy;
  }

  /** @param {Now} now */
  draw(now) {
    this.#said = myFeelings(now.live.rows, now.outbox.entries, now.live.seen);
    this.any = this.#said.size > 0;
    this.#lines.draw(now, (line) => {
      const said = this.#said.get(line.id);
      if (!said) return "";
      return say(`phone.feel_${said.feel}`) + (said.why ? `: “${said.why}”` : "");
    });
  }

  /** @param {Line} line @param {Now} now @param {() => void} close */
  #form(line, now, close) {
    const said = this.#said.get(line.id);
    const why = make("textarea", {
      rows: 2,
      dir: "auto",
      maxLength: WHY,
      value: said?.why ?? "",
      className: "note",
    });
    const name = `feel-${line.id}`;
    const choices = FEELS.map((feel) => {
      const radio = make("input", {
        type: "radio",
        name,
        value: feel,
        checked: feel === (said?.feel ?? "worry"),
      });
      return make("label", { className: "feel" }, radio, say(`phone.feel_${feel}`));
    });
    const hands = make("input", {
      type: "number",
      inputMode: "numeric",
      min: "1",
      max: String(now.people),
      value: String(said?.hands ?? 1),
    });
    const send = make("button", { className: "button", textContent: say("phone.feel_send") });
    const form = make(
      "form",
      { className: "asking stack", noValidate: true },
      make(
        "fieldset",
        { className: "feels" },
        make("legend", { className: "visually-hidden", textContent: line.name }),
        ...choices,
      ),
      make("label", { className: "field" }, make("span", { textContent: say("phone.feel_why") }), why),
      ...(now.people > 1
        ? [
          make(
            "label",
            { className: "field" },
            make("span", { textContent: say("phone.feel_hands") }),
            hands,
          ),
        ]
        : []),
      make("div", { className: "row" }, send, button("common.cancel", close, "plain-button")),
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      const feel = /** @type {Feel} */ (new FormData(form).get(name) ?? "worry");
      const many = Math.min(now.people, Math.max(1, Math.round(Number(hands.value) || 1)));
      now.outbox.add({
        type: "line.feel",
        id: newId(),
        item: line.id,
        feel,
        why: why.value.trim(),
        hands: many,
      });
      close();
    };
    return {
      form,
      first: /** @type {HTMLElement} */ (form.querySelector("input:checked") ?? why),
      typed: () => why.value.trim() !== (said?.why ?? ""),
    };
  }
}
