// @ts-check
import { box, part, reword } from "../desk/el.js";
import { say } from "../words.js";

/** The aim, put together from what people should do, who, and where: one behaviour, not "healthy lives".
 * @param {() => string} planned the plan's own aim, for when the boxes are empty
 */
export function aim(planned) {
  const what = box("#aim-what"), who = box("#aim-who"), where = box("#aim-where");

  function composed() {
    const said = { what: what.value.trim(), who: who.value.trim(), where: where.value.trim() };
    if (!said.what && !said.who && !said.where) return planned();
    const deed = said.what && said.who ? say("start.aim_deed", said) : said.what || said.who;
    const whole = deed && said.where
      ? say("start.aim_place", { deed, where: said.where })
      : deed || said.where;
    return whole.charAt(0).toLocaleUpperCase() + whole.slice(1);
  }

  function draw() {
    const whole = composed();
    reword(part("#aim"), whole);
    part("#aim-line").hidden = whole === "";
  }

  for (const each of [what, who, where]) each.addEventListener("input", draw);
  return { draw, composed };
}
