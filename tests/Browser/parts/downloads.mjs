// The files that a sweep's page offers, beside the rows that `sweeps show` reads from its folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { datasetOf } from '../../Deploy/live-cluster.mjs';
import { unless } from '../browser.mjs';
import { sweeps } from '../programs.mjs';

const reader = resolve(import.meta.dirname, '../../Readers/read.mjs');

const parsed = csv => csv.trimEnd().split(/\r?\n/).map(line => line.split(','));

// Numbers are equal as numbers: 1 and 1.0 are.
const same = (one, other) => one === other || (one !== '' && other !== '' && Number(one) === Number(other));

function differences([names, ...rows], [otherNames, ...otherRows]) {
  const mistakes = unless(names.join() === otherNames.join(), `columns ${otherNames} and not ${names}`);
  if (mistakes.length > 0) return mistakes;
  if (rows.length !== otherRows.length) return [`${otherRows.length} rows and not ${rows.length}`];
  return rows.flatMap((row, i) => row.flatMap((value, j) =>
    (same(value, otherRows[i][j]) ? [] : [`row ${i}, ${names[j]}: ${otherRows[i][j]} and not ${value}`]))).slice(0, 5);
}

const text = value => (value === null || value === undefined ? '' : String(value));

export async function downloads({ browser, dashboard, finished }) {
  const visitor = await browser.visitor({ acceptDownloads: true });
  const { page } = visitor;
  const folder = mkdtempSync(join(tmpdir(), 'sweeps-browser.'));
  const shown = parsed((await sweeps('show', datasetOf(finished), '--csv')).stdout);
  await page.goto(`${dashboard.url}/sweeps/${finished}`);

  const taken = async name => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).click()]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  };
  const read = path => execFileSync('node', [reader, 'hyparquet', path], { encoding: 'utf8' }).trimEnd().split('\n').map(line => JSON.parse(line));
  const { readFile } = await import('node:fs/promises');

  await visitor.does('Downloads: points as CSV are those of sweeps show', async () =>
    [...unless(shown.length === 41, `sweeps show has ${shown.length - 1} rows`), ...differences(shown, parsed(await readFile(await taken('Download points as CSV'), 'utf8')))]);
  await visitor.does('Downloads: points as JSON are those of sweeps show', async () => {
    const rows = JSON.parse(await readFile(await taken('Download points as JSON'), 'utf8'));
    const objects = Array.isArray(rows) ? rows : rows.items ?? rows.points ?? rows.rows;
    return differences(shown, [Object.keys(objects[0]), ...objects.map(row => Object.values(row).map(text))]);
  });
  await visitor.does('Downloads: points as Parquet are those of sweeps show, to a reader that is not ours', async () => {
    const [{ schema }, , , ...rows] = read(await taken('Download points as Parquet'));
    return differences(shown, [schema.map(column => column.name), ...rows.map(row => row.map(text))]);
  });
  await visitor.does('Downloads: curves are the same rows in all three formats', async () => {
    const csv = parsed(await readFile(await taken('Download curves as CSV'), 'utf8'));
    const [{ schema }, , , ...rows] = read(await taken('Download curves as Parquet'));
    const json = JSON.parse(await readFile(await taken('Download curves as JSON'), 'utf8'));
    const objects = Array.isArray(json) ? json : json.items ?? json.curves ?? json.rows;
    return [
      ...unless(csv.length > 41, `${csv.length} lines`),
      ...differences(csv, [schema.map(column => column.name), ...rows.map(row => row.map(text))]).map(each => `Parquet: ${each}`),
      ...differences(csv, [Object.keys(objects[0]), ...objects.map(row => Object.values(row).map(text))]).map(each => `JSON: ${each}`),
    ];
  });
  await visitor.does('Downloads: the figure as SVG stands by itself', async () => {
    const svg = await readFile(await taken('Figure as SVG'), 'utf8');
    return unless(/^(<\?xml[^>]*>\s*)?<svg[^>]*xmlns=/.test(svg) && !/var\(--/.test(svg), `it begins with ${svg.slice(0, 200)}`);
  });

  rmSync(folder, { recursive: true });
  await visitor.judge('Downloads');
}
