// @ts-check
import { box, part, reword } from "./el.js";
import { page, say } from "../words.js";

/** What programs take from a link without cutting it short. */
const LONGEST_LINK = 1_900;

/** The list as an e-mail: words to copy, selected and ready, also where plain http has no clipboard. */
export function email() {
  const opener = part("#email"), card = part("#email-box"), said = part("#email-said");
  const subject = box("#email-subject"), words = /** @type {HTMLTextAreaElement} */ (part("#email-words"));
  words.value = words.value.replace("{link}", () => page.list_url ?? location.origin + location.pathname);
  const link = mailto(subject.value, words.value);
  part("#email-open").setAttribute("href", link);
  part("#email-long").hidden = link.length <= LONGEST_LINK;

  opener.hidden = false;
  opener.addEventListener("click", () => {
    card.hidden = !card.hidden;
    opener.setAttribute("aria-expanded", String(!card.hidden));
    if (!card.hidden) select();
  });
  part("#email-copy").addEventListener("click", async () => {
    select();
    try {
      await navigator.clipboard.writeText(words.value);
    } catch {
      // The old way needs no https; where that is gone too, the words stand there selected.
      words.focus();
      if (!document.execCommand("copy")) return;
    }
    reword(said, say("list.email_copied"));
  });

  function select() {
    words.focus();
    words.setSelectionRange(0, words.value.length);
    words.scrollTop = 0;
    reword(said, howToCopy());
  }
}

function howToCopy() {
  if (matchMedia("(pointer: coarse)").matches) return say("list.email_copy_touch");
  const mac = /Mac|iP(hone|ad)/.test(navigator.userAgent);
  return say("list.email_copy_now", { keys: mac ? "⌘C" : "Ctrl+C" });
}

/** @param {string} subject @param {string} body */
function mailto(subject, body) {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${
    encodeURIComponent(body.replaceAll("\n", "\r\n"))
  }`;
}
