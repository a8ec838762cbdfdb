// Points that fail: told by cause, with ways to some of them; a sweep that stops because of them goes on if one lets it.
import { unless } from '../browser.mjs';
import { button, figureAt, inState, link } from '../pages.mjs';
import { asked } from '../programs.mjs';
import { hopeless } from '../specs.mjs';
import { LONG_PATIENCE } from '../waiting.mjs';

export async function failures({ browser, dashboard, failed, submit }) {
  const visitor = await browser.visitor();
  const { page } = visitor;
  const stopped = await submit(hopeless);

  await visitor.does('Failures: a sweep tells its failed points by cause, and leads to one', async () => {
    await page.goto(`${dashboard.url}/sweeps/${failed}`);
    const groups = page.locator('#failures tbody tr');
    const texts = await groups.allInnerTexts();
    const sum = texts.reduce((all, text) => all + Number(/^\s*(\d+)/.exec(text)?.[1]), 0);
    const example = groups.first().getByRole('link').first();
    const number = await example.innerText();
    await example.click();
    await page.waitForURL(new RegExp(`/points/${number}$`));
    const said = await page.locator('[role=alert]').innerText();
    return [
      ...unless(sum === (await asked('status', failed)).points_failed && sum === 10, `${sum} points in ${texts.join(' | ')}`),
      ...unless(/The point failed\. \S/.test(said), `the point says ${said}`),
    ];
  });

  await visitor.does('Failures: in the figure they are no values', async () => {
    await page.goto(`${dashboard.url}/sweeps/${failed}`);
    await figureAt(page);
    const said = await page.locator('#figure').innerText();
    return unless(/30 of 40 points/.test(said), `it says ${said}`);
  });

  await visitor.does('Failures: a sweep that has stopped says why, and goes on if more may fail', async () => {
    await page.goto(`${dashboard.url}/sweeps/${stopped}`);
    await inState(page, /^stopped: too many points failed/, LONG_PATIENCE);
    const before = (await asked('status', stopped)).failure_budget;
    await button(page, 'Let more fail and go on').click();
    await page.waitForURL(/said=resumed/);
    const { failure_budget: after, state } = await asked('status', stopped);
    return unless(after > before, `${after} may fail and not more than ${before}; it is ${state}`);
  });

  await visitor.does('Failures: it is cancelled all the same', async () => {
    await page.goto(`${dashboard.url}/sweeps/${stopped}`);
    await link(page, 'Cancel…').click();
    await button(page, 'Cancel the sweep').click();
    await inState(page, /^cancelled/);
  });

  await visitor.judge('Failures');
}
