// A dashboard that is killed under an open page, and comes back.
import { button, figureAt, isMarked, mark, morePoints, pointsDone } from '../pages.mjs';
import { unless } from '../browser.mjs';
import { asked, order, Serving } from '../programs.mjs';
import { watched } from '../specs.mjs';
import { LONG_PATIENCE, until } from '../waiting.mjs';

export async function away({ browser }) {
  const visitor = await browser.visitor();
  const { page } = visitor;
  let dashboard = await Serving.start('dashboard', '--address', '127.0.0.1:0');
  const lost = page.locator('#connection');
  try {
    await page.goto(`${dashboard.url}/submit`);
    await page.locator('#spec').fill(watched);
    await button(page, 'Start').click();
    await page.waitForURL(/said=submitted/);
    await figureAt(page, LONG_PATIENCE);
    await mark(page);

    await visitor.does('Away: an open page says that its dashboard has gone, and keeps what it shows', async () => {
      visitor.forgive(/ERR_CONNECTION_REFUSED/, /ERR_INCOMPLETE_CHUNKED_ENCODING/, /ERR_CONNECTION_RESET/, /ERR_EMPTY_RESPONSE/);
      await dashboard.kill();
      await until('a word that the connection is lost', () => lost.isVisible());
      return unless(/lost/.test(await lost.textContent()) && await page.locator('#figure svg').count() > 0, 'what it shows is gone');
    });

    await visitor.does('Away: when it is back, the page goes on by itself, without being loaded again', async () => {
      dashboard = await Serving.start('dashboard', '--address', `127.0.0.1:${dashboard.port}`);
      await until('a connection', () => lost.isHidden());
      await morePoints(page, await pointsDone(page));
      return unless(await isMarked(page), 'it was loaded again');
    });

    await visitor.does('Away: the sweep never noticed', async () => {
      const { id, state } = (await asked('list')).find(sweep => sweep.id.startsWith('watched'));
      await order('cancel', id);
      return unless(state === 'running', `it is ${state}`);
    });
  } finally {
    await dashboard.end();
  }
  await visitor.judge('Away');
}
