import { createHash } from 'node:crypto';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { printable, UserError } from '../../errors.js';
import { checkPathPart } from '../../io/names.js';
import type { InstanceView } from '../../schema/api/instance.js';
import { type InstanceViewFile, instanceViewFileSchema } from '../../schema/instance-view-file.js';
import { checkName } from '../layout.js';
import { readTextFile } from '../limited-file.js';
import { parseJson } from '../experiment/read-result.js';

/** Folder of a project, beside its datasets, with a folder for each view of its instances. */
const viewsFolder = 'views';
const viewFile = 'view.json';
const pageFile = 'page.html';

const largestDescription = 64 * 1024;
const largestPage = 2 ** 21;
const largestText = 2 ** 20;

/** Whose instance is looked at. */
export interface ViewedInstance {
  readonly inputDir: string;
  readonly project: string;
  readonly dataset: string;
  readonly instanceId: string;
}

/** The views a project has of its instances, by name; a description that cannot be read is listed with its problem. */
export async function listInstanceViews(
  inputDir: string,
  project: string,
): Promise<{ name: string; title: string; problem?: string }[]> {
  checkName(project, 'project');
  const folder = join(inputDir, project, viewsFolder);
  const names = await readdir(folder).catch(() => [] as string[]);
  const described = names
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map(async (name) => {
      try {
        const view = await readDescription(inputDir, project, name);
        return view ? [{ name, title: view.title }] : [];
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return [{ name, title: name, problem: error.message }];
      }
    });
  return (await Promise.all(described)).flat();
}

/**
 * What a view shows of an instance: the text of its file, never interpreted, and for a view with a page of its own the
 * fingerprint of that page. A missing file is told in `problem` with what gets it. Throws UserError where there is no
 * such view.
 */
export async function readInstanceView(instance: ViewedInstance, name: string): Promise<Omit<InstanceView, 'frame'>> {
  const view = await describedView(instance, name);
  const { title, kind } = view;
  const found = await readInstanceText(instance, view);
  const page = kind === 'html' ? await readViewPage(instance.inputDir, instance.project, name) : undefined;
  const fingerprint = page === undefined ? null : createHash('sha256').update(page).digest('hex');
  return { title, ...found, fingerprint };
}

/** The page of a view of kind `html`; throws UserError where it has none. */
export async function readViewPage(inputDir: string, project: string, name: string): Promise<string> {
  const view = await describedView({ inputDir, project }, name);
  const path = join(inputDir, project, viewsFolder, name, pageFile);
  if (view.kind !== 'html') throw new UserError(`the view "${printable(name, 60)}" has no page: it shows text`);
  const { text, cut } = await readTextFile(path, largestPage);
  if (cut) throw new UserError(`${printable(path)} is larger than ${largestPage} bytes`);
  return text;
}

async function describedView(
  { inputDir, project }: Pick<ViewedInstance, 'inputDir' | 'project'>,
  name: string,
): Promise<InstanceViewFile> {
  checkName(project, 'project');
  const view = await readDescription(inputDir, project, name);
  if (view) return view;
  throw new UserError(`project ${printable(project)} has no view "${printable(name, 60)}"`);
}

async function readDescription(inputDir: string, project: string, name: string): Promise<InstanceViewFile | undefined> {
  checkPathPart(name, 'view');
  const path = join(inputDir, project, viewsFolder, name, viewFile);
  if (!(await stat(path).catch(() => undefined))?.isFile()) return undefined;
  const { text } = await readTextFile(path, largestDescription);
  const parsed = instanceViewFileSchema.safeParse(parseJson(text, printable(path)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(`${printable(path)}: ${issue.path.join('.') || 'view'}: ${issue.message}`);
}

async function readInstanceText(
  { inputDir, project, dataset, instanceId }: ViewedInstance,
  { folder, ending, get }: InstanceViewFile,
): Promise<{ text: string | null; problem: string | null }> {
  checkName(dataset, 'dataset');
  const ofDataset = join(inputDir, project, dataset);
  const parent = join(ofDataset, folder);
  const shown = printable(join(parent, fileNames(instanceId)[0] + ending));
  const command = Object.hasOwn(get, dataset) ? get[dataset] : undefined;
  for (const name of fileNames(instanceId)) {
    const path = join(parent, name + ending);
    const place = await placeOf(path, ofDataset);
    if (place === 'nowhere') continue;
    if (place === 'elsewhere') return { text: null, problem: `${shown} is no file of the dataset's folder` };
    const { text, cut } = await readTextFile(path, largestText);
    return { text, problem: cut ? `only the first ${largestText} bytes of ${shown} are shown` : null };
  }
  const problem = `there is no ${shown}${command === undefined ? '' : `. To get the files: ${command}`}`;
  return { text: null, problem };
}

/** The names an instance's file may have: its id where that is a file name, or its id with other characters as %XX. */
function fileNames(instanceId: string): string[] {
  const encoded = encodeURIComponent(instanceId.replace(/\p{Cs}/gu, '\ufffd')).replace(/^\./, '%2E');
  const plain = !/[/\\\p{Cc}\p{Cs}]/u.test(instanceId) && !instanceId.startsWith('.');
  return plain && encoded !== instanceId ? [instanceId, encoded] : [encoded];
}

/**
 * Whether there is a plain file inside a folder. Neither the file nor a folder on the way may be a link that leads out of
 * it: whoever made the dataset could have anything on this machine shown to a page of theirs.
 */
async function placeOf(path: string, folder: string): Promise<'inside' | 'elsewhere' | 'nowhere'> {
  try {
    const [file, parent] = await Promise.all([realpath(path), realpath(folder)]);
    return file.startsWith(parent + sep) && (await stat(file)).isFile() ? 'inside' : 'elsewhere';
  } catch {
    return 'nowhere';
  }
}
