// Says what was expected where it did not come true.
export function expect(truth, what) {
  if (!truth) throw new Error(`not so: ${what}`);
}
