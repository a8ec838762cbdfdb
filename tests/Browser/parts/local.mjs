// A run of this machine alone shows the same pages.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unless } from '../browser.mjs';
import { button, figureAt, inState, isMarked, mark, morePoints, pointsDone } from '../pages.mjs';
import { Serving, sweeps } from '../programs.mjs';
import { watched } from '../specs.mjs';
import { LONG_PATIENCE, until } from '../waiting.mjs';

export async function local({ browser }) {
  const visitor = await browser.visitor();
  const folder = mkdtempSync(join(tmpdir(), 'sweeps-browser.'));
  const spec = join(folder, 'watched.yaml');
  writeFileSync(spec, watched);
  let run;

  await visitor.does('Local: sweeps run --dashboard prints where its run is shown; its page moves by itself', async page => {
    run = await Serving.start('run', spec, '--out', join(folder, 'run'), '--threads', '1', '--dashboard', '127.0.0.1:0');
    await page.goto(run.url);
    await page.locator('a[href^="/sweeps/"]').first().click();
    await figureAt(page, LONG_PATIENCE);
    await mark(page);
    await morePoints(page, await pointsDone(page));
    return unless(await isMarked(page), 'it was loaded again');
  });
  await visitor.does('Local: it is paused and resumed by its page', async page => {
    await button(page, 'Pause').click();
    await inState(page, /^paused/);
    await button(page, 'Resume').click();
    await inState(page, /^(running|waiting)/);
  });
  await visitor.does('Local: cancelled by its page, it ends as after Ctrl-C, and says how to go on', async page => {
    visitor.forgive(/ERR_CONNECTION_REFUSED/, /ERR_INCOMPLETE_CHUNKED_ENCODING/, /ERR_CONNECTION_RESET/, /ERR_EMPTY_RESPONSE/);
    await page.locator('#actions a.danger').click();
    await page.locator('main button.danger').click();
    await until('an end of the run', () => run.process.exitCode !== null || run.process.signalCode !== null);
    const status = await sweeps('status', join(folder, 'run'));
    return unless(status.code === 0, `its folder: ${status.stderr}`);
  });

  await run?.kill();
  rmSync(folder, { recursive: true, force: true });
  await visitor.judge('Local');
}
