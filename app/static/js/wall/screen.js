// @ts-check
/** The wall itself: one picture at a time, changed only when the room moves or the presenter turns. */

/** @import {Now} from "../contract.d.ts" */
/** @import {Live} from "../live.js" */
/** @import {Scene, Sight, View} from "./sight.js" */
import { announce } from "../announce.js";
import { ticking } from "../clock.js";
import { make } from "../layouts/make.js";
import { isPicture, onResize } from "../layouts/size.js";
import { say } from "../words.js";
import { BoardView } from "./board.js";
import { ChooseView } from "./choose.js";
import { LeftView } from "./left.js";
import { LineView } from "./line.js";
import { ListView } from "./list.js";
import { PilesView } from "./piles.js";
import { EssentialsView } from "./musts.js";
import { ArrivalView, BigView, ClosedView, TalkView } from "./plain.js";
import { Presenter } from "./presenter.js";
import { ReadView } from "./read.js";
import { choose } from "./sight.js";
import { Strip } from "./strip.js";
import { turned } from "./turn.js";

export class Screen {
  #live;
  #main;
  #strip = new Strip();
  #presenter;
  #blank = make("main", "visually-hidden", make("h1", "", say("wall.blanked")));
  /** @type {Now | null} */
  #now = null;
  /** @type {View | null} */
  #view = null;
  #key = "";
  /** Nothing is drawn until all there is has come, so that a wall never starts with the wrong picture. */
  #whole = false;
  /** Blank from the moment the key goes down, whatever the network does. @type {boolean | null} */
  #meant = null;

  /** @param {Live} live @param {HTMLElement} main */
  constructor(live, main) {
    this.#live = live;
    this.#main = main;
    this.#presenter = new Presenter({
      turn: (step) => this.#turn(step),
      show: (of) => live.ask({ type: "wall.show", manner: of ? "read" : "whole", of, page: 0 }),
      blank: () => this.#toggle(),
    });
    this.#blank.hidden = true;
    main.before(this.#blank, this.#strip.element);
    main.after(this.#presenter.element);
    live.rows.onchange(() => this.draw());
    live.addEventListener("whole", () => {
      this.#whole = true;
      this.draw();
    });
    live.addEventListener("state", () => this.#strip.tick(live));
    live.addEventListener("now", (event) => {
      this.#now = /** @type {CustomEvent<Now>} */ (event).detail;
      this.draw();
    });
    onResize(() => {
      this.draw();
      this.#view?.resize?.();
    });
    ticking(() => this.#strip.tick(live));
  }

  /** Another code lets people in: whatever shows one is made again. */
  renew() {
    this.#strip.renew();
    this.#key = "";
    this.draw();
  }

  draw() {
    const sight = this.#sight();
    if (!sight) return;
    const { scene, of } = choose(sight);
    this.#show(scene, of, sight);
    this.#view?.update(sight);
    const blank = this.#isBlank();
    document.body.classList.toggle("is-blank", blank);
    this.#main.hidden = blank;
    this.#blank.hidden = !blank;
    this.#strip.element.hidden = blank || scene === "arrival" || scene === "closed";
    this.#strip.update(sight, scene === "board" ? of : scene === "read" ? of.split(".")[0] ?? "" : "");
    this.#strip.tick(this.#live);
    this.#presenter.update(sight, scene === "read" || scene === "line" ? of : "");
  }

  /** @returns {Sight | null} */
  #sight() {
    const { welcome, rows } = this.#live;
    if (!welcome || !this.#whole) return null;
    const card = welcome.session;
    const open = rows.one("stage", "stage")?.stage;
    const stage = card.plan.stages.find((each) => each.id === open) ?? null;
    return { card, rows, stage, now: this.#now, page: rows.one("screen", "screen")?.page ?? 0 };
  }

  /** @param {Scene} scene @param {string} of @param {Sight} sight */
  #show(scene, of, sight) {
    const key = [scene, of, sight.stage?.id, isPicture()].join(" ");
    if (key === this.#key) return;
    this.#key = key;
    this.#view = viewOf(scene, of, sight);
    this.#main.replaceChildren(this.#view.element);
    this.#main.dataset.scene = scene;
    // A zone must know its room before its notes can be laid out.
    this.#view.update(sight);
    if (!this.#isBlank()) this.#main.hidden = false;
    this.#strip.element.hidden = scene === "arrival" || scene === "closed";
    this.#view.resize?.();
    announce(this.#view.element.querySelector("h1")?.textContent ?? "");
  }

  #isBlank() {
    return this.#meant ?? this.#live.rows.one("screen", "screen")?.blank ?? false;
  }

  #toggle() {
    const on = !this.#isBlank();
    this.#meant = on;
    this.draw();
    const settled = () => {
      this.#meant = null;
      this.draw();
    };
    this.#live.ask({ type: "wall.blank", on }).then(settled, settled);
  }

  /** @param {1 | -1} step */
  #turn(step) {
    const sight = this.#sight();
    if (!sight || this.#isBlank()) return;
    const ask = turned(sight, choose(sight).scene, this.#view?.pages ?? 1, step);
    if (ask) this.#live.ask(ask);
  }
}

/** @param {Scene} scene @param {string} of @param {Sight} sight @returns {View} */
function viewOf(scene, of, { card }) {
  switch (scene) {
    case "arrival":
      return new ArrivalView();
    case "closed":
      return new ClosedView();
    case "read":
      return new ReadView(of);
    case "left":
      return new LeftView();
    case "line":
      return new LineView(of);
    case "piles":
      return new PilesView();
    case "list":
      return new ListView();
    case "choose":
      return new ChooseView(of);
    case "big":
      return new BigView(of);
    case "essentials":
      return new EssentialsView();
    case "talk":
      return new TalkView();
    case "board": {
      const board = card.plan.boards.find((each) => each.id === of);
      return board ? new BoardView(board) : new TalkView();
    }
  }
}
