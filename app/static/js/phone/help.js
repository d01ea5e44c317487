// @ts-check
/** I'd help start this: with a name, or without; seen by the host alone until its owner says otherwise. */

/** @import {Line, Now} from "./choose.js" */
/** @import {Offer} from "./chosen.js" */
import { newId } from "../ids.js";
import { say } from "../words.js";
import { Asking } from "./asking.js";
import { myOffers } from "./chosen.js";
import { button, make } from "./dom.js";

const NAME = 40;

export class Help {
  types = ["line.help", "help.take_back"];
  any = false;
  #lines = new Asking((line, now, close) => this.#form(line, now, close));
  element = this.#lines.element;
  /** @type {Map<string, Offer>} */
  #offers = new Map();

  get isBusy() {
    return this.#lines.isBusy;
  }

  /** @param {Now} now */
  draw(now) {
    this.#offers = myOffers(now.live.rows, now.outbox.entries, now.live.seen);
    this.any = this.#offers.size > 0;
    this.#lines.draw(now, (line) => {
      const offer = this.#offers.get(line.id);
      if (!offer) return "";
      if (!offer.name) return say("phone.help_nameless");
      return say(offer.agree ? "phone.help_open" : "phone.help_private", { name: offer.name });
    });
  }

  /** @param {Line} line @param {Now} now @param {() => void} close */
  #form(line, now, close) {
    const offer = this.#offers.get(line.id);
    const name = make("input", {
      type: "text",
      dir: "auto",
      maxLength: NAME,
      autocomplete: "off",
      value: offer?.name ?? "",
    });
    const agree = make("input", { type: "checkbox", checked: offer?.agree ?? false });
    const send = make("button", {
      className: "button",
      textContent: say(offer ? "phone.save" : "phone.help_send"),
    });
    const back = () => {
      if (offer) now.outbox.add({ type: "help.take_back", id: offer.id });
      close();
    };
    const form = make(
      "form",
      { className: "asking stack", noValidate: true },
      make("label", { className: "field" }, make("span", { textContent: say("phone.help_name") }), name),
      make("label", { className: "agree" }, agree, say("phone.help_agree")),
      make("p", { className: "soft", textContent: say("phone.help_who") }),
      make(
        "div",
        { className: "row" },
        send,
        ...(offer ? [button("phone.take_back", back)] : []),
        button("common.cancel", close, "plain-button"),
      ),
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      const called = name.value.trim();
      const agreed = agree.checked && called !== "";
      now.outbox.add({ type: "line.help", id: newId(), item: line.id, name: called, agree: agreed });
      close();
    };
    return {
      form,
      first: /** @type {HTMLElement} */ (name),
      typed: () => name.value.trim() !== (offer?.name ?? ""),
    };
  }
}
