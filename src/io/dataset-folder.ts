import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError, nearest, printable, UserError } from '../errors.js';
import type { FeatureFile } from './features/feature-file.js';
import { checkFolderName, checkPathPart } from './names.js';

/** A file of a dataset: where it is, and its path as the user knows it. */
export interface DatasetFile {
  readonly path: string;
  readonly shown: string;
  readonly bytes: number;
}

const tableExtensions = ['.csv', '.csv.gz'];
const libsvmExtensions = ['.libsvm', '.libsvm.gz', '.svmlight', '.svmlight.gz'];
const featureExtensions = [...tableExtensions, ...libsvmExtensions];
const labelFolders = ['labels', 'annotations'];

/** The files of one dataset, `INPUT_DIR/PROJECT/DATASET/`. */
export class DatasetFolder {
  private constructor(
    readonly project: string,
    readonly dataset: string,
    readonly path: string,
  ) {}

  /** Finds the folder; throws UserError naming what exists and the nearest name. */
  static async find(inputDir: string, project: string, dataset: string): Promise<DatasetFolder> {
    const projectName = checkFolderName(project, 'project');
    const datasetName = checkFolderName(dataset, 'dataset');
    if (!(await isFolder(inputDir))) {
      throw new UserError(`the input folder ${printable(inputDir)} does not exist`, {
        hint: 'name it with --input-dir, SECUML_INPUT_DIR or inputDir in secuml.config.json',
      });
    }
    const projectPath = join(inputDir, projectName);
    if (!(await isFolder(projectPath)))
      throw await absent('project', projectName, inputDir, `in ${printable(inputDir)}`);
    const path = join(projectPath, datasetName);
    if (!(await isFolder(path)))
      throw await absent('dataset', datasetName, projectPath, `of project ${printable(projectName)}`);
    return new DatasetFolder(projectName, datasetName, path);
  }

  /** idents.csv or idents.csv.gz; throws UserError. */
  async idents(): Promise<DatasetFile> {
    const found = await this.file('', 'idents', tableExtensions);
    if (found) return found;
    throw missing(join(this.path, 'idents.csv'), 'a CSV with the columns instance_id and ident');
  }

  /**
   * The feature files that names stand for: files of `features/` (their extension may be left out) or folders in it,
   * whose files are taken in the order of their names. Without names: features.csv, else the only file there.
   */
  async features(names: readonly string[] | undefined): Promise<FeatureFile[]> {
    const present = await this.list('features');
    const files =
      names && names.length > 0 ? await this.namedFeatures(names, present) : await this.defaultFeatures(present);
    const twice = files.find((file, k) => files.findIndex((other) => other.path === file.path) !== k);
    if (twice) throw new UserError(`the feature file ${printable(twice.shown)} is asked for twice`);
    return files;
  }

  /** A labels file by name, in `labels/` or `annotations/`; undefined if there is none. Throws UserError for a path. */
  async labels(name: string): Promise<DatasetFile | undefined> {
    checkPathPart(name, 'labels file');
    for (const folder of labelFolders) {
      const found = await this.file(folder, name, ['', '.gz', ...tableExtensions]);
      if (found) return found;
    }
    return undefined;
  }

  /** A filter file: a path as typed, or a file in `features/`; throws UserError. */
  async filter(name: string): Promise<DatasetFile> {
    const typed = await stat(name).catch(() => undefined);
    if (typed?.isFile()) return { path: name, shown: name, bytes: typed.size };
    const plain = !/[/\\\0]/.test(name) && name !== '..' && name !== '.';
    const found = plain ? await this.file('features', name, ['']) : undefined;
    if (found) return found;
    throw new UserError(`the filter file ${printable(name)} does not exist`, {
      hint: `looked for as typed${plain ? ` and in ${printable(join(this.path, 'features'))}` : ''}; it holds one feature a line`,
    });
  }

  /** The labels files there are, for messages. */
  async labelNames(): Promise<string[]> {
    const lists = await Promise.all(labelFolders.map((folder) => this.list(folder)));
    return lists.flat().filter((name) => hasExtension(name, tableExtensions));
  }

  private async namedFeatures(names: readonly string[], present: readonly string[]): Promise<FeatureFile[]> {
    const files: FeatureFile[] = [];
    for (const name of names) {
      checkPathPart(name, 'feature file');
      const folder = join('features', name);
      if (await isFolder(join(this.path, folder))) {
        const inside = (await this.list(folder)).filter(isFeatureFile);
        if (inside.length === 0) throw new UserError(`${printable(join(this.path, folder))} holds no feature file`);
        for (const file of inside) files.push(await this.featureFile(folder, file));
        continue;
      }
      const found = await this.file('features', name, ['', '.gz', ...featureExtensions]);
      if (!found) {
        throw new UserError(`there is no feature file "${printable(name)}"${nearest(name, present)}`, {
          hint: listed(`in ${printable(join(this.path, 'features'))}`, present.filter(isFeatureFile)),
        });
      }
      files.push(await this.featureFile('features', found.path.slice(join(this.path, 'features').length + 1)));
    }
    return files;
  }

