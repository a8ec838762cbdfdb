// The same without a script: what a locked-down browser can do, or one whose scripts did not arrive.
import { unless } from '../browser.mjs';
import { button, idOf, link, pointsDone, state } from '../pages.mjs';
import { asked } from '../programs.mjs';
import { watched, wrong } from '../specs.mjs';
import { LONG_PATIENCE, until } from '../waiting.mjs';

export async function scriptless({ browser, dashboard, finished }) {
  const visitor = await browser.visitor({ javaScriptEnabled: false });
  visitor.forgive(/status of 422/);
  const { page } = visitor;

  await visitor.does('Without script: a wrong spec is explained, a right one planned and started', async () => {
    await page.goto(dashboard.url);
    await link(page, 'Submit a sweep').click();
    await page.locator('#spec').fill(wrong);
    await button(page, 'Plan').click();
    const told = await page.locator('#mistakes li').count();
    const kept = await page.locator('#spec').inputValue() === wrong;
    await page.locator('#spec').fill(watched);
    await button(page, 'Plan').click();
    const plan = await page.locator('.plan').textContent();
    await button(page, 'Start').click();
    await page.waitForURL(/said=submitted/);
    return [...unless(told >= 4 && kept, `${told} mistakes`), ...unless(/156 points/.test(plan), `the plan says ${plan}`)];
  });

  await visitor.does('Without script: it is followed by loading the page again, figure and all', async () => {
    await until('points and a picture of them', async () => {
      await page.reload();
      const drawn = await page.locator('#figure svg').count() > 0
        || await page.locator('#figure img').evaluateAll(all => all.some(one => one.complete && one.naturalWidth > 0)).catch(() => false);
      return await pointsDone(page) > 0 && drawn;
    }, LONG_PATIENCE);
  });

  await visitor.does('Without script: another figure is a choice and a button, and a cell leads to its point', async () => {
    await page.goto(`${dashboard.url}/sweeps/${finished}`);
    await page.locator('#quantity').selectOption('t_collapse');
    await page.locator('#y').selectOption('schedule');
    await button(page, 'Show').click();
    await page.waitForURL(/quantity=t_collapse/);
    const chosen = await page.locator('#y').inputValue();
    await page.locator('#figure .plot a').first().click();
    await page.waitForURL(/\/points\/\d+$/);
    return unless(chosen === 'schedule' && await page.locator('.curves svg').count() > 0, `upwards is ${chosen}`);
  });

  await visitor.does('Without script: what only a script can do is not offered', async () => {
    await page.goto(`${dashboard.url}/sweeps/${finished}`);
    return unless(await page.locator('button.copy:visible').count() === 0, 'there are buttons to copy');
  });

  await visitor.does('Without script: it is paused, resumed and cancelled', async () => {
    const { id } = (await asked('list')).find(sweep => sweep.id.startsWith('watched'));
    await page.goto(`${dashboard.url}/sweeps/${id}`);
    await button(page, 'Pause').click();
    const paused = await state(page);
    await button(page, 'Resume').click();
    const resumed = await state(page);
    await link(page, 'Cancel…').click();
    await button(page, 'Cancel the sweep').click();
    await page.waitForURL(/said=cancelled/);
    const { state: told } = await asked('status', idOf(page));
    return unless(/^paused/.test(paused) && !/^paused/.test(resumed) && told === 'cancelled', `${paused}, then ${resumed}, then ${told}`);
  });

  await visitor.judge('Without script');
}
