/** Whether a name fits a pattern of `*` and `?`, whatever the case. Its time is bounded by the product of both lengths. */
export function fitsGlob(pattern: string, name: string): boolean {
  const [wanted, given] = [pattern.toLowerCase(), name.toLowerCase()];
  let [at, star, mark] = [0, -1, 0];
  for (let index = 0; index < given.length; ) {
    if (wanted[at] === '*') {
      star = at;
      mark = index;
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      mark += 1;
      at = star + 1;
      index = mark;
    } else return false;
  }
  return /^\**$/.test(wanted.slice(at));
}
