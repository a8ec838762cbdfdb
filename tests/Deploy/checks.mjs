// One line per check, as the shell scripts print them; tests/Deploy/run counts the lines.
let failed = false;
export function check(name, mistakes) {
  failed ||= mistakes.length > 0;
  console.log(mistakes.length === 0 ? `ok      ${name}` : `FAILED  ${name}`);
  for (const mistake of mistakes) console.log(`          ${mistake}`);
}

// For scripts that are run by themselves, to end with.
export const hasFailed = () => failed;

// The settings that a silo reads from its environment.
export const settings = ['SERVER', 'SERVER_FILE', 'DATA', 'DEVICE', 'THREADS', 'GRACE', 'LOST_AFTER', 'HEALTH', 'IDLE_EXIT', 'SETTINGS', 'LOG']
  .map(name => `SWEEPS_${name}`);

export const unknownSettings = names => names.filter(name => name.startsWith('SWEEPS_') && !settings.includes(name))
  .map(name => `${name} is no setting of a silo`);
