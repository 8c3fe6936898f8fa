// Says what was expected where it did not come true.
export function expect(truth, what) {
  if (!truth) throw new Error(`not so: ${what}`);
}

// That nothing on the page is wider than the window.
export async function fits(page) {
  const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide <= window, `${page.url()} fits the window: ${wide} of ${window} px`);
}
