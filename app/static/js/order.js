// @ts-check

/** Piles, lines: by where they stand; undo can leave two in one place, then by id.
 * @param {{order: number, id: string}} one @param {{order: number, id: string}} other
 */
export const inOrder = (one, other) => one.order - other.order || (one.id < other.id ? -1 : 1);
