import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { printable, UserError } from '../../errors.js';
import { syncFolder } from '../../io/results/file-writer.js';
import { checkFolderName } from '../../io/names.js';
import { checkOutputProject } from '../layout.js';

/**
 * The folder of a dataset that is being made: everything is written beside it, in a hidden folder, and appears under its
 * name at once and whole, or not at all.
 */
export class ImportTarget {
  private constructor(
    readonly project: string,
    readonly dataset: string,
    private readonly projectFolder: string,
    /** Where the dataset will be. */
    readonly folder: string,
    private readonly temporary: string,
    private readonly replace: boolean,
    /** The project's folder was made for this dataset. */
    private readonly newProject: boolean,
  ) {}

  /** Throws UserError for names that are no folder's, and for a dataset that is there already unless it may be replaced. */
  static async begin(inputDir: string, project: string, dataset: string, replace: boolean): Promise<ImportTarget> {
    const projectName = checkFolderName(project, 'project');
    const datasetName = checkFolderName(dataset, 'dataset');
    // What could not be classified later is not made.
    checkOutputProject(projectName);
    const projectFolder = join(inputDir, projectName);
    const folder = join(projectFolder, datasetName);
    if (!replace && (await hasContent(folder))) throw alreadyThere(folder);
    try {
      const made = await mkdir(projectFolder, { recursive: true });
      const temporary = await mkdtemp(join(projectFolder, '.import-'));
      await mkdir(join(temporary, 'dataset'));
      return new ImportTarget(projectName, datasetName, projectFolder, folder, temporary, replace, made !== undefined);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new UserError(`${printable(projectFolder)} cannot be written to (${code ?? message})`, { cause: error });
    }
  }

  /** Where the files of the dataset are written. */
  get files(): string {
    return join(this.temporary, 'dataset');
  }

  /** Where standard input is kept while it is read twice: private to this user, and on the disk of the dataset. */
  get spool(): string {
    return join(this.temporary, 'standard-input');
  }

  /** Gives the dataset its name. A dataset that had it before is moved aside, never deleted: returns where to. */
  async publish(): Promise<string | null> {
    const former = this.replace && (await hasContent(this.folder)) ? await this.moveAside() : null;
    try {
      await rename(this.files, this.folder);
    } catch (error) {
      if (former !== null) await rename(former, this.folder);
      const { code = '' } = error as NodeJS.ErrnoException;
      // Another one was quicker.
      if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code)) throw alreadyThere(this.folder);
      throw error;
    }
    await syncFolder(this.projectFolder);
    return former;
  }

  /** Removes what is left; to be called in the end, whatever happened. */
  async clean(): Promise<void> {
    await rm(this.temporary, { recursive: true, force: true });
    // Goes only where nothing came of it: a folder that holds something stays.
    if (this.newProject) await rmdir(this.projectFolder).catch(() => undefined);
  }

  private async moveAside(): Promise<string> {
    const now = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
    // The hidden name keeps it from being taken for a dataset.
    const holder = await mkdtemp(join(this.projectFolder, `.replaced-${now}-`));
    const aside = join(holder, this.dataset);
    await rename(this.folder, aside);
    return aside;
  }
}

async function hasContent(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (code === 'ENOTDIR') return true;
    throw error;
  }
}

function alreadyThere(folder: string): UserError {
  return new UserError(`${printable(folder)} is there already`, {
    hint: 'choose another --dataset, or --replace, which moves the old one aside',
  });
}
