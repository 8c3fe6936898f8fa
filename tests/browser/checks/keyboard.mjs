// A6, A7, A8: the Tab key reaches everything once, in document order, and comes back; each stop shows a ring of at least
// 2 px and lies open to view.

const look = () => {
  const element = document.activeElement;
  const place = window.stops.indexOf(element);
  if (place < 0) return { place, name: element === document.body ? "" : tools.name(element) };
  const problems = [];
  const style = getComputedStyle(element);
  const before = window.unfocused[place];
  const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outline !== before.outline;
  const spread = Math.max(0, ...[...style.boxShadow.matchAll(/(?:-?[\d.]+px ){3}([\d.]+)px/g)].map((match) => Number(match[1])));
  if (!outline && !(spread >= 2 && style.boxShadow !== before.boxShadow)) problems.push("does not show that it has focus");

  // Of a table that is higher than the window, the part that lies in it counts.
  const seen = ({ left, top, width, height }) => ({ left, width, top: Math.max(top, 0), height: Math.min(top + height, innerHeight) - Math.max(top, 0) });
  const boxes = [...element.getClientRects()].map((box) => (box.height > innerHeight ? seen(box) : box)).filter(({ width, height }) => width > 0 && height > 0);
  const inside = ({ x, y }) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  const points = boxes.flatMap(({ left, top, width, height }) => [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5]].map(([across, down]) => ({ x: left + width * across, y: top + height * down }))).filter(inside);
  const own = ({ x, y }) => {
    const found = document.elementFromPoint(x, y);
    return found && (element.contains(found) || found.contains(element) || found.control === element);
  };
  if (!points.length) problems.push("is outside the window when it has focus");
  else if (!points.every(own)) problems.push(`is covered by ${tools.name(document.elementFromPoint(...Object.values(points.find((point) => !own(point)))))}`);
  return { place, name: tools.name(element), problems };
};

export default {
  name: "keyboard",
  views: ["wide"],
  when: ({ first }) => first,
  async run({ page, reload }) {
    await reload();
    const names = await page.evaluate(() => {
      window.stops = tools.tabStops();
      window.unfocused = window.stops.map((element) => {
        const { outline, boxShadow } = getComputedStyle(element);
        return { outline, boxShadow };
      });
      return window.stops.map(tools.name);
    });
    const problems = [];
    for (const [place, name] of names.entries()) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(look);
      if (stop.place !== place) return [...problems, `Tab number ${place + 1} is to reach ${name}, but reaches ${stop.name || "nothing"}`];
      problems.push(...stop.problems.map((problem) => `${name} ${problem}`));
    }
    for (const [place, name] of [...names.entries()].reverse().slice(1)) {
      await page.keyboard.press("Shift+Tab");
      const stop = await page.evaluate(look);
      if (stop.place !== place) return [...problems, `Shift+Tab is to come back to ${name}, but reaches ${stop.name || "nothing"}`];
    }
    return problems;
  },
};
