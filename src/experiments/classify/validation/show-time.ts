/** `2002-10-03 14:05:00`, in UTC; for messages. */
export function showTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
