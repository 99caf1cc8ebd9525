/** The command that trains a first model on a dataset, ready for a shell whatever the names hold. */
export const classifyCommand = (project: string, dataset: string): string =>
  `secuml classify --project ${shellWord(project)} --dataset ${shellWord(dataset)}`;

/** A word for a POSIX shell. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