  private async defaultFeatures(present: readonly string[]): Promise<FeatureFile[]> {
    const candidates = present.filter(isFeatureFile);
    const usual = featureExtensions
      .map((extension) => `features${extension}`)
      .filter((name) => candidates.includes(name));
    if (usual.length > 1) throw ambiguous(usual.map((name) => join(this.path, 'features', name)));
    const chosen = usual[0] ?? (candidates.length === 1 ? candidates[0] : undefined);
    if (chosen !== undefined) return [await this.featureFile('features', chosen)];
    const where = printable(join(this.path, 'features'));
    const folders: string[] = [];
    for (const name of present) {
      if (!name.startsWith('.') && (await isFolder(join(this.path, 'features', name)))) folders.push(name);
    }
    if (candidates.length === 0 && folders.length > 0) {
      throw new UserError(`${where} holds no feature file, only folders of them`, {
        hint: `name the folders to read: ${folders.map((name) => `--features ${printable(name, 60)}`).join(', ')}`,
      });
    }
    if (candidates.length === 0) {
      throw missing(
        join(this.path, 'features', 'features.csv'),
        'a CSV with the columns instance_id and one for each feature',
      );
    }
    throw new UserError(`${where} holds several feature files and none is called features.csv`, {
      hint: `choose with --features: ${candidates.map((name) => printable(name)).join(', ')}`,
    });
  }

  private async featureFile(folder: string, name: string): Promise<FeatureFile> {
    const path = join(this.path, folder, name);
    const description = await this.file(folder, `${stem(name)}_description`, tableExtensions);
    const format = hasExtension(name, libsvmExtensions) ? 'libsvm' : 'csv';
    const { size: bytes } = await stat(path);
    return { path, shown: path, bytes, format, description };
  }

  /**
   * The file of that very name, or else with one of these extensions. Throws UserError for several: one of them is
   * probably out of date, and which is not for us to guess.
   */
  private async file(folder: string, name: string, extensions: readonly string[]): Promise<DatasetFile | undefined> {
    const present: DatasetFile[] = [];
    for (const extension of extensions) {
      const path = join(this.path, folder, name + extension);
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile()) continue;
      present.push({ path, shown: path, bytes: found.size });
      if (extension === '') break;
    }
    if (present.length > 1) throw ambiguous(present.map(({ path }) => path));
    return present[0];
  }

  /** Names in a folder, sorted by code unit; none if it does not exist. */
  private async list(folder: string): Promise<string[]> {
    return (await readdir(join(this.path, folder)).catch(() => [])).sort();
  }
}

function ambiguous(paths: readonly string[]): UserError {
  return new UserError(`there are ${paths.map((path) => printable(path)).join(' and ')}: which of them?`, {
    hint: 'remove the one that is out of date, or name a feature or labels file with its whole name: --features, --labels',
  });
}

function missing(file: string, expected: string): DataError {
  return new DataError([{ file, found: 'no such file', expected }], {
    hint: 'the layout is told in docs/data-format.md',
  });
}

function hasExtension(name: string, extensions: readonly string[]): boolean {
  return extensions.some((extension) => name.endsWith(extension));
}

function isFeatureFile(name: string): boolean {
  return !name.startsWith('.') && hasExtension(name, featureExtensions) && !stem(name).endsWith('_description');
}

/** `features` of `features.csv.gz`. */
function stem(name: string): string {
  const extension = featureExtensions
    .filter((candidate) => name.endsWith(candidate))
    .sort((a, b) => b.length - a.length)[0];
  return extension ? name.slice(0, -extension.length) : name;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function absent(what: string, name: string, parent: string, where: string): Promise<UserError> {
  const entries = await readdir(parent, { withFileTypes: true });
  const present = entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
  return new UserError(`there is no ${what} "${printable(name)}" ${where}${printable(nearest(name, present))}`, {
    hint: listed(`${what}s ${where}`, present),
  });
}

function listed(what: string, names: readonly string[]): string {
  if (names.length === 0) return `${what}: none`;
  const shown = names.slice(0, 20).map((name) => printable(name, 60));
  return `${what}: ${shown.join(', ')}${names.length > 20 ? `, … (${names.length})` : ''}`;
}
