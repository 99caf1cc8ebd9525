/** The moment as logs keep it. */
export const clock = (): string => new Date().toISOString();
