import type { Ask, Board, Done, MineRow, Zone } from "../contract.d.ts";

/** One ask, from the press of a button until a day after it was saved. `at` gives the order too; `seq` once kept. */
export interface Entry {
  key: string;
  code: string;
  person: string;
  at: number;
  ask: Ask;
  state: "waiting" | "refused" | "kept";
  seq: number;
  message: string;
}

/** `safe`: what is put here outlives the page. */
export interface Store {
  safe: boolean;
  all(): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  drop(keys: string[]): Promise<void>;
}

/** What the outbox sends through. */
export interface Asking {
  ask(ask: Ask, options: { key: string }): Promise<Done>;
}

/** A note of mine as it stands. `entry`: the ask that was refused. */
export interface Mine {
  id: string;
  zone: string;
  text: string;
  mine: MineRow | null;
  standing: "saved" | "waiting" | "refused";
  entry: Entry | null;
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
  manner: "before" | "write" | "listen" | "talk" | "look-up" | "closed";
  question: string;
  places: Place[];
  mustHaves: boolean;
}
