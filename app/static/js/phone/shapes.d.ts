import type { Ask, Board, Done, MineRow, Zone } from "../contract.d.ts";

/**
 * One ask, from the press of a button until a day after it was saved. `at` gives the order too; `seq` once kept;
 * `stored` once the browser has it on its disk.
 */
export interface Entry {
  key: string;
  code: string;
  person: string;
  at: number;
  ask: Ask;
  state: "waiting" | "refused" | "kept";
  seq: number;
  message: string;
  stored: boolean;
}

/** `safe`: what is put here outlives the page. `later`: a better one, that was slow to open. */
export interface Store {
  safe: boolean;
  later?: Promise<Store>;
  all(): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  drop(keys: string[]): Promise<void>;
}

/** The other tabs of this room on this phone. A BroadcastChannel is one. */
export interface Others {
  postMessage(news: News): void;
  onmessage: ((event: MessageEvent<News>) => void) | null;
}

/** What one tab tells the others of its outbox. `hello`: it is new, and wants to know. `handedOn`: somebody else writes. */
export interface News {
  hello?: boolean;
  handedOn?: boolean;
  put?: Entry[];
  drop?: string[];
}

/** What the outbox sends through. */
export interface Asking {
  ask(ask: Ask, options: { key: string }): Promise<Done>;
}

/** What the way to the room is like for a note that waits: `held` by the room itself, or `over` for this page. */
export type Road = "open" | "away" | "held" | "over";

/** A note of mine as it stands. `entry`: the ask that was refused. */
export interface Mine {
  id: string;
  zone: string;
  text: string;
  mine: MineRow | null;
  standing: "saved" | "waiting" | "refused";
  stored: boolean;
  entry: Entry | null;
  /** What it means in English. */
  meaning: string;
  /** Where it was read from, of a note that was written for somebody else. */
  slip?: Slip;
}

/** A slip of paper: whose, and its number, 0 if it has none. */
export interface Slip {
  group: string | null;
  slip: number;
}

/** Where a note is written: one's own, or other people's. */
export interface Writing {
  zone: string;
  /** Nothing more can be added here. */
  stopped: boolean;
  stop(muted: boolean): void;
  isBusy(before: boolean): boolean;
  offer(places: Place[], open: boolean): void;
  light(address: string | null): void;
}

/** A zone as it can be written into. */
export interface Place extends Zone {
  address: string;
  board: Board;
  locked: boolean;
}

/** What this moment of the workshop asks of a phone. */
export interface Moment {
  id: string;
  manner: "before" | "write" | "listen" | "talk" | "look-up" | "late" | "closed";
  question: string;
  places: Place[];
  /** The address of the zone that is talked about. */
  lit: string | null;
  mustHaves: boolean;
  /** When the last late note is taken, UTC ms. */
  until: number | null;
  /** Everyone files their notes into piles. */
  files: boolean;
  /** What is asked besides words. */
  asks: "" | "dots" | "consent" | "help";
}
