/**
 * Sorts `rows` rows of the list at `order` into those that go left and those that go right, each in their order; returns
 * how many go left. `codes` has a byte for every row there is, 2^`shift` bytes apart; a row with the code `missing` (none has it if negative)
 * goes left if `missingLeft`, any other if its code is at most `code`. `scratch` has room for the rows.
 */
export function partition(
  codes: usize,
  shift: i32,
  order: usize,
  rows: i32,
  code: i32,
  missing: i32,
  missingLeft: i32,
  scratch: usize,
): i32 {
  const end = order + ((<usize>rows) << 2);
  let left = order;
  let right = scratch;
  for (let at = order; at < end; at += 4) {
    const row = load<u32>(at);
    const own = <i32>load<u8>(codes + ((<usize>row) << shift));
    // Written to both sides, counted on one: not by a branch, which no processor can foresee.
    const goes = (<usize>select<i32>(missingLeft, i32(own <= code), own == missing)) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    left += goes;
    right += 4 - goes;
  }
  const kept = <i32>((left - order) >> 2);
  for (let from = scratch; from < right; from += 4, left += 4) store<u32>(left, load<u32>(from));
  return kept;
}
