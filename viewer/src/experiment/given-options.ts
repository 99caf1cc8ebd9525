/** What a command line said itself; everything else came from the configuration or is the default. */
export interface GivenOptions {
  /** Names as settings bear them: `--tuning-folds` and `--no-training-detection` are tuningFolds, trainingDetection. */
  readonly options: ReadonlySet<string>;
  /** Hyper-parameters named with `--param`. */
  readonly params: ReadonlySet<string>;
}

/** Options that decide a setting of another name. */
const decides: Readonly<Record<string, readonly string[]>> = {
  testIds: ['validation'],
  validationDataset: ['validation', 'validationDatasets'],
  tuning: ['params', 'tuningFolds'],
};

export function givenOptions(command: string): GivenOptions {
  const options = new Set<string>();
  const params = new Set<string>();
  const words = shellWords(command);
  words.forEach((word, index) => {
    const [, name, inline] = /^--(?:no-)?([a-z][a-z0-9-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) return;
    const option = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    for (const setting of [option, ...(decides[option] ?? [])]) options.add(setting);
    if (option === 'param') params.add(camelCase((inline ?? words[index + 1] ?? '').split('=')[0]));
  });
  return { options, params };
}

/** `n_estimators`, `n-estimators` and `nEstimators` are one name. */
const camelCase = (name: string): string =>
  name.replace(/[-_]([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The words of a command as a POSIX shell reads them, for the quoting that the program itself writes. */
function shellWords(command: string): string[] {
  const words = command.match(/(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/gs) ?? [];
  return words.map((word) =>
    word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (_, single, double, escaped) => single ?? double ?? escaped),
  );
}
