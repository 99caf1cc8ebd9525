/** Back to the list of families, where the arrows and the keys of the page count. */
export function focusFamilies(): void {
  document.querySelector<HTMLElement>('.family-editor [role=grid]')?.focus();
}
