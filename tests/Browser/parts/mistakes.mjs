// A spec that is wrong, and addresses where nothing is: each mistake is told with its place and a remedy, and no text is lost.
import { unless } from '../browser.mjs';
import { button } from '../pages.mjs';
import { asked, sweeps } from '../programs.mjs';
import { wrong } from '../specs.mjs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export async function mistakes({ browser, dashboard, finished }) {
  const visitor = await browser.visitor();
  visitor.forgive(/status of 4\d\d/);
  const { page } = visitor;
  const folder = mkdtempSync(join(tmpdir(), 'sweeps-browser.'));
  const file = join(folder, 'wrong.yaml');
  writeFileSync(file, wrong);
  const told = (await sweeps('plan', file)).stderr.split('\n').filter(line => line.includes('wrong.yaml'));

  await visitor.does('Mistakes: every one that `sweeps plan` tells stands beside the text, with its line and a remedy; nothing starts', async () => {
    const before = (await asked('list', '--all')).length;
    await page.goto(`${dashboard.url}/submit`);
    await page.locator('#spec').fill(wrong);
    await page.locator('#priority').fill('5');
    await button(page, 'Start').click();
    const items = await page.locator('#mistakes li').allInnerTexts();
    const lines = told.map(line => /wrong\.yaml:(\d+)/.exec(line)?.[1]);
    return [
      ...unless(told.length >= 4 && items.length === told.length, `${items.length} are told here, ${told.length} by sweeps plan: ${items.join(' | ')}`),
      ...lines.filter(line => line && !items.some(item => item.startsWith(`line ${line}`))).map(line => `none is in line ${line}: ${items.join(' | ')}`),
      ...items.filter(item => !/→ \S/.test(item)).map(item => `no remedy: ${item}`),
      ...unless((await asked('list', '--all')).length === before, 'there is a sweep'),
    ];
  });

  await visitor.does('Mistakes: what was typed is still there, to the letter', async () => [
    ...unless(await page.locator('#spec').inputValue() === wrong, `the text is ${await page.locator('#spec').inputValue()}`),
    ...unless(await page.locator('#priority').inputValue() === '5', 'the priority is gone'),
  ]);

  await visitor.does('Mistakes: the place of a mistake leads into its line of the text', async () => {
    const place = page.locator('#mistakes a.place').first();
    const line = Number(await place.getAttribute('data-line'));
    await place.click();
    const at = await page.evaluate(() => {
      const text = document.activeElement;
      return text.id === 'spec' ? text.value.slice(0, text.selectionStart).split('\n').length : 0;
    });
    return unless(at === line, `line ${line} leads to line ${at}`);
  });

  await visitor.does('Mistakes: an uploaded file is read the same way', async () => {
    await page.goto(`${dashboard.url}/submit`);
    await page.locator('#file').setInputFiles(file);
    await button(page, 'Plan').click();
    const items = await page.locator('#mistakes li').count();
    return [
      ...unless(items === told.length, `${items} mistakes`),
      ...unless(await page.locator('#spec').inputValue() === wrong, 'its text is not shown'),
    ];
  });

  await visitor.does('Mistakes: a sweep, a point and a page that are not there say so, and lead on', async () => {
    const wrongs = [];
    for (const address of [`/sweeps/${finished}x`, `/sweeps/${finished}/points/40`, '/no/such/page']) {
      const answer = await page.goto(dashboard.url + address);
      const links = await page.locator('main a').count();
      if (answer.status() !== 404 || links === 0) wrongs.push(`${address}: ${answer.status()} with ${links} links`);
    }
    return wrongs;
  });

  await visitor.does('Mistakes: a figure that cannot be says why', async () => {
    await page.goto(`${dashboard.url}/sweeps/${finished}?x=nowhere&quantity=t_speciatoin`);
    const said = await page.locator('#figure').innerText();
    return unless(/nowhere/.test(said) && /did you mean 't_speciation'/.test(said), `it says ${said}`);
  });

  rmSync(folder, { recursive: true });
  await visitor.judge('Mistakes');
}
