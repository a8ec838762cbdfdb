// Tokens: who has none sees nothing, who may read changes nothing, who may operate does both.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unless } from '../browser.mjs';
import { button, figureAt, inState, link } from '../pages.mjs';
import { asked, order, dashboard as serve } from '../programs.mjs';
import { long } from '../specs.mjs';

const cookies = async visitor => (await visitor.context.cookies()).map(({ name, httpOnly, sameSite, value }) => ({ name, httpOnly, sameSite, value }));

export async function access({ browser, finished, submit }) {
  const folder = mkdtempSync(join(tmpdir(), 'sweeps-browser.'));
  const file = join(folder, 'tokens');
  const fresh = () => order('dashboard', '--new-token');
  const [read, operate] = [await fresh(), await fresh()];
  writeFileSync(file, `read ${read} reader\noperate ${operate} operator\n`, { mode: 0o600 });
  const dashboard = await serve('--tokens', file);
  const id = await submit(long);
  const signIn = async (page, token) => {
    await page.locator('#token').fill(token);
    await button(page, 'Sign in').click();
  };

  const reader = await browser.visitor();
  await reader.does('Access: without a token there is the page to sign in, whatever was asked for; a wrong token is refused', async page => {
    reader.forgive(/status of 40[13]/);
    const mistakes = [];
    for (const address of ['/', `/sweeps/${finished}`, '/silos', '/submit', `/sweeps/${finished}/points/0`]) {
      await page.goto(dashboard.url + address);
      if (!/\/sign-in/.test(page.url())) mistakes.push(`${address} leads to ${page.url()}`);
    }
    for (const address of [`/sweeps/${id}/events`, `/sweeps/${id}/figure`, '/api/v1/sweeps']) {
      const answer = await page.request.get(dashboard.url + address, { maxRedirects: 0 });
      if (![302, 303, 401].includes(answer.status())) mistakes.push(`${address} answers ${answer.status()}`);
    }
    await page.goto(`${dashboard.url}/sweeps/${id}`);
    await signIn(page, `${read}x`);
    return [...mistakes, ...unless(/not one of/.test(await page.locator('main').textContent()), 'a wrong token is not refused')];
  });
  await reader.does('Access: a token that may read leads on to what was asked for, live, with no buttons', async page => {
    await signIn(page, read);
    await page.waitForURL(new RegExp(`/sweeps/${id}$`));
    await figureAt(page);
    const [cookie] = await cookies(reader);
    const buttons = await page.locator('#actions button, #actions a').count();
    return [
      ...unless(buttons === 0 && await link(page, 'Submit').count() === 0, 'there are buttons to operate'),
      ...unless(await page.locator('#connection').isHidden(), 'the page is not live'),
      ...unless(cookie.httpOnly && cookie.sameSite !== 'None' && !cookie.value.includes(read), `its cookie is ${JSON.stringify(cookie)}`),
      ...unless(!(await page.content()).includes(read), 'its token is in the page'),
    ];
  });
  await reader.does('Access: and what it asks to change is refused', async page => {
    const mistakes = [];
    for (const verb of ['pause', 'resume', 'cancel', 'extend']) {
      const answer = await page.request.post(`${dashboard.url}/sweeps/${id}/${verb}`, { form: { spec: long }, headers: { origin: dashboard.url }, maxRedirects: 0 });
      if (answer.status() !== 403) mistakes.push(`${verb} answers ${answer.status()}`);
    }
    const submitted = await page.request.post(`${dashboard.url}/submit`, { form: { spec: long, action: 'start' }, headers: { origin: dashboard.url }, maxRedirects: 0 });
    const form = await page.goto(`${dashboard.url}/submit`);
    const { state } = await asked('status', id);
    return [
      ...mistakes,
      ...unless(submitted.status() === 403 && form.status() === 403, `submitting answers ${submitted.status()}, its form ${form.status()}`),
      ...unless(!['paused', 'cancelled'].includes(state), `it is ${state}`),
    ];
  });
  await reader.judge('Access, reading');

  const operator = await browser.visitor();
  await operator.does('Access: a token that may operate pauses and resumes', async page => {
    await page.goto(`${dashboard.url}/sweeps/${id}`);
    await signIn(page, operate);
    await button(page, 'Pause').click();
    await inState(page, /^paused/);
    await button(page, 'Resume').click();
    await inState(page, /^(running|waiting)/);
  });
  await operator.does('Access: another site cannot make its browser do so', async page => {
    const answer = await page.request.post(`${dashboard.url}/sweeps/${id}/cancel`, { headers: { origin: 'https://elsewhere.example' }, maxRedirects: 0 });
    const { state } = await asked('status', id);
    return unless(answer.status() >= 400 && state !== 'cancelled', `it answers ${answer.status()}, and the sweep is ${state}`);
  });
  await operator.does('Access: signed out, it is out', async page => {
    operator.forgive(/status of 401/);
    await page.goto(dashboard.url);
    await button(page, 'Sign out').click();
    await page.goto(`${dashboard.url}/sweeps/${id}`);
    return unless(/\/sign-in/.test(page.url()), `one is at ${page.url()}`);
  });
  await operator.judge('Access, operating');

  await order('cancel', id);
  await dashboard.end();
  await operator.does('Access: no token is in what the dashboard said', () =>
    unless(![read, operate].some(token => dashboard.said.includes(token)), 'one is'));
  rmSync(folder, { recursive: true });
}
